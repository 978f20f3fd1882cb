//! Authentication: the credential of each request, from what the configuration says.
//!
//! The providers that a configuration can name are below; `wire::credential` keeps what they
//! make. Over plain HTTP nobody asks ([rule C6](crate::semantics#c6)).

pub(crate) mod exec;
mod token_file;

use std::sync::Arc;

use http::HeaderMap;
use http::header::AUTHORIZATION;
use secrecy::ExposeSecret;

use self::exec::Exec;
use self::token_file::TokenFile;
use crate::model::error::{Error, Result};
use crate::wire::config::{Config, Credentials};
use crate::wire::credential::{Credential, CredentialCache, Held};

/// Gives each request its credential.
pub(super) struct Authenticator {
    source: Source,
}

enum Source {
    Nobody,
    /// Never changes. One that is not valid in a header fails when it is used.
    Fixed(Result<Arc<Held>>),
    Renewed(CredentialCache),
}

impl Authenticator {
    pub(super) fn new(config: &Config) -> Self {
        let source = match &config.credentials {
            _ if !config.is_https() => Source::Nobody,
            Credentials::None => Source::Nobody,
            Credentials::Bearer(token) => Source::fixed(Credential::token(token.expose_secret())),
            Credentials::Basic { username, password } => {
                Source::fixed(Credential::basic(username, password.expose_secret()))
            }
            Credentials::TokenFile { path, fallback } => {
                let file = TokenFile::new(path.clone(), fallback.clone());
                Source::Renewed(CredentialCache::new(file))
            }
            Credentials::Exec(plugin) => {
                let run = || CredentialCache::new(Exec::new(plugin, &config.plugins));
                Source::Renewed(config.of_plugin.get_or_init(run).clone())
            }
            Credentials::Provider(cache) => Source::Renewed(cache.clone()),
        };
        Authenticator { source }
    }

    /// The credential of a request with these headers: none where the caller brings one
    /// ([rule C16](crate::semantics#c16), [C22](crate::semantics#c22)).
    pub(super) async fn credential(&self, headers: &HeaderMap) -> Result<Option<Arc<Held>>> {
        if headers.contains_key(AUTHORIZATION) {
            return Ok(None);
        }
        match &self.source {
            Source::Nobody => Ok(None),
            Source::Fixed(held) => held.clone().map(Some),
            Source::Renewed(cache) => cache.current().await.map(Some),
        }
    }

    /// Another credential than the one that the server answered 401 to, where there is one.
    pub(super) async fn instead_of(&self, used: &Held) -> Option<Arc<Held>> {
        match &self.source {
            Source::Nobody | Source::Fixed(_) => None,
            Source::Renewed(cache) => cache.instead_of(used).await,
        }
    }
}

impl Source {
    fn fixed(credential: Credential) -> Self {
        let held = Held::fixed(credential);
        Source::Fixed(held.map(Arc::new).map_err(Error::from))
    }
}

#[cfg(test)]
mod tests;
