//! The retry policy of requests, as a pure decision.

use std::time::Duration;

use http::header::RETRY_AFTER;
use http::{HeaderMap, Method, StatusCode};

use super::{is_idempotent, problem};
use crate::model::error::{Error, ErrorKind, Fault};

/// Retries after the first try ([rule R3](crate::semantics#r3)).
const MOST_RETRIES: u32 = 10;
/// The pause after a broken connection ([rule R3](crate::semantics#r3)).
const BROKEN_PAUSE: Duration = Duration::from_secs(1);
/// A longer wait is returned to the caller as the server's error instead.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);

/// What came of one attempt, as far as it matters here.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// An answer, and how long its `Retry-After` asks to wait.
    Answer {
        status: StatusCode,
        retry_after: Option<Duration>,
    },
    /// The connection ended before the answer.
    Broken,
    /// Any other failure.
    Failed,
}

impl Outcome {
    pub(super) fn of<B>(result: &Result<http::Response<B>, Error>) -> Self {
        match result {
            Ok(answer) => Outcome::Answer {
                status: answer.status(),
                retry_after: retry_after(answer.headers()),
            },
            Err(error) if error.kind() == ErrorKind::Transport(Fault::Broken) => Outcome::Broken,
            Err(_) => Outcome::Failed,
        }
    }
}

/// A request that the server did not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// 401: the server does not know who asks.
    Unauthorized,
    /// There is no connection: one side does not trust the other, or the server is not there.
    NotConnected,
}

/// Whether the server has certainly done nothing because it did not let the client in, or was not
/// let in itself. Such a request may be sent again with what is valid now, whatever its verb.
pub(super) fn refusal<B>(
    method: &Method,
    result: &Result<http::Response<B>, Error>,
) -> Option<Refusal> {
    match result {
        Ok(answer) if answer.status() == StatusCode::UNAUTHORIZED => Some(Refusal::Unauthorized),
        Ok(_) => None,
        Err(error) => match error.kind() {
            ErrorKind::Transport(Fault::Connect) => Some(Refusal::NotConnected),
            // Mostly TLS. What comes after the handshake may come after the request as well.
            ErrorKind::Transport(Fault::Other)
                if is_idempotent(method) || problem::is_distrust(error) =>
            {
                Some(Refusal::NotConnected)
            }
            _ => None,
        },
    }
}

/// How long to wait before the next attempt; `None` when there is to be none.
///
/// A 429 says that the request was not begun, so every verb is sent again. A 5xx says
/// nothing of the kind: only verbs that may be repeated are, and a POST is not, which would
/// create twice where client-go does ([rule R1](crate::semantics#r1), [R2](crate::semantics#r2)).
/// Both need a `Retry-After`. A 504 is never sent again: the server has waited already, as for a
/// resourceVersion from the future, and ten more such waits are the caller's to choose. A
/// connection that breaks is tried again for GET alone; one that is refused never is.
pub(super) fn wait(method: &Method, attempt: u32, outcome: &Outcome) -> Option<Duration> {
    if attempt >= MOST_RETRIES {
        return None;
    }
    match *outcome {
        Outcome::Answer {
            status,
            retry_after,
        } => {
            let failed = status.is_server_error() && status != StatusCode::GATEWAY_TIMEOUT;
            let asked = status == StatusCode::TOO_MANY_REQUESTS || failed && is_idempotent(method);
            retry_after.filter(|&wait| asked && wait <= LONGEST_PAUSE)
        }
        Outcome::Broken => Some(BROKEN_PAUSE).filter(|_| *method == Method::GET),
        Outcome::Failed => None,
    }
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()
        .map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, seconds: Option<u64>) -> Outcome {
        Outcome::Answer {
            status: StatusCode::from_u16(status).unwrap(),
            retry_after: seconds.map(Duration::from_secs),
        }
    }

    #[test]
    fn the_table() {
        // Rules R1, R2
        let (get, post, patch, put) = (Method::GET, Method::POST, Method::PATCH, Method::PUT);
        for (method, outcome, expected) in [
            (&get, answer(429, Some(2)), Some(2)),
            (&post, answer(429, Some(2)), Some(2)),
            (&get, answer(503, Some(1)), Some(1)),
            (&put, answer(500, Some(1)), Some(1)),
            (&post, answer(503, Some(1)), None),
            (&patch, answer(503, Some(1)), None),
            (&get, answer(429, None), None),
            (&get, answer(503, None), None),
            (&get, answer(504, Some(1)), None),
            (&get, answer(302, Some(1)), None),
            (&get, answer(429, Some(3600)), None),
            (&get, Outcome::Broken, Some(1)),
            (&put, Outcome::Broken, None),
            (&get, Outcome::Failed, None),
        ] {
            assert_eq!(
                wait(method, 0, &outcome),
                expected.map(Duration::from_secs),
                "{method} {outcome:?}"
            );
        }
    }

    #[test]
    fn patience_ends() {
        // Rule R3
        assert!(wait(&Method::GET, 9, &answer(429, Some(0))).is_some());
        assert!(wait(&Method::GET, 10, &answer(429, Some(0))).is_none());
    }

    #[test]
    fn dates_are_not_seconds() {
        // Rule R1
        let mut headers = HeaderMap::new();
        headers.insert(
            RETRY_AFTER,
            "Fri, 31 Dec 1999 23:59:59 GMT".parse().unwrap(),
        );
        assert_eq!(retry_after(&headers), None);
    }
}
