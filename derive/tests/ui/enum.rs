use kubewright::Resource;
use serde::{Deserialize, Serialize};

#[derive(Resource, Clone, Serialize, Deserialize)]
#[resource(group = "example.com", version = "v1")]
enum Widget {
    Big,
}

// Used as a resource elsewhere: the mistake above is told once all the same.
fn main() {
    println!("{}", Widget::PLURAL);
}
