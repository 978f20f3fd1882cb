//! An HTTP client that knows its server by another name than the one it is reached by.
//!
//! reqwest takes the name for TLS from the URL, and with it `Host`, `:authority` and the address
//! that a proxy is asked for. `tls-server-name` is to change the first alone, so this one is built
//! of the same parts a level below: hyper-util's client, on a connector with a fixed name.

use std::net::IpAddr;
use std::sync::Arc;

use hyper_rustls::{FixedServerNameResolver, HttpsConnector};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::ClientConfig;
use rustls::pki_types::{DnsName, ServerName};

use super::dialer::Dialer;
use super::{CONNECTION_WINDOW, HEADER_LIST, PING_INTERVAL, PING_TIMEOUT, STREAM_WINDOW};
use crate::wire::transport::network::door::{Door, Entrance};
use crate::wire::transport::network::gate::Gated;
use crate::wire::transport::problem::TransportProblem;
use tower_layer::Layer;

pub(super) type Named = Client<Entrance<HttpsConnector<Dialer>>, Gated>;

pub(super) fn client(
    dialer: Dialer,
    tls: ClientConfig,
    name: ServerName<'static>,
    door: &Door,
) -> Named {
    let names = Arc::new(FixedServerNameResolver::new(name));
    let connector = HttpsConnector::new(dialer, tls, true, names);
    Client::builder(TokioExecutor::new())
        .timer(TokioTimer::new())
        .pool_idle_timeout(None)
        .http2_initial_stream_window_size(STREAM_WINDOW)
        .http2_initial_connection_window_size(CONNECTION_WINDOW)
        .http2_max_header_list_size(HEADER_LIST)
        .http2_keep_alive_interval(PING_INTERVAL)
        .http2_keep_alive_timeout(PING_TIMEOUT)
        .http2_keep_alive_while_idle(true)
        .build(door.layer(connector))
}

/// The value of `tls-server-name`: a host name, or an address as Go takes it, in brackets too.
pub(in crate::wire::transport::network) fn server_name(
    name: &str,
) -> Result<ServerName<'static>, TransportProblem> {
    let bare = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'));
    if let Ok(address) = bare.unwrap_or(name).parse::<IpAddr>() {
        return Ok(ServerName::from(address));
    }
    match DnsName::try_from(name.to_owned()) {
        Ok(name) => Ok(ServerName::DnsName(name)),
        Err(source) => Err(TransportProblem::NotAServerName {
            name: name.to_owned(),
            source,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_be_an_address() {
        // Rule C13
        for (name, is_address) in [
            ("kubernetes", false),
            ("k8s_api.example.", false),
            ("10.0.0.1", true),
            ("::1", true),
            ("[::1]", true),
        ] {
            let read = server_name(name).unwrap();
            let found = matches!(read, ServerName::IpAddress(_));
            assert_eq!(found, is_address, "{name}");
        }
        for name in ["a b", "", "-", "https://k"] {
            let error = server_name(name).unwrap_err();
            assert!(error.to_string().contains("tls-server-name"), "{error}");
        }
    }
}
