//! The errors of untyped objects and of the pointers into them.

use crate::model::error::{ErrorKind, Problem, samples};
use crate::model::json::JsonError;
use crate::model::meta::TypeMeta;

/// Why an untyped object cannot be made, read or changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UnstructuredProblem {
    #[error("not a JSON object")]
    NotJson { source: JsonError },
    #[error("not a JSON object: {0}")]
    Flawed(&'static str),
    #[error("expected a JSON object, found {found}")]
    NotAnObject { found: &'static str },
    #[error(
        "this is {}/{}, not {}/{}",
        found.api_version,
        found.kind,
        expected.api_version,
        expected.kind
    )]
    OtherKind { found: TypeMeta, expected: TypeMeta },
    #[error("cannot read {pointer}")]
    Unreadable {
        pointer: String,
        source: serde_json::Error,
    },
    #[error("{at} is neither an object nor an array, so there is no {pointer}")]
    Blocked { at: String, pointer: String },
    #[error("{at} has {len} elements, so {pointer} cannot be written; `-` appends")]
    NoSuchIndex {
        at: String,
        len: usize,
        pointer: String,
    },
    #[error("`{pointer}` is not a JSON pointer: it must begin with `/`, as in `/spec/replicas`")]
    NotAPointer { pointer: String },
    #[error("the empty pointer names the whole object: assign it instead")]
    WholeWritten,
    #[error("the empty pointer names the whole object, which cannot be removed from itself")]
    WholeRemoved,
}

impl Problem for UnstructuredProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            UnstructuredProblem::NotJson { .. }
            | UnstructuredProblem::Flawed(_)
            | UnstructuredProblem::NotAnObject { .. }
            | UnstructuredProblem::OtherKind { .. }
            | UnstructuredProblem::Unreadable { .. }
            | UnstructuredProblem::Blocked { .. } => ErrorKind::Decode,
            UnstructuredProblem::NoSuchIndex { .. }
            | UnstructuredProblem::NotAPointer { .. }
            | UnstructuredProblem::WholeWritten
            | UnstructuredProblem::WholeRemoved => ErrorKind::Request,
        }
    }
}

#[cfg(test)]
fn broken() -> JsonError {
    let mut scanner = crate::model::json::Scanner::new("{]");
    scanner.value().unwrap_err()
}

samples!(UnstructuredProblem {
    UnstructuredProblem::NotJson { .. } => [UnstructuredProblem::NotJson { source: broken() }],
    UnstructuredProblem::Flawed(_) => [UnstructuredProblem::Flawed(
        "apiVersion, kind or a metadata field holds a quote, backslash or control character",
    )],
    UnstructuredProblem::NotAnObject { .. } => [UnstructuredProblem::NotAnObject {
        found: "an array",
    }],
    UnstructuredProblem::OtherKind { .. } => [UnstructuredProblem::OtherKind {
        found: TypeMeta {
            api_version: "v1".to_owned(),
            kind: "Secret".to_owned(),
        },
        expected: TypeMeta {
            api_version: "v1".to_owned(),
            kind: "ConfigMap".to_owned(),
        },
    }],
    UnstructuredProblem::Unreadable { .. } => [UnstructuredProblem::Unreadable {
        pointer: "/spec/replicas".to_owned(),
        source: serde_json::from_str::<i32>("true").unwrap_err(),
    }],
    UnstructuredProblem::Blocked { .. } => [UnstructuredProblem::Blocked {
        at: "/spec/replicas".to_owned(),
        pointer: "/spec/replicas/0".to_owned(),
    }],
    UnstructuredProblem::NoSuchIndex { .. } => [UnstructuredProblem::NoSuchIndex {
        at: "/spec/containers".to_owned(),
        len: 2,
        pointer: "/spec/containers/5".to_owned(),
    }],
    UnstructuredProblem::NotAPointer { .. } => [UnstructuredProblem::NotAPointer {
        pointer: "spec.replicas".to_owned(),
    }],
    UnstructuredProblem::WholeWritten => [UnstructuredProblem::WholeWritten],
    UnstructuredProblem::WholeRemoved => [UnstructuredProblem::WholeRemoved],
});
