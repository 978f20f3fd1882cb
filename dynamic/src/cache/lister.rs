//! Listers: reads from a cache with the verbs of the server, get and list.

use std::fmt;
use std::sync::Arc;

use super::problem::NotCached;
use super::store::Store;
use crate::model::error::{Error, Result};
use crate::model::meta::{Status, StatusDetails};
use crate::model::object::Object;
use crate::model::selector::Selector;

/// Reads the objects of a cache; nothing is sent to a server.
///
/// It comes from [`SharedInformer::lister`], or from [`Lister::over`] for objects of one's own.
/// Cheap to clone; it does not keep its informer running. Each call reads one consistent
/// state. Objects are shared and read-only, and their order is not defined
/// ([rule S2](crate::semantics#s2), [S11](crate::semantics#s11)). The methods here and those of
/// [`NamespaceLister`] are what generated aliases such as `DeploymentLister` offer, and are stable.
///
/// ```
/// use kubewright::Unstructured;
/// use kubewright::cache::Lister;
/// use serde_json::json;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let pod = |namespace, name, app| {
///     let labels = json!({"app": app});
///     Unstructured::try_from(json!({"metadata": {"namespace": namespace, "name": name, "labels": labels}}))
/// };
/// let pods = Lister::over("pods", [pod("prod", "a", "web")?, pod("prod", "b", "db")?, pod("test", "a", "web")?]);
///
/// assert_eq!(pods.all().len(), 3);
/// assert_eq!(pods.list(&"app=web".parse()?).len(), 2);
/// assert_eq!(pods.namespace("prod").list(&"app in (web, db)".parse()?).len(), 2);
/// assert_eq!(pods.namespace("prod").get("b")?.labels()["app"], "db");
/// assert!(pods.namespace("test").get("b").unwrap_err().is_not_found());
/// # Ok(())
/// # }
/// ```
///
/// [`SharedInformer::lister`]: super::SharedInformer::lister
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

    /// A lister of these objects, without an informer: for tests of code that takes listers,
    /// and for what comes from elsewhere. `resource` is for messages: `deployments.apps`. Of
    /// two objects of one namespace and name, the last one counts.
    pub fn over(resource: &str, objects: impl IntoIterator<Item = K>) -> Self {
        let store = Store::new();
        for object in objects {
            store.put(Arc::new(object));
        }
        Lister::new(store, resource)
    }

    /// The objects of one namespace; the empty one stands for all
    /// ([rule S11](crate::semantics#s11)).
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

    /// A cluster-scoped object; one of a namespace is had by
    /// [`namespace`](Lister::namespace)`(…).get(…)`, and never found here.
    ///
    /// # Errors
    /// `is_not_found()` when the cache has none of that name.
    pub fn get(&self, name: &str) -> Result<Arc<K>> {
        self.find("", name)
    }

    /// The objects that have a value under an index.
    ///
    /// # Errors
    /// When there is no index of that name; the error says which there are.
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
        match &*self.namespace {
            "" => self.lister.all(),
            namespace => self.lister.store.list_namespace(namespace),
        }
    }

    /// One object of the namespace.
    ///
    /// # Errors
    /// `is_not_found()` when the cache has none of that name.
    pub fn get(&self, name: &str) -> Result<Arc<K>> {
        self.lister.find(&self.namespace, name)
    }

    /// The objects of the namespace that have a value under an index.
    ///
    /// # Errors
    /// When there is no index of that name; the error says which there are.
    pub fn by_index(&self, index: &str, value: &str) -> Result<Vec<Arc<K>>> {
        let mut objects = self.lister.by_index(index, value)?;
        if !self.namespace.is_empty() {
            objects.retain(|object| object.namespace() == Some(&self.namespace));
        }
        Ok(objects)
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
    let (plural, group) = match resource.split_once('.') {
        Some((plural, group)) => (plural, Some(group.to_owned())),
        None => (resource, None),
    };
    let details = StatusDetails {
        name: Some(name.to_owned()),
        group,
        kind: Some(plural.to_owned()),
        ..StatusDetails::default()
    };
    Error::api(Status {
        status: Some("Failure".to_owned()),
        message: Some(NotCached { resource, name }.to_string()),
        reason: Some("NotFound".to_owned()),
        code: Some(404),
        details: Some(details),
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
