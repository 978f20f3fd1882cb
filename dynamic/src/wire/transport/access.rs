//! The credential and the connections of each request, which change together.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue};

use super::auth::Authenticator;
use super::generations::{Generation, Generations, Tenure};
use super::retry::Refusal;
use crate::model::error::Result;
use crate::wire::credential::Held;

/// How a client is let in.
pub(super) struct Access {
    auth: Authenticator,
    generations: Generations,
}

/// What one request is sent with.
pub(super) struct Pass {
    held: Option<Arc<Held>>,
    pub(super) generation: Arc<Generation>,
}

impl Pass {
    /// The value of the `Authorization` header.
    pub(super) fn authorization(&self) -> Option<&HeaderValue> {
        self.held.as_deref().and_then(Held::authorization)
    }
}

impl Access {
    pub(super) fn new(auth: Authenticator, generations: Generations) -> Self {
        Access { auth, generations }
    }

    /// What a request with these headers is to be sent with now.
    pub(super) async fn pass(&self, headers: &HeaderMap) -> Result<Pass> {
        let held = self.auth.credential(headers).await?;
        let generation = self.generations.present(held.as_deref())?;
        Ok(Pass { held, generation })
    }

    /// What to send a refused request with instead, if that has changed since.
    pub(super) async fn instead_of(&self, used: &Pass, refusal: Refusal) -> Option<Pass> {
        self.generations.look_again();
        let rejected = used.held.as_deref();
        let other = match rejected.filter(|_| refusal == Refusal::Unauthorized) {
            Some(held) => self.auth.instead_of(held).await,
            None => None,
        };
        let has_other = other.is_some();
        let held = other.or_else(|| used.held.clone());
        let generation = self.generations.present(held.as_deref()).ok()?;
        let has_moved = !Arc::ptr_eq(&generation, &used.generation);
        (has_other || has_moved).then_some(Pass { held, generation })
    }

    /// What a watch on these connections waits for beside its events.
    pub(super) fn tenure(&self, pass: &Pass) -> Tenure {
        self.generations.tenure(&pass.generation)
    }
}
