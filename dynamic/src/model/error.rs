//! The one error of this crate: opaque, shared, with questions.
//!
//! Callers decide by asking ([`Error::is_not_found`], [`Error::is_conflict`], …) instead of
//! matching a tree of variants that would be part of the contract. Inside is a value: a
//! [`Problem`] that the area of the code defines where it arises, and what was being done at
//! the time. Its text is made when it is shown, and leaves the cause to `source()`. Bodies,
//! tokens and keys never appear in an error.

mod listed;
mod problem;
mod samples;
mod server;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub(crate) use self::listed::Listed;
pub(crate) use self::problem::{Activity, ErrorKind, Fault, Problem};
#[cfg(test)]
pub(crate) use self::samples::Samples;
pub(crate) use self::samples::samples;
pub(crate) use self::server::ServerError;
use crate::model::meta::Status;

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Anything that can go wrong between a caller and the API server.
///
/// The questions about API errors follow client-go: they match the reason that the server
/// gave, and the HTTP code only where the reason is unknown ([rule E6](crate::semantics#e6)).
///
/// `{error}` says what was being done and what went wrong; the cause, where there is one, is
/// reached through [`source()`](StdError::source). `{error:#}` says both, the whole chain on
/// one line, for a log or a terminal. Clones are cheap and share everything.
///
/// ```no_run
/// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
/// # let pods = client.resource(&"v1/pods".parse()?).namespace("prod");
/// match pods.get("web-0").await {
///     Ok(pod) => println!("{}", pod.name()),
///     Err(error) if error.is_not_found() => println!("no such pod"),
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Error(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    /// The operations during which it arose, outermost first: "get pods \"web\"".
    doing: Vec<Arc<dyn Activity>>,
    problem: Arc<dyn Problem>,
}

#[doc(hidden)]
impl<P: Problem> From<P> for Error {
    fn from(problem: P) -> Self {
        Error(Arc::new(Inner {
            doing: Vec::new(),
            problem: Arc::new(problem),
        }))
    }
}

impl Error {
    /// The server's own error.
    pub(crate) fn api(status: Status) -> Self {
        ServerError::new(status).into()
    }

    /// Says what was being done when the error arose.
    pub(crate) fn while_doing(mut self, what: impl Activity) -> Self {
        let inner = Arc::make_mut(&mut self.0);
        inner.doing.insert(0, Arc::new(what));
        self
    }

    pub(crate) fn kind(&self) -> ErrorKind {
        self.0.problem.kind()
    }

