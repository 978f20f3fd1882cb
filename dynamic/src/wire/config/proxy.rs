//! The proxy in front of a server: the URL that a configuration names, or the environment's.

mod rules;

use std::fmt;

use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use url::{ParseError, Url};

use super::env::Env;
use super::problem::ConfigProblem;
use super::server::without_user;

/// The URL of a proxy. Its user and password are sent, and never shown
/// ([rule C24](crate::semantics#c24)).
#[derive(Clone)]
pub(crate) struct Proxy(Url);

/// How a proxy is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProxyKind {
    /// HTTP, within TLS or not: CONNECT for a server with TLS, whole URLs for one without.
    Http,
    /// SOCKS 5; names are resolved at the proxy, as Go's clients want it.
    Socks,
}

impl Proxy {
    /// A proxy that speaks http, https or socks5 ([rule C12](crate::semantics#c12)).
    pub(super) fn parse(written: &str) -> Result<Self, ConfigProblem> {
        let url = Url::parse(written).map_err(|source| not_a_proxy(written, source))?;
        let is_known = matches!(url.scheme(), "http" | "https" | "socks5");
        if !is_known || url.host_str().is_none_or(str::is_empty) {
            return Err(ConfigProblem::ProxyScheme {
                proxy: without_user(written),
            });
        }
        Ok(Proxy(url))
    }

    #[cfg(test)]
    pub(super) fn url(&self) -> &Url {
        &self.0
    }

    /// The proxy that the environment has for a server, by Go's rules
    /// ([rule C12](crate::semantics#c12)).
    pub(super) fn of(env: &Env, server: &Url) -> Result<Option<Self>, ConfigProblem> {
        let any = |upper: &str, lower: &str| env.var(upper).or_else(|| env.var(lower));
        let is_https = server.scheme() == "https";
        let (variable, lower) = if is_https {
            ("HTTPS_PROXY", "https_proxy")
        } else {
            ("HTTP_PROXY", "http_proxy")
        };
        let Some(proxy) = any(variable, lower) else {
            return Ok(None);
        };
        if !is_https && env.var("REQUEST_METHOD").is_some() {
            return Err(ConfigProblem::ProxyOfRequest);
        }
        let without = any("NO_PROXY", "no_proxy").unwrap_or_default();
        if !rules::is_proxied(server, &without) {
            return Ok(None);
        }
        let found = Proxy::lenient(&proxy);
        found
            .map(Some)
            .map_err(|_| ConfigProblem::ProxyOfEnvironment {
                variable,
                proxy: without_user(&proxy),
            })
    }

    /// A host alone is one of an HTTP proxy. `socks5h` is the same as `socks5`.
    fn lenient(text: &str) -> Result<Self, ConfigProblem> {
        let text = &text.replacen("socks5h://", "socks5://", 1);
        let has_host = Url::parse(text).is_ok_and(|url| url.has_host());
        if has_host {
            Proxy::parse(text)
        } else {
            Proxy::parse(&format!("http://{text}"))
        }
    }

    /// The URL with what is secret in it, its names to be resolved at the proxy.
    pub(crate) fn with_credentials(&self) -> Url {
        let mut url = self.0.clone();
        if self.kind() == ProxyKind::Socks {
            // Both are the same to Go; here the shorter one would be resolved on this side.
            let _ = url.set_scheme("socks5h");
            let _ = url.set_port(Some(url.port().unwrap_or(1080)));
        }
        url
    }

    pub(crate) fn kind(&self) -> ProxyKind {
        if self.0.scheme().starts_with("socks") {
            ProxyKind::Socks
        } else {
            ProxyKind::Http
        }
    }

    /// User and password, as they are meant.
    pub(crate) fn credentials(&self) -> Option<(String, SecretString)> {
        let decoded = |part| percent_decode_str(part).decode_utf8_lossy().into_owned();
        let password = self.0.password();
        let is_there = password.is_some() || !self.0.username().is_empty();
        is_there.then(|| {
            let password = decoded(password.unwrap_or_default());
            (decoded(self.0.username()), SecretString::from(password))
        })
    }

