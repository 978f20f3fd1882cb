use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
struct Spec {
    #[schema(rule("self > 1", message = "a\nb"))]
    size: i32,
}

fn main() {}
