//! The refusals of an API server: every error is a `Status` object with a code, a reason and
//! machine-readable details, and clients branch on exactly those three.
//!
//! One constructor for each refusal keeps the triples in one place. It knows nothing of HTTP but
//! the number.

use std::fmt;

use serde_json::{Map, Value, json};

/// A refused request, on its way to become a `Status` body.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Failure {
    code: u16,
    reason: &'static str,
    message: String,
    details: Option<Map<String, Value>>,
    resume: Option<String>,
}

/// One `details.causes` entry: a field and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cause {
    pub(crate) reason: &'static str,
    pub(crate) message: String,
    pub(crate) field: String,
}

impl Cause {
    pub(crate) fn required(field: impl Into<String>, hint: &str) -> Self {
        let message = if hint.is_empty() {
            "Required value".into()
        } else {
            format!("Required value: {hint}")
        };
        Self {
            reason: "FieldValueRequired",
            message,
            field: field.into(),
        }
    }

    pub(crate) fn invalid(field: impl Into<String>, value: &Value, hint: &str) -> Self {
        let message = format!("Invalid value: {value}: {hint}");
        Self {
            reason: "FieldValueInvalid",
            message,
            field: field.into(),
        }
    }

    pub(crate) fn wrong_type(field: impl Into<String>, value: &str, hint: &str) -> Self {
        let message = format!("Invalid value: {value:?}: {hint}");
        Self {
            reason: "FieldValueTypeInvalid",
            message,
            field: field.into(),
        }
    }

    pub(crate) fn unsupported(
        field: impl Into<String>,
        value: &Value,
        supported: &[String],
    ) -> Self {
        let message = format!(
            "Unsupported value: {value}: supported values: {}",
            supported.join(", ")
        );
        Self {
            reason: "FieldValueNotSupported",
            message,
            field: field.into(),
        }
    }

    pub(crate) fn forbidden(field: impl Into<String>, hint: &str) -> Self {
        Self {
            reason: "FieldValueForbidden",
            message: format!("Forbidden: {hint}"),
            field: field.into(),
        }
    }

    pub(crate) fn too_many(field: impl Into<String>, found: usize, limit: u64) -> Self {
        let message = format!("Too many: {found}: must have at most {limit} items");
        Self {
            reason: "FieldValueTooMany",
            message,
            field: field.into(),
        }
    }

    fn sentence(&self) -> String {
        if self.field.is_empty() {
            self.message.clone()
        } else {
            format!("{}: {}", self.field, self.message)
        }
    }

    fn to_json(&self) -> Value {
        json!({"reason": self.reason, "message": self.message, "field": self.field})
    }
}

/// A group and a plural (or a kind), as messages and details name what was asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) group: &'a str,
    pub(crate) what: &'a str,
}

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.group {
            "" => f.write_str(self.what),
            group => write!(f, "{}.{group}", self.what),
        }
    }
}

impl Named<'_> {
    fn details(&self, name: &str) -> Map<String, Value> {
        let entries = [("name", name), ("group", self.group), ("kind", self.what)];
        entries
            .into_iter()
            .filter(|(_, v)| !v.is_empty())
            .map(|(k, v)| (k.to_owned(), v.into()))
            .collect()
    }
}

