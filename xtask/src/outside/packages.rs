//! The packages as they would be published, and the way to them for cargo.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kubewright_cli::parts::Failure;

use super::project::finished;
use crate::checkout::{cargo, root};

/// The packages that are published, each after those that it needs.
pub(crate) const PUBLISHED: [&str; 7] = [
    "kubewright-table",
    "kubewright-derive",
    "kubewright",
    "kubewright-codegen",
    "kubewright-generated",
    "kubewright-envtest",
    "kubewright-cli",
];

/// Packs all of them and unpacks them below `folder`; their folders.
pub(super) fn unpacked(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    // What others have is what is on disk, committed or not; `.ci/run package` builds them.
    let mut pack = cargo(root());
    pack.args(["package", "--quiet", "--no-verify", "--allow-dirty"]);
    pack.args(PUBLISHED.iter().flat_map(|name| ["--package", name]));
    finished(&mut pack)?;
    fs::create_dir_all(folder)?;
    PUBLISHED.iter().map(|name| unpack(name, folder)).collect()
}

fn unpack(name: &str, folder: &Path) -> Result<PathBuf, Failure> {
    let package = format!("{name}-{}", env!("CARGO_PKG_VERSION"));
    let archive = root().join(format!("target/package/{package}.crate"));
    let mut tar = Command::new("tar");
    tar.arg("-xzf").arg(archive).arg("-C").arg(folder);
    finished(&mut tar)?;
    Ok(folder.join(package))
}

/// Lets every project below `folder` find the packages, which it names as those of crates.io.
pub(super) fn configure(folder: &Path, packages: &[PathBuf]) -> Result<(), Failure> {
    let mut config = "[patch.crates-io]\n".to_owned();
    for (name, path) in PUBLISHED.iter().zip(packages) {
        config += &format!("{name} = {{ path = {path:?} }}\n");
    }
    fs::create_dir_all(folder.join(".cargo"))?;
    fs::write(folder.join(".cargo/config.toml"), config)?;
    Ok(())
}

/// The folder of one of them.
pub(super) fn folder_of(packages: &[PathBuf], name: &str) -> Result<PathBuf, Failure> {
    let found = PUBLISHED
        .iter()
        .zip(packages)
        .find(|(known, _)| **known == name);
    let (_, folder) = found.ok_or_else(|| format!("{name} is not published"))?;
    Ok(folder.clone())
}
