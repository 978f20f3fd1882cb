use kubewright::{ObjectMeta, Resource, Schema};
use serde::{Deserialize, Serialize};

mod v1beta1 {
    use super::*;

    #[derive(Resource, Clone, Serialize, Deserialize)]
    #[resource(group = "example.com", version = "v1beta1", storage = false)]
    pub struct Widget {
        pub metadata: ObjectMeta,
    }
}

#[derive(Resource, Clone, Serialize, Deserialize)]
#[resource(group = "example.com", version = "v1", versions(v1beta1::Widget))]
struct Widget {
    metadata: ObjectMeta,
}

#[derive(Schema)]
struct Unused {}

fn main() {}
