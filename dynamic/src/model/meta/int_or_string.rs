//! A field that takes a number or a name.

use std::fmt;

use kubewright_table::{Datum, Empty, Form, Leaf, LeafError, leaf};
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// A number or a text, as in a port that has a number or a name (`intstr` `IntOrString`).
///
/// Numbers are 32-bit, as in the API: one that does not fit is an error, not a wrap.
///
/// # Examples
///
/// ```
/// use kubewright::meta::IntOrString;
///
/// let port: IntOrString = serde_json::from_str("8080")?;
/// assert_eq!(port, IntOrString::Int(8080));
/// assert_eq!(IntOrString::from("25%").percent(), Some(25));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(untagged)]
pub enum IntOrString {
    /// A number.
    Int(i32),
    /// A text: a name, or a share as in `25%`.
    String(String),
}

impl IntOrString {
    /// The number before the `%` of a share; `None` for anything else.
    #[must_use]
    pub fn percent(&self) -> Option<i32> {
        match self {
            Self::Int(_) => None,
            Self::String(text) => text.strip_suffix('%')?.parse().ok(),
        }
    }
}

impl Default for IntOrString {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl Empty for IntOrString {
    const EMPTY: Self = Self::Int(0);
}

impl Leaf for IntOrString {
    const EXPECTED: &'static str = "a 32-bit integer or a string";
    const FORM: Form = Form::IntOrString;

    fn read(datum: Datum<'_>) -> Result<Self, LeafError> {
        match datum {
            Datum::Text(text) => Ok(Self::String(text.into_owned())),
            // In any spelling that an integer may have: `-0` is a float to some readers.
            other => i32::read(other).map(Self::Int),
        }
    }

    fn show(&self) -> Datum<'_> {
        match self {
            Self::Int(number) => Datum::Int((*number).into()),
            Self::String(text) => Datum::Text(text.into()),
        }
    }
}

leaf!(IntOrString);

impl From<i32> for IntOrString {
    fn from(number: i32) -> Self {
        Self::Int(number)
    }
}

impl From<&str> for IntOrString {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for IntOrString {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl fmt::Display for IntOrString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => number.fmt(f),
            Self::String(text) => text.fmt(f),
        }
    }
}

impl<'de> Deserialize<'de> for IntOrString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IntOrStringVisitor)
    }
}

struct IntOrStringVisitor;

impl Visitor<'_> for IntOrStringVisitor {
    type Value = IntOrString;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a 32-bit integer or a string")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<IntOrString, E> {
        i32::try_from(number)
            .map(IntOrString::Int)
            .map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<IntOrString, E> {
        i32::try_from(number)
            .map(IntOrString::Int)
            .map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<IntOrString, E> {
        i32::read(Datum::Float(number))
            .map(IntOrString::Int)
            .map_err(|_| E::invalid_value(Unexpected::Float(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<IntOrString, E> {
        Ok(IntOrString::from(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<IntOrString, E> {
        Ok(IntOrString::String(text))
    }

    fn visit_unit<E: Error>(self) -> Result<IntOrString, E> {
        Ok(IntOrString::default())
    }
}

#[cfg(test)]
mod tests {
    use kubewright_table::{from_json, record};
    use proptest::prelude::*;

    use super::*;

    struct Service {
        port: IntOrString,
    }
    record! { Service { "port" port } }

    #[test]
    fn a_number_that_does_not_fit_is_an_error() {
        for text in [
            "2147483648",
            "-2147483649",
            "18446744073709551615",
            "1.5",
            "true",
            "[]",
        ] {
            assert!(serde_json::from_str::<IntOrString>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_whole_number_is_one_in_any_spelling() {
        for (text, number) in [("-0", 0), ("80.0", 80), ("8e1", 80)] {
            let by_serde: IntOrString = serde_json::from_str(text).unwrap();
            let port = format!(r#"{{"port":{text}}}"#);
            let read: Service = from_json(&port).unwrap();
            assert_eq!(by_serde, IntOrString::Int(number), "{text}");
            assert_eq!(read.port, by_serde, "{text}");
        }
    }

    #[test]
    fn null_reads_as_zero() {
        let read: IntOrString = serde_json::from_str("null").unwrap();
        assert_eq!(read, IntOrString::Int(0));
    }

    #[test]
    fn percent_is_only_for_shares() {
        assert_eq!(IntOrString::from("25%").percent(), Some(25));
        assert_eq!(IntOrString::from("25").percent(), None);
        assert_eq!(IntOrString::from("x%").percent(), None);
        assert_eq!(IntOrString::Int(25).percent(), None);
    }

    proptest! {
        #[test]
        fn round_trips(number: i32, text: String) {
            for value in [IntOrString::Int(number), IntOrString::String(text.clone())] {
                let json = serde_json::to_string(&value).unwrap();
                prop_assert_eq!(&serde_json::from_str::<IntOrString>(&json).unwrap(), &value);
                let tree = serde_json::to_value(&value).unwrap();
                prop_assert_eq!(&serde_json::from_value::<IntOrString>(tree).unwrap(), &value);
            }
        }
    }
}
