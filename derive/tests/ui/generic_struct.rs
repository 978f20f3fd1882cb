use kubewright::{ObjectMeta, Resource};
use serde::{Deserialize, Serialize};

#[derive(Resource, Clone, Serialize, Deserialize)]
#[resource(group = "example.com", version = "v1")]
struct Widget<T> {
    metadata: ObjectMeta,
    spec: T,
}

fn main() {}
