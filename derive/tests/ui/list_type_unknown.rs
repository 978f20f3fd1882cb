use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
struct Spec {
    #[schema(list_type = "sets")]
    size: Vec<String>,
}

fn main() {}
