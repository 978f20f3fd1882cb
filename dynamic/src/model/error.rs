//! The one error of this crate: opaque, with questions.
//!
//! Callers decide by asking ([`Error::is_not_found`], [`Error::is_conflict`], …) instead of
//! matching a tree of variants that would be part of the contract. The text says what was
//! being done, what went wrong and where; causes are reached through `source()` and are not
//! repeated in it. Bodies, tokens and keys never appear in an error.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::model::meta::Status;

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Anything that can go wrong between a caller and the API server.
///
/// The questions about API errors follow client-go: they match the reason that the server
/// gave, and the HTTP code only where the reason is unknown (semantics E6).
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
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    /// What was being done, outermost first: "get pods \"web\"".
    context: Vec<String>,
    message: String,
    status: Option<Box<Status>>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What family an error belongs to; the public questions are built on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// The server answered, and said no.
    Api,
    /// The server was not reached, or the connection broke.
    Transport(Fault),
    /// An answer, object or frame is not what it should be.
    Decode,
    /// The caller asked for something that cannot be asked.
    Request,
    /// A kubeconfig, certificate, token or environment is unusable.
    Config,
    /// No resource, or more than one, has the name that was asked for.
    NoMatch,
    Ambiguous,
    /// Part of discovery failed; the rest is usable.
    Partial,
}

/// How a connection failed: what a retry policy asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nobody listens, or no route: the request was not sent.
    Connect,
    /// Too slow.
    Timeout,
    /// The connection ended in the middle (reset, EOF, GOAWAY).
    Broken,
    /// TLS, malformed HTTP and the like: the same again would fail the same.
    Other,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Box::new(Inner {
            kind,
            context: Vec::new(),
            message: message.into(),
            status: None,
            source: None,
        }))
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

    /// There is nothing where JSON should be (semantics E5).
    pub(crate) fn empty() -> Self {
        Error::decode("expected JSON, but there is nothing: the text is empty")
    }

    /// Nothing came for longer than is waited.
    #[cfg(feature = "cache")]
    pub(crate) fn silent(what: &str) -> Self {
        Error::new(
            ErrorKind::Transport(Fault::Timeout),
            format!("the API server is silent: {what}"),
        )
    }

    /// The server's own error.
    pub(crate) fn api(status: Status) -> Self {
        let message = api_message(&status);
        let mut error = Error::new(ErrorKind::Api, message);
        error.0.status = Some(Box::new(status));
        error
    }

    pub(crate) fn with_source(
        mut self,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Says what was being done when the error arose.
    pub(crate) fn while_doing(mut self, what: impl Into<String>) -> Self {
        self.0.context.insert(0, what.into());
        self
    }

    /// Changes the error unless it is the server's own, whose text says what was asked.
    pub(crate) fn unless_api(self, change: impl FnOnce(Self) -> Self) -> Self {
        if self.kind() == ErrorKind::Api {
            self
        } else {
            change(self)
        }
    }

    pub(crate) fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The `Status` that the API server sent, or that stands for its answer where the body
    /// was none (semantics E2, E3). `None` for errors that are not the server's.
    pub fn status(&self) -> Option<&Status> {
        self.0.status.as_deref()
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

    /// The thing is gone for good (410 `Gone`), which some servers say instead of `Expired`.
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

    /// The server does not know who asks (401).
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

    /// The server asks for patience (429); matches the reason or the code, whichever is there.
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
    /// (semantics F6).
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

    /// Nobody answers at the server's address.
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Transport(Fault::Connect)
    }

    /// The deadline passed on this side.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Transport(Fault::Timeout)
    }

    /// What the server sent could not be understood.
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

    /// Part of discovery failed (semantics M2).
    pub fn is_partial_discovery(&self) -> bool {
        self.kind() == ErrorKind::Partial
    }

    /// Matches on the reason, or on the code where the reason is not one that Kubernetes
    /// defines (semantics E6).
    fn is(&self, reason: &str, code: u16) -> bool {
        let known = KNOWN_REASONS.contains(&self.reason());
        self.reason() == reason || (!known && self.code() == Some(code))
    }
}

/// The reasons of `meta/v1`; any other text tells nothing, and the code decides.
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

fn api_message(status: &Status) -> String {
    let text = status
        .message
        .as_deref()
        .filter(|text| !text.is_empty())
        .unwrap_or("the API server gave no message");
    let reason = status.reason.as_deref().unwrap_or_default();
    match (reason, status.code) {
        ("", None) => text.to_owned(),
        ("", Some(code)) => format!("{text} (HTTP {code})"),
        (reason, None) => format!("{text} ({reason})"),
        (reason, Some(code)) => format!("{text} ({reason}, HTTP {code})"),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for context in &self.0.context {
            write!(f, "{context}: ")?;
        }
        f.write_str(&self.0.message)
    }
}

impl From<crate::model::names::NameError> for Error {
    fn from(error: crate::model::names::NameError) -> Self {
        Error::request(error.to_string()).with_source(error)
    }
}

impl From<crate::model::selector::SelectorError> for Error {
    fn from(error: crate::model::selector::SelectorError) -> Self {
        Error::request(error.to_string()).with_source(error)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &self.0.kind)
            .field("message", &self.to_string());
        if let Some(status) = &self.0.status {
            out.field("status", status);
        }
        if let Some(source) = &self.0.source {
            out.field("source", source);
        }
        out.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
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
        // E6
        assert!(api(Some("NotFound"), 404).is_not_found());
        assert!(api(None, 404).is_not_found());
        assert!(api(Some("MyOwnReason"), 404).is_not_found());
        assert!(!api(Some("Forbidden"), 404).is_not_found());
        assert!(api(Some("Conflict"), 409).is_conflict());
        assert!(!api(Some("Conflict"), 409).is_already_exists());
        assert!(!api(Some("AlreadyExists"), 409).is_conflict());
    }

    #[test]
    fn expired_and_gone_are_told_apart() {
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
        // F6
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

    #[test]
    fn the_text_says_what_was_done_and_never_repeats_its_source() {
        let error = Error::decode("expected a string")
            .with_source(std::io::Error::other("inner"))
            .while_doing("read item 3")
            .while_doing("list pods");
        assert_eq!(
            error.to_string(),
            "list pods: read item 3: expected a string"
        );
        assert_eq!(StdError::source(&error).unwrap().to_string(), "inner");
    }

    #[test]
    fn an_error_is_one_pointer() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }
}
