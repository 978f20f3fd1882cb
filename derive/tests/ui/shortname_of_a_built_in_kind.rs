use kubewright::{ObjectMeta, Resource, Schema};
use serde::{Deserialize, Serialize};

#[derive(Resource, Clone, Serialize, Deserialize)]
#[resource(group = "apps", version = "v1", shortname = "wd")]
struct Widget {
    metadata: ObjectMeta,
}

#[derive(Schema)]
struct Unused {}

fn main() {}
