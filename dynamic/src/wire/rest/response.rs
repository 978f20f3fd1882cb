//! Reads the status and the errors of a response.

use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};

use super::asked::Asked;
use super::problem::{RestProblem, WithoutStatus};
use crate::model::error::{Error, Result};
use crate::model::meta::{Status, StatusCause, StatusDetails};
use crate::model::object::from_json;

/// How much of a plain-text error is kept ([rule E4](crate::semantics#e4)).
const TEXT_LIMIT: usize = 2048;

/// Whether an answer of this code is a success ([rule E1](crate::semantics#e1)).
pub(crate) fn is_success(code: StatusCode) -> bool {
    (200..=206).contains(&code.as_u16())
}

/// The error in an answer that is not a success: the server's own, or one that stands in for
/// it ([rule E2](crate::semantics#e2), [E3](crate::semantics#e3)).
pub(crate) fn refused(code: StatusCode, headers: &HeaderMap, body: &[u8], asked: &Asked) -> Error {
    match own_status(body) {
        Some(status) => own_error(status, code),
        None => Error::api(generic_status(code, headers, body, asked)),
    }
}

/// Finds the error that a successful answer may hold: a `Status` that says failure ([rule E5](crate::semantics#e5)).
pub(crate) fn check(code: StatusCode, body: &[u8]) -> Result<()> {
    match own_status(body) {
        Some(status) => Err(own_error(status, code)),
        None => Ok(()),
    }
}

fn own_error(mut status: Status, code: StatusCode) -> Error {
    let own = status.code.filter(|&code| code != 0);
    status.code = own.or(Some(i32::from(code.as_u16())));
    Error::api(status)
}

/// The body as text. An empty one is good text, and no JSON.
pub(crate) fn text(body: &[u8]) -> Result<&str> {
    Ok(std::str::from_utf8(body).map_err(|source| RestProblem::NotUtf8 { source })?)
}

/// The body as a `Status` that says failure. The kind must say so: other objects may decode as
/// one by chance ([rule E2](crate::semantics#e2), [E10](crate::semantics#e10)).
fn own_status(body: &[u8]) -> Option<Status> {
    let text = std::str::from_utf8(body).ok()?;
    // Most bodies are not a Status; looking for the word is cheaper than parsing.
    if !text.contains("\"Status\"") {
        return None;
    }
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    let api_version = value
        .get("apiVersion")
        .and_then(|version| version.as_str())
        .unwrap_or("v1");
    let is_status =
        value.get("kind")?.as_str()? == "Status" && matches!(api_version, "v1" | "meta.k8s.io/v1");
    let failed = value.get("status").and_then(|status| status.as_str()) == Some("Failure");
    if is_status && failed {
        from_json(text).ok()
    } else {
        None
    }
}

fn generic_status(code: StatusCode, headers: &HeaderMap, body: &[u8], asked: &Asked) -> Status {
    let text = plain_text(headers, body);
    let message = WithoutStatus {
        asked,
        code,
        text: &text,
    };
    let message = message.to_string();
    let cause = StatusCause {
        reason: Some("UnexpectedServerResponse".to_owned()),
        message: Some(text),
        ..StatusCause::default()
    };
    Status {
        status: Some("Failure".to_owned()),
        message: Some(message),
        reason: Some(reason(code, asked.verb).to_owned()),
        code: Some(i32::from(code.as_u16())),
        details: Some(StatusDetails {
            name: Some(asked.name.clone()).filter(|name| !name.is_empty()),
            group: Some(asked.group.to_string()).filter(|group| !group.is_empty()),
            kind: Some(asked.resource.to_string()),
            causes: vec![cause],
            retry_after_seconds: retry_after(headers),
            ..StatusDetails::default()
        }),
        ..Status::default()
    }
}

/// The text of a body that is meant for people; never more than a screen
/// ([rule E4](crate::semantics#e4)).
fn plain_text(headers: &HeaderMap, body: &[u8]) -> String {
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let readable = content_type.is_empty() || content_type.starts_with("text/");
    let text = String::from_utf8_lossy(&body[..body.len().min(TEXT_LIMIT)]);
    let text = text.trim();
    if readable && !text.is_empty() {
        text.to_owned()
    } else {
        "unknown".to_owned()
    }
}

