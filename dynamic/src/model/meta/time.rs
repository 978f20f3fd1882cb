//! Points in time, as the API writes them.

mod spelling;

use std::cmp::Ordering;
use std::error::Error as _;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use jiff::{Timestamp, Unit};
use kubewright_table::{Datum, Empty, Form, Leaf, LeafError, leaf};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use spelling::Spelling;

use super::problem::{A_TIME, ValueProblem};

/// A point in time (`meta/v1` `Time`, and every other `date-time`).
///
/// Made from a clock it has whole seconds in UTC, as the API server writes them, and
/// [`Time::precise`] keeps the fraction. What was read is written back letter by letter, with
/// the fraction and the offset that it came with: a server keeps the times of custom resources
/// as they are. `==`, `<` and `Hash` go by the point in time, not by its spelling.
///
/// The default is the API's "never": the beginning of the year 1, which reads from `null` and
/// empty text, and is written as `null`.
///
/// # Examples
///
/// ```
/// use kubewright::meta::Time;
///
/// let time: Time = "2026-11-23T15:04:05.678+02:00".parse()?;
/// assert_eq!(time.to_string(), "2026-11-23T15:04:05.678+02:00");
/// assert_eq!(time, "2026-11-23T13:04:05.678Z".parse()?);
/// assert_eq!(Time::from(time.as_timestamp()).to_string(), "2026-11-23T13:04:05Z");
/// assert_eq!(Time::precise(time.as_timestamp()).to_string(), "2026-11-23T13:04:05.678Z");
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Time {
    second: i64,
    /// Of the same sign as `second`, as in [`Timestamp`].
    nano: i32,
    spelling: Spelling,
}

/// A point in time with a resolution of one microsecond (`meta/v1` `MicroTime`).
///
/// Any RFC 3339 text reads, with an offset or with a finer fraction, which is cut off; it is
/// written in UTC with exactly six digits after the point, as by the API server. The default
/// is "never", as of [`Time`].
///
/// # Examples
///
/// ```
/// use kubewright::meta::MicroTime;
///
/// let time: MicroTime = "2026-11-23T13:04:05Z".parse()?;
/// assert_eq!(time.to_string(), "2026-11-23T13:04:05.000000Z");
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MicroTime(Timestamp);

/// Seconds from the Unix epoch back to the beginning of the year 1.
const YEAR_ONE: i64 = -62_135_596_800;

impl Time {
    /// A point in time with its fraction of a second, in UTC; the digits that it needs, by
    /// threes.
    #[must_use]
    pub fn precise(timestamp: Timestamp) -> Self {
        Self::new(timestamp, Spelling::utc(timestamp.subsec_nanosecond()))
    }

    /// The same for computing with.
    #[must_use]
    pub fn as_timestamp(&self) -> Timestamp {
        // Both came out of a timestamp.
        Timestamp::new(self.second, self.nano).unwrap_or_default()
    }

    fn new(timestamp: Timestamp, spelling: Spelling) -> Self {
        Self {
            second: timestamp.as_second(),
            nano: timestamp.subsec_nanosecond(),
            spelling,
        }
    }

    fn instant(&self) -> (i64, i32) {
        (self.second, self.nano)
    }

    fn is_null(&self) -> bool {
        self.spelling == Spelling::NULL
    }
}

impl Empty for Time {
    const EMPTY: Self = Self {
        second: YEAR_ONE,
        nano: 0,
        spelling: Spelling::NULL,
    };
}

impl From<Timestamp> for Time {
    fn from(timestamp: Timestamp) -> Self {
        Self::new(floor(timestamp, Unit::Second), Spelling::SECONDS)
    }
}

impl FromStr for Time {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        if let Some(timestamp) = spelling::as_servers_write(text) {
            return Ok(Self::new(timestamp, Spelling::SECONDS));
        }
        let timestamp: Timestamp = text.parse()?;
        let spelling = Spelling::of(text);
        Ok(spelling.map_or_else(
            || Self::precise(timestamp),
            |spelling| Self::new(timestamp, spelling),
        ))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.spelling.write(self.as_timestamp(), f)
    }
}

impl PartialEq for Time {
    fn eq(&self, other: &Self) -> bool {
        self.instant() == other.instant()
    }
}

impl Eq for Time {}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Time {
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant().cmp(&other.instant())
    }
}

impl Hash for Time {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.instant().hash(state);
    }
}

impl MicroTime {
    /// The same for computing with.
    #[must_use]
    pub fn as_timestamp(&self) -> Timestamp {
        self.0
    }

    fn is_null(&self) -> bool {
        self.is_never()
    }
}

impl Empty for MicroTime {
    const EMPTY: Self = Self(Timestamp::constant(YEAR_ONE, 0));
}

impl From<Timestamp> for MicroTime {
    fn from(timestamp: Timestamp) -> Self {
        Self(floor(timestamp, Unit::Microsecond))
    }
}

impl FromStr for MicroTime {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        text.parse::<Timestamp>().map(Self::from)
    }
}

impl fmt::Display for MicroTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6}", self.0)
    }
}

