use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
#[serde(tag = "type")]
enum Source {
    Git(Git),
    Ftp(Ftp),
}

#[derive(Schema, Serialize, Deserialize)]
struct Git {
    depth: i32,
}

#[derive(Schema, Serialize, Deserialize)]
struct Ftp {
    depth: String,
}

fn main() {}
