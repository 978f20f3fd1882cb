use kubewright::Schema;
use serde::{Deserialize, Serialize};

#[derive(Schema, Serialize, Deserialize)]
struct Spec {
    #[serde(with = "seconds")]
    timeout: std::time::Duration,
}

mod seconds {
    pub fn serialize<S: serde::Serializer>(_: &std::time::Duration, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_u64(1)
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(_: D) -> Result<std::time::Duration, D::Error> {
        Ok(std::time::Duration::ZERO)
    }
}

fn main() {}
