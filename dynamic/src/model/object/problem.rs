//! The errors of reading objects from JSON and writing them as JSON.

use std::fmt;

use crate::model::error::{Activity, ErrorKind, Problem, samples};

/// Why a text gives no value, or a value no text.
///
/// The errors of the parsers say where in the text and what was expected: they speak for
/// themselves.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JsonProblem {
    #[error("expected JSON, but the text is empty")]
    Empty,
    #[error(transparent)]
    AtField(serde_path_to_error::Error<serde_json::Error>),
    #[error(transparent)]
    Json(serde_json::Error),
    #[error(transparent)]
    Record(kubewright_table::Error),
    #[error("cannot write the object as JSON")]
    Unwritable { source: serde_json::Error },
    #[error("an object must serialise to a JSON object, not to {found}")]
    NotWrittenAsObject { found: &'static str },
}

impl Problem for JsonProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            JsonProblem::Empty
            | JsonProblem::AtField(_)
            | JsonProblem::Json(_)
            | JsonProblem::Record(_) => ErrorKind::Decode,
            JsonProblem::Unwritable { .. } | JsonProblem::NotWrittenAsObject { .. } => {
                ErrorKind::Request
            }
        }
    }
}

/// Reading or changing an object, as messages name it: `Pod prod/web`.
#[derive(Debug)]
pub(crate) struct OfObject(pub(crate) String);

impl Activity for OfObject {}

impl fmt::Display for OfObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

samples!(OfObject {
    OfObject(_) => [OfObject("Pod prod/web".to_owned())],
});

samples!(JsonProblem {
    JsonProblem::Empty => [JsonProblem::Empty],
    JsonProblem::AtField(_) => [JsonProblem::AtField(broken::at_field())],
    JsonProblem::Json(_) => [JsonProblem::Json(broken::json())],
    JsonProblem::Record(_) => [JsonProblem::Record(broken::record())],
    JsonProblem::Unwritable { .. } => [JsonProblem::Unwritable {
        source: broken::json(),
    }],
    JsonProblem::NotWrittenAsObject { .. } => [JsonProblem::NotWrittenAsObject {
        found: "a number",
    }],
});

/// Errors of the parsers.
#[cfg(test)]
mod broken {
    use crate::model::meta::{Map, ObjectMeta};

    pub(super) fn json() -> serde_json::Error {
        serde_json::from_str::<Map<String>>("[]").unwrap_err()
    }

    pub(super) fn at_field() -> serde_path_to_error::Error<serde_json::Error> {
        let mut text = serde_json::Deserializer::from_str(r#"{"metadata":{"labels":[]}}"#);
        serde_path_to_error::deserialize::<_, Map<Map<Map<String>>>>(&mut text).unwrap_err()
    }

    pub(super) fn record() -> kubewright_table::Error {
        kubewright_table::from_json::<ObjectMeta>(r#"{"labels":[]}"#).unwrap_err()
    }
}
