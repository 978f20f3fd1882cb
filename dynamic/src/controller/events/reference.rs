//! The reference of an event to its object.

use std::fmt;

use serde_json::{Value, json};

use crate::model::object::Object;
use crate::model::resource::Resource;
use crate::model::unstructured::Unstructured;

/// An object, or a part of one, as an event names it.
///
/// It is taken from an object by `into()`: of a typed kind with its constants, of an untyped
/// object with the type that it states itself ([rule Z7](crate::semantics#z7)). One that states
/// none can be named with [`Reference::with_type`].
///
/// ```
/// use kubewright::Unstructured;
/// use kubewright::events::Reference;
/// use serde_json::json;
///
/// # fn main() -> kubewright::Result<()> {
/// let metadata = json!({"name": "web-0", "namespace": "prod", "uid": "u"});
/// let pod = Unstructured::try_from(json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata}))?;
/// let container = Reference::from(&pod).field("spec.containers{web}");
/// assert_eq!(container.to_string(), "Pod prod/web-0");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    pub(super) api_version: String,
    pub(super) kind: String,
    /// Empty for objects of the cluster.
    pub(super) namespace: String,
    pub(super) name: String,
    uid: Option<String>,
    field_path: Option<String>,
}

impl Reference {
    fn of(object: &impl Object, api_version: String, kind: &str) -> Self {
        Reference {
            api_version,
            kind: kind.to_owned(),
            namespace: object.namespace().unwrap_or_default().to_owned(),
            name: object.name().to_owned(),
            uid: object.uid().map(str::to_owned),
            field_path: None,
        }
    }

    /// A part of the object: `spec.containers{web}`.
    #[must_use]
    pub fn field(mut self, path: impl Into<String>) -> Self {
        self.field_path = Some(path.into());
        self
    }

    /// The type, for objects that do not state it: `apps/v1`, `Deployment`.
    #[must_use]
    pub fn with_type(mut self, api_version: impl Into<String>, kind: impl Into<String>) -> Self {
        self.api_version = api_version.into();
        self.kind = kind.into();
        self
    }

    pub(super) fn to_value(&self) -> Value {
        let mut value =
            json!({"apiVersion": self.api_version, "kind": self.kind, "name": self.name});
        let namespace = Some(&self.namespace).filter(|namespace| !namespace.is_empty());
        for (key, text) in [
            ("namespace", namespace),
            ("uid", self.uid.as_ref()),
            ("fieldPath", self.field_path.as_ref()),
        ] {
            if let Some(text) = text {
                value[key] = json!(text);
            }
        }
        value
    }
}

impl<K: Resource> From<&K> for Reference {
    fn from(object: &K) -> Self {
        Reference::of(object, K::api_resource().api_version(), K::KIND)
    }
}

impl From<&Unstructured> for Reference {
    fn from(object: &Unstructured) -> Self {
        Reference::of(object, object.api_version().to_owned(), object.kind())
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.namespace {
            "" => write!(f, "{} {}", self.kind, self.name),
            namespace => write!(f, "{} {namespace}/{}", self.kind, self.name),
        }
    }
}
