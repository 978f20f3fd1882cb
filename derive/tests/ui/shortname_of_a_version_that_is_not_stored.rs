use kubewright::{ObjectMeta, Resource, Schema};
use serde::{Deserialize, Serialize};

#[derive(Resource, Clone, Serialize, Deserialize)]
#[resource(group = "example.com", version = "v1beta1", storage = false, shortname = "wd")]
struct Widget {
    metadata: ObjectMeta,
}

#[derive(Schema)]
struct Unused {}

fn main() {}
