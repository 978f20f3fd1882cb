use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
#[serde(untagged)]
enum Source {
    Number(f64),
    List(Vec<String>),
}

fn main() {}
