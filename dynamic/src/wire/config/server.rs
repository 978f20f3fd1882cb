//! The URL of a server.

use std::fmt;

use url::Url;

use super::problem::ConfigProblem;

/// The URL of a server, and whether its scheme was written or assumed.
pub(super) struct ServerUrl {
    pub(super) url: Url,
    /// Without a scheme, TLS settings decide ([rule U4](crate::semantics#u4)).
    pub(super) assumed_http: bool,
}

impl ServerUrl {
    /// TLS settings decide about a scheme that was not written.
    pub(super) fn decided(mut self, is_tls: bool) -> Self {
        if self.assumed_http && is_tls && self.url.set_scheme("https").is_ok() {
            self.assumed_http = false;
        }
        self
    }
}

/// Query and fragment of a server URL mean nothing and are dropped
/// ([rule U3](crate::semantics#u3)). A host without a scheme is taken for `http`.
pub(super) fn parse(server: &str) -> Result<ServerUrl, ConfigProblem> {
    let assumed_http = !server.contains("://");
    let with_scheme = if assumed_http {
        format!("http://{server}")
    } else {
        server.to_owned()
    };
    let mut url = Url::parse(&with_scheme).map_err(|source| ConfigProblem::ServerNotUrl {
        server: without_user(server),
        source,
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(ConfigProblem::ServerNotHttp {
            server: without_user(server),
        });
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(ConfigProblem::ServerHoldsUser);
    }
    if assumed_http && !matches!(url.path(), "" | "/") {
        return Err(ConfigProblem::ServerWithoutScheme {
            server: without_user(server),
        });
    }
    url.set_query(None);
    url.set_fragment(None);
    Ok(ServerUrl { url, assumed_http })
}

/// A URL as written, whose `Debug` hides what may be secret.
#[derive(Clone)]
pub(super) struct UrlText(pub(super) String);

impl fmt::Debug for UrlText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&without_user(&self.0))
    }
}

/// A URL that may hold a user and password, or a token in its query, without them.
pub(super) fn without_user(server: &str) -> String {
    let (front, rest) = server.split_once("://").unwrap_or(("", server));
    let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
    let place = place.split(['?', '#']).next().unwrap_or_default();
    match front {
        "" => place.to_owned(),
        scheme => format!("{scheme}://{place}"),
    }
}
