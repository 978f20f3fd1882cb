//! The checkout of kubewright that a program was built in, if it was built in one.

use std::fs;
use std::path::{Path, PathBuf};

/// The crate that generated code stands on.
pub(crate) const RUNTIME: &str = "kubewright";

/// A folder with the sources of all of kubewright's crates.
#[derive(Clone, Debug)]
pub(crate) struct Checkout {
    root: PathBuf,
}

impl Checkout {
    /// `None` for a program that was built from released packages, or whose checkout is gone.
    pub(crate) fn found() -> Option<Self> {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = package.parent()?.parent()?.to_owned();
        let checkout = Self { root };
        holds_runtime(&checkout.runtime()).then_some(checkout)
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the runtime.
    pub(crate) fn runtime(&self) -> PathBuf {
        self.root.join("dynamic")
    }

    /// The folder of the types of stock Kubernetes.
    pub(crate) fn generated(&self) -> PathBuf {
        self.root.join("generated")
    }
}

/// Whether the runtime's package lies in this folder.
pub(crate) fn holds_runtime(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join("Cargo.toml"));
    manifest.is_ok_and(|text| text.contains(&format!("name = \"{RUNTIME}\"")))
}
