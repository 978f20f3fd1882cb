use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
struct Spec {
    #[schema(min = 1, min = 2)]
    size: i32,
}

fn main() {}
