use kubewright_dynamic::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
struct Nothing;

fn main() {}
