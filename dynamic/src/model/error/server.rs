//! The server's own error: a `Status`, as one sentence.

use std::error::Error as StdError;
use std::fmt;

use super::{ErrorKind, Problem, samples};
use crate::model::meta::Status;

/// A refusal of the API server.
#[derive(Debug)]
pub(crate) struct ServerError(Box<Status>);

impl ServerError {
    pub(super) fn new(status: Status) -> Self {
        ServerError(Box::new(status))
    }
}

impl Problem for ServerError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Api
    }

    fn status(&self) -> Option<&Status> {
        Some(&self.0)
    }
}

impl StdError for ServerError {}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = self.0.message.as_deref();
        f.write_str(
            message
                .filter(|text| !text.is_empty())
                .unwrap_or("the API server gave no message"),
        )?;
        let reason = self.0.reason.as_deref().unwrap_or_default();
        match (reason, self.0.code) {
            ("", None) => Ok(()),
            ("", Some(code)) => write!(f, " (HTTP {code})"),
            (reason, None) => write!(f, " ({reason})"),
            (reason, Some(code)) => write!(f, " ({reason}, HTTP {code})"),
        }
    }
}

samples!(ServerError {
    ServerError(_) => [
        ServerError::new(Status {
            message: Some("pods \"web\" not found".to_owned()),
            reason: Some("NotFound".to_owned()),
            code: Some(404),
            ..Status::default()
        }),
        ServerError::new(Status {
            code: Some(502),
            ..Status::default()
        }),
    ],
});

/// Whether Kubernetes defines a reason.
pub(super) fn is_known(reason: &str) -> bool {
    KNOWN_REASONS.contains(&reason)
}

/// The reasons of `meta/v1`; for any other text the code decides.
const KNOWN_REASONS: [&str; 21] = [
    "Unauthorized",
    "Forbidden",
    "NotFound",
    "AlreadyExists",
    "Conflict",
    "Gone",
    "Invalid",
    "ServerTimeout",
    "StoreReadError",
    "Timeout",
    "TooManyRequests",
    "BadRequest",
    "MethodNotAllowed",
    "NotAcceptable",
    "RequestEntityTooLarge",
    "UnsupportedMediaType",
    "InternalError",
    "Expired",
    "ServiceUnavailable",
    "ResourceExpired",
    "StorageReadError",
];
