use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
enum Color {
    Red,
    Green,
}

#[derive(Schema, Serialize, Deserialize)]
struct Spec {
    #[schema(default = "Blue")]
    size: Color,
}

fn main() {}
