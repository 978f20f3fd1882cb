//! The values inside the opaque error: one enum for each area of the code.

use std::error::Error as StdError;
use std::fmt;

use crate::model::meta::Status;
use crate::model::names::NameError;
use crate::model::selector::SelectorError;

/// A failure, as a value that its area defines.
///
/// `Display` says what happened here, and where; the cause is left to `source()`. A problem
/// becomes an [`Error`](super::Error) by `?` or `into()`: there is no other way to make one.
pub(crate) trait Problem: StdError + Send + Sync + 'static {
    /// The kind of failure, which the questions of the error ask for.
    fn kind(&self) -> ErrorKind;

    /// The server's own Status, where the server refused.
    fn status(&self) -> Option<&Status> {
        None
    }

    /// The names of what is not ready.
    fn missing(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// The operation during which an error arose: the front of its text.
pub(crate) trait Activity: fmt::Debug + fmt::Display + Send + Sync + 'static {}

/// The kind of an error; the public questions are built on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    dead_code,
    reason = "some kinds arise only in parts that a feature brings"
)]
pub(crate) enum ErrorKind {
    /// The server answered, and said no.
    Api,
    /// The server was not reached, or the connection broke.
    Transport(Fault),
    /// An answer, object or frame is not what it should be.
    Decode,
    /// The caller asked for something that cannot be asked; nothing was sent.
    Request,
    /// A kubeconfig, certificate, token or environment is unusable.
    Config,
    /// No resource, or more than one, has the name that was asked for.
    NoMatch,
    Ambiguous,
    /// Part of discovery failed; the rest is usable.
    Partial,
    /// The time on this side has passed; the server may be well.
    TimedOut,
    /// The informer, factory or queue was stopped.
    Stopped,
}

/// How a connection failed: what a retry policy asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection was refused, or there is no route: the request was not sent.
    Connect,
    /// Too slow.
    Timeout,
    /// The connection ended in the middle (reset, EOF, GOAWAY).
    Broken,
    /// TLS, malformed HTTP and the like: the same again would fail the same.
    Other,
}

impl Problem for NameError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Request
    }
}

impl Problem for SelectorError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Request
    }
}