    /// The problem inside, if it is of this type.
    pub(crate) fn problem<P: Problem>(&self) -> Option<&P> {
        let problem: &(dyn StdError + 'static) = &*self.0.problem;
        problem.downcast_ref()
    }

    /// The `Status` that the API server sent, or that stands for its answer where the body
    /// was not one ([rule E2](crate::semantics#e2), [E3](crate::semantics#e3)). `None` for errors that
    /// are not the server's.
    pub fn status(&self) -> Option<&Status> {
        self.0.problem.status()
    }

    /// The HTTP code of the server's answer.
    pub fn code(&self) -> Option<u16> {
        self.status()
            .and_then(|status| status.code)
            .and_then(|code| u16::try_from(code).ok())
    }

    /// The server's reason, such as `NotFound`; empty when it gave none.
    pub fn reason(&self) -> &str {
        self.status()
            .and_then(|status| status.reason.as_deref())
            .unwrap_or_default()
    }

    /// The object or resource does not exist (404).
    pub fn is_not_found(&self) -> bool {
        self.is("NotFound", 404)
    }

    /// An object of that name exists already (409 on create).
    pub fn is_already_exists(&self) -> bool {
        self.is("AlreadyExists", 409) && self.reason() != "Conflict"
    }

    /// The object changed since it was read, or an apply met another owner (409).
    pub fn is_conflict(&self) -> bool {
        self.is("Conflict", 409)
    }

    /// The resourceVersion or continue token is too old: list again (410 `Expired`).
    pub fn is_expired(&self) -> bool {
        self.reason() == "Expired"
    }

    /// The resource is gone for good (410 `Gone`), which some servers return instead of `Expired`.
    pub fn is_gone(&self) -> bool {
        self.is("Gone", 410)
    }

    /// The object breaks a rule of its schema or of admission (422).
    pub fn is_invalid(&self) -> bool {
        self.is("Invalid", 422)
    }

    /// The request itself is malformed (400).
    pub fn is_bad_request(&self) -> bool {
        self.is("BadRequest", 400)
    }

    /// The credentials are missing or invalid (401).
    pub fn is_unauthorized(&self) -> bool {
        self.is("Unauthorized", 401)
    }

    /// The caller may not do this (403).
    pub fn is_forbidden(&self) -> bool {
        self.is("Forbidden", 403)
    }

    /// The resource has no such verb (405).
    pub fn is_method_not_allowed(&self) -> bool {
        self.is("MethodNotAllowed", 405)
    }

    /// The server does not speak the content type that was sent (415).
    pub fn is_unsupported_media_type(&self) -> bool {
        self.is("UnsupportedMediaType", 415)
    }

    /// The server asks to slow down (429); matches the reason or the code.
    pub fn is_too_many_requests(&self) -> bool {
        self.reason() == "TooManyRequests" || self.code() == Some(429)
    }

    /// The server could not finish in time: reason `Timeout` or `ServerTimeout`.
    pub fn is_server_timeout(&self) -> bool {
        self.is("ServerTimeout", 500) && self.reason() != "InternalError" || self.is("Timeout", 504)
    }

    /// The server is broken or overloaded (500, 503).
    pub fn is_internal(&self) -> bool {
        self.is("InternalError", 500) || self.is("ServiceUnavailable", 503)
    }

    /// A list or watch asked for a resourceVersion that the server has not reached yet
    /// ([rule F6](crate::semantics#f6)).
    pub fn is_too_large_resource_version(&self) -> bool {
        const PHRASE: &str = "Too large resource version";
        let Some(status) = self.status() else {
            return false;
        };
        let in_message = status
            .message
            .as_deref()
            .is_some_and(|text| text.contains(PHRASE));
        let causes = status.details.iter().flat_map(|details| &details.causes);
        in_message
            || causes.into_iter().any(|cause| {
                cause.reason.as_deref() == Some("ResourceVersionTooLarge")
                    || cause
                        .message
                        .as_deref()
                        .is_some_and(|text| text.contains(PHRASE))
            })
    }

    /// How long the server asks to wait before the next try.
    pub fn retry_after(&self) -> Option<Duration> {
        let seconds = self.status()?.details.as_ref()?.retry_after_seconds?;
        u64::try_from(seconds)
            .ok()
            .filter(|&seconds| seconds > 0)
            .map(Duration::from_secs)
    }

    /// The server was not reached, or the connection broke before its answer was whole.
    pub fn is_transport(&self) -> bool {
        matches!(self.kind(), ErrorKind::Transport(_))
    }

    /// The connection to the server's address failed.
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Transport(Fault::Connect)
    }

    /// The time for an answer, for a cache to fill or for calls to end has passed, on this side.
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::TimedOut | ErrorKind::Transport(Fault::Timeout)
        )
    }

    /// Something that the call waited for is not ready: [`missing`](Self::missing) names it. Ask
    /// [`is_timeout`](Self::is_timeout) or [`is_stopped`](Self::is_stopped) whether waiting
    /// longer might help.
    pub fn is_not_ready(&self) -> bool {
        !self.missing().is_empty()
    }

    /// The names of what is not ready, such as `pods` or `deployments.apps in prod`; empty
    /// unless [`is_not_ready`](Self::is_not_ready).
    pub fn missing(&self) -> Vec<&str> {
        self.0.problem.missing()
    }

    /// An informer, a factory or a queue was stopped for good: waiting longer would not help.
    pub fn is_stopped(&self) -> bool {
        self.kind() == ErrorKind::Stopped
    }

    /// The response of the server could not be understood.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// The request was refused on this side, before anything was sent.
    pub fn is_request(&self) -> bool {
        self.kind() == ErrorKind::Request
    }

    /// A kubeconfig, certificate, token file or environment is unusable.
    pub fn is_config(&self) -> bool {
        self.kind() == ErrorKind::Config
    }

    /// The cluster serves no resource of the name that was asked for.
    pub fn is_no_match(&self) -> bool {
        self.kind() == ErrorKind::NoMatch
    }

    /// More than one resource has the name that was asked for; the text lists them.
    pub fn is_ambiguous(&self) -> bool {
        self.kind() == ErrorKind::Ambiguous
    }

    /// Part of discovery failed ([rule M2](crate::semantics#m2)).
    pub fn is_partial_discovery(&self) -> bool {
        self.kind() == ErrorKind::Partial
    }

    /// Matches on the reason, or on the code where the reason is not one that Kubernetes
    /// defines ([rule E6](crate::semantics#e6)).
    fn is(&self, reason: &str, code: u16) -> bool {
        let known = server::is_known(self.reason());
        self.reason() == reason || (!known && self.code() == Some(code))
    }
}

