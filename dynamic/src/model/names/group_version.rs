//! A group with one of its versions.

use std::fmt;
use std::str::FromStr;

use super::error::{NameError, Reading};
use super::segment::{NameProblem, Part, check_group_or_core};

/// An API group and a version of it: what `apiVersion` holds.
///
/// Parses and prints as `apps/v1`, and as `v1` for the core group, whose name is empty.
///
/// # Examples
///
/// ```
/// use kubewright::GroupVersion;
///
/// let apps: GroupVersion = "apps/v1".parse()?;
/// assert_eq!((apps.group.as_str(), apps.version.as_str()), ("apps", "v1"));
/// assert_eq!("v1".parse::<GroupVersion>()?.group, "");
/// # Ok::<(), kubewright::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupVersion {
    /// API group; empty for the core group.
    pub group: String,
    /// Version inside the group.
    pub version: String,
}

const READING: Reading = Reading {
    what: "a group and version",
    forms: "apps/v1, or v1 for the core group",
};

impl GroupVersion {
    /// A group, empty for core, and a version; unchecked.
    pub fn new(group: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            group: group.into(),
            version: version.into(),
        }
    }
}

impl FromStr for GroupVersion {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let (group, version) = split(text).map_err(|problem| READING.refuse_part(text, problem))?;
        Ok(Self::new(group, version))
    }
}

fn split(text: &str) -> Result<(&str, &str), NameProblem> {
    let (group, version) = match text.rsplit_once('/') {
        Some((group, version)) => {
            Part::Group.check(group)?;
            (group, version)
        }
        None => ("", text),
    };
    Part::Version.check(version)?;
    Ok((group, version))
}

/// The parts of a group and version that were given apart.
pub(super) fn check(group: &str, version: &str) -> Result<(), NameProblem> {
    check_group_or_core(group)?;
    Part::Version.check(version)
}

impl fmt::Display for GroupVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_group_version(&self.group, &self.version, f)
    }
}

pub(super) fn write_group_version(
    group: &str,
    version: &str,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    if group.is_empty() {
        return f.write_str(version);
    }
    write!(f, "{group}/{version}")
}
