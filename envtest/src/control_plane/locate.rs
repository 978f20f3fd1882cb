//! The search for the two programs: a named folder, the cache, or a build.

use std::ffi::OsString;
use std::path::PathBuf;

use super::build::{self, Progress};
use super::release::Release;
use super::{Binaries, Error};

/// The variable by which the field names a folder with test servers.
const ASSETS: &str = "KUBEBUILDER_ASSETS";
/// The variable that moves the cache.
const CACHE: &str = "KUBEWRIGHT_CACHE";

impl Binaries {
    /// Finds the programs without making them.
    ///
    /// Looks into the folder that `KUBEBUILDER_ASSETS` names and, where that is not set,
    /// into the cache: `$KUBEWRIGHT_CACHE`, else `$XDG_CACHE_HOME/kubewright`, else
    /// `~/.cache/kubewright`, in a folder for these releases and this platform.
    ///
    /// # Errors
    ///
    /// [`Error::is_missing`] where they are in neither place. A folder that was named
    /// and lacks a program is an error, not a reason to look further.
    pub fn locate() -> Result<Self, Error> {
        Places::of(|name| std::env::var_os(name)).locate()
    }

    /// Builds the programs with Go into the cache, once: a second call finds them there.
    ///
    /// Takes minutes and about two gigabytes of Go's own caches. Two processes
    /// that want the same build share one. Reports each step to `progress`.
    ///
    /// # Errors
    ///
    /// [`Error::is_missing`] where there is no Go, Go is too old, the module proxy cannot
    /// be reached, or there is no place for a cache. Otherwise the last lines of Go.
    pub fn build(progress: impl FnMut(Progress<'_>)) -> Result<Self, Error> {
        Places::of(|name| std::env::var_os(name)).build(progress)
    }

    /// Finds the programs of another release in the cache, or builds them there as
    /// [`build`](Self::build) does. They run on the etcd of the current release, which is found or
    /// built first.
    ///
    /// # Errors
    ///
    /// Those of [`build`](Self::build).
    pub fn of_release(
        release: &Release,
        mut progress: impl FnMut(Progress<'_>),
    ) -> Result<Self, Error> {
        let places = Places::of(|name| std::env::var_os(name));
        if release.is_pinned() {
            return places.build(progress);
        }
        let folder = places.cached(release)?;
        if let Ok(found) = Self::in_folder(&folder) {
            return Ok(found);
        }
        let current = places.build(&mut progress)?;
        build::build(release, &folder, Some(&current), progress)?;
        Self::in_folder(folder)
    }

    /// Finds the programs, or builds them where they are [missing](Error::is_missing).
    ///
    /// # Errors
    ///
    /// Those of [`locate`](Self::locate) and [`build`](Self::build). Where a folder was
    /// named by `KUBEBUILDER_ASSETS`, nothing is built.
    pub fn locate_or_build(progress: impl FnMut(Progress<'_>)) -> Result<Self, Error> {
        let places = Places::of(|name| std::env::var_os(name));
        match places.locate() {
            Err(error) if error.is_missing() && places.assets.is_none() => places.build(progress),
            found => found,
        }
    }
}

/// The places to look at, as the environment names them.
struct Places {
    assets: Option<PathBuf>,
    cache: Option<PathBuf>,
}

impl Places {
    fn of(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let path = |name: &str| {
            let value = variable(name).filter(|value| !value.is_empty());
            value.map(PathBuf::from)
        };
        // The base directory specification asks for relative values to be ignored.
        let xdg = path("XDG_CACHE_HOME").filter(|path| path.is_absolute());
        let shared = xdg.or_else(|| path("HOME").map(|home| home.join(".cache")));
        Self {
            assets: path(ASSETS),
            cache: path(CACHE).or_else(|| shared.map(|folder| folder.join("kubewright"))),
        }
    }

    fn locate(&self) -> Result<Binaries, Error> {
        match &self.assets {
            Some(folder) => Binaries::in_folder(folder).map_err(|error| {
                Error::missing(format!(
                    "{ASSETS} names a folder without the test servers; \
                     unset it to build them, or point it at a folder that has both"
                ))
                .because(error)
            }),
            None => Binaries::in_folder(self.cached(&Release::current())?).map_err(|error| {
                Error::missing(format!(
                    "kube-apiserver {} was not built yet: \
                     `kubewright control-plane build` builds it, {ASSETS} names one that you have",
                    Release::current()
                ))
                .because(error)
            }),
        }
    }

    fn build(&self, progress: impl FnMut(Progress<'_>)) -> Result<Binaries, Error> {
        let release = Release::current();
        let folder = self.cached(&release)?;
        build::build(&release, &folder, None, progress)?;
        Binaries::in_folder(folder)
    }

    fn cached(&self, release: &Release) -> Result<PathBuf, Error> {
        let cache = self.cache.as_ref().ok_or_else(|| {
            Error::missing(format!(
                "no folder for a cache: set {CACHE} or HOME, \
                 or name a folder with the test servers in {ASSETS}"
            ))
        })?;
        Ok(cache.join("control-plane").join(release.folder_name()))
    }
}

#[cfg(test)]
mod tests {
    use super::Places;
    use crate::control_plane::release::Release;
    use std::error::Error as _;
    use std::fs;
    use std::path::{Path, PathBuf};

    type Case<'a> = (&'a [(&'a str, &'a Path)], Option<&'a str>);

    fn places(variables: &[(&str, &Path)]) -> Places {
        Places::of(|name| {
            let found = variables.iter().find(|(given, _)| *given == name);
            found.map(|(_, value)| value.as_os_str().to_owned())
        })
    }

    fn fill(folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("etcd"), "").unwrap();
        fs::write(folder.join("kube-apiserver"), "").unwrap();
    }

    #[test]
    fn a_folder_that_was_named_comes_first() {
        let root = tempfile::tempdir().unwrap();
        let (assets, cache) = (root.path().join("assets"), root.path().join("cache"));
        let variables: &[(&str, &Path)] = &[
            ("KUBEBUILDER_ASSETS", &assets),
            ("KUBEWRIGHT_CACHE", &cache),
        ];
        let cached = cache
            .join("control-plane")
            .join(Release::current().folder_name());
        fill(&assets);
        fill(&cached);
        assert_eq!(places(variables).locate().unwrap().folder(), assets);
        assert_eq!(places(&variables[1..]).locate().unwrap().folder(), cached);
    }

    #[test]
    fn a_named_folder_that_lacks_a_program_is_an_error_and_not_passed_over() {
        let root = tempfile::tempdir().unwrap();
        let (assets, cache) = (root.path().join("assets"), root.path().join("cache"));
        fill(&assets);
        fill(
            &cache
                .join("control-plane")
                .join(Release::current().folder_name()),
        );
        fs::remove_file(assets.join("kube-apiserver")).unwrap();
        let error = places(&[
            ("KUBEBUILDER_ASSETS", &assets),
            ("KUBEWRIGHT_CACHE", &cache),
        ])
        .locate()
        .unwrap_err();
        assert!(error.is_missing());
        assert!(error.to_string().contains("KUBEBUILDER_ASSETS"));
        let source = error.source().unwrap().to_string();
        assert_eq!(
            source,
            format!("there is no kube-apiserver in {}", assets.display())
        );
    }

    #[test]
    fn what_was_not_built_says_how_to_build_it() {
        let root = tempfile::tempdir().unwrap();
        let error = places(&[("KUBEWRIGHT_CACHE", root.path())])
            .locate()
            .unwrap_err();
        assert!(error.is_missing());
        assert!(error.to_string().contains("kubewright control-plane build"));
    }

    #[test]
    fn the_cache_is_where_the_environment_puts_it() {
        let (own, xdg, home) = (Path::new("/own"), Path::new("/xdg"), Path::new("/home/me"));
        let cases: &[Case<'_>] = &[
            (
                &[("KUBEWRIGHT_CACHE", own), ("XDG_CACHE_HOME", xdg)],
                Some("/own"),
            ),
            (
                &[("XDG_CACHE_HOME", xdg), ("HOME", home)],
                Some("/xdg/kubewright"),
            ),
            (&[("HOME", home)], Some("/home/me/.cache/kubewright")),
            (
                &[("XDG_CACHE_HOME", Path::new("relative")), ("HOME", home)],
                Some("/home/me/.cache/kubewright"),
            ),
            (
                &[("KUBEWRIGHT_CACHE", Path::new("")), ("XDG_CACHE_HOME", xdg)],
                Some("/xdg/kubewright"),
            ),
            (&[], None),
        ];
        for (variables, expected) in cases {
            assert_eq!(places(variables).cache, expected.map(PathBuf::from));
        }
    }

    #[test]
    fn no_place_for_a_cache_is_said() {
        let error = places(&[]).locate().unwrap_err();
        assert!(error.is_missing());
        assert!(error.to_string().contains("KUBEWRIGHT_CACHE"));
    }
}