/// The alternate form goes on with the causes.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for doing in &self.0.doing {
            write!(f, "{doing}: ")?;
        }
        write!(f, "{}", self.0.problem)?;
        if f.alternate() {
            let mut cause = self.source();
            while let Some(link) = cause {
                write!(f, ": {link}")?;
                cause = link.source();
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &self.kind())
            .field("message", &self.to_string());
        if let Some(status) = self.status() {
            out.field("status", status);
        }
        if let Some(source) = self.source() {
            out.field("source", &source);
        }
        out.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.problem.source()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::meta::{StatusCause, StatusDetails};

    fn api(reason: Option<&str>, code: i32) -> Error {
        Error::api(Status {
            reason: reason.map(str::to_owned),
            code: Some(code),
            ..Status::default()
        })
    }

    #[test]
    fn the_reason_decides_and_the_code_stands_in_where_it_is_unknown() {
        // Rule E6
        assert!(api(Some("NotFound"), 404).is_not_found());
        assert!(api(None, 404).is_not_found());
        assert!(api(Some("MyOwnReason"), 404).is_not_found());
        assert!(!api(Some("Forbidden"), 404).is_not_found());
        assert!(api(Some("Conflict"), 409).is_conflict());
        assert!(!api(Some("Conflict"), 409).is_already_exists());
        assert!(!api(Some("AlreadyExists"), 409).is_conflict());
    }

    #[test]
    fn expired_and_gone_are_different() {
        assert!(api(Some("Expired"), 410).is_expired());
        assert!(!api(Some("Expired"), 410).is_gone());
        assert!(api(None, 410).is_gone() && !api(None, 410).is_expired());
    }

    #[test]
    fn too_many_requests_matches_either() {
        assert!(api(Some("TooManyRequests"), 0).is_too_many_requests());
        assert!(api(Some("Forbidden"), 429).is_too_many_requests());
    }

    #[test]
    fn too_large_resource_version_is_known_in_each_of_its_forms() {
        // Rule F6
        let cause = StatusCause {
            reason: Some("ResourceVersionTooLarge".into()),
            ..StatusCause::default()
        };
        let details = StatusDetails {
            causes: vec![cause],
            ..StatusDetails::default()
        };
        assert!(
            Error::api(Status {
                details: Some(details),
                ..Status::default()
            })
            .is_too_large_resource_version()
        );
        let message = Some("Timeout: Too large resource version: 9, current: 3".to_owned());
        assert!(
            Error::api(Status {
                message,
                ..Status::default()
            })
            .is_too_large_resource_version()
        );
        assert!(!api(Some("Timeout"), 504).is_too_large_resource_version());
    }

    #[derive(Debug, thiserror::Error)]
    #[error("expected a string")]
    struct Broken {
        source: std::io::Error,
    }

    impl Problem for Broken {
        fn kind(&self) -> ErrorKind {
            ErrorKind::Decode
        }
    }

    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Doing(&'static str);

    impl Activity for Doing {}

    #[test]
    fn the_text_says_what_was_done_and_leaves_the_cause_to_its_source() {
        let source = std::io::Error::other("inner");
        let error = Error::from(Broken { source })
            .while_doing(Doing("read item 3"))
            .while_doing(Doing("list pods"));
        let text = "list pods: read item 3: expected a string";
        assert_eq!(error.to_string(), text);
        assert_eq!(format!("{error:#}"), format!("{text}: inner"));
        let cause = StdError::source(&error).unwrap();
        assert!(cause.is::<std::io::Error>() && error.is_decode());
    }

    #[test]
    fn a_clone_keeps_what_its_original_said() {
        let plain = api(Some("NotFound"), 404);
        let placed = plain.clone().while_doing(Doing("list pods"));
        assert_eq!(format!("list pods: {plain}"), placed.to_string());
        assert!(placed.is_not_found() && placed.problem::<ServerError>().is_some());
    }

    #[test]
    fn an_error_is_one_pointer() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }
}
