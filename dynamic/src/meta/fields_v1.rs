//! The field set of one manager, kept as text.

use std::borrow::Cow;
use std::fmt;

use kubewright_table::{Datum, Empty, Fault, Form, Leaf, leaf};
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A set of field paths in the server's own notation (`meta/v1` `FieldsV1`).
///
/// Every object carries such sets and hardly any program reads them, so they are held as
/// JSON text: as a tree they would often outweigh the rest of the object. Two sets are equal
/// when their JSON is, whatever the order of its keys.
#[derive(Clone)]
pub struct FieldsV1(
    /// Nothing for `{}`, so that there is a constant.
    Option<Box<str>>,
);

impl FieldsV1 {
    /// The set as JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or("{}")
    }

    /// The set as a JSON tree, to be walked.
    #[must_use]
    pub fn to_value(&self) -> Value {
        // The text was checked when it was read, so it parses; `null` would only hide a bug.
        serde_json::from_str(self.as_str()).unwrap_or_default()
    }
}

impl From<&Value> for FieldsV1 {
    fn from(value: &Value) -> Self {
        Self(Some(value.to_string().into_boxed_str()))
    }
}

impl Default for FieldsV1 {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl fmt::Debug for FieldsV1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq for FieldsV1 {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str() || self.to_value() == other.to_value()
    }
}

impl Eq for FieldsV1 {}

impl Empty for FieldsV1 {
    const EMPTY: Self = Self(None);
}

impl Leaf for FieldsV1 {
    const EXPECTED: &'static str = NOT_AN_OBJECT;
    const FORM: Form = Form::Object;
    const ANYTHING: bool = true;

    fn read(datum: Datum<'_>) -> Result<Self, Fault> {
        let text: Cow<'_, str> = match &datum {
            Datum::Json(text) => text.as_ref().into(),
            Datum::Tree(tree) => tree.to_string().into(),
            _ => return Err(Fault::Because(NOT_AN_OBJECT.to_owned())),
        };
        match text.starts_with('{') {
            true => Ok(Self(Some(text.into()))),
            false => Err(Fault::Because(NOT_AN_OBJECT.to_owned())),
        }
    }

    fn show(&self) -> Datum<'_> {
        Datum::Json(self.as_str().into())
    }
}

leaf!(FieldsV1);

const NOT_AN_OBJECT: &str = "a field set must be a JSON object";

impl<'de> Deserialize<'de> for FieldsV1 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Null => Ok(Self::default()),
            value @ Value::Object(_) => Ok(Self::from(&value)),
            _ => Err(D::Error::custom(NOT_AN_OBJECT)),
        }
    }
}

impl Serialize for FieldsV1 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::from_str::<Value>(self.as_str())
            .map_err(S::Error::custom)?
            .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_text_and_tree_alike() {
        let text = r#"{"f:spec":{"f:replicas":{},"k:{\"type\":\"Ready\"}":{".":{}}}}"#;
        let from_text: FieldsV1 = serde_json::from_str(text).unwrap();
        let tree: Value = serde_json::from_str(text).unwrap();
        let from_tree: FieldsV1 = serde_json::from_value(tree.clone()).unwrap();
        assert_eq!(from_text, from_tree);
        assert_eq!(serde_json::to_string(&from_text).unwrap(), text);
        assert_eq!(serde_json::to_value(&from_text).unwrap(), tree);
    }

    #[test]
    fn reads_null_as_the_empty_set_and_refuses_other_scalars() {
        let empty: FieldsV1 = serde_json::from_str("null").unwrap();
        assert_eq!(empty.as_str(), "{}");
        assert!(serde_json::from_str::<FieldsV1>("3").is_err());
    }
}
