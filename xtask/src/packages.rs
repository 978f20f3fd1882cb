//! The packages that are published: `cargo xtask package`, and what `outside` does with them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use kubewright_cli::parts::{Failure, failed};
use serde::Deserialize;

use crate::checkout::{cargo, finished, root};

/// Pack every package that is published, and build each from what is in its archive.
///
/// Published is what does not say `publish = false` in its manifest. Files that are not
/// committed are packed too.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_: &Args) -> ExitCode {
    let packed = published().and_then(|packages| pack(&packages, &["--locked"]));
    match packed {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&*error),
    }
}

/// A package, of whose manifest only this is of interest.
#[derive(Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// The registries that it may go to; absent for any.
    publish: Option<Vec<String>>,
}

/// The packages of the workspace that may be published.
pub(crate) fn published() -> Result<Vec<Package>, Failure> {
    #[derive(Deserialize)]
    struct Workspace {
        packages: Vec<Package>,
    }
    let mut metadata = cargo(root());
    metadata.args(["metadata", "--no-deps", "--format-version", "1"]);
    let Workspace { packages } = serde_json::from_str(&finished(&mut metadata)?)?;
    let may_be_published = |package: &Package| package.publish.as_ref() != Some(&Vec::new());
    Ok(packages.into_iter().filter(may_be_published).collect())
}

fn pack(packages: &[Package], options: &[&str]) -> Result<(), Failure> {
    let mut pack = cargo(root());
    // What others have is what is on disk, committed or not.
    pack.args(["package", "--allow-dirty"]).args(options);
    for package in packages {
        pack.args(["--package", &package.name]);
    }
    finished(&mut pack).map(drop)
}

/// A package and the folder that it was unpacked into.
pub(crate) struct Unpacked {
    name: String,
    folder: PathBuf,
}

/// Packs all packages without building them, and unpacks them below `folder`.
pub(crate) fn unpacked(folder: &Path) -> Result<Vec<Unpacked>, Failure> {
    let packages = published()?;
    pack(&packages, &["--quiet", "--no-verify"])?;
    fs::create_dir_all(folder)?;
    let names = packages.into_iter().map(|package| package.name);
    names.map(|name| unpack(name, folder)).collect()
}

fn unpack(name: String, folder: &Path) -> Result<Unpacked, Failure> {
    let package = format!("{name}-{}", env!("CARGO_PKG_VERSION"));
    let archive = root().join(format!("target/package/{package}.crate"));
    let mut tar = Command::new("tar");
    tar.arg("-xzf").arg(archive).arg("-C").arg(folder);
    finished(&mut tar)?;
    let folder = folder.join(package);
    Ok(Unpacked { name, folder })
}

/// Lets every project below `folder` find the packages, which it names as those of crates.io.
pub(crate) fn configure(folder: &Path, packages: &[Unpacked]) -> Result<(), Failure> {
    let mut config = "[patch.crates-io]\n".to_owned();
    for Unpacked { name, folder } in packages {
        config += &format!("{name} = {{ path = {folder:?} }}\n");
    }
    fs::create_dir_all(folder.join(".cargo"))?;
    fs::write(folder.join(".cargo/config.toml"), config)?;
    Ok(())
}

/// The folder of one of them.
pub(crate) fn folder_of<'a>(packages: &'a [Unpacked], name: &str) -> Result<&'a Path, Failure> {
    let found = packages.iter().find(|package| package.name == name);
    match found {
        Some(package) => Ok(&package.folder),
        None => Err(format!("{name} is not published").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_published_package_is_named_after_the_project() {
        let published = published().unwrap();
        let names: Vec<_> = published.iter().map(|package| &*package.name).collect();
        assert!(names.contains(&"kubewright") && names.contains(&"kubewright-cli"));
        for name in names {
            assert!(
                name.starts_with("kubewright"),
                "{name} lacks `publish = false`"
            );
        }
    }
}
