//! Responses, by what they hold.

use axum::body::Body;
use axum::response::Response;
use http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WARNING};
use serde_json::Value;

use super::super::cluster::Reply;
use super::super::status::Failure;

pub(super) const JSON: &str = "application/json";
const AGGREGATED: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

pub(super) fn json(code: u16, body: &Value) -> Response {
    bytes(code, JSON, body.to_string().into())
}

pub(super) fn discovery(aggregated: bool, body: &Value) -> Response {
    bytes(
        200,
        if aggregated { AGGREGATED } else { JSON },
        body.to_string().into(),
    )
}

pub(super) fn text(code: u16, body: &'static str) -> Response {
    bytes(code, "text/plain; charset=utf-8", body.into())
}

/// What unknown paths outside of served group versions get: text, not a Status.
pub(super) fn page_not_found() -> Response {
    text(404, "404 page not found\n")
}

pub(super) fn failure(failure: &Failure) -> Response {
    let mut response = json(failure.code(), &failure.to_json());
    if let Some(seconds) = failure.retry_after() {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// Adds the warnings of a reply as headers.
pub(super) fn warned(mut response: Response, reply: &Reply) -> Response {
    let Reply::Object { warnings, .. } = reply else {
        return response;
    };
    for warning in warnings {
        if let Ok(value) = HeaderValue::from_str(&format!("299 - {warning:?}")) {
            response.headers_mut().append(WARNING, value);
        }
    }
    response
}

pub(super) fn bytes(code: u16, media: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() =
        http::StatusCode::from_u16(code).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(media));
    response
}
