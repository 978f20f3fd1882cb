use kubewright::{ObjectMeta, Resource, Schema};
use serde::{Deserialize, Serialize};

mod v1beta1 {
    use super::*;

    #[derive(Resource, Clone, Serialize, Deserialize)]
    #[resource(group = "example.com", version = "v1beta1")]
    pub struct Widget {
        pub metadata: ObjectMeta,
    }
}

#[derive(Resource, Clone, Serialize, Deserialize)]
#[resource(group = "example.com", version = "v1", versions(v1beta1::Widget))]
struct Widget {
    metadata: ObjectMeta,
}

impl From<v1beta1::Widget> for Widget {
    fn from(old: v1beta1::Widget) -> Self {
        Self { metadata: old.metadata }
    }
}

impl From<Widget> for v1beta1::Widget {
    fn from(new: Widget) -> Self {
        Self { metadata: new.metadata }
    }
}

#[derive(Schema)]
struct Unused {}

fn main() {}
