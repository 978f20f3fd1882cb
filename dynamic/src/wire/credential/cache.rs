//! The present credential of a client, made once for all who wait for it.

use std::sync::Arc;
use std::time::SystemTime;

use futures::FutureExt;
use futures::future::{BoxFuture, Shared, WeakShared};
use parking_lot::Mutex;
use tokio::time::Instant;

use super::held::{Held, Now};
use super::provider::Provide;
use super::state::{Next, State, is_same};
use crate::model::error::Result;

/// A provider with the credential that it made last. Clones are the same.
#[derive(Clone)]
pub(crate) struct CredentialCache {
    shared: Arc<Inside>,
}

struct Inside {
    provider: Box<dyn Provide>,
    now: Mutex<Present>,
}

struct Present {
    state: State,
    /// The provider at work, for as long as somebody waits for it.
    asking: Option<WeakShared<Asking>>,
}

/// Every request that waits drives it; when the last one gives up, it is dropped.
type Asking = BoxFuture<'static, Result<Arc<Held>>>;

impl CredentialCache {
    pub(crate) fn new(provider: impl Provide + 'static) -> Self {
        let state = State::new(provider.longest_pause());
        CredentialCache {
            shared: Arc::new(Inside {
                provider: Box::new(provider),
                now: Mutex::new(Present {
                    state,
                    asking: None,
                }),
            }),
        }
    }

    /// The credential for a request that begins now.
    ///
    /// # Errors
    /// The provider's error, if no earlier credential is still valid.
    pub(crate) async fn current(&self) -> Result<Arc<Held>> {
        let asking = {
            let mut present = self.shared.now.lock();
            match present.state.next(now()) {
                Next::Use(held) => return Ok(held),
                Next::Fail(error) => return Err(error),
                Next::Ask { meanwhile } => match (present.asking(), meanwhile) {
                    (Some(_), Some(held)) => return Ok(held),
                    (Some(asking), None) => asking,
                    (None, _) => self.ask(&mut present),
                },
            }
        };
        asking.await
    }

    /// Another credential than the one that the server answered 401 to, where there is one
    /// ([rule C21](crate::semantics#c21)).
    pub(crate) async fn instead_of(&self, used: &Held) -> Option<Arc<Held>> {
        if self.shared.now.lock().state.rejected(used) {
            tracing::debug!(
                id = used.credential().id(),
                "the server rejected the credential"
            );
            self.shared.provider.rejected(used.credential());
        }
        // A provider that fails has said so in the log; the caller gets the server's answer.
        let current = self.current().await.ok()?;
        (!is_same(&current, used)).then_some(current)
    }

    fn ask(&self, present: &mut Present) -> Shared<Asking> {
        let shared = Arc::clone(&self.shared);
        let asking = async move { shared.ask().await }.boxed().shared();
        present.asking = asking.downgrade();
        asking
    }
}

impl Present {
    fn asking(&self) -> Option<Shared<Asking>> {
        self.asking.as_ref().and_then(WeakShared::upgrade)
    }
}

impl Inside {
    async fn ask(&self) -> Result<Arc<Held>> {
        let made = self.provider.credential().await;
        match &made {
            Ok(credential) => tracing::debug!(?credential, "a credential was made"),
            Err(error) => tracing::warn!(error = format!("{error:#}"), "no credential was made"),
        }
        let mut present = self.now.lock();
        present.asking = None;
        present.state.answered(made, now())
    }
}

fn now() -> Now {
    Now {
        at: Instant::now().into_std(),
        on_the_wall: SystemTime::now(),
    }
}

#[cfg(test)]
mod tests;
