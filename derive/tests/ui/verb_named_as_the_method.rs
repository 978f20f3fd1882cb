use kubewright::{ObjectMeta, Resource};
use serde::{Deserialize, Serialize};

#[derive(Resource, Clone, Serialize, Deserialize)]
#[resource(group = "example.com", version = "v1", verbs(get, replace))]
struct Widget {
    metadata: ObjectMeta,
}

// Used as a resource elsewhere: the mistake above is still reported only once.
fn main() {
    println!("{}", Widget::PLURAL);
}
