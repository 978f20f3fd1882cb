use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
struct Spec {
    #[schema(items(max_lenght = 3))]
    size: Vec<String>,
}

fn main() {}
