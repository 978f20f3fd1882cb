use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
struct Spec {
    #[schema(map_type = "map")]
    size: std::collections::BTreeMap<String, String>,
}

fn main() {}
