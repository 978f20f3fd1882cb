//! The changes of an object in a cache.

use std::sync::Arc;

use super::key::NamespacedName;
use crate::model::object::Object;

/// A change of a cache, in the order in which the cache changed.
///
/// Replaying all deltas of a subscription into a map gives the cache itself: `Updated` and
/// `Deleted` are only of objects that were `Added` before, and `old` is what the last delta
/// of the same key held ([rule P2](crate::semantics#p2)).
///
/// ```
/// use std::collections::BTreeMap;
/// use std::sync::Arc;
/// use kubewright::Unstructured;
/// use kubewright::cache::{Delta, NamespacedName};
///
/// fn replay(copy: &mut BTreeMap<NamespacedName, Arc<Unstructured>>, delta: Delta<Unstructured>) {
///     let key = delta.key();
///     match delta {
///         Delta::Added(object) | Delta::Updated { new: object, .. } => copy.insert(key, object),
///         Delta::Deleted { .. } => copy.remove(&key),
///     };
/// }
/// ```
#[derive(Debug, PartialEq)]
pub enum Delta<K> {
    /// The object is new to the cache.
    Added(Arc<K>),
    /// The object has changed.
    Updated {
        /// As it was.
        old: Arc<K>,
        /// As it is.
        new: Arc<K>,
    },
    /// The object is gone.
    Deleted {
        /// The last state that is known.
        last: Arc<K>,
        /// Whether that is the state it was deleted in. When the deletion fell into a gap of
        /// the watch and was noticed by its absence from a list, it may have changed since.
        final_state_known: bool,
    },
}

impl<K> Delta<K> {
    /// The object that the delta is about, in its latest state.
    pub fn object(&self) -> &Arc<K> {
        match self {
            Delta::Added(object)
            | Delta::Updated { new: object, .. }
            | Delta::Deleted { last: object, .. } => object,
        }
    }

    /// The object as it is now; `None` when it is gone.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use futures::{Stream, StreamExt};
    /// use kubewright::{Object, cache::Deltas};
    ///
    /// /// Every state that an object is in, and nothing of those that are gone.
    /// fn states<K: Object>(deltas: Deltas<K>) -> impl Stream<Item = Arc<K>> {
    ///     deltas.filter_map(|delta| std::future::ready(delta.present().cloned()))
    /// }
    /// ```
    pub fn present(&self) -> Option<&Arc<K>> {
        Some(self.object()).filter(|_| !self.is_deleted())
    }

    /// Whether the object is gone.
    pub fn is_deleted(&self) -> bool {
        matches!(self, Delta::Deleted { .. })
    }
}

impl<K: Object> Delta<K> {
    /// The key of the object that the delta is about: what goes into a work queue.
    pub fn key(&self) -> NamespacedName {
        NamespacedName::of(&**self.object())
    }
}

/// Cloning a delta clones pointers.
impl<K> Clone for Delta<K> {
    fn clone(&self) -> Self {
        match self {
            Delta::Added(object) => Delta::Added(Arc::clone(object)),
            Delta::Updated { old, new } => Delta::Updated {
                old: Arc::clone(old),
                new: Arc::clone(new),
            },
            Delta::Deleted {
                last,
                final_state_known,
            } => Delta::Deleted {
                last: Arc::clone(last),
                final_state_known: *final_state_known,
            },
        }
    }
}
