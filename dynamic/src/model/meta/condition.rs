//! One observation of an object's state.

use kubewright_table::record;

use super::Time;

/// One aspect of an object's state, as controllers report it (`meta/v1` `Condition`).
pub struct Condition {
    /// Which aspect, as in `Ready`; unique within the object.
    pub type_: String,
    /// `True`, `False` or `Unknown`.
    pub status: String,
    /// The `metadata.generation` that was looked at; older than the object's means stale.
    pub observed_generation: Option<i64>,
    /// When `status` last changed.
    pub last_transition_time: Time,
    /// Why, in one CamelCase word for programs.
    pub reason: String,
    /// Why, in a sentence for people.
    pub message: String,
}

record! {
    Condition {
        "type" type_,
        "status" status,
        "observedGeneration" observed_generation,
        "lastTransitionTime" last_transition_time,
        "reason" reason,
        "message" message,
    }
}

impl Eq for Condition {}

impl Condition {
    /// Whether the status is `True`.
    #[must_use]
    pub fn is_true(&self) -> bool {
        self.status == "True"
    }
}
