//! Errors, as far as a reflector distinguishes them.

use std::time::Duration;

use crate::model::error::Error;

/// What an error means for what to ask next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The version is too old: 410, as an answer or as an event, by either of its reasons.
    Expired,
    /// The version is newer than what the server has ([rule F6](crate::semantics#f6)).
    TooLarge,
    /// The server asks for patience, and perhaps for how long.
    TooManyRequests(Option<Duration>),
    /// Nobody listens.
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

impl Fault {
    /// Whether another version would do.
    pub(crate) fn is_version_unavailable(self) -> bool {
        matches!(self, Fault::Expired | Fault::TooLarge)
    }
}

impl From<&Error> for Fault {
    fn from(error: &Error) -> Self {
        if error.is_expired() || error.is_gone() || error.code() == Some(410) {
            Fault::Expired
        } else if error.is_too_large_resource_version() {
            Fault::TooLarge
        } else if error.is_too_many_requests() {
            Fault::TooManyRequests(error.retry_after())
        } else if error.is_connect() {
            Fault::Refused
        } else if error.is_timeout() {
            Fault::Slow
        } else if matches!(error.code(), Some(400 | 404 | 405 | 415 | 422)) {
            Fault::NotUnderstood
        } else if error.status().is_some() {
            Fault::Failed
        } else {
            Fault::Other
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
            Fault::from(&Error::api(status))
        };
        for (code, reason, fault) in [
            (410, "", Fault::Expired),
            (410, "Odd", Fault::Expired),
            (500, "Expired", Fault::Expired),
            (500, "Gone", Fault::Expired),
            (429, "", Fault::TooManyRequests(None)),
            (404, "NotFound", Fault::NotUnderstood),
            (422, "Invalid", Fault::NotUnderstood),
            (403, "Forbidden", Fault::Failed),
            (409, "Conflict", Fault::Failed),
            (411, "", Fault::Failed),
            (500, "InternalError", Fault::Failed),
        ] {
            assert_eq!(of(code, reason), fault, "{code} {reason}");
        }
        assert_eq!(
            Fault::from(&Error::from(CacheProblem::Silent { what: Stream::List })),
            Fault::Slow
        );
        assert_eq!(
            Fault::from(&Error::from(CacheProblem::NamelessObject)),
            Fault::Other
        );
    }
}
