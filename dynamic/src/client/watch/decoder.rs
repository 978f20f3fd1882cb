//! Cuts the bytes of a watch into frames, without I/O.

use std::fmt;

use super::event::{self, Fail, Frame, WatchEvent};
use super::problem::WatchProblem;
use crate::model::error::{ErrorKind, Problem, Result, samples};
use crate::model::json::Pieces;
use crate::model::object::{Front, Object};

/// The largest frame that is taken in: what the API server allows a request, times a good
/// margin for managed fields, and what client-go allows ([rule W4](crate::semantics#w4)).
const LARGEST_FRAME: usize = 16 << 20;

/// Splits a stream of concatenated JSON values into frames.
///
/// Bytes go in as they arrive, in pieces of any size; whole frames come out. Frames need no
/// line breaks between them ([rule W1](crate::semantics#w1)). Each byte is looked at once, however
/// small the pieces are. Whether a frame is good JSON is not judged here, only where it ends.
///
/// ```
/// use kubewright::WatchDecoder;
///
/// let mut decoder = WatchDecoder::new();
/// decoder.push(b"{\"type\":\"ADDED\",\"object\":{\"a\":\"}\"}}\n{\"type\"");
/// assert_eq!(decoder.next_frame().unwrap()?, "{\"type\":\"ADDED\",\"object\":{\"a\":\"}\"}}");
/// assert!(decoder.next_frame().is_none());
/// # Ok::<(), kubewright::FrameError>(())
/// ```
#[derive(Debug)]
pub struct WatchDecoder {
    pieces: Pieces,
    limit: usize,
    failed: bool,
}

/// Why a stream of bytes is not a stream of frames. Nothing can follow.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// A frame is larger than allowed, in bytes.
    TooLarge {
        /// The largest allowed.
        limit: usize,
    },
    /// A frame does not begin with `{`.
    NotAnObject,
    /// A frame is not UTF-8.
    NotUtf8,
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FrameError::TooLarge { limit } => {
                write!(f, "a watch frame is larger than {limit} bytes")
            }
            FrameError::NotAnObject => f.write_str("a watch frame is not a JSON object"),
            FrameError::NotUtf8 => f.write_str("a watch frame is not UTF-8"),
        }
    }
}

impl std::error::Error for FrameError {}

impl Problem for FrameError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Decode
    }
}

samples!(FrameError {
    FrameError::TooLarge { .. } => [FrameError::TooLarge {
        limit: LARGEST_FRAME,
    }],
    FrameError::NotAnObject => [FrameError::NotAnObject],
    FrameError::NotUtf8 => [FrameError::NotUtf8],
});

impl Default for WatchDecoder {
    fn default() -> Self {
        WatchDecoder::new()
    }
}

impl WatchDecoder {
    /// A decoder at the beginning of a stream, for frames of up to 16 MiB.
    pub fn new() -> Self {
        WatchDecoder::with_limit(LARGEST_FRAME)
    }

    /// A decoder for frames of up to `limit` bytes.
    pub fn with_limit(limit: usize) -> Self {
        WatchDecoder {
            pieces: Pieces::default(),
            limit,
            failed: false,
        }
    }

    /// Takes in what arrived.
    pub fn push(&mut self, bytes: &[u8]) {
        self.pieces.push(bytes);
    }

    /// The next whole frame; `None` when more bytes are needed, or after an error.
    pub fn next_frame(&mut self) -> Option<Result<String, FrameError>> {
        if !self.begins()? {
            return Some(self.fail(FrameError::NotAnObject));
        }
        let Some(end) = self.pieces.find_end() else {
            return self.unfinished().map(Err);
        };
        Some(match self.too_large(end) {
            Some(error) => self.fail(error),
            None => {
                let frame = self.pieces.rest()[..end].to_owned();
                self.pieces.pass(end);
                Ok(frame)
            }
        })
    }

