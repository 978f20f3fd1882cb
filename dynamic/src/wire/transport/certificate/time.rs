//! The times between which a certificate is valid.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::der::{GENERALIZED_TIME, Reader, UTC_TIME};

/// When a certificate begins and ceases to be valid, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Validity {
    pub(crate) not_before: Timestamp,
    pub(crate) not_after: Timestamp,
}

impl Validity {
    pub(super) fn read(mut reader: Reader<'_>) -> Option<Self> {
        let not_before = time(&mut reader)?;
        let not_after = time(&mut reader)?;
        reader.end()?;
        Some(Validity {
            not_before,
            not_after,
        })
    }
}

fn time(reader: &mut Reader<'_>) -> Option<Timestamp> {
    let element = reader.any()?;
    let (year, rest) = match (element.tag, element.body) {
        (UTC_TIME, [a, b, rest @ ..]) => {
            let year = number(&[*a, *b])?;
            // Rule of RFC 5280: the years 1950 to 2049.
            (year + if year < 50 { 2000 } else { 1900 }, rest)
        }
        (GENERALIZED_TIME, [a, b, c, d, rest @ ..]) => (number(&[*a, *b, *c, *d])?, rest),
        _ => return None,
    };
    let [digits @ .., b'Z'] = rest else {
        return None;
    };
    let mut fields = [0i8; 5];
    if digits.len() != 2 * fields.len() {
        return None;
    }
    for (field, digits) in fields.iter_mut().zip(digits.chunks(2)) {
        *field = i8::try_from(number(digits)?).ok()?;
    }
    let [month, day, hour, minute, second] = fields;
    let civil = DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
    // The last day of the year 9999 stands for no end at all, and is past what a moment can be.
    Some(TimeZone::UTC.to_timestamp(civil).unwrap_or(Timestamp::MAX))
}

fn number(digits: &[u8]) -> Option<i16> {
    digits.iter().try_fold(0i16, |number, digit| {
        let digit = char::from(*digit).to_digit(10)?;
        Some(number * 10 + i16::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tag: u8, text: &str) -> Option<String> {
        let length = u8::try_from(text.len()).unwrap();
        let bytes = [&[tag, length], text.as_bytes()].concat();
        time(&mut Reader::new(&bytes)).map(|time| time.to_string())
    }

    #[test]
    fn two_digits_are_a_year_from_1950_to_2049() {
        let utc = |text| read(UTC_TIME, text);
        assert_eq!(
            utc("491231235959Z").as_deref(),
            Some("2049-12-31T23:59:59Z")
        );
        assert_eq!(
            utc("500101000000Z").as_deref(),
            Some("1950-01-01T00:00:00Z")
        );
        let long = read(GENERALIZED_TIME, "00010101000000Z");
        assert_eq!(long.as_deref(), Some("0001-01-01T00:00:00Z"));
        let endless = read(GENERALIZED_TIME, "99991231235959Z");
        assert_eq!(endless, Some(Timestamp::MAX.to_string()));
    }

    #[test]
    fn other_forms_and_days_that_do_not_exist_are_malformed() {
        for text in [
            "250229000000Z",
            "251301000000Z",
            "250101240000Z",
            "250101006000Z",
            "250101000060Z",
            "2501010000Z",
            "250101000000",
            "250101000000z",
            "250101000000+0100",
            "250101000000.5Z",
            "+50101000000Z",
            "2\u{663}0101000000Z",
            "",
        ] {
            assert_eq!(read(UTC_TIME, text), None, "{text}");
        }
        assert_eq!(read(GENERALIZED_TIME, "20250101000000.5Z"), None);
        assert_eq!(read(0x16, "250101000000Z"), None);
    }
}
