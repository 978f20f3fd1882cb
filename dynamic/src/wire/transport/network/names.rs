//! Talking TLS to a server under another name than the one it is reached by.
//!
//! With `tls-server-name` the certificate is for `kubernetes`, say, while the address is
//! `10.0.0.1`. The URL is given that name, so that SNI and verification use it, and name
//! resolution is given the address to which the name really leads.

use std::net::ToSocketAddrs;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::Url;

use crate::model::error::Result;
use crate::wire::transport::problem::TransportProblem;

/// The URL to dial, and the resolver that it needs where its host is not the real one.
pub(super) fn dialled(
    server: &Url,
    tls_name: Option<&str>,
) -> Result<(Url, Option<Arc<Redirect>>)> {
    let Some(name) = tls_name.filter(|name| Some(*name) != server.host_str()) else {
        return Ok((server.clone(), None));
    };
    let mut dialled = server.clone();
    let set = dialled.set_host(Some(name));
    set.map_err(|source| TransportProblem::NotAHostName {
        name: name.to_owned(),
        source,
    })?;
    // An address would be dialled as it is, and the server's own never asked.
    if !matches!(dialled.host(), Some(url::Host::Domain(_))) {
        return Err(TransportProblem::Address {
            name: name.to_owned(),
        }
        .into());
    }
    let host = server
        .host_str()
        .unwrap_or_default()
        .trim_matches(['[', ']'])
        .to_owned();
    Ok((dialled, Some(Arc::new(Redirect { host }))))
}

/// Resolves every name as one host.
pub(super) struct Redirect {
    host: String,
}

impl Resolve for Redirect {
    fn resolve(&self, _name: Name) -> Resolving {
        let host = self.host.clone();
        Box::pin(async move {
            // The port is replaced by the URL's.
            let found =
                tokio::task::spawn_blocking(move || (host.as_str(), 0).to_socket_addrs()).await??;
            let addresses: Addrs = Box::new(found);
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_name_is_dialled_and_the_port_is_kept() {
        let server = Url::parse("https://10.0.0.1:6443/prefix").unwrap();
        let (dialled, resolver) = dialled(&server, Some("kubernetes")).unwrap();
        assert_eq!(dialled.as_str(), "https://kubernetes:6443/prefix");
        assert_eq!(resolver.unwrap().host, "10.0.0.1");
    }

    #[test]
    fn an_address_is_no_name() {
        let server = Url::parse("https://k:6443/").unwrap();
        for name in ["10.0.0.1", "[::1]", "a b"] {
            let error = dialled(&server, Some(name)).err().unwrap();
            assert!(error.is_config(), "{name}: {error}");
        }
    }

    #[test]
    fn the_same_name_needs_no_detour() {
        let server = Url::parse("https://k:6443/").unwrap();
        assert!(dialled(&server, Some("k")).unwrap().1.is_none());
        assert!(dialled(&server, None).unwrap().1.is_none());
    }
}
