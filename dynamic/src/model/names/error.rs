//! The errors of parsing a name.

use std::fmt;

use super::segment::{Fault, shorten};

/// Why a text is not the name of a kind or resource: what it was read as, the part at fault,
/// and a form that would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameError {
    given: String,
    what: &'static str,
    fault: Option<Fault>,
    forms: &'static str,
}

/// What a text is read as, for its errors.
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
    pub(super) fn refuse_part(self, given: &str, fault: Fault) -> NameError {
        self.error(given, Some(fault))
    }

    fn error(self, given: &str, fault: Option<Fault>) -> NameError {
        NameError {
            given: shorten(given),
            what: self.what,
            fault,
            forms: self.forms,
        }
    }
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not {}: ", self.given, self.what)?;
        if let Some(fault) = &self.fault {
            write!(f, "{fault}; ")?;
        }
        write!(f, "expected {}", self.forms)
    }
}

impl std::error::Error for NameError {}

#[cfg(test)]
mod samples {
    use super::super::segment::Part;
    use super::{Fault, NameError};
    use crate::model::names::{GroupVersionKind, ResourceArg};

    fn kind(text: &str) -> NameError {
        text.parse::<GroupVersionKind>().unwrap_err()
    }

    fn arg(text: &str) -> NameError {
        text.parse::<ResourceArg>().unwrap_err()
    }

    crate::model::error::samples!(NameError {
        NameError { fault: None, .. } => [kind("Deployment")],
        NameError { fault: Some(Fault::Empty(_)), .. } => [
            kind("apps/v1/"),
            arg(""),
        ],
        NameError { fault: Some(Fault::TooLong(_)), .. } => [
            kind(&format!("v1/{}", "x".repeat(64))),
        ],
        NameError { fault: Some(Fault::Holds { part: Part::Kind, .. }), .. } => [kind("v1/Po d")],
        NameError { fault: Some(Fault::Holds { .. }), .. } => [arg("po_ds")],
        NameError { fault: Some(Fault::Edge { .. }), .. } => [kind("v1/Pod-")],
        NameError { fault: Some(Fault::TooManySlashes), .. } => [arg("a/b/c/d")],
        NameError { fault: Some(Fault::NoObject), .. } => [arg("pods/")],
        NameError { fault: Some(Fault::BadObject(_)), .. } => [arg("pods/..")],
        NameError { fault: Some(Fault::PercentInObject), .. } => [arg("pods/a%2fb")],
    });
}
