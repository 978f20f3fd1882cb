//! Text that arrives in pieces, and where the value at its front ends.
//!
//! A value that lies whole in what has arrived is read at once, in one pass. One that does
//! not is read again with the next piece, and then waited for: its end is looked for as the
//! bytes come, each looked at once, however small the pieces are, and only then it is read. Nothing is judged here but UTF-8.

use kubewright_table::scan::plain_end;

/// An emptied buffer that is larger gives its memory back.
const KEPT: usize = 1 << 20;
/// A value that was cut so often is read when its end has come.
const ATTEMPTS: u32 = 2;

/// The text that has arrived and was not passed yet.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    text: String,
    /// How much of `text` was passed.
    start: usize,
    /// The beginning of a character whose end has not arrived.
    cut: Vec<u8>,
    /// The bytes after `text` are not UTF-8.
    broken: bool,
    end: Option<EndSearch>,
    /// How often the value at the front was found cut.
    attempts: u32,
}

/// How far the end of the value at the front was looked for.
#[derive(Debug, Default)]
struct EndSearch {
    /// Bytes of the front that were looked at; one more where a backslash was the last.
    done: usize,
    depth: u32,
    in_string: bool,
    has_ended: bool,
}

impl Pieces {
    /// Takes in what arrived.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.make_room();
        if self.broken {
            return;
        }
        if self.cut.is_empty() {
            self.push_whole(bytes);
        } else {
            let mut joined = std::mem::take(&mut self.cut);
            joined.extend_from_slice(bytes);
            self.push_whole(&joined);
        }
    }

    /// What was passed makes room first, so that this holds one value and one read.
    fn make_room(&mut self) {
        self.text.drain(..self.start);
        self.start = 0;
        if self.text.is_empty() && self.text.capacity() > KEPT {
            self.text = String::new();
        }
    }

    fn push_whole(&mut self, bytes: &[u8]) {
        let error = match std::str::from_utf8(bytes) {
            Ok(text) => return self.text.push_str(text),
            Err(error) => error,
        };
        let (good, bad) = bytes.split_at(error.valid_up_to());
        self.text
            .push_str(std::str::from_utf8(good).unwrap_or_default());
        self.broken = error.error_len().is_some();
        if !self.broken {
            self.cut = bad.to_vec();
        }
    }

    /// The text that was not passed yet.
    pub(crate) fn rest(&self) -> &str {
        &self.text[self.start..]
    }

    /// Leaves what was read behind.
    pub(crate) fn pass(&mut self, bytes: usize) {
        self.start += bytes;
        self.end = None;
        self.attempts = 0;
    }

    /// Leaves white space behind and looks at the byte after it.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        if self.end.is_none() {
            let rest = self.rest();
            self.start += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        }
        self.rest().as_bytes().first().copied()
    }

    /// Whether nothing more can be read because what follows is not UTF-8.
    pub(crate) fn is_broken(&self) -> bool {
        self.broken
    }

    /// Whether an object or array at the front could be whole: not known to be cut.
    pub(crate) fn may_be_whole(&mut self) -> bool {
        self.end.is_none() || self.find_end().is_some()
    }

    /// The object or array at the front was found cut. Most need one more piece, and then
    /// reading again is the shortest way; the end of the others is looked for.
    pub(crate) fn is_cut(&mut self) {
        self.attempts += 1;
        if self.attempts >= ATTEMPTS {
            self.find_end();
        }
    }

    /// Leaves what has arrived of the object or array at the front behind, and goes on
    /// looking for its end. Says whether that has come.
    pub(crate) fn discard(&mut self) -> bool {
        let found = self.find_end();
        let arrived = found.unwrap_or(self.rest().len());
        self.start += arrived;
        if let Some(search) = &mut self.end {
            search.done -= arrived;
        }
        if found.is_some() {
            self.end = None;
        }
        found.is_some()
    }

    /// Where the object or array at the front ends.
    pub(crate) fn find_end(&mut self) -> Option<usize> {
        let search = self.end.get_or_insert_default();
        search.advance(&self.text.as_bytes()[self.start..])
    }
}

impl EndSearch {
    /// Looks on, at the same front with more behind it; an end that was found stays found.
    fn advance(&mut self, front: &[u8]) -> Option<usize> {
        if self.has_ended {
            return Some(self.done);
        }
        while let Some(&byte) = front.get(self.done) {
            if self.in_string {
                self.pass_string_part(front);
                continue;
            }
            self.done += 1;
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        self.has_ended = true;
                        return Some(self.done);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Passes plain content up to a quote or backslash, and that. A backslash takes the
    /// next byte with it, which may not have arrived: `done` then runs ahead by one.
    fn pass_string_part(&mut self, front: &[u8]) {
        self.done = plain_end(front, self.done);
        match front.get(self.done) {
            Some(b'"') => {
                self.in_string = false;
                self.done += 1;
            }
            Some(b'\\') => self.done += 2,
            // A control character is the validator's to refuse.
            Some(_) => self.done += 1,
            None => {}
        }
    }
}
