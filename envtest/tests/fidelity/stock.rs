//! The committed specification of stock Kubernetes.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::sync::OnceLock;

use flate2::read::GzDecoder;
use kubewright_samples::Kinds;

/// The kinds of stock Kubernetes, with their schemas.
pub(crate) fn kinds() -> &'static Kinds {
    static KINDS: OnceLock<Kinds> = OnceLock::new();
    KINDS.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("facts/openapi-v3.json.gz");
        let mut text = String::new();
        let mut file = GzDecoder::new(fs::File::open(path).unwrap());
        file.read_to_string(&mut text).unwrap();
        Kinds::of_openapi(&serde_json::from_str(&text).unwrap())
    })
}
