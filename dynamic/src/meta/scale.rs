//! How many there are, of anything that scales.

use serde::{Deserialize, Serialize};

use super::{ObjectMeta, null_as_default};

/// What the `/scale` subresource of every kind speaks (`autoscaling/v1` `Scale`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Scale {
    /// Metadata of the object that is scaled.
    #[serde(deserialize_with = "null_as_default")]
    pub metadata: ObjectMeta,
    /// How many there should be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spec: Option<ScaleSpec>,
    /// How many there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ScaleStatus>,
}

impl Scale {
    /// How many there should be; `None` when the object leaves it to its default.
    #[must_use]
    pub fn replicas(&self) -> Option<i32> {
        self.spec.as_ref()?.replicas
    }

    /// The same object scaled to `replicas`.
    #[must_use]
    pub fn with_replicas(mut self, replicas: i32) -> Self {
        self.spec.get_or_insert_default().replicas = Some(replicas);
        self
    }
}

/// How many there should be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ScaleSpec {
    /// The number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replicas: Option<i32>,
}

/// How many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ScaleStatus {
    /// The number.
    #[serde(deserialize_with = "null_as_default")]
    pub replicas: i32,
    /// Which pods are counted, as a label selector in its query form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selector: Option<String>,
}
