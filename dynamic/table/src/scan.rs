//! The scanner: a cursor over JSON text that validates what it passes, and decodes what is
//! asked for.
//!
//! It is the one reader of JSON text in kubewright: tables are filled from it, and the client
//! finds with it where the parts of objects, lists and watch frames are.
//!
//! The grammar is RFC 8259 as `serde_json` accepts it, limits included: what the scanner passes,
//! `serde_json` opens, and the other way round. Property tests hold the two together. Equal keys
//! are allowed, as in Go's decoder.

mod decode;
mod skip;

use std::borrow::Cow;
use std::fmt;

/// How deep arrays and objects may nest: one less than `serde_json` refuses.
const MAX_DEPTH: u32 = 127;
/// From this many bytes on, a plain number may overflow a double.
const SUSPICIOUS_NUMBER: usize = 300;

/// Why a text is not JSON, and where. Two words, so that results are handed on in registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// Byte offset in the text that was scanned.
    pub offset: usize,
    problem: &'static &'static str,
}

/// The problem of a text that could go on.
const TRUNCATED: &&str = &"the text ends inside a value";

impl JsonError {
    /// The problem at an offset.
    #[must_use]
    pub const fn new(offset: usize, problem: &'static &'static str) -> Self {
        Self { offset, problem }
    }

    /// The problem, in words.
    #[must_use]
    pub const fn problem(self) -> &'static str {
        self.problem
    }

    /// Whether the text ended before the value did: more of it could make it whole.
    #[must_use]
    pub fn is_truncated(self) -> bool {
        self.problem == TRUNCATED
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.problem, self.offset)
    }
}

impl std::error::Error for JsonError {}

/// A string as it stands in the text, quotes left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonString<'a> {
    /// The text between the quotes.
    pub raw: &'a str,
    /// Where that text begins.
    pub start: usize,
    /// Whether `raw` has a backslash, so that it is not the value itself.
    pub escaped: bool,
}

