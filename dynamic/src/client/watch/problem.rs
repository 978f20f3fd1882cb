//! The errors in the frames of a watch.

use std::fmt;

use crate::model::error::{Activity, ErrorKind, Problem, samples};
use crate::model::json::JsonError;

/// Why a frame gives no event.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WatchProblem {
    #[error("a watch frame is broken")]
    NotJson { source: JsonError },
    #[error("a watch frame has the unknown type `{}`", kind.escape_debug())]
    UnknownType { kind: String },
    #[error("a bookmark has no resourceVersion")]
    NoVersion,
}

impl Problem for WatchProblem {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Decode
    }
}

/// Reading a part of a watch.
#[derive(Debug)]
pub(crate) enum OfWatch {
    Object {
        object: String,
        version: Option<String>,
    },
    Bookmark,
    ServerError,
}

impl Activity for OfWatch {}

impl fmt::Display for OfWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OfWatch::Object { object, version } => {
                let version = version.as_deref().unwrap_or("unknown");
                write!(f, "watched object {object} at version {version}")
            }
            OfWatch::Bookmark => f.write_str("a bookmark"),
            OfWatch::ServerError => f.write_str("the error that ends a watch"),
        }
    }
}

samples!(OfWatch {
    OfWatch::Object { .. } => [
        OfWatch::Object {
            object: "Pod prod/web".to_owned(),
            version: Some("1234".to_owned()),
        },
        OfWatch::Object {
            object: "Pod prod/web".to_owned(),
            version: None,
        },
    ],
    OfWatch::Bookmark => [OfWatch::Bookmark],
    OfWatch::ServerError => [OfWatch::ServerError],
});

samples!(WatchProblem {
    WatchProblem::NotJson { .. } => [WatchProblem::NotJson {
        source: crate::model::json::Scanner::new("{]").value().unwrap_err(),
    }],
    WatchProblem::UnknownType { .. } => [WatchProblem::UnknownType {
        kind: "RENAMED".to_owned(),
    }],
    WatchProblem::NoVersion => [WatchProblem::NoVersion],
});
