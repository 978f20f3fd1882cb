//! A snapshot while it is being taken: what of it is not in the store already.
//!
//! Objects that the store holds at the same version are only marked there, and the new copy
//! is dropped: a relist of an unchanged collection costs a mark an object, and keeps every
//! `Arc` that readers have. Nothing that readers see changes before the commit.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::Store;
use crate::cache::hashing::Hashing;
use crate::cache::key::{NamespacedName, StateRef};
use crate::model::object::Object;

/// Changed objects in the order in which they came, and the mark of the others.
pub(in crate::cache) struct Snapshot<K> {
    number: u32,
    /// `None` where an object left again while the snapshot was taken.
    changed: Vec<Option<Arc<K>>>,
    places: HashMap<NamespacedName, usize, Hashing>,
    /// The final states of objects that left while the snapshot was taken.
    left: HashMap<NamespacedName, Arc<K>, Hashing>,
}

/// A snapshot that is whole.
pub(in crate::cache) struct Taken<K> {
    pub(in crate::cache) number: u32,
    pub(in crate::cache) changed: Vec<Arc<K>>,
    pub(in crate::cache) left: HashMap<NamespacedName, Arc<K>, Hashing>,
}

impl<K: Object> Snapshot<K> {
    /// A snapshot whose number no other of the same store has; not 0.
    pub(in crate::cache) fn new(number: u32) -> Self {
        Snapshot {
            number,
            changed: Vec::new(),
            places: HashMap::default(),
            left: HashMap::default(),
        }
    }

    /// Whether the store holds an object in this very state, which is then part of the
    /// snapshot: it need not even be read.
    pub(in crate::cache) fn keep(&mut self, state: &StateRef<'_>, store: &Store<K>) -> bool {
        let is_kept = store.mark(state, self.number);
        if is_kept && !self.changed.is_empty() {
            self.forget(&state.key());
        }
        is_kept
    }

    /// The object is there in a state that cannot be read: what is known of it stays.
    pub(in crate::cache) fn keep_any(&mut self, state: &StateRef<'_>, store: &Store<K>) {
        store.mark_any(state, self.number);
    }

    /// Takes in a state of an object; a later one replaces an earlier one.
    pub(in crate::cache) fn put(&mut self, object: K) {
        let key = NamespacedName::of(&object);
        let object = Some(Arc::new(object));
        match self.places.entry(key) {
            Entry::Occupied(place) => self.changed[*place.get()] = object,
            Entry::Vacant(place) => {
                place.insert(self.changed.len());
                self.changed.push(object);
            }
        }
    }

    /// The object left, in this state if that could be read.
    pub(in crate::cache) fn remove(
        &mut self,
        key: NamespacedName,
        last: Option<K>,
        store: &Store<K>,
    ) {
        store.unmark(&key, self.number);
        self.forget(&key);
        if let Some(last) = last {
            self.left.insert(key, Arc::new(last));
        }
    }

    fn forget(&mut self, key: &NamespacedName) {
        if let Some(place) = self.places.remove(key) {
            self.changed[place] = None;
        }
    }

    pub(in crate::cache) fn taken(self) -> Taken<K> {
        Taken {
            number: self.number,
            changed: self.changed.into_iter().flatten().collect(),
            left: self.left,
        }
    }
}
