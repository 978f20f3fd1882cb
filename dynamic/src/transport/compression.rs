//! Answers that come compressed: taken apart as they arrive, never held as a whole.

use std::io::Write;

use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use futures::stream::{self, BoxStream, StreamExt, TryStreamExt};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue};

use crate::error::{Error, ErrorKind, Fault, Result};

type Chunks = BoxStream<'static, Result<Bytes>>;

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
        Some(other) => Err(damaged(format!(
            "the answer is encoded as `{}`, which was not asked for",
            other.escape_ascii()
        ))),
    }
}

fn inflated(chunks: Chunks) -> Chunks {
    let decoder = MultiGzDecoder::new(Vec::new());
    stream::try_unfold(Some((chunks, decoder)), |state| async {
        let Some((mut chunks, mut decoder)) = state else {
            return Ok(None);
        };
        let chunk = chunks.try_next().await?;
        let is_last = chunk.is_none();
        let step = match &chunk {
            Some(chunk) => decoder.write_all(chunk).and_then(|()| decoder.flush()),
            None => decoder.try_finish(),
        };
        step.map_err(|error| damaged(format!("the answer is no good gzip: {error}")))?;
        let text = Bytes::from(std::mem::take(decoder.get_mut()));
        Ok(Some((text, (!is_last).then_some((chunks, decoder)))))
    })
    .boxed()
}

fn damaged(message: String) -> Error {
    Error::new(ErrorKind::Transport(Fault::Other), message)
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
            (&whole[..whole.len() - 4], "gzip", "no good gzip"),
            (&wrong, "gzip", "no good gzip"),
            (b"{}", "gzip", "no good gzip"),
            (b"{}", "br", "encoded as `br`"),
        ] {
            let error = read(sent, 5, encoding).unwrap_err();
            assert!(error.to_string().contains(said), "{error}");
        }
    }
}
