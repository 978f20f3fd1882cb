//! Inverted indexes: from a value to the keys of the objects that have it.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::key::NamespacedName;

/// The values of an object under an index; several or none.
pub(super) type IndexFn<K> = Arc<dyn Fn(&K) -> Vec<String> + Send + Sync>;

thread_local! {
    /// The address of the cache for which this thread is in an index function.
    static INDEXING: Cell<usize> = const { Cell::new(0) };
}

/// Calls index functions of one cache, which is being written meanwhile: what they must not
/// do is to wait for it.
#[derive(Clone, Copy)]
pub(super) struct Within(usize);

impl Within {
    pub(super) fn of<T>(cache: &Arc<T>) -> Self {
        Within(Arc::as_ptr(cache).addr())
    }

    pub(super) fn call<R>(self, function: impl FnOnce() -> R) -> R {
        let _before = Before(INDEXING.replace(self.0));
        function()
    }

    /// Called before waiting for the cache.
    pub(super) fn refuse(self) {
        assert!(
            INDEXING.get() != self.0,
            "an index function must not read the cache that it is of"
        );
    }
}

/// What was so before an index function was called, and is so after it, also where it panics.
struct Before(usize);

impl Drop for Before {
    fn drop(&mut self) {
        INDEXING.set(self.0);
    }
}

/// One index, kept equal to what its function says of each object ([rule S3](crate::semantics#s3),
/// [P3](crate::semantics#p3)).
pub(super) struct Index<K> {
    values_of: IndexFn<K>,
    keys: BTreeMap<String, BTreeSet<NamespacedName>>,
}

impl<K> Index<K> {
    pub(super) fn new(values_of: IndexFn<K>) -> Self {
        Index {
            values_of,
            keys: BTreeMap::new(),
        }
    }

    pub(super) fn insert(&mut self, key: &NamespacedName, object: &K) {
        for value in (self.values_of)(object) {
            self.keys.entry(value).or_default().insert(key.clone());
        }
    }

    /// A value without keys disappears, so that an index does not grow with history.
    pub(super) fn remove(&mut self, key: &NamespacedName, object: &K) {
        for value in (self.values_of)(object) {
            if let Some(keys) = self.keys.get_mut(&value) {
                keys.remove(key);
                if keys.is_empty() {
                    self.keys.remove(&value);
                }
            }
        }
    }

    pub(super) fn keys(&self, value: &str) -> impl Iterator<Item = &NamespacedName> {
        self.keys.get(value).into_iter().flatten()
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &str> {
        self.keys.keys().map(String::as_str)
    }
}

impl<K> fmt::Debug for Index<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index")
            .field("values", &self.keys.len())
            .finish_non_exhaustive()
    }
}
