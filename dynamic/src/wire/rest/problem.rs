//! The errors of a request before it is sent, and of the text of an answer.

use std::fmt;

use crate::model::error::{ErrorKind, Problem, samples};

/// Why there is no request, or no text in its answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RestProblem {
    #[error("{resource} belong to the cluster: ask for them without a namespace")]
    NotNamespaced { resource: String },
    #[error("{resource} live in namespaces: say which, with `namespace(…)`")]
    NoNamespace { resource: String },
    #[error("the {part} is empty")]
    EmptySegment { part: Part },
    #[error("the {part} `{}` must not be `.` or `..`", segment.escape_debug())]
    Climbing { part: Part, segment: String },
    #[error("the {part} `{}` must not contain `/` or `%`", segment.escape_debug())]
    ReservedCharacter { part: Part, segment: String },
    #[error("`{}` must be a path below the API server, such as `/version`", path.escape_debug())]
    NotAPath { path: String },
    #[error("`{}` cannot be part of a URL", path.escape_debug())]
    NotAUri {
        path: String,
        source: http::uri::InvalidUri,
    },
    #[error("the answer is not UTF-8")]
    NotUtf8 { source: std::str::Utf8Error },
}

impl Problem for RestProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            RestProblem::NotUtf8 { .. } => ErrorKind::Decode,
            RestProblem::NotNamespaced { .. }
            | RestProblem::NoNamespace { .. }
            | RestProblem::EmptySegment { .. }
            | RestProblem::Climbing { .. }
            | RestProblem::ReservedCharacter { .. }
            | RestProblem::NotAPath { .. }
            | RestProblem::NotAUri { .. } => ErrorKind::Request,
        }
    }
}

/// A part of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part {
    Group,
    Version,
    Namespace,
    Resource,
    Name,
    Subresource,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Group => "API group",
            Part::Version => "API version",
            Part::Namespace => "namespace",
            Part::Resource => "resource",
            Part::Name => "name",
            Part::Subresource => "subresource",
        })
    }
}

samples!(RestProblem {
    RestProblem::NotNamespaced { .. } => [RestProblem::NotNamespaced {
        resource: "nodes".to_owned(),
    }],
    RestProblem::NoNamespace { .. } => [RestProblem::NoNamespace {
        resource: "deployments.apps".to_owned(),
    }],
    RestProblem::EmptySegment { .. } => [
        RestProblem::EmptySegment { part: Part::Group },
        RestProblem::EmptySegment { part: Part::Version },
        RestProblem::EmptySegment { part: Part::Namespace },
        RestProblem::EmptySegment { part: Part::Resource },
        RestProblem::EmptySegment { part: Part::Name },
        RestProblem::EmptySegment { part: Part::Subresource },
    ],
    RestProblem::Climbing { .. } => [RestProblem::Climbing {
        part: Part::Namespace,
        segment: "..".to_owned(),
    }],
    RestProblem::ReservedCharacter { .. } => [RestProblem::ReservedCharacter {
        part: Part::Name,
        segment: "a/b".to_owned(),
    }],
    RestProblem::NotAPath { .. } => [RestProblem::NotAPath {
        path: "version".to_owned(),
    }],
    RestProblem::NotAUri { .. } => [RestProblem::NotAUri {
        path: "/a b".to_owned(),
        source: "/a b".parse::<http::Uri>().unwrap_err(),
    }],
    RestProblem::NotUtf8 { .. } => [RestProblem::NotUtf8 {
        source: String::from_utf8(vec![0xff]).unwrap_err().utf8_error(),
    }],
});
