//! The spelling of a time, in four bytes: enough to write the same text again.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// The choices that RFC 3339 leaves: digits of the fraction, offset, and the case of letters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelling {
    /// Minutes east of UTC; 0 unless the form has an offset.
    offset: i16,
    /// Digits after the point, at most nine; none for whole seconds.
    digits: u8,
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Not spelled at all.
    Null,
    /// `T` and `Z`.
    Utc,
    /// `t` and `z`.
    LowerUtc,
    /// `T` and `+02:00`.
    Offset,
    /// `t` and `+02:00`.
    LowerOffset,
}

impl Spelling {
    pub(super) const NULL: Self = Self::of_form(Form::Null);
    /// Whole seconds in UTC.
    pub(super) const SECONDS: Self = Self::of_form(Form::Utc);

    const fn of_form(form: Form) -> Self {
        let (offset, digits) = (0, 0);
        Self {
            offset,
            digits,
            form,
        }
    }

    /// In UTC, with the digits that a fraction needs: none, three, six or nine.
    pub(super) fn utc(nanos: i32) -> Self {
        let digits = match nanos {
            0 => 0,
            _ if nanos % 1_000_000 == 0 => 3,
            _ if nanos % 1_000 == 0 => 6,
            _ => 9,
        };
        Self {
            digits,
            ..Self::SECONDS
        }
    }

    /// That of a text which is a time; nothing for spellings beyond RFC 3339.
    pub(super) fn of(text: &str) -> Option<Self> {
        let separator = *text.as_bytes().get(10)?;
        let (fraction, zone) = split_fraction(text.get(19..)?);
        let is_lower = match separator {
            b'T' => false,
            b't' => true,
            _ => return None,
        };
        let (form, offset) = match (zone, is_lower) {
            ("Z", false) => (Form::Utc, 0),
            ("z", true) => (Form::LowerUtc, 0),
            (zone, false) => (Form::Offset, minutes(zone)?),
            (zone, true) => (Form::LowerOffset, minutes(zone)?),
        };
        let digits = u8::try_from(fraction.len()).ok().filter(|n| *n <= 9)?;
        Some(Self {
            offset,
            digits,
            form,
        })
    }

    /// Writes a time in this spelling.
    pub(super) fn write(self, time: Timestamp, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = usize::from(self.digits);
        match self.form {
            Form::Null | Form::Utc => write!(f, "{time:.digits$}"),
            Form::LowerUtc => f.write_str(&format!("{time:.digits$}").to_ascii_lowercase()),
            Form::Offset => f.write_str(&self.with_offset(time)),
            Form::LowerOffset => f.write_str(&self.with_offset(time).to_ascii_lowercase()),
        }
    }

    fn with_offset(self, time: Timestamp) -> String {
        let digits = usize::from(self.digits);
        // An offset that was read is one; UTC keeps this total.
        let offset = Offset::from_seconds(i32::from(self.offset) * 60).unwrap_or(Offset::UTC);
        let sign = if self.offset < 0 { '-' } else { '+' };
        let minutes = self.offset.unsigned_abs();
        let local = offset.to_datetime(time);
        format!(
            "{local:.digits$}{sign}{:02}:{:02}",
            minutes / 60,
            minutes % 60
        )
    }
}

/// The digits behind the point, and what follows them.
fn split_fraction(text: &str) -> (&str, &str) {
    let Some(text) = text.strip_prefix('.') else {
        return ("", text);
    };
    let end = text.find(|c: char| !c.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}

/// The minutes of `+02:00`.
fn minutes(zone: &str) -> Option<i16> {
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let amount = hours.parse::<i16>().ok()? * 60 + minutes.parse::<i16>().ok()?;
    match zone.as_bytes().first()? {
        b'+' => Some(amount),
        b'-' => Some(-amount),
        _ => None,
    }
}

/// Reads `2026-11-23T13:04:05Z`, of which objects are full, without the parser of everything
/// else that RFC 3339 allows.
pub(super) fn as_servers_write(text: &str) -> Option<Timestamp> {
    let text: [u8; 20] = text.as_bytes().try_into().ok()?;
    let separators = [4, 7, 10, 13, 16, 19].map(|at| text[at]);
    if separators != *b"--T::Z" {
        return None;
    }
    let two = |at: usize| match [text[at], text[at + 1]] {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            Some((tens - b'0') as i8 * 10 + (ones - b'0') as i8)
        }
        _ => None,
    };
    let year = i16::from(two(0)?) * 100 + i16::from(two(2)?);
    let time = DateTime::new(year, two(5)?, two(8)?, two(11)?, two(14)?, two(17)?, 0).ok()?;
    Offset::UTC.to_timestamp(time).ok()
}