    /// Reads the next whole frame where it lies, in one pass if it arrived in one piece.
    /// `None` when more bytes are needed, or after an error.
    pub(super) fn read<T>(&mut self, take: impl FnOnce(Frame<'_>) -> T) -> Option<Result<T>> {
        if !self.begins()? {
            return Some(Err(self.fail::<T>(FrameError::NotAnObject).err()?.into()));
        }
        if !self.pieces.may_be_whole() {
            return self.unfinished().map(|error| Err(error.into()));
        }
        match Frame::scan_front(self.pieces.rest()) {
            Ok((frame, end)) if end <= self.limit => {
                let taken = take(frame);
                self.pieces.pass(end);
                Some(Ok(taken))
            }
            Ok((_, end)) => self.too_large(end).map(|error| {
                self.failed = true;
                Err(error.into())
            }),
            Err(error) if error.is_truncated() => {
                self.pieces.is_cut();
                self.unfinished().map(|error| Err(error.into()))
            }
            Err(source) => {
                self.failed = true;
                Some(Err(WatchProblem::NotJson { source }.into()))
            }
        }
    }

    /// Reads the next whole frame as an event: in one pass where the type of its object can, and
    /// otherwise as [`read`](Self::read) does.
    pub(super) fn read_event<K: Object>(&mut self) -> Option<Result<Result<WatchEvent<K>, Fail>>> {
        if self.begins()? && self.pieces.may_be_whole() {
            match WatchEvent::read_front(self.pieces.rest()) {
                Front::Whole(event, end) if end <= self.limit => {
                    self.pieces.pass(end);
                    return Some(Ok(Ok(event)));
                }
                Front::Cut => {
                    self.pieces.is_cut();
                    return self.unfinished().map(|error| Err(error.into()));
                }
                _ => {}
            }
        }
        self.read(event::of_object)
    }

    /// Whether the stream stopped in the middle of a frame.
    pub fn is_mid_frame(&self) -> bool {
        !self.pieces.rest().trim_ascii_start().is_empty()
    }

    /// Whether a frame begins; `None` when nothing is there, or nothing can follow.
    fn begins(&mut self) -> Option<bool> {
        if self.failed {
            return None;
        }
        match self.pieces.peek() {
            Some(byte) => Some(byte == b'{'),
            None => self.pieces.is_broken().then_some(false),
        }
    }

    /// The error of a frame whose end has not arrived.
    fn unfinished(&mut self) -> Option<FrameError> {
        let so_far = self.pieces.rest().len();
        let not_utf8 = || self.pieces.is_broken().then_some(FrameError::NotUtf8);
        let error = self.too_large(so_far).or_else(not_utf8);
        self.failed = error.is_some();
        error
    }

    fn too_large(&self, length: usize) -> Option<FrameError> {
        (length > self.limit).then_some(FrameError::TooLarge { limit: self.limit })
    }

    fn fail<T>(&mut self, error: FrameError) -> Result<T, FrameError> {
        self.failed = true;
        Err(error)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn frames(decoder: &mut WatchDecoder) -> Vec<Result<String, FrameError>> {
        std::iter::from_fn(|| decoder.next_frame()).collect()
    }

    #[test]
    fn frames_need_no_line_breaks() {
        // Rule W1
        let mut decoder = WatchDecoder::new();
        decoder.push(b" {\"a\":[1,{}]}{\"b\":\"{\\\"}\"}\n\n{}");
        let found: Vec<_> = frames(&mut decoder)
            .into_iter()
            .map(Result::unwrap)
            .collect();
        assert_eq!(found, ["{\"a\":[1,{}]}", "{\"b\":\"{\\\"}\"}", "{}"]);
        assert!(!decoder.is_mid_frame());
    }

    #[test]
    fn a_truncated_frame_waits() {
        // Rule W3
        let mut decoder = WatchDecoder::new();
        decoder.push(b"{\"a\":\"\\");
        assert!(decoder.next_frame().is_none() && decoder.is_mid_frame());
        decoder.push(b"\"\"}");
        assert_eq!(
            decoder.next_frame(),
            Some(Ok("{\"a\":\"\\\"\"}".to_owned()))
        );
    }

    #[test]
    fn a_stream_of_other_values_fails_once() {
        for (bytes, error) in [
            (&b"garbage"[..], FrameError::NotAnObject),
            (b"[{}]", FrameError::NotAnObject),
            (b"}", FrameError::NotAnObject),
            (b"{\"a\":\"\xff\"}", FrameError::NotUtf8),
        ] {
            let mut decoder = WatchDecoder::new();
            decoder.push(bytes);
            assert_eq!(frames(&mut decoder), [Err(error)]);
            decoder.push(b"{}");
            assert!(decoder.next_frame().is_none());
        }
    }

    #[test]
    fn a_frame_without_end_is_refused_before_memory_is() {
        // Rule W4
        let mut decoder = WatchDecoder::with_limit(1000);
        decoder.push(b"{\"a\":\"");
        for _ in 0..12 {
            decoder.push(&[b'x'; 100]);
            if let Some(frame) = decoder.next_frame() {
                assert_eq!(frame, Err(FrameError::TooLarge { limit: 1000 }));
                return;
            }
        }
        panic!("the frame grew without end");
    }

    #[test]
    fn a_frame_that_is_whole_is_held_to_the_limit_too_and_nothing_follows_a_bad_one() {
        // Rules W4, W2
        let frame = |length: usize| {
            let text = r#"{"type":"ADDED","object":{"a":""}}"#;
            text.replace(r#""""#, &format!("\"{}\"", "x".repeat(length - text.len())))
        };
        for (bytes, fine) in [
            (frame(100), true),
            (frame(101), false),
            (r#"{"type" 1}"#.to_owned(), false),
        ] {
            let mut decoder = WatchDecoder::with_limit(100);
            decoder.push(bytes.as_bytes());
            assert_eq!(decoder.read(|_| ()).unwrap().is_ok(), fine, "{bytes}");
            decoder.push(frame(50).as_bytes());
            assert_eq!(decoder.read(|_| ()).is_some(), fine, "{bytes}");
        }
        for (length, fine) in [(100, true), (101, false)] {
            let mut decoder = WatchDecoder::with_limit(100);
            decoder.push(frame(length).as_bytes());
            assert_eq!(frames(&mut decoder)[0].is_ok(), fine);
        }
    }

    fn document() -> impl Strategy<Value = String> {
        let text = proptest::collection::vec(any::<String>(), 0..4);
        text.prop_map(|strings| {
            let value = serde_json::json!({"type": "ADDED", "object": {"list": strings, "s": strings.concat()}});
            value.to_string()
        })
    }

    type Event = Result<WatchEvent<crate::PartialObjectMetadata>, Fail>;

    /// The frames of a text in pieces, in words.
    fn events(
        bytes: &[u8],
        sizes: &[usize],
        read: impl Fn(&mut WatchDecoder) -> Option<Result<Event>>,
    ) -> Vec<String> {
        let mut decoder = WatchDecoder::with_limit(200);
        let (mut said, mut rest, mut sizes) = (Vec::new(), bytes, sizes.iter().cycle());
        while !rest.is_empty() {
            let (piece, after) = rest.split_at((*sizes.next().unwrap()).min(rest.len()));
            decoder.push(piece);
            rest = after;
            while let Some(event) = read(&mut decoder) {
                let event = event.and_then(|event| event.map_err(crate::Error::from));
                said.push(event.map_or_else(|e| e.to_string(), |event| format!("{event:?}")));
            }
        }
        said
    }

    proptest! {
        /// However the bytes are cut, the same frames come out.
        #[test]
        fn pieces_do_not_matter(documents in prop::collection::vec(document(), 0..6), cuts in prop::collection::vec(1usize..40, 1..50), newline: bool) {
            let joined = documents.join(if newline { "\n" } else { "" });
            let mut decoder = WatchDecoder::new();
            let mut found = Vec::new();
            let (mut rest, mut cuts) = (joined.as_bytes(), cuts.iter().cycle());
            while !rest.is_empty() {
                let (piece, after) = rest.split_at((*cuts.next().unwrap()).min(rest.len()));
                decoder.push(piece);
                found.extend(frames(&mut decoder).into_iter().map(Result::unwrap));
                rest = after;
            }
            prop_assert_eq!(found, documents);
        }

        /// An event that is read in one pass is the one that a check and a reading give.
        #[test]
        fn one_pass_reads_what_two_do(
            names in prop::collection::vec((any::<String>(), any::<bool>(), any::<bool>()), 0..5),
            at: prop::sample::Index, byte: Option<u8>, sizes in prop::collection::vec(1usize..60, 1..20),
        ) {
            let frames = names.iter().map(|(name, is_odd, is_swapped)| {
                let labels = if *is_odd { "[]" } else { r#"{"a":"b"}"# };
                let object = format!(r#""object":{{"metadata":{{"name":{name:?},"labels":{labels}}},"spec":[1]}}"#);
                let kind = r#""type":"MODIFIED""#;
                match is_swapped {
                    true => format!("{{{object},{kind}}}"),
                    false => format!("{{{kind},{object}}}"),
                }
            });
            let mut bytes = frames.collect::<String>().into_bytes();
            if let (Some(byte), false) = (byte, bytes.is_empty()) {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let once = events(&bytes, &sizes, WatchDecoder::read_event);
            prop_assert_eq!(once, events(&bytes, &sizes, |decoder| decoder.read(event::of_object)));
        }

        #[test]
        fn nothing_makes_it_panic(pieces in prop::collection::vec(prop::collection::vec(prop::sample::select(b"{}[]\"\\ x\n\xff".to_vec()), 0..20), 0..20)) {
            let mut decoder = WatchDecoder::with_limit(64);
            for piece in pieces {
                decoder.push(&piece);
                frames(&mut decoder);
            }
        }
    }
}
