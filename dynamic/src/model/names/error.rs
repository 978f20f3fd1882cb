//! The errors of parsing a name.

use std::fmt;

use super::segment::{NameProblem, shorten};

/// Why a text is not the name of a kind or resource: what it was read as, the part at fault,
/// and a form that would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameError {
    given: String,
    what: &'static str,
    problem: Option<NameProblem>,
    forms: &'static str,
}

/// The form in which a text is read, for its errors.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// The noun with its article.
    pub(super) what: &'static str,
    /// Forms that are understood.
    pub(super) forms: &'static str,
}

impl Reading {
    /// The text has the wrong shape as a whole.
    pub(super) fn refuse(self, given: &str) -> NameError {
        self.error(given, None)
    }

    /// One part of the text is at fault.
    pub(super) fn refuse_part(self, given: &str, problem: NameProblem) -> NameError {
        self.error(given, Some(problem))
    }

    fn error(self, given: &str, problem: Option<NameProblem>) -> NameError {
        NameError {
            given: shorten(given),
            what: self.what,
            problem,
            forms: self.forms,
        }
    }
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not {}: ", self.given, self.what)?;
        if let Some(problem) = &self.problem {
            write!(f, "{problem}; ")?;
        }
        write!(f, "expected {}", self.forms)
    }
}

impl std::error::Error for NameError {}

#[cfg(test)]
mod samples {
    use super::super::segment::Part;
    use super::{NameError, NameProblem};
    use crate::model::names::{GroupVersionKind, ResourceArg};

    fn kind(text: &str) -> NameError {
        text.parse::<GroupVersionKind>().unwrap_err()
    }

    fn arg(text: &str) -> NameError {
        text.parse::<ResourceArg>().unwrap_err()
    }

    crate::model::error::samples!(NameError {
        NameError { problem: None, .. } => [kind("Deployment")],
        NameError { problem: Some(NameProblem::Empty(_)), .. } => [
            kind("apps/v1/"),
            arg(""),
        ],
        NameError { problem: Some(NameProblem::TooLong(_)), .. } => [
            kind(&format!("v1/{}", "x".repeat(64))),
        ],
        NameError { problem: Some(NameProblem::Holds { part: Part::Kind, .. }), .. } => [kind("v1/Po d")],
        NameError { problem: Some(NameProblem::Holds { .. }), .. } => [arg("po_ds")],
        NameError { problem: Some(NameProblem::Edge { .. }), .. } => [kind("v1/Pod-")],
        NameError { problem: Some(NameProblem::TooManySlashes), .. } => [arg("a/b/c/d")],
        NameError { problem: Some(NameProblem::NoObject), .. } => [arg("pods/")],
        NameError { problem: Some(NameProblem::BadObject(_)), .. } => [arg("pods/..")],
        NameError { problem: Some(NameProblem::PercentInObject), .. } => [arg("pods/a%2fb")],
    });
}
