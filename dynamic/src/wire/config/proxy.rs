//! The proxy in front of a server.

use std::fmt;

use url::Url;

use super::problem::ConfigProblem;
use super::server::without_user;

/// The URL of a proxy. Its user and password are sent, and never shown.
#[derive(Clone)]
pub(crate) struct Proxy(Url);

impl Proxy {
    /// A proxy that speaks http, https or socks5 ([rule C12](crate::semantics#c12)).
    pub(super) fn parse(written: &str) -> Result<Self, ConfigProblem> {
        let url = Url::parse(written).map_err(|source| ConfigProblem::ProxyNotUrl {
            proxy: without_user(written),
            source,
        })?;
        if !matches!(url.scheme(), "http" | "https" | "socks5") || !url.has_host() {
            return Err(ConfigProblem::ProxyScheme {
                proxy: without_user(written),
            });
        }
        Ok(Proxy(url))
    }

    #[allow(dead_code, reason = "for the connection, which is not built yet")]
    /// The whole URL, which may hold a password.
    pub(crate) fn url(&self) -> &Url {
        &self.0
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&without_user(self.0.as_str()))
    }
}