impl<'a> JsonString<'a> {
    /// The value; borrowed when nothing is escaped.
    pub fn value(&self) -> Cow<'a, str> {
        if !self.escaped {
            return Cow::Borrowed(self.raw);
        }
        // The escapes were checked when the string was passed, so this cannot fail.
        let quoted = format!("\"{}\"", self.raw);
        let decoded = Scanner::new(&quoted).text();
        Cow::Owned(decoded.unwrap_or_default().into_owned())
    }

    /// Whether the value is `text`.
    pub fn is(&self, text: &str) -> bool {
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
pub struct Scanner<'a> {
    text: &'a str,
    pos: usize,
    /// How many arrays and objects the cursor is in.
    depth: u32,
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a str) -> Self {
        Scanner::within(text, 0)
    }

    /// A cursor over text that is so deep in another value.
    pub fn within(text: &'a str, depth: u32) -> Self {
        Scanner {
            text,
            pos: 0,
            depth,
        }
    }

    pub fn position(&self) -> usize {
        self.pos
    }

    /// The text between an earlier position and the cursor.
    pub fn passed(&self, start: usize) -> &'a str {
        &self.text[start..self.pos]
    }

    /// Passes one value of any kind and says where it stands.
    pub fn value(&mut self) -> Result<std::ops::Range<usize>, JsonError> {
        self.token();
        let start = self.pos;
        self.skip_nested()?;
        Ok(start..self.pos)
    }

    /// Fails unless only white space is left.
    pub fn end(&mut self) -> Result<(), JsonError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.error(&"text after the value")),
        }
    }

    /// Passes an object, handing each key and the cursor at its value to `member`, which
    /// must pass that value.
    pub fn object<E: From<JsonError>>(
        &mut self,
        mut member: impl FnMut(&mut Self, JsonString<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.expect(b'{', &"expected an object")?;
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
    pub fn more_members<E: From<JsonError>>(
        &mut self,
        mut member: impl FnMut(&mut Self, JsonString<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        while !self.accept(b'}') {
            self.expect(b',', &"expected `,` or `}`")?;
            let key = self.key()?;
            member(self, key)?;
        }
        Ok(())
    }

    /// Passes an array, handing the cursor at each element to `element`, which must pass it.
    pub fn array<E: From<JsonError>>(
        &mut self,
        mut element: impl FnMut(&mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        self.expect(b'[', &"expected an array")?;
        self.enter()?;
        if !self.accept(b']') {
            loop {
                element(self)?;
                if self.accept(b']') {
                    break;
                }
                self.expect(b',', &"expected `,` or `]`")?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    /// Passes a string.
    pub fn string(&mut self) -> Result<JsonString<'a>, JsonError> {
        self.expect(b'"', &"expected a string")?;
        self.string_body()
    }

    /// The next byte that is not white space, not passed.
    #[inline]
    pub fn peek(&mut self) -> Option<u8> {
        self.token();
        self.at()
    }

    fn key(&mut self) -> Result<JsonString<'a>, JsonError> {
        self.expect(b'"', &"expected a key in quotes")?;
        let key = self.string_body()?;
        self.colon()?;
        Ok(key)
    }

    #[inline]
    fn colon(&mut self) -> Result<(), JsonError> {
        self.expect(b':', &"expected `:`")
    }

    #[inline]
    fn enter(&mut self) -> Result<(), JsonError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error(&"this nests deeper than 127 levels"));
        }
        self.depth += 1;
        Ok(())
    }

    fn scalar(&mut self) -> Result<(), JsonError> {
        match self.token() {
            b'"' => {
                self.pos += 1;
                self.skip_string().map(drop)
            }
            b't' => self.literal("true"),
            b'f' => self.literal("false"),
            b'n' => self.literal("null"),
            b'-' | b'0'..=b'9' => self.pass_number(),
            _ => Err(self.fault(&"expected a value")),
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
        Err(self.error(&"expected a value"))
    }

    /// Passes a number that a double holds: `1e400` is good JSON, and refused here so that
    /// opening cannot fail.
    fn pass_number(&mut self) -> Result<(), JsonError> {
        let start = self.pos;
        let is_whole = self.pass_digits()?;
        if !is_whole || self.pos - start >= SUSPICIOUS_NUMBER {
            self.float(start)?;
        }
        Ok(())
    }

    /// The number between `start` and the cursor.
    fn float(&self, start: usize) -> Result<f64, JsonError> {
        match self.slice(start, self.pos).parse() {
            Ok(number) if f64::is_finite(number) => Ok(number),
            _ => Err(JsonError::new(start, &"the number is out of range")),
        }
    }

    /// Passes a number, and says whether it has neither fraction nor exponent.
    fn pass_digits(&mut self) -> Result<bool, JsonError> {
        if self.byte() == b'-' {
            self.pos += 1;
        }
        match self.byte() {
            b'0' => self.pos += 1,
            _ => self.digits()?,
        }
        let mut is_whole = true;
        if self.byte() == b'.' {
            (self.pos, is_whole) = (self.pos + 1, false);
            self.digits()?;
        }
        if matches!(self.byte(), b'e' | b'E') {
            (self.pos, is_whole) = (self.pos + 1, false);
            if matches!(self.byte(), b'+' | b'-') {
                self.pos += 1;
            }
            self.digits()?;
        }
        Ok(is_whole)
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        let start = self.pos;
        while self.byte().is_ascii_digit() {
            self.pos += 1;
        }
        match self.pos > start {
            true => Ok(()),
            false => Err(self.fault(&"expected a digit")),
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

    /// Like [`Scanner::string_body`], for a string that is skipped; says whether it has
    /// escapes.
    fn skip_string(&mut self) -> Result<bool, JsonError> {
        let mut escaped = false;
        loop {
            self.pos = plain_end(self.text.as_bytes(), self.pos);
            match self.at() {
                Some(b'"') => {
                    self.pos += 1;
                    return Ok(escaped);
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(_) => return Err(self.error(&"control character in a string")),
                None => return Err(self.truncated()),
            }
        }
    }

    /// Passes the escape at the cursor, and says which character it stands for.
    fn escape(&mut self) -> Result<char, JsonError> {
        self.pos += 1;
        let character = match self.byte() {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.pos += 1;
                return self.unicode_escape();
            }
            _ => return Err(self.fault(&"unknown escape in a string")),
        };
        self.pos += 1;
        Ok(character)
    }

    /// `\uXXXX`, and a second one where the first is half of a pair.
    fn unicode_escape(&mut self) -> Result<char, JsonError> {
        let mut code = self.four_hex()?;
        if let 0xD800..=0xDBFF = code {
            for expected in [b'\\', b'u'] {
                match self.byte() == expected {
                    true => self.pos += 1,
                    false => return Err(self.fault(&"lone surrogate in a string")),
                }
            }
            code = match self.four_hex()? {
                second @ 0xDC00..=0xDFFF => 0x10000 + ((code - 0xD800) << 10) + (second - 0xDC00),
                _ => return Err(self.error(&"lone surrogate in a string")),
            };
        }
        char::from_u32(code).ok_or_else(|| self.error(&"lone surrogate in a string"))
    }

    fn four_hex(&mut self) -> Result<u32, JsonError> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = char::from(self.byte()).to_digit(16);
            code = code << 4 | digit.ok_or_else(|| self.fault(&"expected four hex digits"))?;
            self.pos += 1;
        }
        Ok(code)
    }

    #[inline]
    fn expect(&mut self, byte: u8, problem: &'static &'static str) -> Result<(), JsonError> {
        match self.accept(byte) {
            true => Ok(()),
            false => Err(self.fault(problem)),
        }
    }

    #[inline]
    fn accept(&mut self, byte: u8) -> bool {
        let found = self.token() == byte;
        self.pos += usize::from(found);
        found
    }

    /// The next byte that is not white space, not passed; 0, which begins nothing, at the end.
    #[inline]
    pub(crate) fn token(&mut self) -> u8 {
        match self.byte() {
            byte if byte > b' ' => byte,
            _ => self.skip_space(),
        }
    }

    /// Programs write no space between words, people do.
    #[cold]
    fn skip_space(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\n' | b'\r' | b'\t') {
            self.pos += 1;
        }
        self.byte()
    }

    /// The byte at the cursor; 0 at the end.
    #[inline]
    fn byte(&self) -> u8 {
        self.at().unwrap_or(0)
    }

    #[inline]
    fn at(&self) -> Option<u8> {
        self.text.as_bytes().get(self.pos).copied()
    }

    #[inline]
    fn bytes_from(&self, start: usize) -> &'a [u8] {
        self.text.as_bytes().get(start..).unwrap_or_default()
    }

    /// Both ends are beside ASCII characters, and so between characters.
    #[inline]
    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// What is wrong at the cursor.
    #[cold]
    pub fn error(&self, problem: &'static &'static str) -> JsonError {
        JsonError::new(self.pos, problem)
    }

    /// The same, unless nothing is there: then more text could help.
    #[cold]
    fn fault(&self, problem: &'static &'static str) -> JsonError {
        match self.at() {
            Some(_) => self.error(problem),
            None => self.truncated(),
        }
    }

    #[cold]
    fn truncated(&self) -> JsonError {
        self.error(TRUNCATED)
    }
}

/// Where the next quote, backslash or control character is, or the end. Eight bytes at a time:
/// most of an object is string content.
#[inline]
pub fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let hits = special_bytes(u64::from_le_bytes(*chunk));
        if hits != 0 {
            return at + (hits.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    plain_tail(bytes, at)
}

/// The same for less than eight bytes.
#[inline]
fn plain_tail(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    match bytes.last_chunk() {
        _ if rest.is_empty() => at,
        // The last eight bytes, of which those before are pushed out: the zeros that come in
        // behind the end are special as well.
        Some(last) => {
            let word = u64::from_le_bytes(*last) >> (64 - 8 * rest.len());
            at + (special_bytes(word).trailing_zeros() / 8) as usize
        }
        None => at + rest.iter().position(is_special).unwrap_or(rest.len()),
    }
}

fn is_special(byte: &u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..0x20)
}

/// The high bit of each byte of `word` that ends plain content. A borrow can set bits above
/// a true hit, never below, so the lowest one is exact.
#[inline]
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
