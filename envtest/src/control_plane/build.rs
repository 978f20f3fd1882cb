//! Makes the two programs out of the module proxy: the pinned Go module, one
//! `go build`, one rename into the cache.
//!
//! Nobody sees half a build: the work is done in a folder of its own, under a lock that
//! other processes wait for, and what they find afterwards is complete or not there.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::Error;
use super::binaries::Binaries;
use super::go::Go;
use super::release::{GO_SUM, Release};

/// What a build is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress<'a> {
    /// Another process builds the same; its result will serve both.
    Waiting,
    /// Go looks up what there is to fetch and to compile.
    Preparing,
    /// Go fetches a module, such as `k8s.io/api v0.37.2`.
    Downloading {
        /// The module and its version.
        module: &'a str,
    },
    /// Go compiled a package.
    Compiling {
        /// The packages compiled so far.
        done: usize,
        /// The packages that there are to compile: Go's own cache may hold many.
        total: usize,
        /// The one just compiled.
        package: &'a str,
    },
}

/// The work folders, so that one left by a killed build can be known and removed.
const WORK: &str = "building-";

/// Builds a release into `folder`, unless it is there by the time that the lock is ours. What the
/// release does not build is taken from `others`.
pub(super) fn build(
    release: &Release,
    folder: &Path,
    others: Option<&Binaries>,
    mut progress: impl FnMut(Progress<'_>),
) -> Result<(), Error> {
    let parent = folder.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(Error::at(format!("create {}", parent.display())))?;
    let _lock = lock(&parent.join("build.lock"), &mut progress)?;
    if Binaries::in_folder(folder).is_ok() {
        return Ok(());
    }
    remove_remains(parent, folder);
    let work = tempfile::Builder::new()
        .prefix(WORK)
        .tempdir_in(parent)
        .map_err(Error::at(format!(
            "create a folder in {}",
            parent.display()
        )))?;
    let built = compile(release, work.path(), progress)?;
    if let Some(others) = others {
        fs::copy(others.etcd(), built.join("etcd")).map_err(Error::at("copy etcd"))?;
    }
    fs::rename(&built, folder).map_err(Error::at(format!("move the build to {}", folder.display())))
}

fn lock(path: &Path, progress: &mut impl FnMut(Progress<'_>)) -> Result<File, Error> {
    let doing = || format!("lock {}", path.display());
    let file = File::create(path).map_err(Error::at(doing()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            progress(Progress::Waiting);
            file.lock().map_err(Error::at(doing()))?;
        }
        Err(TryLockError::Error(error)) => return Err(Error::at(doing())(error)),
    }
    Ok(file)
}

/// Of builds that were killed, and of a result that somebody took a program from. We hold
/// the lock, so nobody is at work on them; what cannot be removed shows when it is in the way.
fn remove_remains(parent: &Path, folder: &Path) {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let abandoned = entries.filter(|it| it.file_name().to_string_lossy().starts_with(WORK));
    let abandoned = abandoned.map(|entry| entry.path());
    for remains in abandoned.chain([folder.to_owned()]) {
        let _ = fs::remove_dir_all(remains);
    }
}

fn compile(
    release: &Release,
    work: &Path,
    mut progress: impl FnMut(Progress<'_>),
) -> Result<PathBuf, Error> {
    let out = work.join("programs");
    for (name, text) in [("go.mod", &*release.go_mod()), ("go.sum", GO_SUM)] {
        fs::write(work.join(name), text).map_err(Error::at(format!("write {name}")))?;
    }
    let go = Go::in_folder(work, release);
    progress(Progress::Preparing);
    let total = go.packages_to_compile(|module| progress(Progress::Downloading { module }))?;
    let mut done = 0;
    go.build(&out, |package| {
        done += 1;
        let total = total.max(done);
        progress(Progress::Compiling {
            done,
            total,
            package,
        });
    })?;
    for program in release.programs() {
        fs::rename(out.join(program.built_as), out.join(program.name)).map_err(Error::at(
            format!("find {} in the output of the Go build", program.name),
        ))?;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::{Progress, WORK, build, lock, remove_remains};
    use crate::control_plane::release::{PROGRAMS, Release};
    use std::fs;
    use std::path::Path;
    use std::sync::mpsc;
    use std::thread;

    fn fill(folder: &Path) {
        fs::create_dir(folder).unwrap();
        for program in PROGRAMS {
            fs::write(folder.join(program.name), "").unwrap();
        }
    }

    #[test]
    fn what_a_killed_build_left_is_removed_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let [left, half, other] =
            [&format!("{WORK}x"), "half", "other"].map(|name| root.path().join(name));
        for folder in [&left, &half, &other] {
            fill(folder);
        }
        remove_remains(root.path(), &half);
        assert!(!left.exists() && !half.exists() && other.exists());
    }

    #[test]
    fn what_is_there_is_not_built_again() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("done");
        fill(&folder);
        let never = |at: Progress<'_>| panic!("started: {at:?}");
        build(&Release::current(), &folder, None, never).unwrap();
    }

    #[test]
    fn a_second_process_waits_for_the_first_and_takes_its_result() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("done");
        let first = lock(&root.path().join("build.lock"), &mut |_| {}).unwrap();
        let (said, heard) = mpsc::channel();
        thread::scope(|scope| {
            let second = scope.spawn(|| {
                let say = |at: Progress<'_>| said.send(format!("{at:?}")).unwrap();
                build(&Release::current(), &folder, None, say)
            });
            assert_eq!(heard.recv().unwrap(), format!("{:?}", Progress::Waiting));
            fill(&folder);
            drop(first);
            second.join().unwrap().unwrap();
        });
        assert!(heard.try_recv().is_err(), "built although it was there");
    }
}
