//! Skips values: most of every object, so this is the hot loop of a cache.
//!
//! The cursor is a local here and not a field, and only the plain case is at hand. Whatever
//! is odd, an escape, a number or a fault, is left to the scanner's methods, at that place.

use super::{JsonError, Scanner, special_bytes};

/// A place in a text. Small enough to live in registers.
struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Scanner<'a> {
    /// Passes one value without recursion: open brackets are bits, 1 for an object.
    pub(super) fn skip_nested(&mut self) -> Result<(), JsonError> {
        let mut cursor = Cursor {
            rest: self.bytes_from(self.pos),
        };
        let (mut open, outer) = (0u128, self.depth);
        loop {
            // At a value.
            match cursor.token() {
                b'"' => self.pass_string(&mut cursor)?,
                bracket @ (b'{' | b'[') => {
                    let is_object = bracket == b'{';
                    self.pos = self.place(&cursor);
                    self.enter()?;
                    cursor.pass();
                    // Both brackets close two characters on.
                    if cursor.token() == bracket + 2 {
                        cursor.pass();
                        self.depth -= 1;
                    } else {
                        open = open << 1 | u128::from(is_object);
                        if is_object {
                            self.pass_key(&mut cursor)?;
                        }
                        continue;
                    }
                }
                _ => self.odd(&mut cursor, Self::scalar)?,
            }
            // Behind a value: close what ends here, or go on to the next member.
            while self.depth > outer {
                let in_object = open & 1 == 1;
                match cursor.token() {
                    b',' => {
                        cursor.pass();
                        if in_object {
                            self.pass_key(&mut cursor)?;
                        }
                        break;
                    }
                    b'}' if in_object => {}
                    b']' if !in_object => {}
                    _ if in_object => return Err(self.fault_at(&cursor, &"expected `,` or `}`")),
                    _ => return Err(self.fault_at(&cursor, &"expected `,` or `]`")),
                }
                cursor.pass();
                open >>= 1;
                self.depth -= 1;
            }
            if self.depth == outer {
                self.pos = self.place(&cursor);
                return Ok(());
            }
        }
    }

    /// Where the cursor is.
    #[inline(always)]
    fn place(&self, cursor: &Cursor<'_>) -> usize {
        self.text.len() - cursor.rest.len()
    }

    #[inline(always)]
    fn pass_key(&mut self, cursor: &mut Cursor<'a>) -> Result<(), JsonError> {
        if cursor.token() != b'"' {
            return Err(self.fault_at(cursor, &"expected a key in quotes"));
        }
        self.pass_string(cursor)?;
        if cursor.token() != b':' {
            return Err(self.fault_at(cursor, &"expected `:`"));
        }
        cursor.pass();
        Ok(())
    }

    /// Passes the string at the cursor.
    #[inline(always)]
    fn pass_string(&mut self, cursor: &mut Cursor<'a>) -> Result<(), JsonError> {
        cursor.pass();
        if cursor.pass_plain() {
            return Ok(());
        }
        self.odd(cursor, |scanner| scanner.skip_string().map(drop))
    }

    /// Does what is seldom needed where the cursor is.
    fn odd(
        &mut self,
        cursor: &mut Cursor<'a>,
        pass: impl FnOnce(&mut Self) -> Result<(), JsonError>,
    ) -> Result<(), JsonError> {
        self.pos = self.place(cursor);
        pass(self)?;
        cursor.rest = self.bytes_from(self.pos);
        Ok(())
    }

    /// What is wrong where no token stands that could.
    #[cold]
    fn fault_at(&mut self, cursor: &Cursor<'_>, problem: &'static &'static str) -> JsonError {
        self.pos = self.place(cursor);
        self.fault(problem)
    }
}

impl Cursor<'_> {
    /// The next byte that is not white space, not passed; 0, which begins nothing, at the end.
    #[inline(always)]
    fn token(&mut self) -> u8 {
        loop {
            match self.rest {
                [b' ' | b'\n' | b'\r' | b'\t', rest @ ..] => self.rest = rest,
                [byte, ..] => return *byte,
                [] => return 0,
            }
        }
    }

    /// Passes a token.
    #[inline(always)]
    fn pass(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
    }

    /// Passes plain content and the quote behind it, if that is what ends it.
    #[inline(always)]
    fn pass_plain(&mut self) -> bool {
        while let Some((chunk, rest)) = self.rest.split_first_chunk() {
            let hits = special_bytes(u64::from_le_bytes(*chunk));
            if hits == 0 {
                self.rest = rest;
                continue;
            }
            let plain = (hits.trailing_zeros() / 8) as usize;
            let is_quote = chunk[plain] == b'"';
            self.rest = &self.rest[plain + usize::from(is_quote)..];
            return is_quote;
        }
        false
    }
}
