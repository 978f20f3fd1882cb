use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
struct Port {
    name: Option<String>,
}

#[derive(Schema, Serialize, Deserialize)]
struct Spec {
    #[schema(list_type = "map", map_keys("name"))]
    size: Vec<Port>,
}

fn main() {}
