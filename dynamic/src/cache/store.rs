//! The objects of a cache and their indexes.
//!
//! One writer, the informer's driver, changes the store; readers get `Arc`s and hold the
//! lock only while they collect them. The lock is a fair one: readers in a tight loop do not
//! hold the writer off, nor it them. What a write changed comes back as deltas, so that
//! subscribers are given exactly what readers can see.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use parking_lot::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::delta::Delta;
use super::hashing::Hashing;
use super::index::{Index, IndexFn, Within};
use super::key::{NamespacedName, StateRef};
use super::problem::CacheProblem;
use super::version::compare_resource_versions;
use crate::model::error::Result;
use crate::model::object::Object;

mod closing;
mod names;
mod snapshot;

pub(super) use closing::Closing;
pub(super) use names::Entry;
use names::Names;
pub(super) use snapshot::Snapshot;
use snapshot::Taken;

/// A readable cache. Cheap to clone; clones read the same objects.
///
/// Each method reads one consistent state. Objects are shared: they cannot be changed, and
/// stay as they are however the cache goes on. An index function must not read the cache that
/// it is of, for it is called while that is being written: such a read panics, which is logged,
/// and the object is in the index under no value. Nor may those of two caches read each other's.
///
/// ```
/// use kubewright::Unstructured;
/// use kubewright::cache::{Lister, NamespacedName};
/// use serde_json::json;
///
/// # fn main() -> kubewright::Result<()> {
/// let web = Unstructured::try_from(json!({"metadata": {"namespace": "prod", "name": "web"}}))?;
/// let pods = Lister::over("pods", [web]);
/// let store = pods.store();
/// let cached = store.get(&NamespacedName::new("prod", "web")).expect("it was put in");
/// assert_eq!((cached.name(), store.len()), ("web", 1));
/// assert!(store.list_namespace("test").is_empty());
/// # Ok(())
/// # }
/// ```
pub struct Store<K> {
    shared: Arc<RwLock<Content<K>>>,
}

pub(super) struct Content<K> {
    /// By namespace, then by name: a namespace is listed, and a key looked up, without
    /// building a key. The empty namespace holds cluster-scoped objects.
    objects: HashMap<Box<str>, Names<K>, Hashing>,
    indexes: BTreeMap<String, Index<K>>,
    resource_version: String,
    len: usize,
}

impl<K: Object> Store<K> {
    pub(crate) fn new() -> Self {
        let content = Content {
            objects: HashMap::default(),
            indexes: BTreeMap::new(),
            resource_version: String::new(),
            len: 0,
        };
        Store {
            shared: Arc::new(RwLock::new(content)),
        }
    }

    /// The object of a key.
    pub fn get(&self, key: &NamespacedName) -> Option<Arc<K>> {
        self.find(key.namespace().unwrap_or_default(), key.name())
    }

    /// The object of a namespace (empty for cluster-scoped ones) and name.
    pub fn find(&self, namespace: &str, name: &str) -> Option<Arc<K>> {
        self.read()
            .entry(namespace, name)
            .map(|entry| Arc::clone(&entry.object))
    }

    /// All objects, in no order.
    pub fn list(&self) -> Vec<Arc<K>> {
        self.read().all().cloned().collect()
    }

    /// The objects of a namespace, in no order.
    pub fn list_namespace(&self, namespace: &str) -> Vec<Arc<K>> {
        let content = self.read();
        let entries = content
            .objects
            .get(namespace)
            .into_iter()
            .flat_map(Names::values);
        entries.map(|entry| Arc::clone(&entry.object)).collect()
    }

    /// The objects that have a value under an index.
    ///
    /// # Errors
    /// When there is no index of that name ([rule S4](crate::semantics#s4)).
    pub fn by_index(&self, index: &str, value: &str) -> Result<Vec<Arc<K>>> {
        let content = self.read();
        let keys = content.index(index)?.keys(value);
        let entries =
            keys.filter_map(|key| content.entry(key.namespace().unwrap_or_default(), key.name()));
        Ok(entries.map(|entry| Arc::clone(&entry.object)).collect())
    }

    /// The values that objects have under an index, sorted.
    ///
    /// # Errors
    /// When there is no index of that name.
    pub fn index_values(&self, index: &str) -> Result<Vec<String>> {
        Ok(self
            .read()
            .index(index)?
            .values()
            .map(str::to_owned)
            .collect())
    }

