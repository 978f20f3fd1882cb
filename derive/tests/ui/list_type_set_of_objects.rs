use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
struct Port {
    name: String,
}

#[derive(Schema, Serialize, Deserialize)]
struct Spec {
    #[schema(list_type = "set")]
    size: Vec<Port>,
}

fn main() {}
