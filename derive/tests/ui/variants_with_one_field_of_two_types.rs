use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
#[serde(tag = "type")]
enum Source {
    Git { depth: i32 },
    Ftp { depth: String },
}

fn main() {}
