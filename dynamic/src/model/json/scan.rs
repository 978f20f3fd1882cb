//! The scanner: a cursor over JSON text that validates what it passes.

mod skip;

use std::borrow::Cow;
use std::fmt;

/// How deep arrays and objects may nest: one less than `serde_json` refuses.
const MAX_DEPTH: u32 = 127;
/// From this many bytes on a plain number may overflow a double, and is asked of `serde_json`.
const SUSPICIOUS_NUMBER: usize = 300;

/// Why a text is not JSON, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct JsonError {
    /// Byte offset in the text that was scanned.
    pub(crate) offset: usize,
    /// What stood there, or should have.
    pub(crate) problem: &'static str,
    /// The text ended before the value did: more of it could make it whole.
    pub(crate) truncated: bool,
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.problem, self.offset)
    }
}

impl std::error::Error for JsonError {}

/// A string as it stands in the text, quotes left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct JsonString<'a> {
    /// The text between the quotes.
    pub(crate) raw: &'a str,
    /// Where that text begins.
    pub(crate) start: usize,
    /// Whether `raw` has a backslash, so that it is not the value itself.
    pub(crate) escaped: bool,
}

impl<'a> JsonString<'a> {
    /// The value; borrowed when nothing is escaped.
    pub(crate) fn value(&self) -> Cow<'a, str> {
        if !self.escaped {
            return Cow::Borrowed(self.raw);
        }
        // The scanner has checked the escapes, so this cannot fail; an empty string is the
        // honest answer if it ever did.
        let decoded = serde_json::from_str::<String>(&format!("\"{}\"", self.raw));
        Cow::Owned(decoded.unwrap_or_default())
    }

    /// Whether the value is `text`.
    pub(crate) fn is(&self, text: &str) -> bool {
        if self.escaped {
            self.value() == text
        } else {
            self.raw == text
        }
    }
}

