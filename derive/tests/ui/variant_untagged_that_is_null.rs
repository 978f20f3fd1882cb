use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
#[serde(untagged)]
enum Source {
    Nothing,
    Git { url: String },
}

fn main() {}
