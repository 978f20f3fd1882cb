//! Why text could not be read, and where.

use std::fmt;

use crate::scan::JsonError;

/// Why a value could not be read: the path to it, what is wrong, and the byte.
///
/// It quotes no value, which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    /// From the value outwards.
    path: Vec<Segment>,
    message: String,
    at: usize,
    is_cut: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Key(String),
    Index(usize),
}

impl Error {
    pub(crate) fn new(message: impl Into<String>, at: usize) -> Self {
        Self(Box::new(Inner {
            path: Vec::new(),
            message: message.into(),
            at,
            is_cut: false,
        }))
    }

    /// The same, and that more text could mend it.
    pub(crate) fn cut_if(mut self, is_cut: bool) -> Self {
        self.0.is_cut = is_cut;
        self
    }

    /// The path to the value at fault, as in `spec.containers[1].image`; empty for the whole.
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

    /// The offset in the text at which the fault was found.
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
        Self::new(error.problem(), error.offset).cut_if(error.is_truncated())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        write!(f, "{} at byte {}", self.0.message, self.0.at)
    }
}

impl std::error::Error for Error {}
