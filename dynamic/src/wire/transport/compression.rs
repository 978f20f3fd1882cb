//! Answers that come compressed: taken apart as they arrive, never held as a whole.

use std::io::Write;

use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use futures::stream::{self, StreamExt, TryStreamExt};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue};

use super::carrier::Chunks;
use super::problem::TransportProblem;
use crate::model::error::Result;

/// The body as the server meant it; the headers say no more how it was sent.
///
/// # Errors
/// When it was sent in a way that nobody asked for and nobody knows here.
pub(super) fn decoded(chunks: Chunks, headers: &mut HeaderMap) -> Result<Chunks> {
    match headers.get(CONTENT_ENCODING).map(HeaderValue::as_bytes) {
        None | Some(b"" | b"identity") => Ok(chunks),
        Some(b"gzip" | b"x-gzip") => {
            headers.remove(CONTENT_ENCODING);
            headers.remove(CONTENT_LENGTH);
            Ok(inflated(chunks))
        }
        Some(other) => Err(TransportProblem::UnknownEncoding {
            encoding: other.escape_ascii().to_string(),
        }
        .into()),
    }
}

fn inflated(chunks: Chunks) -> Chunks {
    let begun = Inflating {
        chunks,
        decoder: MultiGzDecoder::new(Vec::new()),
        rest: Bytes::new(),
        has_begun: false,
    };
    stream::try_unfold(begun, Inflating::next).boxed()
}

/// As much as is inflated at a time: it may become a thousand times as long.
const PIECE: usize = 8 << 10;

/// A body on its way through a decoder.
struct Inflating {
    chunks: Chunks,
    decoder: MultiGzDecoder<Vec<u8>>,
    /// What has arrived and was not inflated yet.
    rest: Bytes,
    has_begun: bool,
}

impl Inflating {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>> {
        while self.rest.is_empty() {
            let Some(chunk) = self.chunks.try_next().await? else {
                return self.end();
            };
            self.rest = chunk;
        }
        self.has_begun = true;
        let piece = self.rest.split_to(self.rest.len().min(PIECE));
        let written = self.decoder.write_all(&piece);
        // Without the flush an event would wait in the decoder for the one behind it.
        checked(written.and_then(|()| self.decoder.flush()))?;
        let text = std::mem::take(self.decoder.get_mut());
        Ok(Some((text.into(), self)))
    }

    /// Nothing at all is a good answer: a watch without events. Half a member is not.
    fn end<T>(mut self) -> Result<Option<T>> {
        if self.has_begun {
            checked(self.decoder.try_finish())?;
        }
        Ok(None)
    }
}

fn checked(step: std::io::Result<()>) -> Result<(), TransportProblem> {
    step.map_err(|source| TransportProblem::BadGzip { source })
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use futures::FutureExt;

    use super::*;

    fn read(sent: &[u8], piece: usize, encoding: &'static str) -> Result<(Vec<u8>, HeaderMap)> {
        let pieces: Vec<_> = sent
            .chunks(piece)
            .map(|piece| Ok(Bytes::copy_from_slice(piece)))
            .collect();
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_ENCODING, encoding.parse().unwrap());
        headers.insert(CONTENT_LENGTH, sent.len().into());
        let chunks = decoded(stream::iter(pieces).boxed(), &mut headers)?;
        let chunks: Vec<Bytes> = chunks.try_collect().now_or_never().unwrap()?;
        Ok((chunks.concat(), headers))
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_was_compressed_comes_out_whatever_the_pieces() {
        let text = b"{\"items\":[]}".repeat(1000);
        for piece in [1, 7, 10_000] {
            let (read, headers) = read(&gzip(&text), piece, "gzip").unwrap();
            assert_eq!(read, text);
            assert!(headers.is_empty(), "they told of what was sent");
        }
        assert_eq!(read(&text, 100, "identity").unwrap().0, text);
    }

    #[test]
    fn what_is_damaged_or_unknown_is_an_error() {
        let whole = gzip(&b"abc".repeat(1000));
        let mut wrong = whole.clone();
        *wrong.last_mut().unwrap() ^= 1;
        for (sent, encoding, said) in [
            (&whole[..whole.len() - 4], "gzip", "not valid gzip"),
            (&wrong, "gzip", "not valid gzip"),
            (b"{}", "gzip", "not valid gzip"),
            (b"{}", "br", "encoded as `br`"),
        ] {
            let error = read(sent, 5, encoding).unwrap_err();
            assert!(error.to_string().contains(said), "{error}");
        }
    }

    #[test]
    fn what_becomes_a_thousand_times_as_long_comes_in_pieces() {
        let sent = gzip(&vec![b' '; 20 << 20]);
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        let chunks = stream::iter([Ok(Bytes::from(sent))]).boxed();
        let pieces: Vec<Bytes> = decoded(chunks, &mut headers)
            .unwrap()
            .try_collect()
            .now_or_never()
            .unwrap()
            .unwrap();
        assert_eq!(pieces.iter().map(Bytes::len).sum::<usize>(), 20 << 20);
        assert!(pieces.iter().all(|piece| piece.len() < 9 << 20));
    }
}
