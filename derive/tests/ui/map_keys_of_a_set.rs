use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
struct Spec {
    #[schema(list_type = "set", map_keys("name"))]
    size: Vec<String>,
}

fn main() {}
