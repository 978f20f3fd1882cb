use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
struct Spec {
    #[schema(rule("self in [1, 2"))]
    size: i32,
}

fn main() {}
