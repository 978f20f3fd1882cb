use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
struct Spec {
    #[schema(min = 3, max = 2)]
    size: i32,
}

fn main() {}
