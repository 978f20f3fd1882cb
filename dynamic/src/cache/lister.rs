//! Reading a cache as one would read the server.

use std::fmt;
use std::sync::Arc;

use super::store::Store;
use crate::error::{Error, Result};
use crate::meta::Status;
use crate::object::Object;
use crate::selector::Selector;

/// Reads the objects of an informer's cache; nothing is sent to the server.
///
/// Cheap to clone. Results are shared and read-only; order is not defined (semantics S2,
/// S11).
pub struct Lister<K> {
    store: Store<K>,
    resource: Arc<str>,
}

/// A [`Lister`] of one namespace.
pub struct NamespaceLister<K> {
    lister: Lister<K>,
    namespace: String,
}

impl<K: Object> Lister<K> {
    pub(super) fn new(store: Store<K>, resource: &str) -> Self {
        Lister {
            store,
            resource: resource.into(),
        }
    }

    /// The objects of one namespace.
    pub fn namespace(&self, namespace: impl Into<String>) -> NamespaceLister<K> {
        NamespaceLister {
            lister: self.clone(),
            namespace: namespace.into(),
        }
    }

    /// The objects whose labels match.
    pub fn list(&self, selector: &Selector) -> Vec<Arc<K>> {
        if selector.is_nothing() {
            return Vec::new();
        }
        matching(self.store.list(), selector)
    }

    /// All objects.
    pub fn all(&self) -> Vec<Arc<K>> {
        self.store.list()
    }

    /// A cluster-scoped object.
    ///
    /// # Errors
    /// `is_not_found()` when the cache has none of that name.
    pub fn get(&self, name: &str) -> Result<Arc<K>> {
        self.find("", name)
    }

    /// The objects that have a value under an index.
    ///
    /// # Errors
    /// When there is no index of that name.
    pub fn by_index(&self, index: &str, value: &str) -> Result<Vec<Arc<K>>> {
        self.store.by_index(index, value)
    }

    /// The cache itself.
    pub fn store(&self) -> &Store<K> {
        &self.store
    }

    fn find(&self, namespace: &str, name: &str) -> Result<Arc<K>> {
        self.store
            .find(namespace, name)
            .ok_or_else(|| not_found(&self.resource, name))
    }
}

impl<K: Object> NamespaceLister<K> {
    /// The objects of the namespace whose labels match.
    pub fn list(&self, selector: &Selector) -> Vec<Arc<K>> {
        if selector.is_nothing() {
            return Vec::new();
        }
        matching(self.all(), selector)
    }

    /// All objects of the namespace.
    pub fn all(&self) -> Vec<Arc<K>> {
        self.lister.store.list_namespace(&self.namespace)
    }

    /// One object of the namespace.
    ///
    /// # Errors
    /// `is_not_found()` when the cache has none of that name.
    pub fn get(&self, name: &str) -> Result<Arc<K>> {
        self.lister.find(&self.namespace, name)
    }
}

/// An empty selector does not read labels.
fn matching<K: Object>(mut objects: Vec<Arc<K>>, selector: &Selector) -> Vec<Arc<K>> {
    if !selector.is_everything() {
        objects.retain(|object| selector.matches(&object.labels()));
    }
    objects
}

/// The error that the server would give.
fn not_found(resource: &str, name: &str) -> Error {
    Error::api(Status {
        status: Some("Failure".to_owned()),
        message: Some(format!("{resource} \"{name}\" not found in the cache")),
        reason: Some("NotFound".to_owned()),
        code: Some(404),
        ..Status::default()
    })
}

impl<K> Clone for Lister<K> {
    fn clone(&self) -> Self {
        Lister {
            store: self.store.clone(),
            resource: Arc::clone(&self.resource),
        }
    }
}

impl<K> Clone for NamespaceLister<K> {
    fn clone(&self) -> Self {
        NamespaceLister {
            lister: self.lister.clone(),
            namespace: self.namespace.clone(),
        }
    }
}

impl<K: Object> fmt::Debug for Lister<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lister")
            .field("resource", &self.resource)
            .field("store", &self.store)
            .finish()
    }
}

impl<K: Object> fmt::Debug for NamespaceLister<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NamespaceLister")
            .field("lister", &self.lister)
            .field("namespace", &self.namespace)
            .finish()
    }
}