/// A cursor over JSON text.
///
/// Each method passes one thing and leaves the cursor behind it; white space in front is
/// skipped. After an error the position is of no use.
pub(crate) struct Scanner<'a> {
    text: &'a str,
    pos: usize,
    /// How many arrays and objects the cursor is in.
    depth: u32,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Scanner::within(text, 0)
    }

    /// A cursor over text that is so deep in another value.
    pub(super) fn within(text: &'a str, depth: u32) -> Self {
        Scanner {
            text,
            pos: 0,
            depth,
        }
    }

    pub(crate) fn position(&self) -> usize {
        self.pos
    }

    /// The text between an earlier position and the cursor.
    pub(super) fn passed(&self, start: usize) -> &'a str {
        &self.text[start..self.pos]
    }

    /// Passes one value of any kind and says where it stands.
    pub(crate) fn value(&mut self) -> Result<std::ops::Range<usize>, JsonError> {
        self.skip_space();
        let start = self.pos;
        self.skip_nested()?;
        Ok(start..self.pos)
    }

    /// Fails unless only white space is left.
    pub(crate) fn end(&mut self) -> Result<(), JsonError> {
        match self.next_byte() {
            None => Ok(()),
            Some(_) => Err(self.error("text after the value")),
        }
    }

    /// Passes an object, handing each key and the cursor at its value to `member`, which
    /// must pass that value.
    pub(crate) fn object<E: From<JsonError>>(
        &mut self,
        mut member: impl FnMut(&mut Self, JsonString<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.expect(b'{', "expected an object")?;
        self.enter()?;
        if !self.accept(b'}') {
            let key = self.key()?;
            member(self, key)?;
            self.more_members(member)?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// Passes the members of an object that follow one, and its end.
    pub(crate) fn more_members<E: From<JsonError>>(
        &mut self,
        mut member: impl FnMut(&mut Self, JsonString<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        while !self.accept(b'}') {
            self.expect(b',', "expected `,` or `}`")?;
            let key = self.key()?;
            member(self, key)?;
        }
        Ok(())
    }

    /// Passes an array, handing the cursor at each element to `element`, which must pass it.
    pub(crate) fn array<E: From<JsonError>>(
        &mut self,
        mut element: impl FnMut(&mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        self.expect(b'[', "expected an array")?;
        self.enter()?;
        if !self.accept(b']') {
            loop {
                element(self)?;
                if self.accept(b']') {
                    break;
                }
                self.expect(b',', "expected `,` or `]`")?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    /// Passes a string.
    pub(crate) fn string(&mut self) -> Result<JsonString<'a>, JsonError> {
        self.expect(b'"', "expected a string")?;
        self.string_body()
    }

    /// The next byte that is not white space, not passed.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        self.next_byte()
    }

    fn key(&mut self) -> Result<JsonString<'a>, JsonError> {
        self.expect(b'"', "expected a key in quotes")?;
        let key = self.string_body()?;
        self.expect(b':', "expected `:`")?;
        Ok(key)
    }

    #[inline]
    fn enter(&mut self) -> Result<(), JsonError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error("nested too deeply"));
        }
        self.depth += 1;
        Ok(())
    }

    fn scalar(&mut self) -> Result<(), JsonError> {
        match self.next_byte() {
            Some(b'"') => {
                self.pos += 1;
                self.skip_string().map(drop)
            }
            Some(b't') => self.literal("true"),
            Some(b'f') => self.literal("false"),
            Some(b'n') => self.literal("null"),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => Err(self.error("expected a value")),
            None => Err(self.truncated()),
        }
    }

    fn literal(&mut self, word: &'static str) -> Result<(), JsonError> {
        let rest = self.bytes_from(self.pos);
        if rest.starts_with(word.as_bytes()) {
            self.pos += word.len();
            return Ok(());
        }
        if word.as_bytes().starts_with(rest) {
            return Err(self.truncated());
        }
        Err(self.error("expected a value"))
    }

    fn number(&mut self) -> Result<(), JsonError> {
        let start = self.pos;
        if self.at() == Some(b'-') {
            self.pos += 1;
        }
        if self.at() == Some(b'0') {
            self.pos += 1;
        } else {
            self.digits()?;
        }
        if self.at() == Some(b'.') {
            self.pos += 1;
            self.digits()?;
        }
        let has_exponent = matches!(self.at(), Some(b'e' | b'E'));
        if has_exponent {
            self.pos += 1;
            if matches!(self.at(), Some(b'+' | b'-')) {
                self.pos += 1;
            }
            self.digits()?;
        }
        if has_exponent || self.pos - start >= SUSPICIOUS_NUMBER {
            self.number_in_range(start)?;
        }
        Ok(())
    }

    /// `1e400` is good JSON that no double holds: refused here, so that opening cannot fail.
    fn number_in_range(&self, start: usize) -> Result<(), JsonError> {
        match serde_json::from_str::<f64>(&self.text[start..self.pos]) {
            Ok(_) => Ok(()),
            Err(_) => Err(JsonError {
                offset: start,
                problem: "number out of range",
                truncated: false,
            }),
        }
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        let start = self.pos;
        while matches!(self.at(), Some(b'0'..=b'9')) {
            self.pos += 1;
        }
        match (self.pos > start, self.at()) {
            (true, _) => Ok(()),
            (false, None) => Err(self.truncated()),
            (false, Some(_)) => Err(self.error("expected a digit")),
        }
    }

    /// Passes the rest of a string whose opening quote is passed.
    fn string_body(&mut self) -> Result<JsonString<'a>, JsonError> {
        let start = self.pos;
        let escaped = self.skip_string()?;
        Ok(JsonString {
            raw: &self.text[start..self.pos - 1],
            start,
            escaped,
        })
    }

    /// As [`Scanner::string_body`], for a string that nobody wants; says whether it has
    /// escapes.
    fn skip_string(&mut self) -> Result<bool, JsonError> {
        let mut escaped = false;
        loop {
            self.pos += plain_prefix(self.bytes_from(self.pos));
            match self.at() {
                Some(b'"') => {
                    self.pos += 1;
                    return Ok(escaped);
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(_) => return Err(self.error("control character in a string")),
                None => return Err(self.truncated()),
            }
        }
    }

    fn escape(&mut self) -> Result<(), JsonError> {
        self.pos += 1;
        match self.at() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.pos += 1;
                Ok(())
            }
            Some(b'u') => {
                self.pos += 1;
                self.unicode_escape()
            }
            Some(_) => Err(self.error("unknown escape in a string")),
            None => Err(self.truncated()),
        }
    }

    /// `\uXXXX`, and a second one where the first is half of a pair.
    fn unicode_escape(&mut self) -> Result<(), JsonError> {
        match self.four_hex()? {
            0xD800..=0xDBFF => {
                for expected in [b'\\', b'u'] {
                    match self.at() {
                        Some(byte) if byte == expected => self.pos += 1,
                        Some(_) => return Err(self.error("lone surrogate in a string")),
                        None => return Err(self.truncated()),
                    }
                }
                match self.four_hex()? {
                    0xDC00..=0xDFFF => Ok(()),
                    _ => Err(self.error("lone surrogate in a string")),
                }
            }
            0xDC00..=0xDFFF => Err(self.error("lone surrogate in a string")),
            _ => Ok(()),
        }
    }

    fn four_hex(&mut self) -> Result<u32, JsonError> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = match self.at() {
                Some(byte) => (byte as char).to_digit(16),
                None => return Err(self.truncated()),
            };
            code = code << 4 | digit.ok_or_else(|| self.error("expected four hex digits"))?;
            self.pos += 1;
        }
        Ok(code)
    }

    #[inline]
    fn expect(&mut self, byte: u8, problem: &'static str) -> Result<(), JsonError> {
        match self.next_byte() {
            Some(found) if found == byte => {
                self.pos += 1;
                Ok(())
            }
            Some(_) => Err(self.error(problem)),
            None => Err(self.truncated()),
        }
    }

    #[inline]
    fn accept(&mut self, byte: u8) -> bool {
        let found = self.next_byte() == Some(byte);
        self.pos += usize::from(found);
        found
    }

    #[inline]
    fn next_byte(&mut self) -> Option<u8> {
        self.skip_space();
        self.at()
    }

    #[inline]
    fn skip_space(&mut self) {
        while matches!(self.at(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.pos += 1;
        }
    }

    #[inline]
    fn at(&self) -> Option<u8> {
        self.text.as_bytes().get(self.pos).copied()
    }

    #[inline]
    fn bytes_from(&self, start: usize) -> &'a [u8] {
        self.text.as_bytes().get(start..).unwrap_or_default()
    }

    /// An error at the cursor.
    pub(crate) fn error(&self, problem: &'static str) -> JsonError {
        JsonError {
            offset: self.pos,
            problem,
            truncated: false,
        }
    }

    fn truncated(&self) -> JsonError {
        JsonError {
            offset: self.pos,
            problem: "the text ends inside a value",
            truncated: true,
        }
    }
}

