//! The server's answers: pods, whole or reduced, in lists and in frames.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use bytes::{BufMut, Bytes, BytesMut};
use futures::stream::StreamExt;
use hyper::StatusCode;
use hyper::header::{ACCEPT, HeaderMap};

use super::reply::{Reply, refusal, status, stream};
use super::{Query, Server, Snapshots, gzip};
use crate::pods::Pod;

/// How much of an object a client wants.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Whole,
    Metadata,
}

/// A piece of a list's body.
const PIECE: usize = 64 << 10;

impl Form {
    pub(super) fn asked_for(headers: &HeaderMap) -> Self {
        let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
        if accept.is_some_and(|accept| accept.contains("as=PartialObjectMetadata")) {
            Form::Metadata
        } else {
            Form::Whole
        }
    }

    fn type_meta(self) -> &'static str {
        match self {
            Form::Whole => r#""kind":"Pod","apiVersion":"v1""#,
            Form::Metadata => r#""kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1""#,
        }
    }

    fn list_type_meta(self) -> &'static str {
        match self {
            Form::Whole => r#""kind":"PodList","apiVersion":"v1""#,
            Form::Metadata => r#""kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1""#,
        }
    }

    /// Items of a list of built-in objects do not repeat what they are; reduced ones do.
    fn put_item(self, pod: &Pod, into: &mut BytesMut) {
        match self {
            Form::Whole => into.put_slice(pod.json()),
            Form::Metadata => self.put_object(pod, into),
        }
    }

    fn put_object(self, pod: &Pod, into: &mut BytesMut) {
        into.put_u8(b'{');
        into.put_slice(self.type_meta().as_bytes());
        into.put_u8(b',');
        match self {
            Form::Whole => into.put_slice(&pod.json()[1..]),
            Form::Metadata => {
                into.put_slice(b"\"metadata\":");
                into.put_slice(pod.metadata());
                into.put_u8(b'}');
            }
        }
    }
}

/// A frame of a watch, as the server writes it.
pub(super) fn event(kind: &str, form: Form, pod: &Pod) -> Bytes {
    let mut frame = BytesMut::with_capacity(pod.json().len() + 128);
    frame.put_slice(format!("{{\"type\":\"{kind}\",\"object\":").as_bytes());
    form.put_object(pod, &mut frame);
    frame.put_slice(b"}\n");
    frame.freeze()
}

pub(super) fn initial_events_end(form: Form, version: u64) -> Bytes {
    let type_meta = form.type_meta();
    format!("{{\"type\":\"BOOKMARK\",\"object\":{{{type_meta},\"metadata\":{{\"resourceVersion\":\"{version}\",\"annotations\":{{\"k8s.io/initial-events-end\":\"true\"}}}}}}}}\n").into()
}

/// The frame of a version that is too old.
pub(super) fn error_frame() -> Bytes {
    format!(
        "{{\"type\":\"ERROR\",\"object\":{}}}\n",
        status(410, "Expired")
    )
    .into()
}

pub(super) fn now(server: &Server) -> u64 {
    server.version.load(Ordering::Relaxed)
}

/// A list, or a page of it; the token of the next page is where it begins.
pub(super) fn list(server: Arc<Server>, form: Form, query: &Query, is_gzipped: bool) -> Reply {
    let count = server.pods().len();
    let whole = server.snapshots == Snapshots::Whole && query.get("resourceVersion") == Some("0");
    let limit = query.number("limit").filter(|&limit| limit > 0 && !whole);
    let Some(start) = query
        .get("continue")
        .map_or(Some(0), |token| token.parse().ok())
    else {
        return refusal(StatusCode::BAD_REQUEST, "BadRequest");
    };
    let end = limit.map_or(count, |limit| count.min(start + limit));
    let next = if end < count {
        format!(
            ",\"continue\":\"{end}\",\"remainingItemCount\":{}",
            count - end
        )
    } else {
        String::new()
    };
    let head = format!(
        "{{{},\"metadata\":{{\"resourceVersion\":\"{}\"{next}}},\"items\":[",
        form.list_type_meta(),
        now(&server)
    );
    let items = futures::stream::unfold(start, move |at| {
        let piece = piece(&server, form, start, at, end);
        async move { piece }
    });
    let head = futures::stream::once(async move { Bytes::from(head) });
    let tail = futures::stream::once(async { Bytes::from_static(b"]}\n") });
    let pieces = head.chain(items).chain(tail);
    if is_gzipped {
        gzip::list(pieces)
    } else {
        stream(pieces)
    }
}

/// The items from `at` on that fill a piece, and where the next piece begins.
fn piece(
    server: &Server,
    form: Form,
    start: usize,
    at: usize,
    end: usize,
) -> Option<(Bytes, usize)> {
    if at >= end {
        return None;
    }
    let (mut piece, mut next) = (BytesMut::with_capacity(PIECE + (8 << 10)), at);
    let pods = server.pods();
    while next < end && piece.len() < PIECE {
        if next > start {
            piece.put_u8(b',');
        }
        form.put_item(&pods[next], &mut piece);
        next += 1;
    }
    Some((piece.freeze(), next))
}
