//! Decodes the values that the cursor passes.

use std::borrow::Cow;

use super::{JsonError, Scanner, plain_end};
use crate::Datum;

impl<'a> Scanner<'a> {
    /// Takes `null`, if it comes next.
    #[inline]
    pub(crate) fn null(&mut self) -> Result<bool, JsonError> {
        match self.token() {
            b'n' => self.literal("null").map(|()| true),
            _ => Ok(false),
        }
    }

    /// Goes into an array or object, whose first byte comes next.
    #[inline]
    pub(crate) fn open(&mut self) -> Result<(), JsonError> {
        self.enter()?;
        self.pos += 1;
        Ok(())
    }

    /// Whether another item or member comes; goes out when none does.
    #[inline]
    pub(crate) fn more(&mut self, is_first: bool, close: u8) -> Result<bool, JsonError> {
        match self.token() {
            byte if byte == close => {
                self.pos += 1;
                self.depth -= 1;
                return Ok(false);
            }
            _ if is_first => return Ok(true),
            b',' => self.pos += 1,
            _ if close == b'}' => return Err(self.fault(&"expected `,` or `}`")),
            _ => return Err(self.fault(&"expected `,` or `]`")),
        }
        match self.token() == close {
            true => Err(self.error(&"a comma before the end")),
            false => Ok(true),
        }
    }

    /// The key of a member; the colon behind it is passed too.
    #[inline]
    pub(crate) fn key_text(&mut self) -> Result<Cow<'a, str>, JsonError> {
        if self.token() != b'"' {
            return Err(self.fault(&"expected a key in quotes"));
        }
        let key = self.text()?;
        self.colon()?;
        Ok(key)
    }

    /// Takes the key of a member and the colon behind it, if the key is this.
    #[inline]
    pub(crate) fn takes_key(&mut self, key: &str) -> bool {
        self.token();
        let rest = self.bytes_from(self.pos);
        let is = rest.len() > key.len() + 2
            && rest[0] == b'"'
            && rest[1..=key.len()] == *key.as_bytes()
            && rest[key.len() + 1..][..2] == *b"\":";
        self.pos += if is { key.len() + 3 } else { 0 };
        is
    }

    /// What comes next, unless it is an array or object.
    pub(crate) fn datum(&mut self) -> Result<Datum<'a>, JsonError> {
        match self.token() {
            b'"' => self.text().map(Datum::Text),
            b't' => self.literal("true").map(|()| Datum::Bool(true)),
            b'f' => self.literal("false").map(|()| Datum::Bool(false)),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err(self.fault(&"expected a value")),
        }
    }

    /// What comes next, null as well.
    pub(crate) fn datum_or_null(&mut self) -> Result<Datum<'a>, JsonError> {
        match self.null()? {
            true => Ok(Datum::Null),
            false => self.datum(),
        }
    }

    /// What comes next, in a word for errors.
    pub(crate) fn what(&mut self) -> &'static str {
        match self.token() {
            b'"' => "a string",
            b'{' => "an object",
            b'[' => "an array",
            b't' | b'f' => "a boolean",
            b'n' => "null",
            b'-' | b'0'..=b'9' => "a number",
            _ if self.at().is_none() => "the end",
            _ => "something else",
        }
    }

    /// The value of a string, whose quote comes next.
    #[inline]
    pub(crate) fn text(&mut self) -> Result<Cow<'a, str>, JsonError> {
        let start = self.pos + 1;
        self.pos = plain_end(self.text.as_bytes(), start);
        match self.byte() {
            b'"' => {
                self.pos += 1;
                Ok(Cow::Borrowed(self.slice(start, self.pos - 1)))
            }
            _ => self.unescaped(start).map(Cow::Owned),
        }
    }

    /// The string that began at `start`, from its first backslash on.
    #[cold]
    fn unescaped(&mut self, start: usize) -> Result<String, JsonError> {
        let mut out = self.slice(start, self.pos).to_owned();
        loop {
            match self.at() {
                Some(b'"') => break,
                Some(b'\\') => out.push(self.escape()?),
                _ => return Err(self.fault(&"control character in a string")),
            }
            let from = self.pos;
            self.pos = plain_end(self.text.as_bytes(), from);
            out.push_str(self.slice(from, self.pos));
        }
        self.pos += 1;
        Ok(out)
    }

    fn number(&mut self) -> Result<Datum<'a>, JsonError> {
        let start = self.pos;
        let is_whole = self.pass_digits()?;
        let text = self.slice(start, self.pos);
        if is_whole {
            // `-0` has a sign that only a float keeps.
            if let Ok(number) = text.parse()
                && (number != 0 || text == "0")
            {
                return Ok(Datum::Int(number));
            }
            if let Ok(number) = text.parse() {
                return Ok(Datum::Uint(number));
            }
        }
        self.float(start).map(Datum::Float)
    }
}