/// Whole seconds; dates are left to the retry policy.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<i32> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

fn reason(code: StatusCode, verb: &str) -> &'static str {
    match code.as_u16() {
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        409 if verb == "create" => "AlreadyExists",
        409 => "Conflict",
        410 => "Gone",
        413 => "RequestEntityTooLarge",
        415 => "UnsupportedMediaType",
        422 => "Invalid",
        429 => "TooManyRequests",
        503 => "ServiceUnavailable",
        504 => "Timeout",
        500.. => "InternalError",
        _ => "Unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(verb: &'static str) -> Asked {
        Asked {
            verb,
            group: "apps".into(),
            resource: "deployments".into(),
            name: "web".into(),
        }
    }

    fn answer(code: u16, body: &str) -> Error {
        let code = StatusCode::from_u16(code).unwrap();
        match is_success(code) {
            true => check(code, body.as_bytes()).unwrap_err(),
            false => refused(code, &HeaderMap::new(), body.as_bytes(), &asked("get")),
        }
    }

    #[test]
    fn the_servers_own_status_is_the_error() {
        // Rule E2
        let body = r#"{"kind":"Status","apiVersion":"v1","status":"Failure","message":"pods \"x\" not found","reason":"NotFound","details":{"name":"x","kind":"pods"},"code":404}"#;
        let error = answer(404, body);
        assert!(error.is_not_found());
        assert_eq!(
            error.to_string(),
            "pods \"x\" not found (NotFound, HTTP 404)"
        );
        assert!(answer(404, &body.replace(r#""apiVersion":"v1","#, "")).is_not_found());
    }

    #[test]
    fn an_object_that_is_not_a_status_does_not_become_one() {
        // Rules E2, E3
        for body in [
            "{}",
            r#"{"kind":"Status","status":"Success"}"#,
            r#"{"status":"Failure","reason":"Expired"}"#,
            "garbage \"Status\"",
        ] {
            assert_eq!(answer(404, body).reason(), "NotFound", "{body}");
        }
    }

    #[test]
    fn codes_stand_in_for_a_missing_status() {
        // Rule E3
        for (code, reason) in [
            (400, "BadRequest"),
            (401, "Unauthorized"),
            (410, "Gone"),
            (500, "InternalError"),
            (502, "InternalError"),
            (504, "Timeout"),
            (302, "Unknown"),
        ] {
            assert_eq!(answer(code, "").reason(), reason, "{code}");
        }
        let conflict = |verb| refused(StatusCode::CONFLICT, &HeaderMap::new(), b"", &asked(verb));
        assert!(conflict("create").is_already_exists() && conflict("update").is_conflict());
    }

    #[test]
    fn a_missing_resource_and_a_missing_object_have_different_messages() {
        let error = answer(404, "404 page not found\n").to_string();
        assert!(
            error.starts_with(
                "get deployments.apps `web`: the server does not serve this resource in this version: 404 page not found"
            ),
            "{error}"
        );
        let path = Asked::path("get", "/version");
        let error = refused(StatusCode::NOT_FOUND, &HeaderMap::new(), b"", &path);
        assert!(error.to_string().contains("answered 404"), "{error}");
    }

    #[test]
    fn a_good_code_with_a_failure_inside_is_an_error() {
        // Rule E5
        assert!(answer(200, r#"{"kind":"Status","apiVersion":"v1","status":"Failure","code":403,"reason":"Forbidden"}"#).is_forbidden());
    }

    #[test]
    fn text_is_kept_short_and_binary_is_not_shown() {
        // Rule E4
        let error = answer(502, &"x".repeat(100_000));
        assert!(error.to_string().len() < 2300);
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, "application/octet-stream".parse().unwrap());
        headers.insert(RETRY_AFTER, "7".parse().unwrap());
        let error = refused(StatusCode::BAD_GATEWAY, &headers, b"\0\x01", &asked("get"));
        assert!(
            error.to_string().contains(
                "get deployments.apps `web`: the server answered 502 Bad Gateway: unknown"
            ),
            "{error}"
        );
        assert_eq!(error.retry_after().map(|wait| wait.as_secs()), Some(7));
    }
}
