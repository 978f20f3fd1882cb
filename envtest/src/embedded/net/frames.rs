//! Frames of HTTP/2 in a stream of bytes: their heads, and where each one ends.

/// The length of a frame's head.
pub(super) const HEAD: usize = 9;

pub(super) const DATA: u8 = 0x0;
pub(super) const HEADERS: u8 = 0x1;
pub(super) const RST_STREAM: u8 = 0x3;
const GOAWAY: u8 = 0x7;
const WINDOW_UPDATE: u8 = 0x8;
pub(super) const END_STREAM: u8 = 0x1;

/// The head of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) length: u32,
    pub(super) kind: u8,
    pub(super) flags: u8,
    pub(super) stream: u32,
}

impl Head {
    fn parse([a, b, c, kind, flags, stream @ ..]: [u8; HEAD]) -> Self {
        Self {
            length: u32::from_be_bytes([0, a, b, c]),
            kind,
            flags,
            // The first bit is reserved.
            stream: u32::from_be_bytes(stream) & (u32::MAX >> 1),
        }
    }

    pub(super) fn ends_stream(self) -> bool {
        matches!(self.kind, DATA | HEADERS) && self.flags & END_STREAM != 0
    }
}

/// A part of the stream that belongs to one frame.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Head(Head, [u8; HEAD]),
    Payload(&'a [u8]),
}

/// Cuts bytes that arrive in pieces of any size into the parts of frames.
#[derive(Clone, Debug, Default)]
pub(super) struct Cutter {
    head: [u8; HEAD],
    have: usize,
    payload: usize,
}

impl Cutter {
    /// The next part, which `bytes` loses; `None` when all bytes are taken.
    pub(super) fn cut<'a>(&mut self, bytes: &mut &'a [u8]) -> Option<Piece<'a>> {
        if self.payload > 0 && !bytes.is_empty() {
            let (part, rest) = bytes.split_at(self.payload.min(bytes.len()));
            self.payload -= part.len();
            *bytes = rest;
            return Some(Piece::Payload(part));
        }
        let (part, rest) = bytes.split_at((HEAD - self.have).min(bytes.len()));
        self.head[self.have..self.have + part.len()].copy_from_slice(part);
        self.have += part.len();
        *bytes = rest;
        if self.have < HEAD {
            return None;
        }
        self.have = 0;
        let head = Head::parse(self.head);
        self.payload = head.length as usize;
        Some(Piece::Head(head, self.head))
    }

    /// Whether the next byte begins a frame.
    pub(super) fn is_between_frames(&self) -> bool {
        self.have == 0 && self.payload == 0
    }

    /// How many of `length` bytes can be taken for certain before a frame ends.
    pub(super) fn within_frame(&self, length: usize) -> usize {
        match self.payload {
            0 => (HEAD - self.have).min(length),
            payload => payload.min(length),
        }
    }
}

/// GOAWAY with the reason NO_ERROR.
pub(super) fn go_away(last: u32) -> [u8; HEAD + 8] {
    let mut frame = [0; HEAD + 8];
    frame[2] = 8;
    frame[3] = GOAWAY;
    frame[HEAD..HEAD + 4].copy_from_slice(&last.to_be_bytes());
    frame
}

/// WINDOW_UPDATE of the connection.
pub(super) fn window_update(increment: u32) -> [u8; HEAD + 4] {
    let mut frame = [0; HEAD + 4];
    frame[2] = 4;
    frame[3] = WINDOW_UPDATE;
    frame[HEAD..].copy_from_slice(&increment.to_be_bytes());
    frame
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A frame with zeros as its payload.
    pub(crate) fn frame(kind: u8, flags: u8, stream: u32, length: u8) -> Vec<u8> {
        let mut frame = vec![0, 0, length, kind, flags];
        frame.extend(stream.to_be_bytes());
        frame.resize(HEAD + usize::from(length), 0);
        frame
    }

    #[test]
    fn frames_are_found_however_the_bytes_are_split() {
        let bytes = [
            frame(HEADERS, END_STREAM, 3, 5),
            frame(DATA, 0, 0x8000_0001, 0),
            go_away(7).to_vec(),
        ]
        .concat();
        for size in 1..=bytes.len() {
            let mut cutter = Cutter::default();
            let (mut heads, mut payload) = (Vec::new(), 0);
            for mut chunk in bytes.chunks(size) {
                while let Some(piece) = cutter.cut(&mut chunk) {
                    match piece {
                        Piece::Head(head, _) => heads.push((head.kind, head.stream, head.length)),
                        Piece::Payload(bytes) => payload += bytes.len(),
                    }
                }
            }
            let expected = [(HEADERS, 3, 5), (DATA, 1, 0), (GOAWAY, 0, 8)];
            assert_eq!((heads.as_slice(), payload), (&expected[..], 13), "{size}");
            assert!(cutter.is_between_frames());
        }
    }

    #[test]
    fn the_end_of_a_frame_is_never_passed() {
        let mut cutter = Cutter::default();
        assert_eq!(cutter.within_frame(100), HEAD);
        cutter.cut(&mut &frame(DATA, 0, 1, 5)[..HEAD + 2]);
        assert_eq!(cutter.within_frame(100), 5);
    }
}