impl Failure {
    fn new(code: u16, reason: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            reason,
            message: message.into(),
            details: None,
            resume: None,
        }
    }

    fn with_details(mut self, details: Map<String, Value>) -> Self {
        self.details = Some(details);
        self
    }

    fn with_causes(mut self, causes: &[Cause]) -> Self {
        let causes = causes.iter().map(Cause::to_json).collect();
        self.details
            .get_or_insert_default()
            .insert("causes".into(), Value::Array(causes));
        self
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BadRequest", message)
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized", "Unauthorized")
    }

    /// An error with this code that nothing but a test has caused.
    pub(crate) fn injected(code: u16) -> Self {
        Self::new(code, "", "a test asked for this error")
    }

    pub(crate) fn not_found(kind: Named<'_>, name: &str) -> Self {
        Self::new(404, "NotFound", format!("{kind} {name:?} not found"))
            .with_details(kind.details(name))
    }

    /// No such resource or subresource under a group version that is served.
    pub(crate) fn no_such_resource() -> Self {
        Self::new(
            404,
            "NotFound",
            "the server could not find the requested resource",
        )
        .with_details(Map::new())
    }

    pub(crate) fn method_not_allowed() -> Self {
        let message = "the server does not allow this method on the requested resource";
        Self::new(405, "MethodNotAllowed", message).with_details(Map::new())
    }

    pub(crate) fn not_acceptable(message: impl Into<String>) -> Self {
        Self::new(406, "NotAcceptable", message).with_details(Map::new())
    }

    pub(crate) fn already_exists(kind: Named<'_>, name: &str) -> Self {
        Self::new(
            409,
            "AlreadyExists",
            format!("{kind} {name:?} already exists"),
        )
        .with_details(kind.details(name))
    }

    pub(crate) fn conflict(kind: Named<'_>, name: &str, why: &str) -> Self {
        let message = format!("Operation cannot be fulfilled on {kind} {name:?}: {why}");
        Self::new(409, "Conflict", message).with_details(kind.details(name))
    }

    /// A write that names an older resourceVersion than the stored one.
    pub(crate) fn stale(kind: Named<'_>, name: &str) -> Self {
        let why = "the object has been modified; please apply your changes to the latest version and try again";
        Self::conflict(kind, name, why)
    }

    pub(crate) fn apply_conflict(message: String, causes: &[Cause]) -> Self {
        Self::new(409, "Conflict", message)
            .with_details(Map::new())
            .with_causes(causes)
    }

    pub(crate) fn expired(message: impl Into<String>) -> Self {
        Self::new(410, "Expired", message)
    }

    /// An expired continue token; `resume` continues at the present state instead.
    pub(crate) fn expired_token(resume: String) -> Self {
        let message = "the continue token is too old to go on with the same snapshot; start the list again, \
                       or use the token in this response for an inconsistent remainder";
        Self {
            resume: Some(resume),
            ..Self::expired(message)
        }
    }

    pub(crate) fn too_large() -> Self {
        Self::new(
            413,
            "RequestEntityTooLarge",
            "Request entity too large: limit is 3145728",
        )
    }

    pub(crate) fn unsupported_media_type(message: impl Into<String>) -> Self {
        Self::new(415, "UnsupportedMediaType", message)
    }

    /// A body that parses but breaks a rule; `kind` is the object's kind, not its plural.
    pub(crate) fn invalid(kind: Named<'_>, name: &str, causes: &[Cause]) -> Self {
        let sentences: Vec<_> = causes.iter().map(Cause::sentence).collect();
        let list = match sentences.as_slice() {
            [one] => one.clone(),
            many => format!("[{}]", many.join(", ")),
        };
        Self::new(
            422,
            "Invalid",
            format!("{kind} {name:?} is invalid: {list}"),
        )
        .with_details(kind.details(name))
        .with_causes(causes)
    }

    /// A patch that cannot be applied to the object as it is.
    pub(crate) fn unprocessable() -> Self {
        let message = "the server rejected our request due to an error in our request";
        Self::new(422, "Invalid", message).with_details(Map::new())
    }

    pub(crate) fn forbidden(kind: Named<'_>, name: &str, why: &str) -> Self {
        Self::new(
            403,
            "Forbidden",
            format!("{kind} {name:?} is forbidden: {why}"),
        )
        .with_details(kind.details(name))
    }

    pub(crate) fn namespace_terminating(kind: Named<'_>, name: &str, namespace: &str) -> Self {
        let why = format!(
            "unable to create new content in namespace {namespace} because it is being terminated"
        );
        let cause = Cause {
            reason: "NamespaceTerminating",
            message: format!("namespace {namespace} is being terminated"),
            field: "metadata.namespace".into(),
        };
        Self::forbidden(kind, name, &why).with_causes(&[cause])
    }

    /// A read at a revision that does not exist yet, after waiting for it.
    pub(crate) fn revision_too_large(asked: u64, current: u64) -> Self {
        let details = json!({
            "causes": [{"reason": "ResourceVersionTooLarge", "message": "Too large resource version"}],
            "retryAfterSeconds": 1,
        });
        let message = format!("Timeout: Too large resource version: {asked}, current: {current}");
        Self::new(504, "Timeout", message).with_details(into_map(details))
    }

    /// What the real server answers where an error carries no reason at all.
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self::new(500, "", message)
    }

    /// A watch that wants to begin with the objects that are there, on a server that has not learnt it.
    pub(crate) fn no_streaming() -> Self {
        let why =
            "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled";
        let kind = Named {
            group: "meta.k8s.io",
            what: "ListOptions",
        };
        Self::invalid(kind, "", &[Cause::forbidden("sendInitialEvents", why)])
    }

    /// The same, where the store does not report its progress.
    pub(crate) fn no_progress() -> Self {
        Self::new(
            500,
            "InternalError",
            "etcd does not support progress notifications",
        )
    }

    pub(crate) fn not_implemented(message: impl Into<String>) -> Self {
        Self::new(501, "NotImplemented", message)
    }

    pub(crate) fn code(&self) -> u16 {
        self.code
    }

    pub(crate) fn retry_after(&self) -> Option<u64> {
        self.details.as_ref()?.get("retryAfterSeconds")?.as_u64()
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut body = json!({
            "kind": "Status", "apiVersion": "v1", "metadata": {},
            "status": "Failure", "message": self.message, "code": self.code,
        });
        if let Some(token) = &self.resume {
            body["metadata"]["continue"] = token.as_str().into();
        }
        if !self.reason.is_empty() {
            body["reason"] = self.reason.into();
        }
        if let Some(details) = &self.details {
            body["details"] = Value::Object(details.clone());
        }
        body
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

fn into_map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
