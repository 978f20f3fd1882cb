//! The errors of starting a server.

use std::error::Error as StdError;
use std::fmt;
use std::io;

/// Why there is no control plane.
///
/// Its text names the place and the remedy; what caused it is its source. Shown for
/// debugging, as a failed test does, it is the text of both over as many lines as they have.
pub struct Error {
    kind: Kind,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The machine lacks the programs, or what it takes to build them.
    Missing,
    /// The programs are there and did not serve.
    Failed,
}

impl Error {
    /// Whether this machine has no such servers and cannot make them: a test suite
    /// may go on without them, and should say so.
    ///
    /// False where a server was there and failed, which is never a reason to skip.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.kind == Kind::Missing
    }

    pub(super) fn missing(message: impl Into<String>) -> Self {
        Self::new(Kind::Missing, message)
    }

    pub(super) fn failed(message: impl Into<String>) -> Self {
        Self::new(Kind::Failed, message)
    }

    /// Turns what a step of input or output says into what we were at.
    pub(super) fn at(doing: impl fmt::Display) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::failed(format!("cannot {doing}")).because(source)
    }

    pub(super) fn because(self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            source: Some(source.into()),
            ..self
        }
    }

    fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        let mut cause = self.source();
        while let Some(error) = cause {
            write!(f, "\n  caused by: {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
