//! Answers without compression: a text, a refusal, or a body that comes in pieces.

use std::convert::Infallible;

use bytes::Bytes;
use futures::stream::{Stream, StreamExt};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Body, Frame};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};

pub(super) type Reply = Response<UnsyncBoxBody<Bytes, Infallible>>;

pub(super) fn stream(pieces: impl Stream<Item = Bytes> + Send + 'static) -> Reply {
    let frames = pieces.map(|piece| Ok::<_, Infallible>(Frame::data(piece)));
    as_json(StreamBody::new(frames))
}

pub(super) fn text(code: StatusCode, text: String) -> Reply {
    let mut reply = as_json(Full::new(Bytes::from(text)));
    *reply.status_mut() = code;
    reply
}

pub(super) fn refusal(code: StatusCode, reason: &str) -> Reply {
    text(code, status(code.as_u16(), reason))
}

pub(super) fn status(code: u16, reason: &str) -> String {
    format!(
        r#"{{"kind":"Status","apiVersion":"v1","metadata":{{}},"status":"Failure","message":"scripted","reason":"{reason}","code":{code}}}"#
    )
}

fn as_json(body: impl Body<Data = Bytes, Error = Infallible> + Send + 'static) -> Reply {
    let mut reply = Response::new(body.boxed_unsync());
    let kind = HeaderValue::from_static("application/json");
    reply.headers_mut().insert(CONTENT_TYPE, kind);
    reply
}
