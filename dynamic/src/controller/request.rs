//! The argument and the result of a reconcile function.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::cache::NamespacedName;

/// A key to be reconciled, and its object as the cache has it.
pub struct Request<K> {
    key: NamespacedName,
    object: Option<Arc<K>>,
    failures: u32,
}

impl<K> Request<K> {
    pub(super) fn new(key: NamespacedName, object: Option<Arc<K>>, failures: u32) -> Self {
        Request {
            key,
            object,
            failures,
        }
    }

    /// Namespace and name.
    pub fn key(&self) -> &NamespacedName {
        &self.key
    }

    /// The object; `None` when it is gone.
    pub fn object(&self) -> Option<&Arc<K>> {
        self.object.as_ref()
    }

    /// How often calls for this key have failed since one went well.
    pub fn failures(&self) -> u32 {
        self.failures
    }
}

impl<K> Clone for Request<K> {
    fn clone(&self) -> Self {
        Request {
            key: self.key.clone(),
            object: self.object.clone(),
            failures: self.failures,
        }
    }
}

impl<K> fmt::Debug for Request<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("key", &self.key)
            .field("exists", &self.object.is_some())
            .field("failures", &self.failures)
            .finish()
    }
}

/// When to call again, where nothing failed that could go well another time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Action(pub(super) Then);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Then {
    AwaitChange,
    After(Duration),
    GiveUp(String),
}

impl Action {
    /// At the next change of the object, or of what it owns.
    pub fn await_change() -> Self {
        Action(Then::AwaitChange)
    }

    /// After this long, or at the next change, whichever is first.
    pub fn requeue_after(wait: Duration) -> Self {
        Action(Then::After(wait))
    }

    /// At the next change, because trying again before would fail again: what is asked for
    /// makes no sense. The reason is logged, counted and reported as a [`Failure`](super::Failure).
    ///
    /// ```
    /// use kubewright::Error;
    /// use kubewright::controller::Action;
    ///
    /// fn checked(size: i64) -> Result<Action, Error> {
    ///     if size < 0 {
    ///         return Ok(Action::give_up(format!("spec.size is {size}, and cannot be negative")));
    ///     }
    ///     Ok(Action::await_change())
    /// }
    /// # let _ = checked(1);
    /// ```
    pub fn give_up(reason: impl fmt::Display) -> Self {
        Action(Then::GiveUp(reason.to_string()))
    }
}
