//! Errors whose wording is still made where they arise.

use std::error::Error as StdError;
use std::fmt;

use super::{Activity, Error, ErrorKind, Problem};

#[derive(Debug)]
struct Worded {
    kind: ErrorKind,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Problem for Worded {
    fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl StdError for Worded {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}

impl fmt::Display for Worded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Activity for String {}
impl Activity for &'static str {}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Worded {
            kind,
            message: message.into(),
            source: None,
        }
        .into()
    }

    /// The caller asked for something that cannot be asked.
    pub(crate) fn request(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Request, message)
    }

    /// A kubeconfig, certificate or environment is unusable.
    pub(crate) fn config(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Config, message)
    }

    /// Something that was read is not what it should be.
    pub(crate) fn decode(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Decode, message)
    }

    pub(crate) fn with_source(self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Worded {
            kind: self.kind(),
            message: self.to_string(),
            source: Some(source.into()),
        }
        .into()
    }
}
