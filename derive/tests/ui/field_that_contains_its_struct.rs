use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
struct Node {
    children: Vec<Node>,
}

fn main() {}
