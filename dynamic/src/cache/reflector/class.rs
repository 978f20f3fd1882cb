//! Classes of errors: what a failure means for the next request.

use std::time::Duration;

use crate::model::error::Error;

/// The class of an error, which decides the next request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorClass {
    /// The version is too old: 410, as an answer or as an event, by either of its reasons.
    Expired,
    /// The version is newer than what the server has ([rule F6](crate::semantics#f6)).
    TooLarge,
    /// The server asks for patience, and perhaps for how long.
    TooManyRequests(Option<Duration>),
    /// The connection was refused.
    Refused,
    /// No answer in time.
    Slow,
    /// The server does not take such a request: 400, 404, 405, 415 or 422.
    NotUnderstood,
    /// The server answers any other error.
    Failed,
    /// Anything else.
    Other,
}

impl ErrorClass {
    /// Whether another version would do.
    pub(crate) fn is_version_unavailable(self) -> bool {
        matches!(self, ErrorClass::Expired | ErrorClass::TooLarge)
    }
}

impl From<&Error> for ErrorClass {
    fn from(error: &Error) -> Self {
        if error.is_expired() || error.is_gone() || error.code() == Some(410) {
            ErrorClass::Expired
        } else if error.is_too_large_resource_version() {
            ErrorClass::TooLarge
        } else if error.is_too_many_requests() {
            ErrorClass::TooManyRequests(error.retry_after())
        } else if error.is_connect() {
            ErrorClass::Refused
        } else if error.is_timeout() {
            ErrorClass::Slow
        } else if matches!(error.code(), Some(400 | 404 | 405 | 415 | 422)) {
            ErrorClass::NotUnderstood
        } else if error.status().is_some() {
            ErrorClass::Failed
        } else {
            ErrorClass::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::problem::{CacheProblem, Stream};
    use crate::model::meta::Status;

    #[test]
    fn a_code_or_a_reason_alone_says_what_it_means() {
        // Rules E6, F5, F12, F22
        let of = |code: i32, reason: &str| {
            let status = Status {
                code: Some(code),
                reason: Some(reason.to_owned()),
                ..Status::default()
            };
            ErrorClass::from(&Error::api(status))
        };
        for (code, reason, class) in [
            (410, "", ErrorClass::Expired),
            (410, "Odd", ErrorClass::Expired),
            (500, "Expired", ErrorClass::Expired),
            (500, "Gone", ErrorClass::Expired),
            (429, "", ErrorClass::TooManyRequests(None)),
            (404, "NotFound", ErrorClass::NotUnderstood),
            (422, "Invalid", ErrorClass::NotUnderstood),
            (403, "Forbidden", ErrorClass::Failed),
            (409, "Conflict", ErrorClass::Failed),
            (411, "", ErrorClass::Failed),
            (500, "InternalError", ErrorClass::Failed),
        ] {
            assert_eq!(of(code, reason), class, "{code} {reason}");
        }
        assert_eq!(
            ErrorClass::from(&Error::from(CacheProblem::Silent { what: Stream::List })),
            ErrorClass::Slow
        );
        assert_eq!(
            ErrorClass::from(&Error::from(CacheProblem::NamelessObject)),
            ErrorClass::Other
        );
    }
}
