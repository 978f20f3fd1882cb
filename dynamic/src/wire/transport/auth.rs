//! The `Authorization` header.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::problem::TransportProblem;
use super::secret_header;
use crate::model::error::Result;
use crate::wire::config::{Config, Credentials};

/// A token file is read again when what is known of it is this old
/// ([rule C15](crate::semantics#c15)).
const TOKEN_AGE: Duration = Duration::from_secs(50);

/// Says who asks; sends nothing over plain HTTP ([rule C6](crate::semantics#c6)).
pub(super) enum Authenticator {
    Nobody,
    Fixed(FixedHeader),
    TokenFile(TokenFile),
}

/// Credentials that never change, checked when they are used first.
pub(super) enum FixedHeader {
    Bearer(SecretString),
    Basic {
        username: String,
        password: SecretString,
    },
}

impl Authenticator {
    pub(super) fn new(config: &Config) -> Self {
        match &config.credentials {
            _ if !config.is_https() => Authenticator::Nobody,
            // A plugin is refused before (`Config::unsupported`).
            Credentials::None | Credentials::Exec(_) => Authenticator::Nobody,
            Credentials::Bearer(token) => Authenticator::Fixed(FixedHeader::Bearer(token.clone())),
            Credentials::Basic { username, password } => Authenticator::Fixed(FixedHeader::Basic {
                username: username.clone(),
                password: password.clone(),
            }),
            Credentials::TokenFile { path, fallback } => {
                Authenticator::TokenFile(TokenFile::new(path.clone(), fallback.clone()))
            }
        }
    }

    pub(super) async fn header(&self) -> Result<Option<HeaderValue>> {
        match self {
            Authenticator::Nobody => Ok(None),
            Authenticator::Fixed(fixed) => Ok(Some(fixed.header()?)),
            Authenticator::TokenFile(file) => Ok(Some(bearer(&file.token().await?)?)),
        }
    }
}

impl FixedHeader {
    fn header(&self) -> Result<HeaderValue, TransportProblem> {
        match self {
            FixedHeader::Bearer(token) => bearer(token),
            FixedHeader::Basic { username, password } => {
                let pair = STANDARD.encode(format!("{username}:{}", password.expose_secret()));
                secret_header(&format!("Basic {pair}"))
            }
        }
    }
}

fn bearer(token: &SecretString) -> Result<HeaderValue, TransportProblem> {
    secret_header(&format!("Bearer {}", token.expose_secret()))
}

/// A token that somebody else keeps fresh in a file.
pub(super) struct TokenFile {
    path: PathBuf,
    /// One reader at a time; the others use what it finds.
    known: Mutex<Known>,
}

struct Known {
    token: Option<SecretString>,
    read_at: Option<Instant>,
}

impl TokenFile {
    fn new(path: PathBuf, fallback: Option<SecretString>) -> Self {
        TokenFile {
            path,
            known: Mutex::new(Known {
                token: fallback,
                read_at: None,
            }),
        }
    }

    /// The file's token where it can be read, else the last one known
    /// ([rule C7](crate::semantics#c7), [C15](crate::semantics#c15)).
    async fn token(&self) -> Result<SecretString> {
        let mut known = self.known.lock().await;
        let stale = known
            .read_at
            .is_none_or(|read_at| read_at.elapsed() > TOKEN_AGE);
        if stale {
            known.read_at = Some(Instant::now());
            if let Some(token) = read(&self.path) {
                known.token = Some(token);
            }
        }
        known.token.clone().ok_or_else(|| {
            TransportProblem::NoToken {
                path: self.path.clone(),
            }
            .into()
        })
    }
}

/// A file this small, read this seldom, is not worth a thread.
fn read(path: &Path) -> Option<SecretString> {
    match std::fs::read_to_string(path) {
        Ok(text) if !text.trim().is_empty() => Some(SecretString::from(text.trim().to_owned())),
        Ok(_) => None,
        Err(error) => {
            tracing::warn!(%error, path = %path.display(), "the token file cannot be read; the last token is used");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(header: Result<Option<HeaderValue>>) -> String {
        header
            .unwrap()
            .map(|value| value.to_str().unwrap().to_owned())
            .unwrap_or_default()
    }

    #[tokio::test]
    async fn nothing_is_sent_over_http() {
        // Rule C6
        let config = Config::new("http://k").unwrap().with_token("t");
        assert_eq!(shown(Authenticator::new(&config).header().await), "");
    }

    #[tokio::test]
    async fn tokens_and_passwords_take_their_forms() {
        let mut config = Config::new("https://k").unwrap().with_token("t");
        assert_eq!(
            shown(Authenticator::new(&config).header().await),
            "Bearer t"
        );
        config.credentials = Credentials::Basic {
            username: "u".into(),
            password: SecretString::from("p".to_owned()),
        };
        assert_eq!(
            shown(Authenticator::new(&config).header().await),
            "Basic dTpw"
        );
    }

    #[tokio::test]
    async fn the_header_is_hidden_and_a_bad_token_is_not_quoted() {
        let config = Config::new("https://k").unwrap().with_token("hunter2");
        let header = Authenticator::new(&config).header().await.unwrap();
        assert!(!format!("{header:?}").contains("hunter2"));
        let config = Config::new("https://k").unwrap().with_token("hunter2\n");
        assert!(
            !format!(
                "{:?}",
                Authenticator::new(&config).header().await.unwrap_err()
            )
            .contains("hunter2")
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_token_file_is_read_again_and_a_lost_one_leaves_the_last_token() {
        // Rule C15
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        std::fs::write(&path, "one\n").unwrap();
        let file = TokenFile::new(path.clone(), None);
        let token = async || file.token().await.unwrap().expose_secret().to_owned();
        assert_eq!(token().await, "one");
        std::fs::write(&path, "two").unwrap();
        assert_eq!(token().await, "one", "young enough to be believed");
        tokio::time::advance(TOKEN_AGE + Duration::from_secs(1)).await;
        assert_eq!(token().await, "two");
        std::fs::write(&path, "  ").unwrap();
        tokio::time::advance(TOKEN_AGE + Duration::from_secs(1)).await;
        assert_eq!(token().await, "two");
    }
}
