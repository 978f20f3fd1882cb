//! Points in time, as the API writes them.

use std::fmt;
use std::str::FromStr;

use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{Timestamp, Unit};
use kubewright_table::{Datum, Empty, Fault, Form, Leaf, leaf};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A point in time with a resolution of one second (`meta/v1` `Time`).
///
/// Written as RFC 3339 in UTC with whole seconds, as the API server does. Any RFC 3339 text
/// reads, with an offset or with a fraction, which is cut off. The default is the API's
/// "never": the beginning of the year 1, which reads from `null` and empty text, and is
/// written as `null`.
///
/// # Examples
///
/// ```
/// use kubewright_dynamic::meta::Time;
///
/// let time: Time = "2026-11-23T15:04:05.678+02:00".parse()?;
/// assert_eq!(time.to_string(), "2026-11-23T13:04:05Z");
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(Timestamp);

/// A point in time with a resolution of one microsecond (`meta/v1` `MicroTime`).
///
/// As [`Time`], but written with exactly six digits after the point.
///
/// # Examples
///
/// ```
/// use kubewright_dynamic::meta::MicroTime;
///
/// let time: MicroTime = "2026-11-23T13:04:05Z".parse()?;
/// assert_eq!(time.to_string(), "2026-11-23T13:04:05.000000Z");
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MicroTime(Timestamp);

/// Seconds from the Unix epoch back to the beginning of the year 1.
const YEAR_ONE: i64 = -62_135_596_800;

/// What the two differ in: digits after the point.
macro_rules! point_in_time {
    ($name:ident, $unit:expr, $format:literal) => {
        impl $name {
            /// The present, as the system's clock tells it.
            #[must_use]
            pub fn now() -> Self {
                Self::from(Timestamp::now())
            }

            /// The same for computing with.
            #[must_use]
            pub fn as_timestamp(&self) -> Timestamp {
                self.0
            }

            /// Whether this is the API's "never": the default.
            #[must_use]
            pub fn is_never(&self) -> bool {
                *self == Self::default()
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::EMPTY
            }
        }

        impl Empty for $name {
            const EMPTY: Self = Self(Timestamp::constant(YEAR_ONE, 0));
        }

        impl Leaf for $name {
            const EXPECTED: &'static str = EXPECTED;
            const FORM: Form = Form::$name;

            fn read(datum: Datum<'_>) -> Result<Self, Fault> {
                match datum {
                    Datum::Text(text) if text.is_empty() => Ok(Self::EMPTY),
                    Datum::Text(text) => match as_servers_write(&text) {
                        Some(timestamp) => Ok(Self(timestamp)),
                        None => text
                            .parse()
                            .map_err(|error| Fault::Because(not_a_time(&error))),
                    },
                    _ => Err(Fault::Type),
                }
            }

            fn show(&self) -> Datum<'_> {
                match self.is_never() {
                    true => Datum::Null,
                    false => Datum::Text(self.to_string().into()),
                }
            }
        }

        leaf!($name);

        impl From<Timestamp> for $name {
            fn from(timestamp: Timestamp) -> Self {
                Self(floor(timestamp, $unit))
            }
        }

        impl From<$name> for Timestamp {
            fn from(time: $name) -> Timestamp {
                time.0
            }
        }

        impl FromStr for $name {
            type Err = jiff::Error;

            fn from_str(text: &str) -> Result<Self, jiff::Error> {
                text.parse::<Timestamp>().map(Self::from)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, $format, self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if self.is_never() {
                    return serializer.serialize_unit();
                }
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let timestamp = deserializer.deserialize_any(TimestampVisitor)?;
                Ok(timestamp.map_or_else(Self::default, Self::from))
            }
        }
    };
}

point_in_time!(Time, Unit::Second, "{:.0}");
point_in_time!(MicroTime, Unit::Microsecond, "{:.6}");

