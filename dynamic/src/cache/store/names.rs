//! The objects of one namespace, by name.
//!
//! The name is that of the object itself: a copy beside it would cost a hundred bytes an
//! object, as much as everything else that a cache adds to one.

use std::hash::BuildHasher;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use hashbrown::HashTable;

use crate::cache::hashing::Hashing;
use crate::model::object::Object;

pub(super) struct Names<K> {
    entries: HashTable<Entry<K>>,
    hasher: Hashing,
}

pub(in crate::cache) struct Entry<K> {
    pub(in crate::cache) object: Arc<K>,
    /// The last snapshot that the object was in; marked while readers read.
    pub(super) seen: AtomicU32,
}

impl<K: Object> Names<K> {
    pub(super) fn get(&self, name: &str) -> Option<&Entry<K>> {
        self.entries.find(self.hash(name), is(name))
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Entry<K>> {
        self.entries.find_mut(self.hash(name), is(name))
    }

    /// Puts in an object whose name is not there yet; no snapshot has seen it.
    pub(super) fn insert(&mut self, object: Arc<K>) {
        let hash = self.hash(object.name());
        let hasher = &self.hasher;
        let entry = Entry {
            object,
            seen: AtomicU32::new(0),
        };
        self.entries
            .insert_unique(hash, entry, |entry| hasher.hash_one(entry.object.name()));
    }

    pub(super) fn remove(&mut self, name: &str) -> Option<Arc<K>> {
        let found = self.entries.find_entry(self.hash(name), is(name)).ok()?;
        Some(found.remove().0.object)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn hash(&self, name: &str) -> u64 {
        self.hasher.hash_one(name)
    }
}

impl<K> Names<K> {
    pub(super) fn values(&self) -> impl Iterator<Item = &Entry<K>> {
        self.entries.iter()
    }

    /// To be changed in what readers do not see.
    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut Entry<K>> {
        self.entries.iter_mut()
    }
}

fn is<K: Object>(name: &str) -> impl Fn(&Entry<K>) -> bool {
    move |entry| entry.object.name() == name
}

impl<K> Default for Names<K> {
    fn default() -> Self {
        Self {
            entries: HashTable::new(),
            hasher: Hashing::default(),
        }
    }
}
