//! The error of reading a value: its reason, and where in the text it was found.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::scan::JsonError;

/// The reason why a value could not be read, the path to it, and the byte in the text.
///
/// It quotes no value, which may be a secret.
#[derive(Clone, Debug)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    /// From the value outwards.
    path: Vec<Segment>,
    reason: Reason,
    at: usize,
    is_cut: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Reason {
    /// The text is not JSON.
    Json(JsonError),
    /// JSON of another type.
    Type {
        expected: &'static str,
        found: &'static str,
    },
    /// The value is not one that the leaf takes.
    Value(Arc<dyn StdError + Send + Sync>),
}

#[derive(Clone, Debug)]
enum Segment {
    Key(String),
    Index(usize),
}

impl Error {
    pub(crate) fn new(reason: Reason, at: usize) -> Self {
        Self(Box::new(Inner {
            path: Vec::new(),
            reason,
            at,
            is_cut: false,
        }))
    }

    /// The same, for a text that ended too early or did not.
    pub(crate) fn cut_if(mut self, is_cut: bool) -> Self {
        self.0.is_cut = is_cut;
        self
    }

    /// The path to the value, as in `spec.containers[1].image`; empty for the whole.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for segment in self.0.path.iter().rev() {
            match segment {
                Segment::Key(key) if path.is_empty() => path.push_str(key),
                Segment::Key(key) => path.extend([".", key]),
                Segment::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }

    /// The byte of the text at which the value, or the mistake in the JSON, begins.
    #[must_use]
    pub fn byte(&self) -> usize {
        self.0.at
    }

    /// Whether the text ended before the value did: more of it could make the value whole.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.0.is_cut
    }

    /// The same seen from outside a field: paths grow only once something went wrong.
    pub(crate) fn in_key(mut self, key: &str) -> Self {
        self.0.path.push(Segment::Key(key.to_owned()));
        self
    }

    pub(crate) fn in_item(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Index(index));
        self
    }
}

impl From<JsonError> for Error {
    #[cold]
    fn from(error: JsonError) -> Self {
        Self::new(Reason::Json(error), error.offset).cut_if(error.is_truncated())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        write!(f, "{} at byte {}", self.0.reason, self.0.at)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Json(error) => f.write_str(error.problem()),
            Reason::Type { expected, found } => write!(f, "expected {expected}, found {found}"),
            Reason::Value(reason) => reason.fmt(f),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.reason {
            Reason::Value(reason) => reason.source(),
            Reason::Json(_) | Reason::Type { .. } => None,
        }
    }
}
