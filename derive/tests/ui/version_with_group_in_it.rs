use kubewright::{ObjectMeta, Resource};
use serde::{Deserialize, Serialize};

#[derive(Resource, Clone, Serialize, Deserialize)]
#[resource(group = "apps", version = "apps/v1")]
struct Widget {
    metadata: ObjectMeta,
}

// Used as a resource elsewhere: the mistake above is told once all the same.
fn main() {
    println!("{}", Widget::PLURAL);
}
