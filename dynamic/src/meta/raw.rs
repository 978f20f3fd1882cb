//! JSON of any shape inside a typed object.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::null_as_default;

/// An embedded object of any kind, or plain JSON (`runtime` `RawExtension`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RawExtension(pub Value);

impl From<Value> for RawExtension {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

/// One frame of a watch with its object still untyped (`meta/v1` `WatchEvent`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WatchEvent {
    /// `ADDED`, `MODIFIED`, `DELETED`, `BOOKMARK` or `ERROR`.
    #[serde(rename = "type", deserialize_with = "null_as_default")]
    pub type_: String,
    /// The object; a [`Status`](super::Status) when the type is `ERROR`.
    pub object: RawExtension,
}
