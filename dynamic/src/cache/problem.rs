//! The errors of a cache.

use std::fmt;
use std::time::Duration;

use super::key::NamespacedName;
use crate::model::error::{Activity, Error, ErrorKind, Fault, Listed, Problem, samples};

/// Why a cache is not filled, cannot be read, or skips an object.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CacheProblem {
    #[error("these caches were not filled within {limit:?}: {}", Listed(.missing, "; "))]
    NotFilledInTime {
        limit: Duration,
        missing: Vec<Missing>,
    },
    #[error("stopped before these caches were filled: {}", Listed(.missing, "; "))]
    NeverFilled { missing: Vec<Missing> },
    #[error("the informer of {informer} was stopped before it reached version {version}")]
    NeverReached { informer: String, version: String },
    #[error("the handler of {informer} was not called for the whole initial list within {limit:?}")]
    HandlerLate { informer: String, limit: Duration },
    #[error("the handler of {informer} ended before it was called for the whole initial list")]
    HandlerEnded { informer: String },
    #[error("there is already an index named `{name}`")]
    IndexExists { name: String },
    #[error("there is no index named `{name}`; the indexes are: {}", Listed(.known, ", "))]
    NoIndex { name: String, known: Vec<String> },
    #[error("the name of an informer must not be empty")]
    EmptyInformerName,
    #[error("this process already has informers named `{name}`: choose another name")]
    InformerNameTaken { name: String },
    #[error("a watch reported a deletion without the name of the object")]
    NamelessDeletion,
    #[error("an object without a name cannot be cached")]
    NamelessObject,
    #[error("reading `{name}` panicked: {panic}")]
    ReadPanicked { name: String, panic: String },
    #[error("the transform of the informer panicked on `{object}`")]
    TransformPanicked { object: NamespacedName },
    #[error(
        "the server answered a page of the list with the token of that page: it does not support `continue`"
    )]
    EndlessList,
    #[error("the API server sent nothing more of {what} in time")]
    Silent { what: Stream },
    #[error(
        "the API server streams {resource} at version {version} differently than it lists them: {}",
        Listed(.differences, ", ")
    )]
    Inconsistent {
        resource: String,
        version: String,
        differences: Vec<Difference>,
    },
}

impl Problem for CacheProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            CacheProblem::NotFilledInTime { .. } | CacheProblem::HandlerLate { .. } => {
                ErrorKind::TimedOut
            }
            CacheProblem::NeverFilled { .. }
            | CacheProblem::NeverReached { .. }
            | CacheProblem::HandlerEnded { .. } => ErrorKind::Stopped,
            CacheProblem::IndexExists { .. }
            | CacheProblem::NoIndex { .. }
            | CacheProblem::EmptyInformerName
            | CacheProblem::InformerNameTaken { .. } => ErrorKind::Request,
            CacheProblem::NamelessDeletion
            | CacheProblem::NamelessObject
            | CacheProblem::ReadPanicked { .. }
            | CacheProblem::TransformPanicked { .. }
            | CacheProblem::EndlessList
            | CacheProblem::Inconsistent { .. } => ErrorKind::Decode,
            CacheProblem::Silent { .. } => ErrorKind::Transport(Fault::Timeout),
        }
    }

    fn missing(&self) -> Vec<&str> {
        match self {
            CacheProblem::NotFilledInTime { missing, .. }
            | CacheProblem::NeverFilled { missing } => {
                missing.iter().map(|missing| &*missing.name).collect()
            }
            CacheProblem::HandlerLate { informer, .. }
            | CacheProblem::HandlerEnded { informer } => vec![informer],
            _ => Vec::new(),
        }
    }
}

/// An object that a cache does not hold: the message of the Status that a lister returns.
#[derive(Debug, thiserror::Error)]
#[error("{resource} \"{name}\" not found in the cache")]
pub(crate) struct NotCached<'a> {
    pub(super) resource: &'a str,
    pub(super) name: &'a str,
}

samples!(NotCached<'static> {
    NotCached { .. } => [NotCached {
        resource: "deployments.apps",
        name: "web",
    }],
});

