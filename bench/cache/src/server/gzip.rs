//! Answers compressed as an API server compresses them: a list as one gzip member, of a
//! watch a member for each batch of events, so that no event waits for the next.

use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures::stream::{self, Stream, StreamExt};
use hyper::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderMap, HeaderValue};
use tokio::sync::mpsc;

use super::reply::{self, Reply};

pub(super) fn is_asked_for(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING);
    let accepted = accepted.and_then(|accepted| accepted.to_str().ok());
    accepted.is_some_and(|accepted| accepted.split(',').any(|one| one.trim() == "gzip"))
}

/// A list. An API server leaves those below 128 KiB as they are; none here is as small.
pub(super) fn list(pieces: impl Stream<Item = Bytes> + Send + 'static) -> Reply {
    let pieces = pieces.map(Some).chain(stream::once(async { None }));
    answer(pieces.scan(Member::begin(), |member, piece| {
        let compressed = match piece {
            Some(piece) => member.add(&piece),
            None => member.end(),
        };
        async { Some(compressed) }
    }))
}

/// A watch.
pub(super) fn watch(frames: mpsc::Receiver<Bytes>) -> Reply {
    answer(stream::unfold(frames, async |mut frames| {
        let first = frames.recv().await?;
        Some((batch(first, || frames.try_recv().ok()), frames))
    }))
}

/// A member of all frames that are there.
fn batch(first: Bytes, mut next: impl FnMut() -> Option<Bytes>) -> Bytes {
    let mut member = Member::begin();
    let mut compressed = Vec::new();
    let mut frame = Some(first);
    while let Some(some) = frame {
        compressed.extend_from_slice(&member.add(&some));
        frame = next();
    }
    compressed.extend_from_slice(&member.end());
    compressed.into()
}

fn answer(compressed: impl Stream<Item = Bytes> + Send + 'static) -> Reply {
    let pieces = compressed.filter(|piece| {
        let is_there = !piece.is_empty();
        async move { is_there }
    });
    let mut reply = reply::stream(pieces);
    let encoding = HeaderValue::from_static("gzip");
    reply.headers_mut().insert(CONTENT_ENCODING, encoding);
    reply
}

/// What is compressed together, with its own head and checksum.
struct Member(GzEncoder<Vec<u8>>);

impl Member {
    /// At the level that an API server uses: the one that costs least.
    fn begin() -> Self {
        Member(GzEncoder::new(Vec::new(), Compression::fast()))
    }

    fn add(&mut self, bytes: &[u8]) -> Bytes {
        // Memory takes whatever is written.
        let _ = self.0.write_all(bytes);
        self.written()
    }

    fn end(&mut self) -> Bytes {
        let _ = self.0.try_finish();
        self.written()
    }

    fn written(&mut self) -> Bytes {
        std::mem::take(self.0.get_mut()).into()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::MultiGzDecoder;

    use super::*;

    fn inflate(compressed: &[u8]) -> String {
        let mut text = String::new();
        MultiGzDecoder::new(compressed)
            .read_to_string(&mut text)
            .unwrap();
        text
    }

    #[test]
    fn what_is_there_is_one_member_and_each_is_whole() {
        let mut more = ["b", "c"].map(Bytes::from).into_iter();
        let one = batch("a".into(), || more.next());
        let other = batch("d".into(), || None);
        assert_eq!(inflate(&one), "abc");
        assert_eq!(inflate(&other), "d");
        assert_eq!(inflate(&[one, other].concat()), "abcd");
    }

    #[test]
    fn gzip_is_asked_for_by_name() {
        for (accepted, is_asked) in [("gzip", true), ("br, gzip", true), ("identity", false)] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accepted));
            assert_eq!(is_asked_for(&headers), is_asked, "{accepted}");
        }
        assert!(!is_asked_for(&HeaderMap::new()));
    }
}
