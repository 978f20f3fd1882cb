//! The scale of an object: wanted and actual replicas.

use kubewright_table::record;

use super::ObjectMeta;

/// The object of every `/scale` subresource (`autoscaling/v1` `Scale`).
pub struct Scale {
    /// Metadata of the object that is scaled.
    pub metadata: ObjectMeta,
    /// How many there should be.
    pub spec: Option<ScaleSpec>,
    /// How many there are.
    pub status: Option<ScaleStatus>,
}

record! {
    Scale {
        "metadata" metadata,
        "spec" spec,
        "status" status,
    }
}

impl Eq for Scale {}

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
pub struct ScaleSpec {
    /// The number.
    pub replicas: Option<i32>,
}

record! {
    ScaleSpec {
        "replicas" replicas,
    }
}

impl Eq for ScaleSpec {}

/// How many there are.
pub struct ScaleStatus {
    /// The number.
    pub replicas: i32,
    /// Which pods are counted, as a label selector in its query form.
    pub selector: Option<String>,
}

record! {
    ScaleStatus {
        "replicas" replicas,
        "selector" selector,
    }
}

impl Eq for ScaleStatus {}