/// Reads `2026-11-23T13:04:05Z`, of which objects are full, without the parser of everything
/// else that RFC 3339 allows.
fn as_servers_write(text: &str) -> Option<Timestamp> {
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

/// The last whole unit at or before a timestamp.
fn floor(timestamp: Timestamp, unit: Unit) -> Timestamp {
    if timestamp.subsec_nanosecond() == 0 {
        return timestamp;
    }
    let down = jiff::TimestampRound::new()
        .smallest(unit)
        .mode(jiff::RoundMode::Floor);
    // Flooring fails at the very edge of jiff's range alone, where the value itself will do.
    timestamp.round(down).unwrap_or(timestamp)
}

const EXPECTED: &str = "a time in RFC 3339, as in 2026-11-23T13:04:05Z";

fn not_a_time(error: &jiff::Error) -> String {
    format!("not {EXPECTED}: {error}")
}

struct TimestampVisitor;

impl Visitor<'_> for TimestampVisitor {
    type Value = Option<Timestamp>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<Timestamp>, E> {
        if text.is_empty() {
            return Ok(None);
        }
        text.parse()
            .map(Some)
            .map_err(|error| E::custom(not_a_time(&error)))
    }

    fn visit_unit<E: Error>(self) -> Result<Option<Timestamp>, E> {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(json: &str) -> Result<Time, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn reads_offsets_and_fractions_and_writes_whole_seconds_in_utc() {
        for json in [
            r#""2026-11-23T13:04:05Z""#,
            r#""2026-11-23T13:04:05.999999999Z""#,
            r#""2026-11-23T15:04:05+02:00""#,
            r#""2026-11-23t13:04:05z""#,
        ] {
            let time = read(json).unwrap();
            assert_eq!(
                serde_json::to_string(&time).unwrap(),
                r#""2026-11-23T13:04:05Z""#
            );
        }
    }

    #[test]
    fn never_reads_from_nothing_and_is_written_as_null() {
        for json in ["null", r#""""#, r#""0001-01-01T00:00:00Z""#] {
            let time = read(json).unwrap();
            assert!(time.is_never(), "{json}");
            assert_eq!(serde_json::to_string(&time).unwrap(), "null");
        }
    }

    #[test]
    fn an_error_shows_what_was_expected() {
        for json in [
            r#""yesterday""#,
            r#""2026-11-23""#,
            r#""2026-13-01T00:00:00Z""#,
            "5",
        ] {
            let error = read(json).unwrap_err().to_string();
            assert!(error.contains("RFC 3339"), "{json}: {error}");
        }
    }

    #[test]
    fn before_the_epoch_seconds_are_cut_downwards() {
        let time: Time = "1969-12-31T23:59:59.5Z".parse().unwrap();
        assert_eq!(time.to_string(), "1969-12-31T23:59:59Z");
    }

    fn timestamps() -> impl Strategy<Value = Timestamp> {
        // Years 1 to 9999, what RFC 3339 can write.
        (YEAR_ONE + 1..253_402_207_200_i64, 0..1_000_000_000_i32)
            .prop_map(|(second, nano)| Timestamp::new(second, nano).unwrap())
    }

    proptest! {
        #[test]
        fn the_quick_way_reads_what_the_thorough_one_does(
            text in "[0-9]{4}-[01][0-9]-[0-3][0-9][Tt][0-2][0-9]:[0-6][0-9]:[0-6][0-9][Zz]"
        ) {
            // A leap second is left to the thorough one.
            if let Some(quick) = as_servers_write(&text) {
                prop_assert_eq!(Ok(quick), text.parse().map_err(|_| text));
            }
        }

        #[test]
        fn what_was_written_reads_back_equal(timestamp in timestamps()) {
            let time = Time::from(timestamp);
            prop_assert_eq!(as_servers_write(&time.to_string()), Some(time.as_timestamp()));
            let json = serde_json::to_string(&time).unwrap();
            prop_assert_eq!(json.len(), r#""2026-11-23T13:04:05Z""#.len());
            prop_assert_eq!(serde_json::from_str::<Time>(&json).unwrap(), time);

            let time = MicroTime::from(timestamp);
            let json = serde_json::to_string(&time).unwrap();
            prop_assert_eq!(json.len(), r#""2026-11-23T13:04:05.000000Z""#.len());
            prop_assert_eq!(serde_json::from_str::<MicroTime>(&json).unwrap(), time);
            let cut = timestamp.as_nanosecond() - time.as_timestamp().as_nanosecond();
            prop_assert!((0..1000).contains(&cut), "{cut} ns cut off");
        }
    }
}
