use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
enum Source {
    Nothing,
    Git { url: String },
}

fn main() {}
