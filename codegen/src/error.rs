//! The one error of this library: what is wrong, in which document, at which JSON pointer.

use std::fmt;

/// Why a specification could not be turned into code.
///
/// Printed, it reads `swagger.json#/definitions/Foo/properties/bar: …`: the name that was
/// given to [`Spec::new`](crate::Spec::new), the JSON pointer (RFC 6901) inside it, and what
/// to do about it. Nothing was generated when one of these is returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    origin: String,
    pointer: String,
    message: String,
}

impl Error {
    pub(crate) fn new(
        origin: impl Into<String>,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            origin: origin.into(),
            pointer: pointer.into(),
            message: message.into(),
        }
    }

    /// The name of the document, as given to [`Spec::new`](crate::Spec::new); empty when the
    /// error belongs to no single document.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The JSON pointer inside the document; empty for the document as a whole.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.origin.is_empty() {
            return f.write_str(&self.message);
        }
        // The parts may come from a hostile document: control characters must not reach a terminal.
        write!(f, "{}", printable(&self.origin))?;
        if !self.pointer.is_empty() {
            write!(f, "#{}", printable(&self.pointer))?;
        }
        write!(f, ": {}", printable(&self.message))
    }
}

impl std::error::Error for Error {}

/// The text with control characters escaped and its length bounded.
pub(crate) fn printable(text: &str) -> String {
    const LIMIT: usize = 400;
    let mut shown = String::new();
    for c in text.chars().take(LIMIT) {
        match c.is_control() || is_invisible(c) {
            true => shown.extend(c.escape_unicode()),
            false => shown.push(c),
        }
    }
    if text.chars().nth(LIMIT).is_some() {
        shown.push('…');
    }
    shown
}

/// Characters that change how text around them is shown: bidirectional controls and zero widths.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
