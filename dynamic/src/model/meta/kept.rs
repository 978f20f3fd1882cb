//! JSON that is held as text, because hardly any program looks into it.

use std::borrow::Cow;
use std::fmt;

use kubewright_table::{Datum, Empty, LeafError};
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::problem::ValueProblem;

/// The text of a JSON value that begins with `OPEN`: an object with `{`, an array with `[`.
///
/// Two are equal when their JSON is, whatever the order of their keys.
#[derive(Clone)]
pub(super) struct Kept<const OPEN: char>(
    /// Nothing for the empty value, so that there is a constant.
    Option<Box<str>>,
);

impl<const OPEN: char> Kept<OPEN> {
    pub(super) const EXPECTED: &'static str = match OPEN {
        '[' => "a JSON array",
        _ => "a JSON object",
    };

    pub(super) fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or(match OPEN {
            '[' => "[]",
            _ => "{}",
        })
    }

    /// The tree. The text was checked when it was read, so it parses; `null` would only hide a bug.
    pub(super) fn to_value(&self) -> Value {
        serde_json::from_str(self.as_str()).unwrap_or_default()
    }

    /// Keeps a value; nothing when it begins otherwise.
    pub(super) fn of(value: &Value) -> Option<Self> {
        Self::of_text(value.to_string().into())
    }

    pub(super) fn read(datum: &Datum<'_>) -> Result<Self, LeafError> {
        let kept = match datum {
            Datum::Json(text) => Self::of_text(text.as_ref().into()),
            Datum::Tree(tree) => Self::of(tree),
            _ => None,
        };
        kept.ok_or_else(|| LeafError::value(Self::refusal()))
    }

    pub(super) fn show(&self) -> Datum<'_> {
        Datum::Json(self.as_str().into())
    }

    fn refusal() -> ValueProblem {
        ValueProblem::OtherJson {
            expected: Self::EXPECTED,
        }
    }

    /// The text is valid JSON.
    fn of_text(text: Cow<'_, str>) -> Option<Self> {
        text.starts_with(OPEN).then(|| Self(Some(text.into())))
    }
}

impl<const OPEN: char> Empty for Kept<OPEN> {
    const EMPTY: Self = Self(None);
}

impl<const OPEN: char> Default for Kept<OPEN> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<const OPEN: char> fmt::Debug for Kept<OPEN> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<const OPEN: char> PartialEq for Kept<OPEN> {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str() || self.to_value() == other.to_value()
    }
}

impl<const OPEN: char> Eq for Kept<OPEN> {}

impl<'de, const OPEN: char> Deserialize<'de> for Kept<OPEN> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Null => Ok(Self::EMPTY),
            value => Self::of(&value).ok_or_else(|| D::Error::custom(Self::refusal())),
        }
    }
}

impl<const OPEN: char> Serialize for Kept<OPEN> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::from_str::<Value>(self.as_str())
            .map_err(S::Error::custom)?
            .serialize(serializer)
    }
}
