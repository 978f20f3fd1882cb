//! The failure of one call of a reconcile function.

use std::fmt;

use super::problem::CallProblem;
use crate::cache::NamespacedName;
use crate::model::error::samples;

/// A call of a reconcile function that failed.
///
/// ```
/// use kubewright::controller::{Failure, FailureKind};
///
/// /// For [`Controller::on_failure`](kubewright::controller::Controller::on_failure).
/// fn alert(failure: &Failure) {
///     if failure.kind() == FailureKind::Panic || failure.failures() > 10 {
///         eprintln!("needs attention: {failure}");
///     }
/// }
/// # let _: fn(&Failure) = alert;
/// ```
#[derive(Clone, Debug)]
pub struct Failure {
    pub(super) key: NamespacedName,
    pub(super) problem: CallProblem,
    pub(super) failures: u32,
}

/// How a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureKind {
    /// It returned an error.
    Error,
    /// It panicked.
    Panic,
    /// It took longer than it may, and was dropped.
    Timeout,
    /// It gave up: the key is not tried again before something changes.
    GaveUp,
}

impl Failure {
    /// The key that the call was for.
    pub fn key(&self) -> &NamespacedName {
        &self.key
    }

    /// How it failed.
    pub fn kind(&self) -> FailureKind {
        match self.problem {
            CallProblem::Error(_) => FailureKind::Error,
            CallProblem::Panic(_) => FailureKind::Panic,
            CallProblem::Timeout(_) => FailureKind::Timeout,
            CallProblem::GaveUp(_) => FailureKind::GaveUp,
        }
    }

    /// The text of the error, of the panic, or the reason for giving up; empty for a call that
    /// took too long.
    pub fn message(&self) -> &str {
        match &self.problem {
            CallProblem::Error(text) | CallProblem::Panic(text) | CallProblem::GaveUp(text) => text,
            CallProblem::Timeout(_) => "",
        }
    }

    /// The number of failed calls for the key since one succeeded, this one included.
    pub fn failures(&self) -> u32 {
        self.failures
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "reconciling {} {}", self.key, self.problem)
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
fn sample(problem: CallProblem) -> Failure {
    Failure {
        key: NamespacedName::new("prod", "web"),
        problem,
        failures: 1,
    }
}

samples!(Failure {
    Failure { problem: CallProblem::Error(_), .. } => [
        sample(CallProblem::Error("the image does not exist".to_owned())),
    ],
    Failure { problem: CallProblem::Panic(_), .. } => [
        sample(CallProblem::Panic("index out of bounds".to_owned())),
    ],
    Failure { problem: CallProblem::Timeout(_), .. } => [
        sample(CallProblem::Timeout(std::time::Duration::from_secs(30))),
    ],
    Failure { problem: CallProblem::GaveUp(_), .. } => [
        sample(CallProblem::GaveUp("spec.size is negative".to_owned())),
    ],
});
