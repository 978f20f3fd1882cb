use kubewright::{ObjectMeta, Resource, Schema};
use serde::{Deserialize, Serialize};

#[derive(Resource, Clone, Serialize, Deserialize)]
#[resource(group = "example.com", version = "v1", shortname = "wd")]
struct Widget {
    metadata: ObjectMeta,
    spec: WidgetSpec,
}

#[derive(Clone, Serialize, Deserialize)]
struct WidgetSpec {
    size: i32,
}

#[derive(Schema)]
struct Unused {}

fn main() {}
