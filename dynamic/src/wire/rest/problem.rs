//! The errors of a request before it is sent, and of the text of an answer.

use std::fmt;

use http::StatusCode;

use super::asked::Asked;
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

/// A refusal without a Status of its own: the message of the Status that stands for it.
#[derive(Debug)]
pub(crate) struct WithoutStatus<'a> {
    pub(super) asked: &'a Asked,
    pub(super) code: StatusCode,
    /// The body, where it is text.
    pub(super) text: &'a str,
}

impl fmt::Display for WithoutStatus<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let WithoutStatus { asked, code, text } = self;
        write!(f, "{asked}: ")?;
        // A missing object has a Status; without one, 404 is about the path of the resource.
        let is_of_a_resource = !asked.resource.starts_with('/');
        match *code == StatusCode::NOT_FOUND && is_of_a_resource {
            true => f.write_str("the server does not serve this resource in this version")?,
            false => write!(f, "the server answered {code}")?,
        }
        write!(f, ": {text}")
    }
}

#[cfg(test)]
fn sample(asked: Asked, code: u16, text: &'static str) -> WithoutStatus<'static> {
    WithoutStatus {
        asked: Box::leak(Box::new(asked)),
        code: StatusCode::from_u16(code).unwrap(),
        text,
    }
}

samples!(WithoutStatus<'static> {
    WithoutStatus { .. } => [
        sample(
            Asked {
                verb: "list",
                group: "apps".into(),
                resource: "deployments".into(),
                name: String::new(),
            },
            404,
            "404 page not found",
        ),
        sample(Asked::path("get", "/version"), 502, "bad gateway"),
    ],
});

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
