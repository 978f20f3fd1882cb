//! The makers of credentials.

use std::error::Error as StdError;
use std::future::Future;
use std::time::Duration;

use futures::future::BoxFuture;

use super::Credential;
use super::problem::CredentialProblem;
use crate::model::error::{Error, Result};

/// Why a provider has no credential. Anything that `?` makes of an error.
pub type ProviderError = Box<dyn StdError + Send + Sync>;

/// Makes the credentials of a client, for what a kubeconfig cannot say: a vault, the identity
/// service of a cloud, a protocol of one's own.
///
/// The client keeps what it is given. It asks again when the credential is about to expire, when
/// it is older than its [`refresh_after`](Credential::refresh_after), and when the server answers
/// 401; the request that got the 401 is then sent once more if the credential is another one. It
/// asks once however many requests wait, and after a failure it waits one second, then two, four
/// and so on up to half a minute; meanwhile requests use the credential that they have, or fail
/// with the provider's error.
///
/// The future is dropped when nobody waits for it any more.
///
/// ```
/// use kubewright::{Config, Credential, CredentialProvider, ProviderError};
///
/// struct Vault;
///
/// impl CredentialProvider for Vault {
///     async fn credential(&self) -> Result<Credential, ProviderError> {
///         let token = std::fs::read_to_string("/vault/secrets/token")?;
///         Ok(Credential::token(token.trim()))
///     }
/// }
///
/// let config = Config::new("https://10.0.0.1:6443")?.with_credentials(Vault);
/// # Ok::<(), kubewright::Error>(())
/// ```
#[doc(alias = "ExecAuth")]
#[doc(alias = "TokenSource")]
pub trait CredentialProvider: Send + Sync + 'static {
    /// Makes a credential.
    ///
    /// # Errors
    /// Why there is none. The message must not hold a secret: it is logged, and shown to the
    /// callers of the requests that fail with it.
    fn credential(&self) -> impl Future<Output = Result<Credential, ProviderError>> + Send;

    /// The server answered 401 to a request with this credential. Called before the provider is
    /// asked again, so that it does not give the same one from a cache of its own.
    fn rejected(&self, credential: &Credential) {
        let _ = credential;
    }
}

/// A provider of whatever type, built-in ones included.
pub(crate) trait Provide: Send + Sync {
    fn credential(&self) -> BoxFuture<'_, Result<Credential>>;

    fn rejected(&self, _credential: &Credential) {}

    /// The longest pause between two failures, or two rejections.
    fn longest_pause(&self) -> Duration {
        Duration::from_secs(30)
    }
}

/// A provider that the user of this library wrote.
pub(crate) struct Given<P>(pub(crate) P);

impl<P: CredentialProvider> Provide for Given<P> {
    fn credential(&self) -> BoxFuture<'_, Result<Credential>> {
        Box::pin(async {
            let made = self.0.credential().await;
            made.map_err(|source| match source.downcast::<Error>() {
                Ok(own) => *own,
                Err(source) => CredentialProblem::Provider { source }.into(),
            })
        })
    }

    fn rejected(&self, credential: &Credential) {
        self.0.rejected(credential);
    }
}
