//! The ways to change a part of an object.

use http::HeaderValue;
use serde_json::Value;

use crate::model::verbs;

/// A change, in one of the forms that the API server takes of every kind
/// ([rule U15](crate::semantics#u15)).
///
/// Two more ways are not values of this type: [`Patch::strategic`] makes a
/// [`StrategicPatch`], which only built-in kinds take, and server-side apply has a verb of
/// its own, `Api::apply`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Patch {
    /// JSON Patch (RFC 6902): an array of operations, all or none.
    Json(Value),
    /// JSON Merge Patch (RFC 7386): what is given replaces, null removes, lists are whole.
    Merge(Value),
}

/// Strategic merge: as merge, but lists are merged by the keys that the type declares.
///
/// Built-in kinds only: a kind that is not [`verbs::StrategicPatch`], as no custom resource
/// is, cannot be patched with it.
///
/// ```compile_fail,E0277
/// # use kubewright::{Api, ObjectMeta, Patch, Resource};
/// # use serde::{Deserialize, Serialize};
/// #[derive(Resource, Clone, Serialize, Deserialize)]
/// #[resource(group = "example.com", version = "v1", namespaced)]
/// struct Widget { metadata: ObjectMeta }
///
/// # async fn doc(widgets: Api<Widget>) {
/// let _ = widgets.patch("big", &Patch::strategic(serde_json::json!({})));
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct StrategicPatch(pub Value);

/// A patch that objects of `K` take.
pub trait PatchOf<K>: Content {}

impl<K> PatchOf<K> for Patch {}
impl<K: verbs::StrategicPatch> PatchOf<K> for StrategicPatch {}

impl Patch {
    /// A JSON Patch from its operations.
    pub fn json(operations: impl Into<Value>) -> Self {
        Patch::Json(operations.into())
    }

    /// A merge patch.
    pub fn merge(change: impl Into<Value>) -> Self {
        Patch::Merge(change.into())
    }

    /// A strategic merge patch, for the kinds that take one.
    pub fn strategic(change: impl Into<Value>) -> StrategicPatch {
        StrategicPatch(change.into())
    }
}

mod sealed {
    use http::HeaderValue;
    use serde_json::Value;

    /// The body.
    pub trait Content {
        fn content_type(&self) -> HeaderValue;
        fn body(&self) -> &Value;
    }
}

pub(crate) use sealed::Content;

impl Content for Patch {
    fn content_type(&self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Patch::Json(_) => "application/json-patch+json",
            Patch::Merge(_) => "application/merge-patch+json",
        })
    }

    fn body(&self) -> &Value {
        match self {
            Patch::Json(value) | Patch::Merge(value) => value,
        }
    }
}

impl Content for StrategicPatch {
    fn content_type(&self) -> HeaderValue {
        HeaderValue::from_static("application/strategic-merge-patch+json")
    }

    fn body(&self) -> &Value {
        &self.0
    }
}

/// The content type of server-side apply: JSON is good YAML ([rule U15](crate::semantics#u15)).
pub(crate) const APPLY: HeaderValue = HeaderValue::from_static("application/apply-patch+yaml");
