//! One observation of an object's state.

use serde::{Deserialize, Serialize};

use super::{Time, null_as_default};

/// One aspect of an object's state, as controllers report it (`meta/v1` `Condition`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Condition {
    /// Which aspect, as in `Ready`; unique within the object.
    #[serde(rename = "type", deserialize_with = "null_as_default")]
    pub type_: String,
    /// `True`, `False` or `Unknown`.
    #[serde(deserialize_with = "null_as_default")]
    pub status: String,
    /// The `metadata.generation` that was looked at; older than the object's means stale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// When `status` last changed.
    #[serde(deserialize_with = "null_as_default")]
    pub last_transition_time: Time,
    /// Why, in one CamelCase word for programs.
    #[serde(deserialize_with = "null_as_default")]
    pub reason: String,
    /// Why, in a sentence for people.
    #[serde(deserialize_with = "null_as_default")]
    pub message: String,
}

impl Condition {
    /// Whether the status is `True`.
    #[must_use]
    pub fn is_true(&self) -> bool {
        self.status == "True"
    }
}
