//! The failure of one call of a reconcile function.

use std::fmt;

use crate::cache::NamespacedName;

/// A call that did not bring about what should be.
///
/// ```
/// use kubewright::controller::{Failure, FailureKind};
///
/// /// For [`Controller::on_failure`](kubewright::controller::Controller::on_failure).
/// fn tell(failure: &Failure) {
///     if failure.kind() == FailureKind::Panic || failure.failures() > 10 {
///         eprintln!("somebody should look: {failure}");
///     }
/// }
/// # let _: fn(&Failure) = tell;
/// ```
#[derive(Clone, Debug)]
pub struct Failure {
    pub(super) key: NamespacedName,
    pub(super) kind: FailureKind,
    pub(super) message: String,
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
    /// Whose call it was.
    pub fn key(&self) -> &NamespacedName {
        &self.key
    }

    /// How it failed.
    pub fn kind(&self) -> FailureKind {
        self.kind
    }

    /// What the error or the panic says.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// How often calls for the key have failed since one went well, this one included.
    pub fn failures(&self) -> u32 {
        self.failures
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = match self.kind {
            FailureKind::Error => "failed",
            FailureKind::Panic => "panicked",
            FailureKind::Timeout => "took too long",
            FailureKind::GaveUp => "gave up",
        };
        write!(f, "reconciling {} {how}: {}", self.key, self.message)
    }
}
