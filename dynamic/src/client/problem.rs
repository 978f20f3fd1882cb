//! The errors of a client: requests refused before they are sent, answers not understood.

use crate::model::error::{ErrorKind, Problem, samples};

/// Why a call is refused, or its answer not understood.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClientProblem {
    #[error("the object has no name")]
    Nameless,
    #[error("{object} has no apiVersion or no kind, so its resource is unknown")]
    Typeless { object: String },
    #[error(
        "a transform changed the object before it was cached, so replacing it would erase what is missing: patch it, or get it from the server first"
    )]
    Altered,
    #[error("an apply needs a field manager: the name of the program that owns the fields")]
    NoFieldManager,
    #[error(
        "the object holds metadata.managedFields: apply only the fields that are yours, not an object that was read"
    )]
    ManagedFields,
    #[error("`{method}` is not an HTTP method")]
    NotAMethod {
        method: &'static str,
        source: http::method::InvalidMethod,
    },
    #[error("cannot make an HTTP request of it")]
    NotARequest { source: http::Error },
    #[error("the server answered with {} instead of a Table", kind_or_none(.kind))]
    NotATable { kind: String },
    #[error("the server answered {status} to a watch")]
    NotAWatch { status: http::StatusCode },
}

impl Problem for ClientProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            ClientProblem::Nameless
            | ClientProblem::Typeless { .. }
            | ClientProblem::Altered
            | ClientProblem::NoFieldManager
            | ClientProblem::ManagedFields
            | ClientProblem::NotAMethod { .. }
            | ClientProblem::NotARequest { .. } => ErrorKind::Request,
            ClientProblem::NotATable { .. } | ClientProblem::NotAWatch { .. } => ErrorKind::Decode,
        }
    }
}

fn kind_or_none(kind: &str) -> &str {
    match kind {
        "" => "an object without a kind",
        kind => kind,
    }
}

samples!(ClientProblem {
    ClientProblem::Nameless => [ClientProblem::Nameless],
    ClientProblem::Typeless { .. } => [ClientProblem::Typeless {
        object: "prod/web".to_owned(),
    }],
    ClientProblem::Altered => [ClientProblem::Altered],
    ClientProblem::NoFieldManager => [ClientProblem::NoFieldManager],
    ClientProblem::ManagedFields => [ClientProblem::ManagedFields],
    ClientProblem::NotAMethod { .. } => [ClientProblem::NotAMethod {
        method: "G E T",
        source: http::Method::from_bytes(b"G E T").unwrap_err(),
    }],
    ClientProblem::NotARequest { .. } => [ClientProblem::NotARequest {
        source: http::Request::builder().uri("a b").body(()).unwrap_err(),
    }],
    ClientProblem::NotATable { .. } => [
        ClientProblem::NotATable {
            kind: "PodList".to_owned(),
        },
        ClientProblem::NotATable {
            kind: String::new(),
        },
    ],
    ClientProblem::NotAWatch { .. } => [ClientProblem::NotAWatch {
        status: http::StatusCode::NO_CONTENT,
    }],
});
