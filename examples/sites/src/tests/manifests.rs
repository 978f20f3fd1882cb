//! The manifests in `deploy/` belong to this program.

use kubewright::crd::{ManifestError, check_manifests};

use crate::site::Site;

/// `UPDATE_GOLDEN=1 cargo test` writes the manifest again.
#[test]
fn the_definition_is_fresh() -> Result<(), ManifestError> {
    check_manifests(
        concat!(env!("CARGO_MANIFEST_DIR"), "/deploy"),
        &[Site::crd()],
    )
}
