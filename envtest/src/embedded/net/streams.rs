//! The streams of one connection, followed in its bytes, and the GOAWAY that ends it as Go's server
//! does: one frame with the highest stream seen, the rest is served, later streams are dropped.
//!
//! A state machine without a socket. A connection of HTTP/1.1 passes through it untouched.

use std::collections::BTreeSet;

use bytes::BytesMut;

use super::frames::{self, Cutter, HEADERS, Head, Piece, RST_STREAM};

/// The first bytes of a client that speaks HTTP/2.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Protocol {
    /// So many bytes of the preface have been seen.
    Unknown(usize),
    Http1,
    Http2,
}

#[derive(Debug)]
pub(super) struct Streams {
    protocol: Protocol,
    inbound: Cutter,
    outbound: Cutter,
    /// Whether our settings are out: nothing may come before them.
    begun: bool,
    highest: u32,
    open: BTreeSet<u32>,
    /// The last stream that is served, once GOAWAY is out.
    last: Option<u32>,
    /// Whether the frame that is arriving is dropped.
    dropping: bool,
    /// Bytes of dropped frames, which the client's window lacks.
    dropped: u32,
}

impl Streams {
    pub(super) fn new() -> Self {
        Self {
            protocol: Protocol::Unknown(0),
            inbound: Cutter::default(),
            outbound: Cutter::default(),
            begun: false,
            highest: 0,
            open: BTreeSet::new(),
            last: None,
            dropping: false,
            dropped: 0,
        }
    }

    /// Takes bytes of the client and appends to `pass` those that the server may see.
    pub(super) fn receive(&mut self, mut bytes: &[u8], pass: &mut BytesMut) {
        pass.extend_from_slice(self.preface(&mut bytes));
        if self.protocol != Protocol::Http2 {
            return;
        }
        while let Some(piece) = self.inbound.cut(&mut bytes) {
            match piece {
                Piece::Head(head, raw) => {
                    self.arrives(head);
                    if !self.dropping {
                        pass.extend_from_slice(&raw);
                    }
                }
                Piece::Payload(payload) if !self.dropping => pass.extend_from_slice(payload),
                Piece::Payload(_) => {}
            }
        }
    }

    /// Takes bytes that were written to the client.
    pub(super) fn sent(&mut self, mut bytes: &[u8]) {
        if self.protocol != Protocol::Http2 {
            return;
        }
        while let Some(piece) = self.outbound.cut(&mut bytes) {
            if let Piece::Head(head, _) = piece {
                self.begun = true;
                if head.ends_stream() || head.kind == RST_STREAM {
                    self.open.remove(&head.stream);
                }
            }
        }
    }

    /// The frame that ends the connection, once; `None` while it cannot be sent.
    pub(super) fn go_away(&mut self) -> Option<[u8; frames::HEAD + 8]> {
        let can = self.protocol == Protocol::Http2 && self.may_interject() && self.last.is_none();
        can.then(|| {
            self.last = Some(self.highest);
            frames::go_away(self.highest)
        })
    }

    /// Gives the client back what dropped frames took from its window of the connection.
    pub(super) fn window_update(&mut self) -> Option<[u8; frames::HEAD + 4]> {
        let can = self.dropped > 0 && self.may_interject();
        can.then(|| frames::window_update(std::mem::take(&mut self.dropped)))
    }

    /// Whether a frame of ours can be written now.
    fn may_interject(&self) -> bool {
        self.begun && self.outbound.is_between_frames()
    }

    /// How many of `length` bytes may be written before a frame of ours gets its chance.
    pub(super) fn writable(&self, length: usize) -> usize {
        match self.protocol {
            Protocol::Http2 => self.outbound.within_frame(length),
            Protocol::Unknown(_) | Protocol::Http1 => length,
        }
    }

    /// Whether GOAWAY is out and everything before it has been served.
    pub(super) fn are_served(&self) -> bool {
        self.last.is_some() && self.open.is_empty()
    }

