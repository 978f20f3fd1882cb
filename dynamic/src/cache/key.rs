//! What identifies an object within its kind.

use std::fmt;

use crate::object::Object;

/// Namespace and name: the key of a cache and of a work queue.
///
/// The uid is not part of it: an object that was deleted and made anew has the same key
/// (semantics S1). Prints as `prod/web`, or `node-1` for cluster-scoped objects.
///
/// ```
/// use kubewright_dynamic::cache::NamespacedName;
///
/// let key = NamespacedName::new("prod", "web");
/// assert_eq!(key.to_string(), "prod/web");
/// assert_eq!(NamespacedName::cluster("node-1").namespace(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NamespacedName {
    /// Empty for cluster-scoped objects, whose namespace cannot be empty.
    namespace: Box<str>,
    name: Box<str>,
}

impl NamespacedName {
    /// An object in a namespace.
    pub fn new(namespace: impl Into<Box<str>>, name: impl Into<Box<str>>) -> Self {
        NamespacedName {
            namespace: namespace.into(),
            name: name.into(),
        }
    }

    /// An object of the cluster.
    pub fn cluster(name: impl Into<Box<str>>) -> Self {
        NamespacedName::new("", name)
    }

    /// The key of an object.
    pub fn of<K: Object>(object: &K) -> Self {
        NamespacedName::new(object.namespace().unwrap_or_default(), object.name())
    }

    /// The namespace; `None` for cluster-scoped objects.
    pub fn namespace(&self) -> Option<&str> {
        Some(&*self.namespace).filter(|namespace| !namespace.is_empty())
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for NamespacedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.namespace() {
            Some(namespace) => write!(f, "{namespace}/{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}
