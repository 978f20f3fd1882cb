//! JSON of any shape inside a typed object.

use std::borrow::Cow;

use kubewright_table::{Datum, Empty, Fault, Leaf, leaf, record};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An embedded object of any kind, or plain JSON (`runtime` `RawExtension`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RawExtension(pub Value);

impl Empty for RawExtension {
    const EMPTY: Self = Self(Value::Null);
}

impl Leaf for RawExtension {
    const EXPECTED: &'static str = "JSON";
    const ANYTHING: bool = true;

    fn read(datum: Datum<'_>) -> Result<Self, Fault> {
        datum.into_value().map(Self)
    }

    fn show(&self) -> Datum<'_> {
        Datum::Tree(Cow::Borrowed(&self.0))
    }
}

leaf!(RawExtension);

impl From<Value> for RawExtension {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

/// One frame of a watch with its object still untyped (`meta/v1` `WatchEvent`).
pub struct WatchEvent {
    /// `ADDED`, `MODIFIED`, `DELETED`, `BOOKMARK` or `ERROR`.
    pub type_: String,
    /// The object; a [`Status`](super::Status) when the type is `ERROR`.
    pub object: RawExtension,
}

record! {
    WatchEvent {
        "type" type_,
        "object" object,
    }
}

impl Eq for WatchEvent {}
