//! The environment of a process, as a value that tests can make.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The environment, as a value: tests bring their own.
pub(super) struct Env {
    vars: BTreeMap<OsString, OsString>,
    root: PathBuf,
}

impl Env {
    pub(super) fn process() -> Self {
        Env {
            vars: std::env::vars_os().collect(),
            root: PathBuf::from("/"),
        }
    }

    #[cfg(test)]
    pub(super) fn of(vars: &[(&str, &str)], root: impl Into<PathBuf>) -> Self {
        Env {
            vars: vars
                .iter()
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
            root: root.into(),
        }
    }

    /// A variable that is set to something.
    pub(super) fn var(&self, name: &str) -> Option<String> {
        self.path(name).and_then(|value| value.into_string().ok())
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn path(&self, name: &str) -> Option<OsString> {
        self.vars
            .get(std::ffi::OsStr::new(name))
            .filter(|value| !value.is_empty())
            .cloned()
    }
}