    /// Scheme, host and port.
    pub(crate) fn address(&self) -> String {
        format!("{}://{}", self.0.scheme(), self.place())
    }

    /// Host and port.
    pub(crate) fn place(&self) -> String {
        let usual = match self.0.scheme() {
            "http" => 80,
            "https" => 443,
            _ => 1080,
        };
        let port = self.0.port().unwrap_or(usual);
        format!("{}:{port}", self.0.host_str().unwrap_or_default())
    }
}

fn not_a_proxy(written: &str, source: ParseError) -> ConfigProblem {
    let proxy = without_user(written);
    match source {
        // Without a scheme it is not said how to speak to the proxy.
        ParseError::RelativeUrlWithoutBase => ConfigProblem::ProxyScheme { proxy },
        _ => ConfigProblem::ProxyNotUrl { proxy, source },
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.address())
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn of(vars: &[(&str, &str)], server: &str) -> Result<Option<Proxy>, ConfigProblem> {
        Proxy::of(&Env::of(vars, "/"), &Url::parse(server).unwrap())
    }

    #[test]
    fn the_environment_has_one_proxy_for_each_scheme() {
        // Rule C12
        let both = [("HTTPS_PROXY", "http://s:1"), ("http_proxy", "socks5://p")];
        for (vars, server, expected) in [
            (&both[..], "https://k", Some("http://s:1")),
            (&both, "http://k", Some("socks5://p:1080")),
            (&both[..1], "http://k", None),
            (
                &[("https_proxy", "proxy:3128")],
                "https://k",
                Some("http://proxy:3128"),
            ),
            (
                &[("HTTPS_PROXY", "10.0.0.1")],
                "https://k",
                Some("http://10.0.0.1:80"),
            ),
            (
                &[("HTTPS_PROXY", "https://p")],
                "https://k",
                Some("https://p:443"),
            ),
            (
                &[("HTTPS_PROXY", ""), ("https_proxy", "low")],
                "https://k",
                Some("http://low:80"),
            ),
            (
                &[("HTTPS_PROXY", "p"), ("NO_PROXY", "k")],
                "https://k",
                None,
            ),
            (
                &[("HTTPS_PROXY", "p"), ("no_proxy", "k")],
                "https://k",
                None,
            ),
            (
                &[("HTTPS_PROXY", "p"), ("REQUEST_METHOD", "GET")],
                "https://k",
                Some("http://p:80"),
            ),
            (
                &[("HTTPS_PROXY", "socks5h://p")],
                "https://k",
                Some("socks5://p:1080"),
            ),
            (&[], "https://k", None),
        ] {
            let found = of(vars, server).unwrap().map(|proxy| proxy.address());
            assert_eq!(found.as_deref(), expected, "{vars:?} {server}");
        }
        let cgi = [("HTTP_PROXY", "p"), ("REQUEST_METHOD", "GET")];
        assert!(of(&cgi, "http://k").is_err(), "a visitor may have set it");
        assert!(of(&[("HTTPS_PROXY", "ftp://p")], "https://k").is_err());
    }

    #[test]
    fn a_proxy_url_has_a_scheme_that_is_known() {
        for text in [
            "proxy:3128",
            "ftp://p",
            "http://",
            "",
            "socks4://p",
            "socks5://",
        ] {
            assert!(Proxy::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn credentials_are_decoded_and_never_shown() {
        // Rule C24
        let proxy = Proxy::parse("http://u%40d:hunter%2F2@p:1").unwrap();
        let (user, password) = proxy.credentials().unwrap();
        assert_eq!(
            (user.as_str(), password.expose_secret()),
            ("u@d", "hunter/2")
        );
        assert_eq!(format!("{proxy:?}"), "http://p:1");
        assert!(Proxy::parse("http://p").unwrap().credentials().is_none());
        let error = Proxy::parse("http://u:hunter2@p:x").unwrap_err();
        assert!(
            !format!("{error:?} {error}").contains("hunter2"),
            "{error:?}"
        );
    }
}
