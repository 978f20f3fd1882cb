//! The server's own account of how a request went.

use kubewright_table::record;

use super::ListMeta;

/// The outcome of a request (`meta/v1` `Status`); every API error is one.
pub struct Status {
    /// Metadata; empty in practice.
    pub metadata: ListMeta,
    /// `Success` or `Failure`.
    pub status: Option<String>,
    /// A description for people.
    pub message: Option<String>,
    /// The reason, in one word for programs, as in `NotFound`.
    pub reason: Option<String>,
    /// Details about `reason`.
    pub details: Option<StatusDetails>,
    /// The HTTP status that belongs to it.
    pub code: Option<i32>,
}

record! {
    Status {
        "metadata" metadata,
        "status" status,
        "message" message,
        "reason" reason,
        "details" details,
        "code" code,
    }
}

impl Eq for Status {}

impl Status {
    /// Whether the server says that the request failed.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        self.status.as_deref() == Some("Failure")
    }
}

/// The subject of a [`Status`].
pub struct StatusDetails {
    /// Name of the object, or of whatever else the reason speaks of.
    pub name: Option<String>,
    /// API group of the object.
    pub group: Option<String>,
    /// Kind of the object; often the plural resource instead.
    pub kind: Option<String>,
    /// Identity of the object.
    pub uid: Option<String>,
    /// The individual causes, where the server names them.
    pub causes: Vec<StatusCause>,
    /// How long to wait before trying again.
    pub retry_after_seconds: Option<i32>,
}

record! {
    StatusDetails {
        "name" name,
        "group" group,
        "kind" kind,
        "uid" uid,
        "causes" causes,
        "retryAfterSeconds" retry_after_seconds,
    }
}

impl Eq for StatusDetails {}

/// One fault among those of a [`Status`].
pub struct StatusCause {
    /// The reason, in one word for programs, as in `FieldValueInvalid`.
    pub reason: Option<String>,
    /// A description for people.
    pub message: Option<String>,
    /// The field at fault, as in `spec.containers[0].image`.
    pub field: Option<String>,
}

record! {
    StatusCause {
        "reason" reason,
        "message" message,
        "field" field,
    }
}

impl Eq for StatusCause {}
