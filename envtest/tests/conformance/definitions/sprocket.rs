//! A kind whose fields can be selected, apart from the others: older servers refuse its definition.

use kubewright::{ObjectMeta, Resource, Schema};
use serde::{Deserialize, Serialize};

/// A wheel with teeth.
#[derive(Resource, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[resource(
    group = "workshop.example.com",
    version = "v1",
    namespaced,
    selectable(".spec.color", ".spec.owner")
)]
pub(super) struct Sprocket {
    pub(super) metadata: ObjectMeta,
    pub(super) spec: SprocketSpec,
}

/// What is wanted.
#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct SprocketSpec {
    pub(super) color: String,
    pub(super) owner: String,
}