    /// The bytes that begin the connection, as far as they are not frames.
    fn preface<'a>(&mut self, bytes: &mut &'a [u8]) -> &'a [u8] {
        let Protocol::Unknown(seen) = self.protocol else {
            let all = match self.protocol {
                Protocol::Http1 => bytes.len(),
                _ => 0,
            };
            return bytes.split_off(..all).unwrap_or_default();
        };
        let (expected, length) = (&PREFACE[seen..], (PREFACE.len() - seen).min(bytes.len()));
        if bytes[..length] != expected[..length] {
            self.protocol = Protocol::Http1;
            return std::mem::take(bytes);
        }
        self.protocol = match seen + length {
            all if all == PREFACE.len() => Protocol::Http2,
            part => Protocol::Unknown(part),
        };
        bytes.split_off(..length).unwrap_or_default()
    }

    fn arrives(&mut self, head: Head) {
        self.dropping = self.last.is_some_and(|last| head.stream > last);
        if self.dropping {
            if head.kind == frames::DATA {
                self.dropped = self.dropped.saturating_add(head.length);
            }
            return;
        }
        match head.kind {
            HEADERS if head.stream > self.highest => {
                self.highest = head.stream;
                self.open.insert(head.stream);
            }
            RST_STREAM => {
                self.open.remove(&head.stream);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::frames::tests::frame;
    use super::super::frames::{DATA, END_STREAM};
    use super::*;

    const SETTINGS: u8 = 0x4;

    fn begun() -> Streams {
        let mut streams = Streams::new();
        let mut pass = BytesMut::new();
        let hello = [PREFACE.to_vec(), frame(SETTINGS, 0, 0, 0)].concat();
        for byte in hello.chunks(1) {
            streams.receive(byte, &mut pass);
        }
        assert_eq!(pass, hello);
        streams
    }

    fn passed(streams: &mut Streams, bytes: &[u8]) -> bool {
        let mut pass = BytesMut::new();
        for byte in bytes.chunks(1) {
            streams.receive(byte, &mut pass);
        }
        assert!(pass.is_empty() || pass == bytes, "{pass:?}");
        !pass.is_empty()
    }

    #[test]
    fn a_connection_of_http1_is_left_alone() {
        let mut streams = Streams::new();
        assert!(passed(&mut streams, b"PRIME /version HTTP/1.1\r\n\r\n"));
        streams.sent(b"HTTP/1.1 200 OK\r\n\r\n");
        assert_eq!(streams.go_away(), None);
        assert_eq!(streams.writable(77), 77);
    }

    #[test]
    fn go_away_waits_for_our_settings_and_for_the_end_of_a_frame() {
        let mut streams = begun();
        assert_eq!(streams.go_away(), None);
        let data = frame(DATA, 0, 1, 4);
        streams.sent(&data[..11]);
        assert_eq!((streams.go_away(), streams.writable(50)), (None, 2));
        streams.sent(&data[11..]);
        assert_eq!(streams.go_away(), Some(frames::go_away(0)));
        assert_eq!(streams.go_away(), None);
    }

    #[test]
    fn streams_up_to_the_last_are_served_and_later_ones_dropped() {
        let mut streams = begun();
        streams.sent(&frame(SETTINGS, 0, 0, 0));
        assert!(passed(&mut streams, &frame(HEADERS, END_STREAM, 1, 9)));
        assert!(passed(&mut streams, &frame(HEADERS, 0, 3, 9)));
        assert_eq!(streams.go_away(), Some(frames::go_away(3)));
        assert!(passed(&mut streams, &frame(DATA, END_STREAM, 3, 9)));
        assert!(passed(&mut streams, &frame(SETTINGS, 0, 0, 0)));
        assert_eq!(streams.window_update(), None);
        assert!(!passed(&mut streams, &frame(HEADERS, 0, 5, 9)));
        assert!(!passed(&mut streams, &frame(DATA, END_STREAM, 5, 7)));
        assert_eq!(streams.window_update(), Some(frames::window_update(7)));
        assert_eq!(streams.window_update(), None);

        assert!(!streams.are_served());
        streams.sent(&frame(HEADERS, END_STREAM, 1, 2));
        assert!(!streams.are_served());
        assert!(passed(&mut streams, &frame(RST_STREAM, 0, 3, 4)));
        assert!(streams.are_served());
    }
}
