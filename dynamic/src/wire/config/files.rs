//! The files of a kubeconfig: found, merged and changed.

mod lock;
mod replace;

use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;

use self::lock::Lock;
use super::env::Env;
use super::kubeconfig::{Changes, Kubeconfig};
use super::problem::ConfigProblem;
use crate::model::error::{Error, Result};

/// The files that make up a kubeconfig: those of `KUBECONFIG`, else `~/.kube/config`, or one
/// file alone ([rule C1](crate::semantics#c1)).
///
/// ```no_run
/// use kubewright::KubeconfigFiles;
///
/// let files = KubeconfigFiles::infer();
/// files.modify(|kubeconfig| {
///     kubeconfig.current_context = Some("prod".to_owned());
///     if let Some(context) = kubeconfig.context_mut("prod") {
///         context.namespace = Some("web".to_owned());
///     }
/// })?;
/// # Ok::<(), kubewright::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct KubeconfigFiles {
    paths: Vec<PathBuf>,
    /// A file that was named must exist to be read ([rule C2](crate::semantics#c2)).
    must_exist: bool,
}

impl KubeconfigFiles {
    /// The files of `KUBECONFIG`, else `~/.kube/config`.
    pub fn infer() -> Self {
        KubeconfigFiles::of_env(&Env::process())
    }

    /// One file alone.
    pub fn only(path: impl Into<PathBuf>) -> Self {
        KubeconfigFiles {
            paths: vec![absolute(path.into())],
            must_exist: true,
        }
    }

    /// The files, in their order: the first one that has an entry wins.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    pub(super) fn of_env(env: &Env) -> Self {
        KubeconfigFiles {
            paths: default_paths(env).into_iter().map(absolute).collect(),
            must_exist: false,
        }
    }

    /// Reads and merges the files; those of a list may be missing.
    ///
    /// # Errors
    /// When a file cannot be read or is not a kubeconfig: the problems of all files together.
    /// `is_config()`.
    pub fn read(&self) -> Result<Kubeconfig> {
        let (kubeconfig, problems) = self.read_each();
        if problems.is_empty() {
            Ok(kubeconfig)
        } else {
            Err(ConfigProblem::all(problems).into())
        }
    }

    /// As [`KubeconfigFiles::read`], but a bad file does not hide the others: returns the merge
    /// of the good ones, and what is wrong with the rest ([rule C2](crate::semantics#c2)).
    pub fn read_partially(&self) -> (Kubeconfig, Option<Error>) {
        let (kubeconfig, problems) = self.read_each();
        let error = (!problems.is_empty()).then(|| ConfigProblem::all(problems).into());
        (kubeconfig, error)
    }

    fn read_each(&self) -> (Kubeconfig, Vec<ConfigProblem>) {
        let mut merged = Kubeconfig::default();
        let mut problems = Vec::new();
        for path in &self.paths {
            match Kubeconfig::read_file(path) {
                Ok(kubeconfig) => merged = merged.merge(kubeconfig),
                Err(problem) if problem.is_missing_file() && !self.must_exist => {}
                Err(problem) => problems.push(problem),
            }
        }
        (merged, problems)
    }

    /// Changes the kubeconfig, and writes what is different: an entry into the file that it
    /// came from, a new one and the current context into the first file that exists, or else
    /// the first of the list ([rule C11](crate::semantics#c11)). Returns the kubeconfig as it is now.
    ///
    /// Keys that this library does not know are kept; comments and the layout of a changed
    /// file are lost. Each file is replaced as a whole and has mode 0600 then; a folder that is
    /// missing is made with mode 0755. While this runs, each file has a lock file beside it
    /// (`config.lock`), as for kubectl. A lock of another program is waited for, one second
    /// long: this blocks the thread.
    ///
    /// # Errors
    /// When a file is locked, unusable or cannot be written. `is_config()`. Then nothing has
    /// been written, unless one of several files was already replaced.
    pub fn modify(&self, change: impl FnOnce(&mut Kubeconfig)) -> Result<Kubeconfig> {
        let default = self.default_path().ok_or(ConfigProblem::NoFile)?;
        let _locks = lock_all(&self.paths)?;
        // A file that is not there is made.
        let tolerant = KubeconfigFiles {
            paths: self.paths.clone(),
            must_exist: false,
        };
        let before = tolerant.read()?;
        let mut after = before.clone();
        change(&mut after);
        let changes = Changes::between(&before, &after);
        let mut rewritten = Vec::new();
        for path in changes.paths(&self.paths, default) {
            let mut kubeconfig = read_or_empty(&path)?;
            changes.apply(&mut kubeconfig, &self.paths, &path, default);
            rewritten.push((path, kubeconfig));
        }
        for (path, kubeconfig) in rewritten {
            replace::replace(&path, kubeconfig.to_yaml().expose_secret())
                .map_err(|source| ConfigProblem::Write { path, source })?;
        }
        tolerant.read()
    }

    /// Where new entries go: the first file that exists, or else the first.
    fn default_path(&self) -> Option<&Path> {
        let existing = self.paths.iter().find(|path| path.exists());
        existing.or(self.paths.first()).map(PathBuf::as_path)
    }
}

/// A path that does not depend on the working directory, as entries remember it.
fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

fn read_or_empty(path: &Path) -> Result<Kubeconfig, ConfigProblem> {
    match Kubeconfig::read_file(path) {
        Err(problem) if problem.is_missing_file() => Ok(Kubeconfig::default()),
        read => read,
    }
}

/// Always in the same order, so that two programs do not wait for each other.
fn lock_all(paths: &[PathBuf]) -> Result<Vec<Lock>, ConfigProblem> {
    let mut paths = paths.to_vec();
    paths.sort();
    paths.iter().map(|path| Lock::take(path)).collect()
}

fn default_paths(env: &Env) -> Vec<PathBuf> {
    if let Some(list) = env.path("KUBECONFIG") {
        let mut files = Vec::new();
        for path in std::env::split_paths(&list).filter(|path| !path.as_os_str().is_empty()) {
            if !files.contains(&path) {
                files.push(path);
            }
        }
        return files;
    }
    let home = env.path("HOME").or_else(|| env.path("USERPROFILE"));
    home.map(|home| Path::new(&home).join(".kube").join("config"))
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests;
