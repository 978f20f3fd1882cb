//! Credentials: how a client shows who it is, and where it gets that from.
//!
//! A [`CredentialProvider`] makes credentials; a [`Credential`] is what it makes. `cache` keeps
//! the present one for all requests of a client: it asks the provider once however many requests
//! wait, again before the credential expires or after the server rejected it, and not too often
//! while that fails. Those decisions are in `state`, which knows neither clock nor provider.
//! The built-in providers read files or run programs and are in `transport`.

mod cache;
mod held;
mod identity;
pub(crate) mod problem;
mod provider;
mod state;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};

pub(crate) use self::cache::CredentialCache;
pub(crate) use self::held::{Held, secret_header};
pub(crate) use self::identity::{Identity, IdentityFiles};
pub use self::provider::{CredentialProvider, ProviderError};
pub(crate) use self::provider::{Given, Provide};

/// The proof of an identity: an `Authorization` header, a client certificate, or both.
///
/// `Debug` shows which of these it has, its id and its times, never a secret. There is no
/// `Serialize`.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use kubewright::Credential;
///
/// let in_an_hour = SystemTime::now() + Duration::from_secs(3600);
/// let credential = Credential::token("s3cret").expires_at(in_an_hour).with_id("session 7");
/// assert_eq!(credential.id(), Some("session 7"));
/// assert!(!format!("{credential:?}").contains("s3cret"));
/// ```
#[derive(Clone, Default)]
pub struct Credential {
    authorization: Option<SecretString>,
    identity: Option<Arc<Identity>>,
    expires_at: Option<SystemTime>,
    refresh_after: Option<Duration>,
    id: Option<String>,
}

impl Credential {
    /// No proof at all: the server sees `system:anonymous`.
    pub fn anonymous() -> Self {
        Credential::default()
    }

    /// A bearer token.
    pub fn token(token: impl Into<String>) -> Self {
        let token = SecretString::from(token.into());
        Credential::authorization(format!("Bearer {}", token.expose_secret()))
    }

    /// A user name with a password.
    pub fn basic(username: &str, password: impl Into<String>) -> Self {
        let password = SecretString::from(password.into());
        let pair = SecretString::from(format!("{username}:{}", password.expose_secret()));
        Credential::authorization(format!("Basic {}", STANDARD.encode(pair.expose_secret())))
    }

    /// Any value of the `Authorization` header, with its scheme.
    pub fn authorization(value: impl Into<String>) -> Self {
        Credential {
            authorization: Some(SecretString::from(value.into())),
            ..Credential::default()
        }
    }

    /// A client certificate (PEM, the chain first) with its key (PEM).
    pub fn certificate(certificate: impl Into<Vec<u8>>, key: impl Into<String>) -> Self {
        Credential::default().with_certificate(certificate, key)
    }

    /// Shows this client certificate (PEM, the chain first) with its key (PEM) too. Requests
    /// with another certificate than the last ones open new connections.
    #[must_use]
    pub fn with_certificate(
        mut self,
        certificate: impl Into<Vec<u8>>,
        key: impl Into<String>,
    ) -> Self {
        let key = SecretString::from(key.into());
        self.identity = Some(Arc::new(Identity::new(certificate.into(), key)));
        self
    }

    /// It is not used after this time, and renewed a little earlier: by a tenth of what is left
    /// of its life, at most by a minute. Without it a credential is used until the server
    /// rejects it.
    #[must_use]
    pub fn expires_at(mut self, time: impl Into<SystemTime>) -> Self {
        self.expires_at = Some(time.into());
        self
    }

    /// The provider is asked again after this long, and this credential stays in use if that
    /// fails. For what may change without notice, as a file.
    #[must_use]
    pub fn refresh_after(mut self, age: Duration) -> Self {
        self.refresh_after = Some(age);
        self
    }

    /// Names the credential: it appears in logs and `Debug`, so it must not be a secret. Two
    /// credentials with the same id are the same; without ids they are compared.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The name of the credential, where it has one.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Whether sending this one instead of `other` makes no difference.
    pub fn is_same_as(&self, other: &Credential) -> bool {
        if let (Some(id), Some(other)) = (&self.id, &other.id) {
            return id == other;
        }
        let shown = |credential: &Credential| {
            let header = credential.authorization.as_ref();
            header.map(|value| value.expose_secret().to_owned())
        };
        shown(self) == shown(other) && self.identity == other.identity
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential")
            .field("id", &self.id)
            .field("authorization", &self.authorization.is_some())
            .field("certificate", &self.identity.is_some())
            .field("expires_at", &self.expires_at)
            .field("refresh_after", &self.refresh_after)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_the_same_by_id_or_by_content() {
        let token = Credential::token;
        assert!(token("a").is_same_as(&token("a")));
        assert!(!token("a").is_same_as(&token("b")));
        assert!(token("a").with_id("1").is_same_as(&token("b").with_id("1")));
        assert!(!token("a").with_id("1").is_same_as(&token("a").with_id("2")));
        assert!(!token("a").is_same_as(&token("a").with_certificate("c", "k")));
        let certificate = |key: &str| Credential::certificate("c", key);
        assert!(certificate("k").is_same_as(&certificate("k")));
        assert!(!certificate("k").is_same_as(&certificate("l")));
    }

    #[test]
    fn debug_never_shows_secrets() {
        // Rule C24
        for credential in [
            Credential::token("hunter2"),
            Credential::basic("me", "hunter2"),
            Credential::authorization("hunter2"),
            Credential::certificate("hunter2", "hunter2"),
        ] {
            let shown = format!("{credential:?}");
            assert!(!shown.contains("hunter2"), "{shown}");
            assert!(!shown.contains(&STANDARD.encode("me:hunter2")), "{shown}");
        }
    }
}
