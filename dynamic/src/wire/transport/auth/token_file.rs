//! A bearer token that another program keeps fresh in a file.

use std::path::PathBuf;
use std::time::Duration;

use futures::FutureExt;
use futures::future::{BoxFuture, ready};
use parking_lot::Mutex;
use secrecy::{ExposeSecret, SecretString};

use crate::model::error::Result;
use crate::wire::credential::{Credential, Provide};
use crate::wire::transport::problem::TransportProblem;

/// The file is read again when the token is this old ([rule C15](crate::semantics#c15)).
const TOKEN_AGE: Duration = Duration::from_secs(50);

/// Reads the file; the token at load stands in until it can be read
/// ([rule C7](crate::semantics#c7)).
pub(super) struct TokenFile {
    path: PathBuf,
    last: Mutex<Option<SecretString>>,
}

impl TokenFile {
    pub(super) fn new(path: PathBuf, fallback: Option<SecretString>) -> Self {
        TokenFile {
            path,
            last: Mutex::new(fallback),
        }
    }

    /// The file's token where it can be read, else the last one known.
    fn token(&self) -> Result<Credential> {
        let mut last = self.last.lock();
        if let Some(token) = self.read() {
            *last = Some(token);
        }
        let token = last.as_ref().ok_or_else(|| TransportProblem::NoToken {
            path: self.path.clone(),
        })?;
        Ok(Credential::token(token.expose_secret()).refresh_after(TOKEN_AGE))
    }

    /// A file this small, read this seldom, is not worth a thread.
    fn read(&self) -> Option<SecretString> {
        let path = self.path.display();
        match std::fs::read_to_string(&self.path) {
            Ok(text) if !text.trim().is_empty() => Some(SecretString::from(text.trim())),
            Ok(_) => {
                tracing::warn!(%path, "the token file is empty; the last token is used");
                None
            }
            Err(error) => {
                tracing::warn!(%error, %path, "the token file cannot be read; the last token is used");
                None
            }
        }
    }
}

impl Provide for TokenFile {
    fn credential(&self) -> BoxFuture<'_, Result<Credential>> {
        ready(self.token()).boxed()
    }

    /// Reading is cheap, and a token that was revoked is replaced soon.
    fn longest_pause(&self) -> Duration {
        Duration::from_secs(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::credential::CredentialCache;

    async fn shown(cache: &CredentialCache) -> String {
        let held = cache.current().await.unwrap();
        held.authorization().unwrap().to_str().unwrap().to_owned()
    }

    #[tokio::test(start_paused = true)]
    async fn a_token_file_is_read_again_and_a_lost_one_leaves_the_last_token() {
        // Rule C15
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        std::fs::write(&path, "one\n").unwrap();
        let cache = CredentialCache::new(TokenFile::new(path.clone(), None));
        assert_eq!(shown(&cache).await, "Bearer one");
        std::fs::write(&path, "two").unwrap();
        assert_eq!(shown(&cache).await, "Bearer one", "young enough");
        let later = TOKEN_AGE + Duration::from_secs(1);
        tokio::time::advance(later).await;
        assert_eq!(shown(&cache).await, "Bearer two");
        std::fs::write(&path, "  ").unwrap();
        tokio::time::advance(later).await;
        assert_eq!(shown(&cache).await, "Bearer two");
        std::fs::remove_file(&path).unwrap();
        tokio::time::advance(later).await;
        assert_eq!(shown(&cache).await, "Bearer two");
    }

    #[tokio::test(start_paused = true)]
    async fn a_rejected_token_is_looked_for_in_the_file_at_once() {
        // Rule C15
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        std::fs::write(&path, "one").unwrap();
        let cache = CredentialCache::new(TokenFile::new(path.clone(), None));
        let used = cache.current().await.unwrap();
        assert!(cache.instead_of(&used).await.is_none(), "nothing new yet");
        std::fs::write(&path, "two").unwrap();
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(cache.instead_of(&used).await.is_some());
        assert_eq!(shown(&cache).await, "Bearer two");
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_file_the_token_stands_in_or_the_error_says_which_file() {
        // Rule C7
        let nowhere = PathBuf::from("/nowhere/token");
        let fallback = SecretString::from("zero");
        let cache = CredentialCache::new(TokenFile::new(nowhere.clone(), Some(fallback)));
        assert_eq!(shown(&cache).await, "Bearer zero");
        let cache = CredentialCache::new(TokenFile::new(nowhere, None));
        let error = cache.current().await.err().unwrap();
        assert!(error.is_config() && error.to_string().contains("/nowhere/token"));
    }
}
