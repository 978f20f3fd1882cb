use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
struct Spec {
    size: i32,
    #[serde(flatten)]
    more: More,
}

#[derive(Schema, Serialize, Deserialize)]
struct More {
    size: i32,
}

fn main() {}
