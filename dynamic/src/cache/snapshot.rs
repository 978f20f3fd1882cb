//! A snapshot while it is being taken: what of it is not in the store already.
//!
//! Objects that the store holds at the same version are only marked there, and the new copy
//! is dropped: a relist of an unchanged collection costs a mark an object, and keeps every
//! `Arc` that readers have. Nothing that readers see changes before the commit.

use std::collections::HashMap;
use std::sync::Arc;

use super::key::NamespacedName;
use super::store::Store;
use crate::object::Object;

/// Changed objects in the order in which they came, and the mark of the others.
pub(super) struct Snapshot<K> {
    number: u32,
    /// `None` where an object left again while the snapshot was taken.
    changed: Vec<Option<Arc<K>>>,
    places: HashMap<NamespacedName, usize>,
}

impl<K: Object> Snapshot<K> {
    /// A snapshot whose number no other of the same store has; not 0.
    pub(super) fn new(number: u32) -> Self {
        Snapshot {
            number,
            changed: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// Takes in a state of an object; a later one replaces an earlier one.
    pub(super) fn put(&mut self, object: K, store: &Store<K>) {
        let key = NamespacedName::of(&object);
        if store.mark(&object, self.number) {
            self.forget(&key);
            return;
        }
        let object = Some(Arc::new(object));
        match self.places.get(&key) {
            Some(&place) => self.changed[place] = object,
            None => {
                self.places.insert(key, self.changed.len());
                self.changed.push(object);
            }
        }
    }

    /// The object left.
    pub(super) fn remove(&mut self, key: &NamespacedName, store: &Store<K>) {
        store.unmark(key, self.number);
        self.forget(key);
    }

    fn forget(&mut self, key: &NamespacedName) {
        if let Some(place) = self.places.remove(key) {
            self.changed[place] = None;
        }
    }

    pub(super) fn into_parts(self) -> (u32, Vec<Arc<K>>) {
        (self.number, self.changed.into_iter().flatten().collect())
    }
}
