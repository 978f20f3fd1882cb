//! The identity of an object within its kind.

use std::fmt;
use std::str::FromStr;

use crate::model::error::{Error, ErrorKind, Problem, Result, samples};
use crate::model::json::Checked;
use crate::model::object::Object;

/// Namespace and name: the key of a cache and of a work queue.
///
/// The uid is not part of it: an object that was deleted and created again has the same key
/// ([rule S1](crate::semantics#s1)). Prints as `prod/web`, or `node-1` for cluster-scoped objects.
///
/// ```
/// use kubewright::cache::NamespacedName;
///
/// let key = NamespacedName::new("prod", "web");
/// assert_eq!(key.to_string(), "prod/web");
/// assert_eq!(NamespacedName::cluster("node-1").namespace(), None);
/// assert_eq!("prod/web".parse::<NamespacedName>()?, key);
/// # Ok::<_, kubewright::Error>(())
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

/// A state of an object, by what distinguishes states, before the object is read.
pub(super) struct StateRef<'a> {
    /// Empty for cluster-scoped objects.
    pub(super) namespace: &'a str,
    pub(super) name: &'a str,
    uid: Option<&'a str>,
    pub(super) version: Option<&'a str>,
}

impl<'a> StateRef<'a> {
    pub(super) fn of<K: Object>(object: &'a K) -> Self {
        StateRef {
            namespace: object.namespace().unwrap_or_default(),
            name: object.name(),
            uid: object.uid(),
            version: object.resource_version(),
        }
    }

    pub(super) fn of_text(object: &'a Checked<'_>) -> Self {
        StateRef {
            namespace: object.field(|head| head.namespace).unwrap_or_default(),
            name: object.field(|head| head.name).unwrap_or_default(),
            uid: object.field(|head| head.uid),
            version: object.field(|head| head.resource_version),
        }
    }

    pub(super) fn key(&self) -> NamespacedName {
        NamespacedName::new(self.namespace, self.name)
    }

    /// The same state of the same life. Without a version nothing is known, and the
    /// other one counts.
    pub(super) fn is_of<K: Object>(&self, object: &K) -> bool {
        self.version.is_some()
            && self.version == object.resource_version()
            && self.uid == object.uid()
    }
}

/// Reads what [`Display`](fmt::Display) writes: `prod/web`, or `node-1` for the cluster's.
impl FromStr for NamespacedName {
    type Err = Error;

    /// # Errors
    /// `is_request()` for more than one slash, and for an empty namespace or name.
    fn from_str(text: &str) -> Result<Self> {
        let (namespace, name) = match text.split_once('/') {
            Some((namespace, name)) => (Some(namespace), name),
            None => (None, text),
        };
        let is_key = namespace != Some("") && !name.is_empty() && !name.contains('/');
        let key = NamespacedName::new(namespace.unwrap_or_default(), name);
        is_key.then_some(key).ok_or_else(|| {
            NotAKey {
                text: text.to_owned(),
            }
            .into()
        })
    }
}

/// A text that names no object.
#[derive(Debug, thiserror::Error)]
#[error("`{text}` is not a key: expected `namespace/name` or `name`")]
pub(crate) struct NotAKey {
    text: String,
}

impl Problem for NotAKey {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Request
    }
}

samples!(NotAKey {
    NotAKey { .. } => [NotAKey {
        text: "a/b/c".to_owned(),
    }],
});

impl fmt::Display for NamespacedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.namespace() {
            Some(namespace) => write!(f, "{namespace}/{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_written_and_nothing_else_is_one() {
        // Rule S1
        for key in [
            NamespacedName::new("prod", "web"),
            NamespacedName::cluster("node-1"),
        ] {
            assert_eq!(key.to_string().parse::<NamespacedName>().unwrap(), key);
        }
        for odd in ["", "/", "prod/", "/web", "a/b/c", "//"] {
            let error = odd.parse::<NamespacedName>().unwrap_err();
            assert!(error.is_request(), "{odd}: {error}");
        }
    }
}