/// A cache that is not filled, and the last thing that went wrong with it.
#[derive(Debug)]
pub(crate) struct Missing {
    pub(crate) name: String,
    pub(crate) last_error: Option<Error>,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match &self.last_error {
            Some(error) => write!(f, " (last error: {error:#})"),
            None => Ok(()),
        }
    }
}

/// A response that arrives piece by piece.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stream {
    List,
    Watch,
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stream::List => "a list",
            Stream::Watch => "a watch",
        })
    }
}

/// An object that a list and a stream of one version do not show alike.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Difference {
    #[error("`{0}` is only in the list")]
    OnlyListed(NamespacedName),
    #[error("`{0}` is only in the stream")]
    OnlyStreamed(NamespacedName),
    #[error("`{0}` differs")]
    Other(NamespacedName),
    #[error("and {0} more")]
    More(usize),
}

/// Comparing a streamed snapshot with a list.
#[derive(Debug)]
pub(crate) struct Comparing;

impl Activity for Comparing {}

impl fmt::Display for Comparing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("comparing the cache with a list")
    }
}

samples!(Comparing {
    Comparing => [Comparing],
});

samples!(CacheProblem {
    CacheProblem::NotFilledInTime { .. } => [CacheProblem::NotFilledInTime {
        limit: Duration::from_secs(60),
        missing: vec![
            Missing {
                name: "pods".to_owned(),
                last_error: Some(CacheProblem::Silent { what: Stream::List }.into()),
            },
            Missing {
                name: "deployments.apps in prod where app=web".to_owned(),
                last_error: None,
            },
        ],
    }],
    CacheProblem::NeverFilled { .. } => [CacheProblem::NeverFilled {
        missing: vec![Missing {
            name: "pods".to_owned(),
            last_error: None,
        }],
    }],
    CacheProblem::NeverReached { .. } => [CacheProblem::NeverReached {
        informer: "pods".to_owned(),
        version: "1234".to_owned(),
    }],
    CacheProblem::HandlerLate { .. } => [CacheProblem::HandlerLate {
        informer: "pods".to_owned(),
        limit: Duration::from_secs(60),
    }],
    CacheProblem::HandlerEnded { .. } => [CacheProblem::HandlerEnded {
        informer: "pods".to_owned(),
    }],
    CacheProblem::IndexExists { .. } => [CacheProblem::IndexExists {
        name: "node".to_owned(),
    }],
    CacheProblem::NoIndex { .. } => [
        CacheProblem::NoIndex {
            name: "node".to_owned(),
            known: vec!["namespace".to_owned(), "owner".to_owned()],
        },
        CacheProblem::NoIndex {
            name: "node".to_owned(),
            known: Vec::new(),
        },
    ],
    CacheProblem::EmptyInformerName => [CacheProblem::EmptyInformerName],
    CacheProblem::InformerNameTaken { .. } => [CacheProblem::InformerNameTaken {
        name: "dns-controller".to_owned(),
    }],
    CacheProblem::NamelessDeletion => [CacheProblem::NamelessDeletion],
    CacheProblem::NamelessObject => [CacheProblem::NamelessObject],
    CacheProblem::ReadPanicked { .. } => [CacheProblem::ReadPanicked {
        name: "web".to_owned(),
        panic: "index out of bounds".to_owned(),
    }],
    CacheProblem::TransformPanicked { .. } => [CacheProblem::TransformPanicked {
        object: NamespacedName::new("prod", "web"),
    }],
    CacheProblem::EndlessList => [CacheProblem::EndlessList],
    CacheProblem::Silent { .. } => [
        CacheProblem::Silent { what: Stream::List },
        CacheProblem::Silent { what: Stream::Watch },
    ],
    CacheProblem::Inconsistent { .. } => [CacheProblem::Inconsistent {
        resource: "pods".to_owned(),
        version: "1234".to_owned(),
        differences: vec![
            Difference::OnlyListed(NamespacedName::new("prod", "a")),
            Difference::OnlyStreamed(NamespacedName::new("prod", "b")),
            Difference::Other(NamespacedName::new("prod", "c")),
            Difference::More(2),
        ],
    }],
});
