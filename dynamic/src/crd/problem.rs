//! The errors of definitions: writing them, installing them, comparing manifests with them,
//! and converting objects between their versions.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::model::error::{Activity, Error, ErrorKind, Problem, samples};
use crate::model::meta::Status;

/// Why a definition is not written or installed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CrdProblem {
    #[error("cannot write the definition as YAML")]
    Unwritable { source: serde_saphyr::ser::Error },
    #[error("{}", status.message.as_deref().unwrap_or_default())]
    NamesTaken { status: Box<Status> },
    #[error("it was not {stage} within {limit:?}")]
    Late {
        name: String,
        stage: Stage,
        limit: Duration,
    },
}

impl CrdProblem {
    /// The server has said so by a condition of the definition. As an answer it would have
    /// been this.
    pub(super) fn names_taken(reason: &str, message: &str) -> Self {
        CrdProblem::NamesTaken {
            status: Box::new(Status {
                status: Some("Failure".to_owned()),
                message: Some(format!(
                    "another definition already has one of its names: {message} ({reason})"
                )),
                reason: Some("AlreadyExists".to_owned()),
                code: Some(409),
                ..Status::default()
            }),
        }
    }
}

impl Problem for CrdProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            CrdProblem::Unwritable { .. } => ErrorKind::Request,
            CrdProblem::NamesTaken { .. } => ErrorKind::Api,
            CrdProblem::Late { .. } => ErrorKind::TimedOut,
        }
    }

    fn status(&self) -> Option<&Status> {
        match self {
            CrdProblem::NamesTaken { status } => Some(status),
            _ => None,
        }
    }

    fn missing(&self) -> Vec<&str> {
        match self {
            CrdProblem::Late { name, .. } => vec![name],
            _ => Vec::new(),
        }
    }
}

/// The steps of a server with a new definition, in order.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stage {
    Applied,
    Established,
    Served,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stage::Applied => "applied",
            Stage::Established => "established",
            Stage::Served => "served",
        })
    }
}

/// Installing a definition, by its name.
#[derive(Debug)]
pub(crate) struct Installing(pub(crate) String);

impl Activity for Installing {}

impl fmt::Display for Installing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "install {}", self.0)
    }
}

/// Why objects were not converted; the API server shows the text to the caller.
///
/// Texts that others wrote are cut, since the answer goes into a response and into logs.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConversionProblem {
    #[error(
        "expected a ConversionReview of apiextensions.k8s.io/v1, got a {:?} of {:?}",
        cut(.kind),
        cut(.api_version)
    )]
    NotAReview { kind: String, api_version: String },
    #[error("{:?} is not a version of {plural} in {group}", cut(.api_version))]
    NoVersion {
        api_version: String,
        plural: &'static str,
        group: &'static str,
    },
    #[error("expected a {expected}, got a {:?}", cut(.found))]
    OtherKind {
        expected: &'static str,
        found: String,
    },
    #[error("{0}")]
    Unreadable(serde_path_to_error::Error<serde_json::Error>),
    /// The error of the conversion itself.
    #[error("{0}")]
    Refused(String),
    #[error("{0}")]
    Unwritable(serde_json::Error),
    #[error("the conversion did not return an object")]
    NotAnObject,
    #[error("{}", Failures(.0))]
    Objects(Vec<Failed>),
}

/// An object that was not converted.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) name: String,
    pub(crate) problem: ConversionProblem,
}

struct Failures<'a>(&'a [Failed]);

/// A message lists no more failures than this.
const MOST_FAILURES: usize = 10;
/// The text of one failure is cut here.
const MOST_TEXT: usize = 500;

impl fmt::Display for Failures<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.iter().take(MOST_FAILURES);
        for (index, Failed { name, problem }) in shown.enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{name}: {}", cut(&problem.to_string()))?;
        }
        match self.0.len().saturating_sub(MOST_FAILURES) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

/// The beginning of a foreign text.
pub(crate) fn cut(text: &str) -> &str {
    let end = text.char_indices().nth(MOST_TEXT).map(|(at, _)| at);
    &text[..end.unwrap_or(text.len())]
}

/// Why manifests are not written, or not as they should be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ManifestProblem {
    #[error("cannot write or read {}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("{} is missing\nUPDATE_GOLDEN=1 writes it", path.display())]
    Missing { path: PathBuf },
    #[error("{} is stale: {difference}\nUPDATE_GOLDEN=1 writes it again", path.display())]
    Stale {
        path: PathBuf,
        difference: Difference,
    },
    #[error(
        "cannot name a file after the definition {name:?}: expected a name such as \"widgets.example.com\""
    )]
    BadName { name: String },
    #[error(transparent)]
    Definition(Error),
}

