//! A resource as a person types it.

use std::str::FromStr;

use super::error::{NameError, Reading};
use super::segment::{NameProblem, Part, check_group_or_core, looks_like_version};
use super::{GroupResource, GroupVersionResource};

/// A resource on a command line, before a server was asked what it means.
///
/// `po`, `Deployment`, `deployments.apps`, `deployments.v1.apps`, `apps/v1/deployments`, and
/// with an object's name `deploy/web`. The resource part may be a plural, a singular, a
/// short name or a kind in any case: only a server's discovery can decide, so nothing
/// is normalised here. As in `kubectl`, what has two dots has two readings, `deployments.v1.apps`
/// being a resource of the group `apps` or of a group `v1.apps`: both are kept, and the
/// versioned one goes first.
///
/// # Examples
///
/// ```
/// use kubewright::{GroupResource, GroupVersionResource, ResourceArg};
///
/// let arg: ResourceArg = "deployments.v1.apps/web".parse()?;
/// let versioned = GroupVersionResource::new("apps", "v1", "deployments");
/// assert_eq!(arg.versioned(), Some(&versioned));
/// assert_eq!(arg.unversioned(), Some(&GroupResource::new("v1.apps", "deployments")));
/// assert_eq!(arg.name(), Some("web"));
/// # Ok::<(), kubewright::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResourceArg {
    versioned: Option<GroupVersionResource>,
    unversioned: Option<GroupResource>,
    name: Option<String>,
}

const READING: Reading = Reading {
    what: "a resource",
    forms: "po, deployments.apps, deployments.v1.apps, apps/v1/deployments, or deploy/web for one object",
};

impl ResourceArg {
    /// The reading with a version, to be tried first.
    #[must_use]
    pub fn versioned(&self) -> Option<&GroupVersionResource> {
        self.versioned.as_ref()
    }

    /// The reading without a version; `None` where slashes left no doubt.
    #[must_use]
    pub fn unversioned(&self) -> Option<&GroupResource> {
        self.unversioned.as_ref()
    }

    /// The object's name, where one was given behind a slash.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn parse(text: &str) -> Result<Self, NameProblem> {
        let parts: Vec<&str> = text.splitn(4, '/').collect();
        match *parts.as_slice() {
            [resource] => Self::dotted(resource),
            [version, resource] if looks_like_version(version) => {
                Self::exact("", version, resource)
            }
            [resource, name] => Self::dotted(resource)?.named(name),
            [group, version, resource] => {
                Part::Group.check(group)?;
                Self::exact(group, version, resource)
            }
            _ => Err(NameProblem::TooManySlashes),
        }
    }

    fn exact(group: &str, version: &str, resource: &str) -> Result<Self, NameProblem> {
        Part::Version.check(version)?;
        Part::TypedResource.check(resource)?;
        Ok(Self {
            versioned: Some(GroupVersionResource::new(group, version, resource)),
            unversioned: None,
            name: None,
        })
    }

    fn dotted(text: &str) -> Result<Self, NameProblem> {
        let (resource, rest) = text.split_once('.').unwrap_or((text, ""));
        Part::TypedResource.check(resource)?;
        let versioned = versioned(resource, rest);
        let unversioned = unversioned(resource, rest);
        let (versioned, unversioned) = match (versioned, unversioned) {
            (None, Err(problem)) => return Err(problem),
            (versioned, unversioned) => (versioned, unversioned.ok()),
        };
        Ok(Self {
            versioned,
            unversioned,
            name: None,
        })
    }

    fn named(self, name: &str) -> Result<Self, NameProblem> {
        match name {
            "" => Err(NameProblem::NoObject),
            "." => Err(NameProblem::BadObject(".")),
            ".." => Err(NameProblem::BadObject("..")),
            _ if name.contains('%') => Err(NameProblem::PercentInObject),
            _ => Ok(Self {
                name: Some(name.to_owned()),
                ..self
            }),
        }
    }
}

/// Reads what follows a resource's first dot as `version.group`; `v1.` is the core group.
fn versioned(resource: &str, rest: &str) -> Option<GroupVersionResource> {
    let (version, group) = rest.split_once('.')?;
    Part::Version.check(version).ok()?;
    check_group_or_core(group).ok()?;
    Some(GroupVersionResource::new(group, version, resource))
}

fn unversioned(resource: &str, group: &str) -> Result<GroupResource, NameProblem> {
    check_group_or_core(group)?;
    Ok(GroupResource::new(group, resource))
}

impl FromStr for ResourceArg {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::parse(text).map_err(|problem| READING.refuse_part(text, problem))
    }
}
