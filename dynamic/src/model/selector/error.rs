//! The errors of parsing a selector.

use std::fmt;

/// Why a text is not a selector, or why a requirement cannot be met; says where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectorError {
    message: String,
    place: Option<Place>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    selector: String,
    column: usize,
}

/// How much of a text an error repeats: it may come from anywhere and have any length.
const SHOWN: usize = 120;

impl SelectorError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            place: None,
        }
    }

    /// The same with the text and the byte offset at which it went wrong.
    pub(super) fn at(self, selector: &str, offset: usize) -> Self {
        let before = selector.get(..offset).unwrap_or(selector);
        let place = Place {
            selector: shorten(selector),
            column: before.chars().count() + 1,
        };
        Self {
            place: Some(place),
            ..self
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

impl fmt::Display for SelectorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.place {
            Some(Place { selector, column }) => {
                write!(f, " (column {column} of the selector {selector:?})")
            }
            None => Ok(()),
        }
    }
}

impl std::error::Error for SelectorError {}
