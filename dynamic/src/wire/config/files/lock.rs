//! Lock files beside kubeconfigs, as kubectl makes them.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::super::problem::ConfigProblem;
use super::replace;

/// Another program holds a lock for as long as it takes to write a file.
const ATTEMPTS: u32 = 50;
const PAUSE: Duration = Duration::from_millis(20);

/// A lock file, removed when the lock is dropped.
#[derive(Debug)]
pub(super) struct Lock(PathBuf);

impl Lock {
    /// Creates `<file>.lock`, which must not exist; its folder is made where it is missing.
    pub(super) fn take(file: &Path) -> Result<Self, ConfigProblem> {
        let path = beside(file);
        let failed = |source| ConfigProblem::Write {
            path: path.clone(),
            source,
        };
        replace::make_folder(file).map_err(failed)?;
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                thread::sleep(PAUSE);
            }
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(_) => return Ok(Lock(path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(failed(error)),
            }
        }
        Err(ConfigProblem::Locked { path })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0) {
            tracing::warn!(%error, path = %self.0.display(), "cannot remove the lock of a kubeconfig");
        }
    }
}

fn beside(file: &Path) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(".lock");
    PathBuf::from(name)
}