/// The common code of the two.
macro_rules! point_in_time {
    ($name:ident) => {
        impl $name {
            /// The present, by the system's clock.
            #[must_use]
            pub fn now() -> Self {
                Self::from(Timestamp::now())
            }

            /// Whether this is the API's "never": the default.
            #[must_use]
            pub fn is_never(&self) -> bool {
                *self == Self::EMPTY
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::EMPTY
            }
        }

        impl Leaf for $name {
            const EXPECTED: &'static str = A_TIME;
            const FORM: Form = Form::$name;

            fn read(datum: Datum<'_>) -> Result<Self, LeafError> {
                match datum {
                    Datum::Text(text) => read_text(&text).map_err(LeafError::value),
                    _ => Err(LeafError::Type),
                }
            }

            fn show(&self) -> Datum<'_> {
                match self.is_null() {
                    true => Datum::Null,
                    false => Datum::Text(self.to_string().into()),
                }
            }
        }

        leaf!($name);

        impl From<$name> for Timestamp {
            fn from(time: $name) -> Timestamp {
                time.as_timestamp()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if self.is_null() {
                    return serializer.serialize_unit();
                }
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(TimeVisitor(PhantomData))
            }
        }
    };
}

point_in_time!(Time);
point_in_time!(MicroTime);

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

fn read_text<T: Empty + FromStr<Err = jiff::Error>>(text: &str) -> Result<T, ValueProblem> {
    if text.is_empty() {
        return Ok(T::EMPTY);
    }
    text.parse()
        .map_err(|source| ValueProblem::NotATime { source })
}

struct TimeVisitor<T>(PhantomData<T>);

impl<T: Empty + FromStr<Err = jiff::Error>> Visitor<'_> for TimeVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(A_TIME)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        read_text(text).map_err(|problem| match problem.source() {
            Some(cause) => E::custom(format_args!("{problem}: {cause}")),
            None => E::custom(problem),
        })
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        Ok(T::EMPTY)
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
    fn what_was_read_is_written_back_letter_by_letter() {
        for text in [
            "2026-11-23T13:04:05Z",
            "2026-11-23T13:04:05.999999999Z",
            "2026-11-23T13:04:05.100Z",
            "2026-11-23T13:04:05.0Z",
            "2026-11-23T15:04:05+02:00",
            "2026-11-23T13:04:05.5-09:30",
            "2026-11-23T13:04:05+00:00",
            "2026-11-23t13:04:05.25z",
            "0001-01-01T00:00:00Z",
            "9999-12-30T12:59:59.999999Z",
            "1969-12-31T23:59:59.5Z",
        ] {
            let json = format!("\"{text}\"");
            let time = read(&json).unwrap();
            assert_eq!(serde_json::to_string(&time).unwrap(), json);
            let read = Time::read(Datum::Text(text.into())).unwrap();
            assert_eq!(read.show().into_value().unwrap(), text);
            assert_eq!(time.as_timestamp(), text.parse().unwrap());
        }
    }

    #[test]
    fn the_point_in_time_counts_and_not_its_spelling() {
        let [early, same, late] = ["13:04:05Z", "15:04:05.000+02:00", "13:04:05.001Z"]
            .map(|time| format!("2026-11-23T{time}").parse::<Time>().unwrap());
        assert!(early == same && same < late);
        assert_eq!(size_of::<Option<Time>>(), 16, "as large as without");
    }

    #[test]
    fn unusual_spellings_become_usual_ones() {
        for (text, written) in [
            ("2026-11-23T13:04Z", "2026-11-23T13:04:00Z"),
            ("20261123T130405.5Z", "2026-11-23T13:04:05.500Z"),
            ("2026-11-23T13:04:05-00:00", "2026-11-23T13:04:05+00:00"),
        ] {
            assert_eq!(text.parse::<Time>().unwrap().to_string(), written);
        }
    }

    #[test]
    fn never_reads_from_nothing_and_is_written_as_null() {
        for json in ["null", r#""""#] {
            let time = read(json).unwrap();
            assert!(time.is_never(), "{json}");
            assert_eq!(serde_json::to_string(&time).unwrap(), "null");
        }
        assert!(read(r#""0001-01-01T00:00:00Z""#).unwrap().is_never());
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
        let half: Timestamp = "1969-12-31T23:59:59.5Z".parse().unwrap();
        assert_eq!(Time::from(half).to_string(), "1969-12-31T23:59:59Z");
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
            if let Some(quick) = spelling::as_servers_write(&text) {
                prop_assert_eq!(Ok(quick), text.parse().map_err(|_| text));
            }
        }

        #[test]
        fn what_was_written_reads_back_equal(timestamp in timestamps()) {
            let time = Time::from(timestamp);
            prop_assert_eq!(
                spelling::as_servers_write(&time.to_string()),
                Some(time.as_timestamp())
            );
            let json = serde_json::to_string(&time).unwrap();
            prop_assert_eq!(json.len(), r#""2026-11-23T13:04:05Z""#.len());
            prop_assert_eq!(serde_json::from_str::<Time>(&json).unwrap(), time);
            let precise = Time::precise(timestamp);
            prop_assert_eq!(precise.as_timestamp(), timestamp);
            prop_assert_eq!(precise.to_string().parse::<Time>().unwrap(), precise);

            let time = MicroTime::from(timestamp);
            let json = serde_json::to_string(&time).unwrap();
            prop_assert_eq!(json.len(), r#""2026-11-23T13:04:05.000000Z""#.len());
            prop_assert_eq!(serde_json::from_str::<MicroTime>(&json).unwrap(), time);
            let cut = timestamp.as_nanosecond() - time.as_timestamp().as_nanosecond();
            prop_assert!((0..1000).contains(&cut), "{cut} ns cut off");
        }
    }
}
