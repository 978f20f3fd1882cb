//! Inverted indexes: from a value to the keys of the objects that have it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::key::NamespacedName;

/// The values of an object under an index; several or none.
pub(super) type IndexFn<K> = Arc<dyn Fn(&K) -> Vec<String> + Send + Sync>;

/// One index, kept equal to what its function says of each object (semantics S3, P3).
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
