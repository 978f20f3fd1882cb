//! Manifests in a repository, and the test that compares them with the types.
//!
//! The only file access of `crd`: for a test that fails when a manifest is stale, and for the task of
//! a build that writes them.

use std::error::Error as _;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::definition::CustomResourceDefinition;
use super::problem::{Difference, ManifestProblem};

/// Set to anything, it lets [`check_manifests`] write what it would complain about.
const UPDATE: &str = "UPDATE_GOLDEN";

/// Writes each definition to `<plural>.<group>.yaml` in a folder, which is made where it is
/// missing, and returns the files' paths.
///
/// ```no_run
/// # fn main() -> Result<(), kubewright::crd::ManifestError> {
/// # let widget = kubewright::crd::CustomResourceDefinition::default();
/// use kubewright::crd;
///
/// // In the task of a build: `cargo xtask crds`.
/// crd::write_manifests("manifests", &[widget])?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// When a file cannot be written, or a definition has no name that is good for a file.
pub fn write_manifests(
    folder: impl AsRef<Path>,
    definitions: &[CustomResourceDefinition],
) -> Result<Vec<PathBuf>, ManifestError> {
    let folder = folder.as_ref();
    let files = files(folder, definitions)?;
    fs::create_dir_all(folder).map_err(|source| ManifestError::file(folder, source))?;
    for (path, text) in &files {
        fs::write(path, text).map_err(|source| ManifestError::file(path, source))?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// Holds the manifests of a folder to the definitions; for a test.
///
/// With the environment variable `UPDATE_GOLDEN` it writes them instead.
///
/// ```no_run
/// # fn widgets() -> kubewright::crd::CustomResourceDefinition { Default::default() }
/// use kubewright::crd;
///
/// #[test]
/// fn manifests_are_fresh() -> Result<(), crd::ManifestError> {
///     crd::check_manifests(concat!(env!("CARGO_MANIFEST_DIR"), "/manifests"), &[widgets()])
/// }
/// ```
///
/// # Errors
/// When a manifest is missing or differs; the error shows the first line that does.
pub fn check_manifests(
    folder: impl AsRef<Path>,
    definitions: &[CustomResourceDefinition],
) -> Result<(), ManifestError> {
    if std::env::var_os(UPDATE).is_some() {
        return write_manifests(folder, definitions).map(drop);
    }
    for (path, text) in files(folder.as_ref(), definitions)? {
        let found = match fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(ManifestProblem::Missing { path }.into());
            }
            Err(error) => return Err(ManifestError::file(&path, error)),
            Ok(found) => found,
        };
        if let Some(difference) = difference(&found, &text) {
            return Err(ManifestProblem::Stale { path, difference }.into());
        }
    }
    Ok(())
}

fn files(
    folder: &Path,
    definitions: &[CustomResourceDefinition],
) -> Result<Vec<(PathBuf, String)>, ManifestError> {
    let file = |definition: &CustomResourceDefinition| {
        let name = definition.metadata.name.as_deref().unwrap_or_default();
        if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\', '\0']) {
            return Err(ManifestProblem::BadName {
                name: name.to_owned(),
            }
            .into());
        }
        let text = definition.to_yaml().map_err(ManifestProblem::Definition)?;
        Ok((folder.join(format!("{name}.yaml")), text))
    };
    definitions.iter().map(file).collect()
}

/// The first line in which two texts differ.
fn difference(found: &str, wanted: &str) -> Option<Difference> {
    // A checkout may have changed the ends of lines.
    if found.lines().eq(wanted.lines()) {
        return None;
    }
    let (mut found, mut wanted) = (found.lines(), wanted.lines());
    for line in 1.. {
        match (found.next(), wanted.next()) {
            (a, b) if a != b => {
                return Some(Difference {
                    line,
                    found: a.map(str::to_owned),
                    expected: b.map(str::to_owned),
                });
            }
            _ => {}
        }
    }
    None
}

/// Why manifests could not be written, or are not what they should be.
pub struct ManifestError(ManifestProblem);

impl ManifestError {
    /// Whether a manifest is missing or not what it should be, and nothing else went wrong:
    /// [`write_manifests`] mends that.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        match self.0 {
            ManifestProblem::Missing { .. } | ManifestProblem::Stale { .. } => true,
            ManifestProblem::File { .. }
            | ManifestProblem::BadName { .. }
            | ManifestProblem::Definition(_) => false,
        }
    }

    fn file(path: &Path, source: io::Error) -> Self {
        ManifestProblem::File {
            path: path.to_owned(),
            source,
        }
        .into()
    }
}

impl From<ManifestProblem> for ManifestError {
    fn from(problem: ManifestProblem) -> Self {
        ManifestError(problem)
    }
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// As people read it, causes included: this is what a test shows that returns it.
impl fmt::Debug for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)?;
        let mut cause = self.0.source();
        while let Some(link) = cause {
            write!(f, ": {link}")?;
            cause = link.source();
        }
        Ok(())
    }
}

impl std::error::Error for ManifestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
