//! The words of JSON, pulled from text one by one.

use std::borrow::Cow;

use super::DEEPEST;
use crate::{Datum, Error};

/// A place in a text.
pub(super) struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let (at, depth) = (0, 0);
        Self { text, at, depth }
    }

    /// The next byte that is not space; 0 at the end.
    pub(super) fn peek(&mut self) -> u8 {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(self.at) {
            self.at += 1;
        }
        self.byte()
    }

    /// Takes the byte, if it is the next that is not space.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let is = self.peek() == byte;
        self.at += usize::from(is);
        is
    }

    pub(super) fn expect(&mut self, byte: u8) -> Result<(), Error> {
        match self.take(byte) {
            true => Ok(()),
            false => Err(self.error(format!("expected `{}`", char::from(byte)))),
        }
    }

    /// Takes `null`, if it comes next.
    pub(super) fn null(&mut self) -> Result<bool, Error> {
        match self.peek() {
            b'n' => self.word("null").map(|()| true),
            _ => Ok(false),
        }
    }

    /// Goes into an array or object.
    pub(super) fn enter(&mut self, open: u8) -> Result<(), Error> {
        if self.depth == DEEPEST {
            return Err(self.error(format!("this nests deeper than {DEEPEST} levels")));
        }
        self.depth += 1;
        self.expect(open)
    }

    /// Whether another item or member comes; goes out when none does.
    pub(super) fn more(&mut self, is_first: bool, close: u8) -> Result<bool, Error> {
        if self.take(close) {
            self.depth -= 1;
            return Ok(false);
        }
        if !is_first {
            self.expect(b',')?;
            if self.peek() == close {
                return Err(self.error("a comma before the end"));
            }
        }
        Ok(true)
    }

    /// The key of a member, and the colon behind it.
    pub(super) fn key(&mut self) -> Result<Cow<'a, str>, Error> {
        if self.peek() != b'"' {
            return Err(self.error("expected a key"));
        }
        let key = self.string()?;
        self.expect(b':')?;
        Ok(key)
    }

    /// What comes next, unless it is an array or object.
    pub(super) fn datum(&mut self) -> Result<Datum<'a>, Error> {
        match self.peek() {
            b'"' => self.string().map(Datum::Text),
            b't' => self.word("true").map(|()| Datum::Bool(true)),
            b'f' => self.word("false").map(|()| Datum::Bool(false)),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err(self.error("expected a value")),
        }
    }

    /// What comes next, in a word for errors.
    pub(super) fn what(&mut self) -> &'static str {
        match self.peek() {
            b'"' => "a string",
            b'{' => "an object",
            b'[' => "an array",
            b't' | b'f' => "a boolean",
            b'n' => "null",
            b'-' | b'0'..=b'9' => "a number",
            0 if self.at >= self.text.len() => "the end",
            _ => "something else",
        }
    }

    /// Skips a whole value, and gives its text.
    pub(super) fn skip(&mut self) -> Result<&'a str, Error> {
        self.peek();
        let start = self.at;
        match self.byte() {
            b'{' => {
                self.enter(b'{')?;
                let mut is_first = true;
                while self.more(is_first, b'}')? {
                    self.key()?;
                    self.skip()?;
                    is_first = false;
                }
            }
            b'[' => {
                self.enter(b'[')?;
                let mut is_first = true;
                while self.more(is_first, b']')? {
                    self.skip()?;
                    is_first = false;
                }
            }
            b'n' => self.word("null")?,
            b'-' | b'0'..=b'9' => self.digits().map(|_| ())?,
            _ => self.datum().map(|_| ())?,
        }
        Ok(self.slice(start, self.at))
    }

    pub(super) fn end(&mut self) -> Result<(), Error> {
        self.peek();
        match self.at == self.text.len() {
            true => Ok(()),
            false => Err(self.error("text after the value")),
        }
    }

    pub(super) fn error(&self, message: impl Into<String>) -> Error {
        Error::new(message, self.at)
    }

    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// A string with the quote in front of it still to be taken.
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, Error> {
        self.at += 1;
        let start = self.at;
        match self.plain()? {
            b'"' => {
                self.at += 1;
                Ok(Cow::Borrowed(self.slice(start, self.at - 1)))
            }
            _ => self.escaped(start).map(Cow::Owned),
        }
    }

    /// Goes to the next quote or backslash.
    fn plain(&mut self) -> Result<u8, Error> {
        self.at += plain_len(&self.text.as_bytes()[self.at..]);
        match self.byte() {
            byte @ (b'"' | b'\\') => Ok(byte),
            _ if self.at >= self.text.len() => Err(self.error("a string without an end")),
            _ => Err(self.error("a control character in a string")),
        }
    }

    /// The string that began at `start`, from its first backslash on.
    fn escaped(&mut self, start: usize) -> Result<String, Error> {
        let mut out = self.slice(start, self.at).to_owned();
        loop {
            let from = self.at;
            let stop = self.plain()?;
            out.push_str(self.slice(from, self.at));
            self.at += 1;
            if stop == b'"' {
                return Ok(out);
            }
            out.push(self.escape()?);
        }
    }

    /// The character of an escape, with the backslash taken.
    fn escape(&mut self) -> Result<char, Error> {
        let byte = self.byte();
        self.at += 1;
        Ok(match byte {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => {
                self.at -= 1;
                return Err(self.error("no such escape"));
            }
        })
    }

    fn unicode(&mut self) -> Result<char, Error> {
        let first = self.hex()?;
        let code = match first {
            0xD800..=0xDBFF if self.text.as_bytes()[self.at..].starts_with(br"\u") => {
                self.at += 2;
                let second = self.hex()?;
                match second {
                    0xDC00..=0xDFFF => 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00),
                    _ => first,
                }
            }
            _ => first,
        };
        char::from_u32(code).ok_or_else(|| self.error("half of a surrogate pair"))
    }

    fn hex(&mut self) -> Result<u32, Error> {
        let digits = self.text.get(self.at..self.at + 4);
        let digits = digits.filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let code = code.ok_or_else(|| self.error("expected four hexadecimal digits"))?;
        self.at += 4;
        Ok(code)
    }

    fn word(&mut self, word: &str) -> Result<(), Error> {
        match self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            true => {
                self.at += word.len();
                Ok(())
            }
            false => Err(self.error("expected a value")),
        }
    }

    fn number(&mut self) -> Result<Datum<'a>, Error> {
        let start = self.at;
        let is_whole = self.digits()?;
        let text = self.slice(start, self.at);
        if is_whole {
            if let Ok(number) = text.parse() {
                return Ok(Datum::Int(number));
            }
            if let Ok(number) = text.parse() {
                return Ok(Datum::Uint(number));
            }
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Datum::Float(number)),
            _ => Err(Error::new("the number is out of range", start)),
        }
    }

    /// Takes a number; whether it has neither fraction nor exponent.
    fn digits(&mut self) -> Result<bool, Error> {
        self.at += usize::from(self.byte() == b'-');
        match self.byte() {
            b'0' => self.at += 1,
            _ => self.digit_run()?,
        }
        let mut is_whole = true;
        if self.byte() == b'.' {
            (self.at, is_whole) = (self.at + 1, false);
            self.digit_run()?;
        }
        if matches!(self.byte(), b'e' | b'E') {
            (self.at, is_whole) = (self.at + 1, false);
            self.at += usize::from(matches!(self.byte(), b'+' | b'-'));
            self.digit_run()?;
        }
        match self.byte() {
            b'0'..=b'9' => Err(self.error("a number that begins with zero")),
            _ => Ok(is_whole),
        }
    }

    fn digit_run(&mut self) -> Result<(), Error> {
        let start = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        match self.at > start {
            true => Ok(()),
            false => Err(self.error("expected a digit")),
        }
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// Both ends are beside ASCII characters, and so between characters.
    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }
}

const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGHS: u64 = u64::from_ne_bytes([0x80; 8]);

/// How many bytes come before a quote, a backslash or a control character; eight at a time.
fn plain_len(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        // The high bit of the lowest byte that matches is set; higher ones may err.
        let zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGHS;
        let quote = zero(word ^ (ONES * u64::from(b'"')));
        let backslash = zero(word ^ (ONES * u64::from(b'\\')));
        let control = word.wrapping_sub(ONES * 0x20) & !word & HIGHS;
        let found = quote | backslash | control;
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    at + rest.iter().position(is_special).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::plain_len;

    proptest! {
        #[test]
        fn eight_at_a_time_finds_what_one_at_a_time_does(text in "[ -~\\x00-\\x1f\"\\\\ü€\\U0001F600]{0,40}") {
            let is_special = |byte: u8| matches!(byte, b'"' | b'\\' | 0..0x20);
            let expected = text.bytes().position(is_special).unwrap_or(text.len());
            prop_assert_eq!(plain_len(text.as_bytes()), expected);
        }
    }
}
