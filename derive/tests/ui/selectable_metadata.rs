use kubewright::{ObjectMeta, Resource, Schema};
use serde::{Deserialize, Serialize};

#[derive(Resource, Clone, Serialize, Deserialize)]
#[resource(group = "example.com", version = "v1", namespaced, selectable = ".metadata.name")]
struct Widget {
    metadata: ObjectMeta,
    spec: WidgetSpec,
    status: Option<WidgetStatus>,
}

#[derive(Schema, Clone, Serialize, Deserialize)]
struct WidgetSpec {
    size: i32,
}

#[derive(Schema, Clone, Serialize, Deserialize)]
struct WidgetStatus {
    replicas: i32,
}

// Used elsewhere: the mistake above is still reported only once.
fn main() {
    println!("{:?}", Widget::crd());
}
