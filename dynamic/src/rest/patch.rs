//! The four ways to change a part of an object.

use http::HeaderValue;
use serde_json::Value;

/// A change, in one of the forms that the API server takes (semantics U15).
///
/// Server-side apply is the fifth way, and has its own verb: `Api::apply`.
#[derive(Clone, Debug, PartialEq)]
pub enum Patch {
    /// JSON Patch (RFC 6902): an array of operations, all or none.
    Json(Value),
    /// JSON Merge Patch (RFC 7386): what is given replaces, null removes, lists are whole.
    Merge(Value),
    /// Strategic merge: as merge, but lists are merged by the keys that the type declares.
    /// Built-in kinds only; custom resources answer 415.
    Strategic(Value),
}

impl Patch {
    /// A JSON Patch from its operations.
    pub fn json(operations: impl Into<Value>) -> Self {
        Patch::Json(operations.into())
    }

    /// A merge patch.
    pub fn merge(change: impl Into<Value>) -> Self {
        Patch::Merge(change.into())
    }

    /// A strategic merge patch.
    pub fn strategic(change: impl Into<Value>) -> Self {
        Patch::Strategic(change.into())
    }

    pub(crate) fn content_type(&self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Patch::Json(_) => "application/json-patch+json",
            Patch::Merge(_) => "application/merge-patch+json",
            Patch::Strategic(_) => "application/strategic-merge-patch+json",
        })
    }

    pub(crate) fn body(&self) -> &Value {
        match self {
            Patch::Json(value) | Patch::Merge(value) | Patch::Strategic(value) => value,
        }
    }
}

/// The content type of server-side apply: JSON is good YAML (U15).
pub(crate) const APPLY: HeaderValue = HeaderValue::from_static("application/apply-patch+yaml");
