use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
struct Spec {
    mutex: Foreign,
}

#[derive(Serialize, Deserialize)]
struct Foreign {}

fn main() {}