/// How many bytes at the front of `bytes` are plain string content: no quote, backslash or
/// control character. Eight at a time: most of an object is string content.
#[inline]
pub(crate) fn plain_prefix(bytes: &[u8]) -> usize {
    let mut done = 0;
    while let Some(chunk) = bytes.get(done..).and_then(<[u8]>::first_chunk::<8>) {
        let hits = special_bytes(u64::from_le_bytes(*chunk));
        if hits != 0 {
            return done + (hits.trailing_zeros() / 8) as usize;
        }
        done += 8;
    }
    let rest = bytes.get(done..).unwrap_or_default();
    done + rest
        .iter()
        .position(|&byte| is_special(byte))
        .unwrap_or(rest.len())
}

fn is_special(byte: u8) -> bool {
    byte == b'"' || byte == b'\\' || byte < 0x20
}

/// The high bit of each byte of `word` that ends plain content. A borrow can set bits above
/// a true hit, never below, so the lowest one is exact.
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let below = |x: u64, limit: u8| x.wrapping_sub(ONES * u64::from(limit)) & !x;
    // With this bit turned over a quote stands among the control characters, right behind.
    let quotes_and_controls = below(word ^ (ONES * 0x02), b'"' - 1);
    let slashes = below(word ^ (ONES * u64::from(b'\\')), 1);
    (quotes_and_controls | slashes) & HIGH
}

#[cfg(test)]
mod tests;
