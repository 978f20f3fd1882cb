//! The two programs of a control plane, in a folder that holds both.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Error;
use super::release::PROGRAMS;

/// A folder that holds `etcd` and `kube-apiserver`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binaries {
    folder: PathBuf,
}

impl Binaries {
    /// Takes the programs of `folder`.
    ///
    /// # Errors
    ///
    /// [`Error::is_missing`] where it lacks one of the two.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Result<Self, Error> {
        let folder = folder.into();
        match PROGRAMS.iter().find(|it| !folder.join(it.name).is_file()) {
            None => Ok(Self { folder }),
            Some(program) => Err(Error::missing(format!(
                "there is no {} in {}",
                program.name,
                folder.display()
            ))),
        }
    }

    /// The folder itself.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The program `etcd`.
    #[must_use]
    pub fn etcd(&self) -> PathBuf {
        self.folder.join("etcd")
    }

    /// The program `kube-apiserver`.
    #[must_use]
    pub fn kube_apiserver(&self) -> PathBuf {
        self.folder.join("kube-apiserver")
    }

    /// The release that kube-apiserver says it is, such as `v1.37.2`: runs it for a moment.
    ///
    /// # Errors
    ///
    /// Where the program cannot be run, or answers something else.
    pub fn version(&self) -> Result<String, Error> {
        let mut command = Command::new(self.kube_apiserver());
        let output = command
            .arg("--version")
            .output()
            .map_err(Error::at("run kube-apiserver"))?;
        let said = String::from_utf8_lossy(&output.stdout);
        match said.trim().strip_prefix("Kubernetes ") {
            Some(version) => Ok(version.to_owned()),
            None => Err(Error::failed(format!(
                "kube-apiserver --version answers {:?}",
                said.trim()
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Binaries;

    #[test]
    fn a_folder_is_not_a_program() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("etcd")).unwrap();
        assert!(Binaries::in_folder(root.path()).unwrap_err().is_missing());
    }
}