/// The first line in which a manifest is not what it should be.
#[derive(Debug, PartialEq)]
pub(crate) struct Difference {
    pub(crate) line: usize,
    pub(crate) found: Option<String>,
    pub(crate) expected: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |line: &Option<String>| line.as_deref().unwrap_or("nothing").to_owned();
        let (found, expected) = (shown(&self.found), shown(&self.expected));
        let line = self.line;
        write!(f, "line {line} is\n  {found}\nand should be\n  {expected}")
    }
}

samples!(Installing {
    Installing(_) => [Installing("widgets.example.com".to_owned())],
});

samples!(CrdProblem {
    CrdProblem::Unwritable { .. } => [CrdProblem::Unwritable {
        source: serde::ser::Error::custom("no such scalar"),
    }],
    CrdProblem::NamesTaken { .. } => [CrdProblem::names_taken(
        "ShortNamesConflict",
        "\"wd\" is already in use",
    )],
    CrdProblem::Late { .. } => [
        CrdProblem::Late {
            name: "widgets.example.com".to_owned(),
            stage: Stage::Applied,
            limit: Duration::from_secs(30),
        },
        CrdProblem::Late {
            name: "widgets.example.com".to_owned(),
            stage: Stage::Established,
            limit: Duration::from_secs(30),
        },
        CrdProblem::Late {
            name: "widgets.example.com".to_owned(),
            stage: Stage::Served,
            limit: Duration::from_secs(30),
        },
    ],
});

samples!(ConversionProblem {
    ConversionProblem::NotAReview { .. } => [ConversionProblem::NotAReview {
        kind: "AdmissionReview".to_owned(),
        api_version: "admission.k8s.io/v1".to_owned(),
    }],
    ConversionProblem::NoVersion { .. } => [ConversionProblem::NoVersion {
        api_version: "example.com/v3".to_owned(),
        plural: "widgets",
        group: "example.com",
    }],
    ConversionProblem::OtherKind { .. } => [ConversionProblem::OtherKind {
        expected: "Widget",
        found: "Gadget".to_owned(),
    }],
    ConversionProblem::Unreadable(_) => [ConversionProblem::Unreadable(
        serde_path_to_error::deserialize::<_, std::collections::BTreeMap<String, i32>>(
            serde_json::json!({"size": "large"}),
        )
        .unwrap_err(),
    )],
    ConversionProblem::Refused(_) => [ConversionProblem::Refused(
        "spec.size does not fit".to_owned(),
    )],
    ConversionProblem::Unwritable(_) => [ConversionProblem::Unwritable(
        serde::ser::Error::custom("key must be a string"),
    )],
    ConversionProblem::NotAnObject => [ConversionProblem::NotAnObject],
    ConversionProblem::Objects(_) => [ConversionProblem::Objects(vec![
        Failed {
            name: "prod/web".to_owned(),
            problem: ConversionProblem::NotAnObject,
        },
        Failed {
            name: "prod/db".to_owned(),
            problem: ConversionProblem::Refused("spec.size does not fit".to_owned()),
        },
    ])],
});

samples!(ManifestProblem {
    ManifestProblem::File { .. } => [ManifestProblem::File {
        path: PathBuf::from("manifests/widgets.example.com.yaml"),
        source: io::Error::from(io::ErrorKind::PermissionDenied),
    }],
    ManifestProblem::Missing { .. } => [ManifestProblem::Missing {
        path: PathBuf::from("manifests/widgets.example.com.yaml"),
    }],
    ManifestProblem::Stale { .. } => [ManifestProblem::Stale {
        path: PathBuf::from("manifests/widgets.example.com.yaml"),
        difference: Difference {
            line: 7,
            found: Some("kind: Widgets".to_owned()),
            expected: Some("kind: Widget".to_owned()),
        },
    }],
    ManifestProblem::BadName { .. } => [ManifestProblem::BadName {
        name: "../widgets".to_owned(),
    }],
    ManifestProblem::Definition(_) => [ManifestProblem::Definition(
        CrdProblem::Unwritable {
            source: serde::ser::Error::custom("no such scalar"),
        }
        .into(),
    )],
});
