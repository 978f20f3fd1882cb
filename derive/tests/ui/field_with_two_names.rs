use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
struct Spec {
    #[serde(rename(serialize = "a", deserialize = "b"))]
    size: i32,
}

fn main() {}