    /// How many objects there are.
    pub fn len(&self) -> usize {
        self.read().len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The version of the collection that the cache has reached; empty before the first
    /// snapshot. A read that must see an own write waits until this is no older than it.
    pub fn resource_version(&self) -> String {
        self.read().resource_version.clone()
    }

    /// Adds an index, at any time: objects that are there are indexed at once.
    ///
    /// # Errors
    /// When there is an index of that name ([rule S6](crate::semantics#s6)).
    pub(super) fn add_index(&self, name: &str, values_of: IndexFn<K>) -> Result<()> {
        let mut content = self.write();
        if content.indexes.contains_key(name) {
            return Err(CacheProblem::IndexExists {
                name: name.to_owned(),
            }
            .into());
        }
        let mut index = Index::new(values_of);
        for object in content.all() {
            index.insert(&NamespacedName::of(&**object), object);
        }
        content.indexes.insert(name.to_owned(), index);
        Ok(())
    }

    /// Takes in a new state of an object. A version that is known already changes nothing,
    /// and keeps the object that readers have.
    pub(crate) fn put(&self, object: Arc<K>) -> Option<Delta<K>> {
        let mut content = self.write();
        if let Some(version) = object.resource_version() {
            content.set_version(version);
        }
        content.put(object)
    }

    /// Removes an object; `last` is its final state where the server said it.
    pub(super) fn remove(&self, last: Arc<K>) -> Option<Delta<K>> {
        let mut content = self.write();
        if let Some(version) = last.resource_version() {
            content.set_version(version);
        }
        content.take(&NamespacedName::of(&*last))?;
        Some(known_gone(last))
    }

    /// Removes an object whose final state could not be read.
    pub(super) fn forget(&self, state: &StateRef<'_>) -> Option<Delta<K>> {
        let mut content = self.write();
        if let Some(version) = state.version {
            content.set_version(version);
        }
        content.take(&state.key()).map(gone)
    }

    /// The collection has reached a version without a change to its objects, unless it is past it.
    pub(super) fn reach_later(&self, resource_version: &str) -> Result<()> {
        let mut content = self.write();
        let present = &content.resource_version;
        if present.is_empty() || compare_resource_versions(present, resource_version)?.is_lt() {
            content.set_version(resource_version);
        }
        Ok(())
    }

    /// The collection has reached a version without a change to its objects.
    pub(super) fn reach(&self, resource_version: &str) {
        self.write().set_version(resource_version);
    }

    /// Marks an object as part of a snapshot when it is there in that very state.
    pub(super) fn mark(&self, state: &StateRef<'_>, snapshot: u32) -> bool {
        let content = self.read();
        let entry = content.entry(state.namespace, state.name);
        let Some(entry) = entry.filter(|entry| state.is_of(&*entry.object)) else {
            return false;
        };
        entry.seen.store(snapshot, Ordering::Relaxed);
        true
    }

    /// Marks an object as part of a snapshot, whatever its state.
    pub(super) fn mark_any(&self, state: &StateRef<'_>, snapshot: u32) {
        if let Some(entry) = self.read().entry(state.namespace, state.name) {
            entry.seen.store(snapshot, Ordering::Relaxed);
        }
    }

    /// Takes a mark back: the object left while the snapshot was taken.
    pub(super) fn unmark(&self, key: &NamespacedName, snapshot: u32) {
        if let Some(entry) = self
            .read()
            .entry(key.namespace().unwrap_or_default(), key.name())
        {
            let _ = entry
                .seen
                .compare_exchange(snapshot, 0, Ordering::Relaxed, Ordering::Relaxed);
        }
    }

    /// Replaces everything by a snapshot, in one step for readers: what it does not hold
    /// goes first, then what it holds comes in its order ([rule I5](crate::semantics#i5)).
    pub(super) fn commit(&self, snapshot: Snapshot<K>, resource_version: &str) -> Vec<Delta<K>> {
        let mut taken = snapshot.taken();
        let mut content = self.write();
        // A snapshot has no key twice: what it adds to nothing replaces nothing.
        let was_empty = content.len == 0;
        let mut deltas = content.sweep(&mut taken);
        deltas.reserve(taken.changed.len());
        for object in taken.changed {
            let (namespace, name) = (object.namespace().unwrap_or_default(), object.name());
            let old = (!was_empty).then(|| content.entry(namespace, name));
            if old
                .flatten()
                .is_some_and(|old| old.object.uid() != object.uid())
            {
                // Two lives of one name.
                let key = NamespacedName::of(&*object);
                let ended = content
                    .take(&key)
                    .map(|old| ended(old, taken.left.remove(&key)));
                deltas.extend(ended);
            }
            deltas.extend(content.put(object));
        }
        resource_version.clone_into(&mut content.resource_version);
        deltas
    }

    /// For calling its index functions.
    pub(super) fn within(&self) -> Within {
        Within::of(&self.shared)
    }

    pub(super) fn read(&self) -> RwLockReadGuard<'_, Content<K>> {
        self.shared.try_read().unwrap_or_else(|| {
            self.within().refuse();
            self.shared.read()
        })
    }

