//! The field set of one manager, kept as text.

use std::fmt;

use kubewright_table::{Datum, Empty, Form, Leaf, LeafError, leaf};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::kept::Kept;

/// A set of field paths in the server's own notation (`meta/v1` `FieldsV1`).
///
/// It is held as JSON text: as a tree a set takes many times the room, and hardly any program
/// reads it. Two sets are equal when their JSON is, whatever the order of its keys.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldsV1(Kept<'{'>);

impl FieldsV1 {
    /// The set as JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The set as a JSON tree, to be walked.
    #[must_use]
    pub fn to_value(&self) -> Value {
        self.0.to_value()
    }
}

impl From<&Value> for FieldsV1 {
    /// A set as the tree says; what is not an object makes an empty one.
    fn from(value: &Value) -> Self {
        Self(Kept::of(value).unwrap_or_default())
    }
}

impl fmt::Debug for FieldsV1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Empty for FieldsV1 {
    const EMPTY: Self = Self(Kept::EMPTY);
}

impl Leaf for FieldsV1 {
    const EXPECTED: &'static str = Kept::<'{'>::EXPECTED;
    const FORM: Form = Form::Object;
    const ANYTHING: bool = true;

    fn read(datum: Datum<'_>) -> Result<Self, LeafError> {
        Kept::read(&datum).map(Self)
    }

    fn show(&self) -> Datum<'_> {
        self.0.show()
    }
}

leaf!(FieldsV1);

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
    fn reads_null_as_the_empty_set_and_refuses_other_values() {
        let empty: FieldsV1 = serde_json::from_str("null").unwrap();
        assert_eq!(empty.as_str(), "{}");
        assert!(serde_json::from_str::<FieldsV1>("3").is_err());
        assert!(serde_json::from_str::<FieldsV1>("[]").is_err());
    }
}
