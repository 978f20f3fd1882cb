use kubewright::{ObjectMeta, Resource};
use serde::{Deserialize, Serialize};

#[derive(Resource, Clone, Serialize, Deserialize)]
#[resource(group = "example.com", version = "v1")]
#[allow(non_camel_case_types)]
struct My_Widget {
    metadata: ObjectMeta,
}

fn main() {
    println!("{}", My_Widget::PLURAL);
}
