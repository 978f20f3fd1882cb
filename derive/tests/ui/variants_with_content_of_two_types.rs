use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
#[serde(tag = "type", content = "value")]
enum Source {
    Number(i32),
    Text(String),
}

fn main() {}