    fn write(&self) -> RwLockWriteGuard<'_, Content<K>> {
        self.shared.try_write().unwrap_or_else(|| {
            self.within().refuse();
            self.shared.write()
        })
    }
}

impl<K: Object> Content<K> {
    fn entry(&self, namespace: &str, name: &str) -> Option<&Entry<K>> {
        self.objects.get(namespace)?.get(name)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Arc<K>> {
        self.objects
            .values()
            .flat_map(Names::values)
            .map(|entry| &entry.object)
    }

    fn index(&self, name: &str) -> Result<&Index<K>> {
        self.indexes.get(name).ok_or_else(|| {
            CacheProblem::NoIndex {
                name: name.to_owned(),
                known: self.indexes.keys().cloned().collect(),
            }
            .into()
        })
    }

    fn set_version(&mut self, version: &str) {
        if !version.is_empty() {
            self.resource_version.clear();
            self.resource_version.push_str(version);
        }
    }

    /// Builds no key where there is one already: most writes replace.
    fn put(&mut self, object: Arc<K>) -> Option<Delta<K>> {
        let namespace = object.namespace().unwrap_or_default();
        let names = match self.objects.get_mut(namespace) {
            Some(names) => names,
            None => self.objects.entry(namespace.into()).or_default(),
        };
        let old = match names.get_mut(object.name()) {
            Some(entry) if StateRef::of(&*object).is_of(&*entry.object) => return None,
            Some(entry) => Some(std::mem::replace(&mut entry.object, Arc::clone(&object))),
            None => {
                names.insert(Arc::clone(&object));
                self.len += 1;
                None
            }
        };
        self.index_again(old.as_deref(), &object);
        Some(match old {
            Some(old) => Delta::Updated { old, new: object },
            None => Delta::Added(object),
        })
    }

    fn index_again(&mut self, old: Option<&K>, object: &K) {
        if self.indexes.is_empty() {
            return;
        }
        let key = NamespacedName::of(object);
        for index in self.indexes.values_mut() {
            if let Some(old) = old {
                index.remove(&key, old);
            }
            index.insert(&key, object);
        }
    }

    fn take(&mut self, key: &NamespacedName) -> Option<Arc<K>> {
        let namespace = key.namespace().unwrap_or_default();
        let names = self.objects.get_mut(namespace)?;
        let object = names.remove(key.name())?;
        if names.is_empty() {
            self.objects.remove(namespace);
        }
        for index in self.indexes.values_mut() {
            index.remove(key, &object);
        }
        self.len -= 1;
        Some(object)
    }

    /// Removes what is neither marked by a snapshot nor among what it changed.
    fn sweep(&mut self, taken: &mut Taken<K>) -> Vec<Delta<K>> {
        if self.len == 0 {
            return Vec::new();
        }
        for object in &taken.changed {
            if let Some(entry) = self.entry(object.namespace().unwrap_or_default(), object.name()) {
                entry.seen.store(taken.number, Ordering::Relaxed);
            }
        }
        let entries = self.objects.values().flat_map(Names::values);
        let unseen = entries.filter(|entry| entry.seen.load(Ordering::Relaxed) != taken.number);
        let unseen: Vec<_> = unseen
            .map(|entry| NamespacedName::of(&*entry.object))
            .collect();
        unseen
            .iter()
            .filter_map(|key| Some(ended(self.take(key)?, taken.left.remove(key))))
            .collect()
    }
}

/// The end of a life, of which the final state may have been seen.
fn ended<K: Object>(stored: Arc<K>, last: Option<Arc<K>>) -> Delta<K> {
    match last.filter(|last| last.uid() == stored.uid()) {
        Some(last) => known_gone(last),
        None => gone(stored),
    }
}

fn known_gone<K>(last: Arc<K>) -> Delta<K> {
    Delta::Deleted {
        last,
        final_state_known: true,
    }
}

/// A deletion that was noticed by an absence.
fn gone<K>(last: Arc<K>) -> Delta<K> {
    Delta::Deleted {
        last,
        final_state_known: false,
    }
}

impl<K> Clone for Store<K> {
    fn clone(&self) -> Self {
        Store {
            shared: Arc::clone(&self.shared),
        }
    }
}

impl<K: Object> std::fmt::Debug for Store<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let content = self.read();
        f.debug_struct("Store")
            .field("len", &content.len)
            .field("resource_version", &content.resource_version)
            .field("indexes", &content.indexes.keys())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
