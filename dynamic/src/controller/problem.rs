//! The errors of a controller: of one call, and of the whole.

use std::fmt;
use std::time::Duration;

use crate::cache::NamespacedName;
use crate::model::error::{Activity, ErrorKind, Listed, Problem, samples};

/// Why a controller ended before it was asked to, or not in good order.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ControllerProblem {
    #[error("the informer of {informer} was stopped")]
    InformerStopped { informer: String },
    #[error("its queue was shut down")]
    QueueShutDown,
    #[error("calls did not end within {limit:?} and were dropped: {}", Listed(.keys, ", "))]
    NotDrained {
        limit: Duration,
        keys: Vec<NamespacedName>,
    },
}

impl Problem for ControllerProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            ControllerProblem::InformerStopped { .. } | ControllerProblem::QueueShutDown => {
                ErrorKind::Stopped
            }
            ControllerProblem::NotDrained { .. } => ErrorKind::TimedOut,
        }
    }
}

/// Why one call failed. Texts are those of the reconcile function.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum CallProblem {
    #[error("failed: {0}")]
    Error(String),
    #[error("panicked: {0}")]
    Panic(String),
    #[error("took longer than {0:?}, so the call was dropped")]
    Timeout(Duration),
    #[error("gave up: {0}")]
    GaveUp(String),
}

/// Running a controller, by its name.
#[derive(Debug)]
pub(crate) struct Running(pub(crate) String);

impl Activity for Running {}

impl fmt::Display for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "controller `{}`", self.0)
    }
}

samples!(Running {
    Running(_) => [Running("widgets".to_owned())],
});

samples!(ControllerProblem {
    ControllerProblem::InformerStopped { .. } => [ControllerProblem::InformerStopped {
        informer: "widgets.example.com".to_owned(),
    }],
    ControllerProblem::QueueShutDown => [ControllerProblem::QueueShutDown],
    ControllerProblem::NotDrained { .. } => [ControllerProblem::NotDrained {
        limit: Duration::from_secs(30),
        keys: vec![
            NamespacedName::new("prod", "big"),
            NamespacedName::new("prod", "small"),
        ],
    }],
});
