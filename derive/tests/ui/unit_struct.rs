use kubewright::Resource;
use serde::{Deserialize, Serialize};

#[derive(Resource, Clone, Serialize, Deserialize)]
#[resource(group = "example.com", version = "v1")]
struct Widget;

// Used as a resource elsewhere: the mistake above is still reported only once.
fn main() {
    println!("{}", Widget::PLURAL);
}
