//! The errors of parsing a name.

use std::fmt;

/// Why a text names no kind or resource: what it was read as, the part at fault, and a form
/// that would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameError {
    given: String,
    what: &'static str,
    fault: Option<String>,
    forms: &'static str,
}

/// How much of a text an error repeats: it may come from anywhere and have any length.
const SHOWN: usize = 80;

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
    pub(super) fn refuse_part(self, given: &str, fault: String) -> NameError {
        self.error(given, Some(fault))
    }

    fn error(self, given: &str, fault: Option<String>) -> NameError {
        NameError {
            given: shorten(given),
            what: self.what,
            fault,
            forms: self.forms,
        }
    }
}

/// The beginning of a text, for a message.
pub(super) fn shorten(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
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
