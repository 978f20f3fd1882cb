//! What a reconcile function is given, and what it answers.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::cache::NamespacedName;

/// A key to be reconciled, and its object as the cache has it.
pub struct Request<K> {
    key: NamespacedName,
    object: Option<Arc<K>>,
}

impl<K> Request<K> {
    pub(super) fn new(key: NamespacedName, object: Option<Arc<K>>) -> Self {
        Request { key, object }
    }

    /// Namespace and name.
    pub fn key(&self) -> &NamespacedName {
        &self.key
    }

    /// The object; `None` when it is gone.
    pub fn object(&self) -> Option<&Arc<K>> {
        self.object.as_ref()
    }
}

impl<K> Clone for Request<K> {
    fn clone(&self) -> Self {
        Request {
            key: self.key.clone(),
            object: self.object.clone(),
        }
    }
}

impl<K> fmt::Debug for Request<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("key", &self.key)
            .field("exists", &self.object.is_some())
            .finish()
    }
}

/// When to call again, where all went well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Action {
    pub(super) requeue_after: Option<Duration>,
}

impl Action {
    /// At the next change of the object, or of what it owns.
    pub fn await_change() -> Self {
        Action {
            requeue_after: None,
        }
    }

    /// After this long, or at the next change, whichever is first.
    pub fn requeue_after(wait: Duration) -> Self {
        Action {
            requeue_after: Some(wait),
        }
    }
}
