//! A kind of two versions, which a webhook converts.

use kubewright::{ObjectMeta, Resource, Schema};
use serde::{Deserialize, Serialize};

/// One field says it all.
pub(super) mod v1beta1 {
    use super::{Deserialize, ObjectMeta, Resource, Schema, Serialize};

    #[derive(Resource, Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[resource(
        group = "workshop.example.com",
        version = "v1beta1",
        namespaced,
        storage = false,
        deprecated = "workshop.example.com/v1beta1 Contraption is old: use v1"
    )]
    pub(crate) struct Contraption {
        pub(crate) metadata: ObjectMeta,
        pub(crate) spec: ContraptionSpec,
    }

    #[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
    pub(crate) struct ContraptionSpec {
        /// Width and height, as in `3x4`.
        pub(crate) size: String,
    }
}

#[derive(Resource, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[resource(
    group = "workshop.example.com",
    version = "v1",
    namespaced,
    versions(v1beta1::Contraption)
)]
pub(super) struct Contraption {
    pub(super) metadata: ObjectMeta,
    pub(super) spec: ContraptionSpec,
}

#[derive(Schema, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ContraptionSpec {
    pub(super) width: u32,
    pub(super) height: u32,
}

impl TryFrom<v1beta1::Contraption> for Contraption {
    type Error = String;

    fn try_from(old: v1beta1::Contraption) -> Result<Self, String> {
        let size = old.spec.size;
        let sides = size.split_once('x');
        let sides =
            sides.and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
        let (width, height) =
            sides.ok_or_else(|| format!("spec.size is {size:?}, expected 3x4"))?;
        Ok(Self {
            metadata: old.metadata,
            spec: ContraptionSpec { width, height },
        })
    }
}

impl From<Contraption> for v1beta1::Contraption {
    fn from(new: Contraption) -> Self {
        Self {
            metadata: new.metadata.label("converted", "yes"),
            spec: v1beta1::ContraptionSpec {
                size: format!("{}x{}", new.spec.width, new.spec.height),
            },
        }
    }
}
