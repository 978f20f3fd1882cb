//! The words of JSON, pulled from text one by one.

use std::borrow::Cow;

use super::DEEPEST;
use crate::{Datum, Error};

/// A place in a text.
pub(crate) struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let (at, depth) = (0, 0);
        Self { text, at, depth }
    }

    /// The next byte that is not space; 0 at the end.
    #[inline]
    pub(crate) fn peek(&mut self) -> u8 {
        match self.byte() {
            byte if byte > b' ' => byte,
            _ => self.pass_space(),
        }
    }

    /// Programs write no space between words, people do.
    #[cold]
    fn pass_space(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
        self.byte()
    }

    /// Takes the byte, if it is the next that is not space.
    #[inline]
    fn take(&mut self, byte: u8) -> bool {
        let is = self.peek() == byte;
        self.at += usize::from(is);
        is
    }

    /// Takes `null`, if it comes next.
    #[inline]
    pub(super) fn null(&mut self) -> Result<bool, Error> {
        match self.peek() {
            b'n' => self.word("null").map(|()| true),
            _ => Ok(false),
        }
    }

    /// Goes into an array or object, whose first byte comes next.
    #[inline]
    pub(crate) fn enter(&mut self) -> Result<(), Error> {
        if self.depth == DEEPEST {
            return Err(self.error(format!("this nests deeper than {DEEPEST} levels")));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Whether another item or member comes; goes out when none does.
    #[inline]
    pub(crate) fn more(&mut self, is_first: bool, close: u8) -> Result<bool, Error> {
        match self.peek() {
            byte if byte == close => {
                self.at += 1;
                self.depth -= 1;
                return Ok(false);
            }
            _ if is_first => return Ok(true),
            b',' => self.at += 1,
            _ => return Err(self.error("expected `,`")),
        }
        match self.peek() == close {
            true => Err(self.error("a comma before the end")),
            false => Ok(true),
        }
    }

    /// The key of a member, and the colon behind it.
    #[inline]
    pub(crate) fn key(&mut self) -> Result<Cow<'a, str>, Error> {
        if self.peek() != b'"' {
            return Err(self.error("expected a key"));
        }
        let key = self.string()?;
        self.colon()?;
        Ok(key)
    }

    /// Takes the key of a member and the colon behind it, if the key is this.
    #[inline]
    pub(super) fn takes_key(&mut self, key: &str) -> bool {
        self.peek();
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let is = rest.len() > key.len() + 2
            && rest[0] == b'"'
            && rest[1..=key.len()] == *key.as_bytes()
            && rest[key.len() + 1..][..2] == *b"\":";
        self.at += if is { key.len() + 3 } else { 0 };
        is
    }

    #[inline]
    fn colon(&mut self) -> Result<(), Error> {
        match self.take(b':') {
            true => Ok(()),
            false => Err(self.error("expected `:`")),
        }
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

    /// What comes next, null as well.
    pub(crate) fn datum_or_null(&mut self) -> Result<Datum<'a>, Error> {
        match self.null()? {
            true => Ok(Datum::Null),
            false => self.datum(),
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
        self.pass()?;
        Ok(self.slice(start, self.at))
    }

    fn pass(&mut self) -> Result<(), Error> {
        let mut is_first = true;
        match self.peek() {
            b'{' => {
                self.enter()?;
                while self.more(is_first, b'}')? {
                    if self.peek() != b'"' {
                        return Err(self.error("expected a key"));
                    }
                    self.pass_string()?;
                    self.colon()?;
                    self.pass()?;
                    is_first = false;
                }
                Ok(())
            }
            b'[' => {
                self.enter()?;
                while self.more(is_first, b']')? {
                    self.pass()?;
                    is_first = false;
                }
                Ok(())
            }
            b'"' => self.pass_string(),
            b'n' => self.word("null"),
            b'-' | b'0'..=b'9' => self.digits().map(|_| ()),
            _ => self.datum().map(|_| ()),
        }
    }

    pub(super) fn end(&mut self) -> Result<(), Error> {
        self.peek();
        match self.at == self.text.len() {
            true => Ok(()),
            false => Err(self.error("text after the value")),
        }
    }

    #[cold]
    pub(super) fn error(&self, message: impl Into<String>) -> Error {
        Error::new(message, self.at)
    }

    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// A string with the quote in front of it still to be taken.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, Error> {
        let start = self.at + 1;
        self.at = start;
        match self.plain() {
            b'"' => {
                self.at += 1;
                Ok(Cow::Borrowed(self.slice(start, self.at - 1)))
            }
            _ => self.escaped(start).map(Cow::Owned),
        }
    }

    /// The same for nobody.
    #[inline]
    fn pass_string(&mut self) -> Result<(), Error> {
        self.at += 1;
        while self.plain() != b'"' {
            self.backslash()?;
            self.escape()?;
        }
        self.at += 1;
        Ok(())
    }

    /// Goes to the next byte that ends a string, begins an escape or must not be in a string.
    #[inline]
    fn plain(&mut self) -> u8 {
        self.at = plain_end(self.text.as_bytes(), self.at);
        self.byte()
    }

    /// Takes a backslash, which is what comes next in a string that is one.
    fn backslash(&mut self) -> Result<(), Error> {
        match self.byte() {
            b'\\' => {
                self.at += 1;
                Ok(())
            }
            _ if self.at >= self.text.len() => Err(self.error("a string without an end")),
            _ => Err(self.error("a control character in a string")),
        }
    }

    /// The string that began at `start`, from its first backslash on.
    #[cold]
    fn escaped(&mut self, start: usize) -> Result<String, Error> {
        let mut out = self.slice(start, self.at).to_owned();
        while self.byte() != b'"' {
            self.backslash()?;
            out.push(self.escape()?);
            let from = self.at;
            self.plain();
            out.push_str(self.slice(from, self.at));
        }
        self.at += 1;
        Ok(out)
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

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGHS: u64 = ONES << 7;

/// Where the next quote, backslash or control character is, or the end; eight bytes at a time.
#[inline]
pub(super) fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(next) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let found = special(u64::from_le_bytes(*next));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
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
            at + (special(word).trailing_zeros() / 8) as usize
        }
        None => {
            let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
            at + rest.iter().position(is_special).unwrap_or(rest.len())
        }
    }
}

/// The high bit of each special byte. Subtracting borrows from bytes above one that is
/// special, so that only the lowest bit is sure.
#[inline]
fn special(word: u64) -> u64 {
    let quote = (word ^ (ONES * u64::from(b'"'))).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
    let control = word.wrapping_sub(ONES * 0x20);
    (quote | backslash | control) & !word & HIGHS
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::plain_end;

    proptest! {
        #[test]
        fn eight_at_a_time_finds_what_one_at_a_time_does(text in "[ -~\\x00-\\x1f\"\\\\ü€\\U0001F600]{0,40}") {
            let is_special = |byte: u8| matches!(byte, b'"' | b'\\' | 0..0x20);
            for at in 0..=text.len() {
                let expected = text.bytes().skip(at).position(is_special).map_or(text.len(), |n| at + n);
                prop_assert_eq!(plain_end(text.as_bytes(), at), expected);
            }
        }
    }
}
