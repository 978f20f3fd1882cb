//! Resources, as paths name them.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::error::{NameError, Reading};
use super::group_version::{self, GroupVersion, write_group_version};
use super::kind::split_three;
use super::segment::{Part, check_group_or_core, looks_like_version};
use crate::model::api_resource::ApiResource;

/// A resource in one version of its group: all that a URL needs.
///
/// Prints as `apps/v1/deployments`, in the core group as `v1/pods`; parses the same and
/// `deployments.v1.apps`, `pods.v1.`, `pods.v1`.
///
/// # Examples
///
/// ```
/// use kubewright::GroupVersionResource;
///
/// let deployments: GroupVersionResource = "deployments.v1.apps".parse()?;
/// assert_eq!(deployments, GroupVersionResource::new("apps", "v1", "deployments"));
/// assert_eq!(deployments.to_string(), "apps/v1/deployments");
/// # Ok::<(), kubewright::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupVersionResource {
    /// API group; empty for the core group.
    pub group: String,
    /// Version inside the group.
    pub version: String,
    /// Plural name, as in the URL.
    pub resource: String,
}

const RESOURCE: Reading = Reading {
    what: "a group, version and resource",
    forms: "apps/v1/deployments or deployments.v1.apps, in the core group v1/pods or pods.v1.",
};

impl GroupVersionResource {
    /// A group, empty for core, a version and a plural; unchecked.
    pub fn new(
        group: impl Into<String>,
        version: impl Into<String>,
        resource: impl Into<String>,
    ) -> Self {
        Self {
            group: group.into(),
            version: version.into(),
            resource: resource.into(),
        }
    }

    /// The group and version alone.
    #[must_use]
    pub fn group_version(&self) -> GroupVersion {
        GroupVersion::new(&*self.group, &*self.version)
    }

    /// The group and resource alone.
    #[must_use]
    pub fn group_resource(&self) -> GroupResource {
        GroupResource::new(&*self.group, &*self.resource)
    }

    fn split(text: &str) -> Option<(&str, &str, &str)> {
        let core = || {
            let (resource, version) = text.split_once('.')?;
            looks_like_version(version).then_some(("", version, resource))
        };
        split_three(text).or_else(core)
    }
}

impl FromStr for GroupVersionResource {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let (group, version, resource) = Self::split(text).ok_or_else(|| RESOURCE.refuse(text))?;
        group_version::check(group, version)
            .and_then(|()| Part::Resource.check(resource))
            .map_err(|problem| RESOURCE.refuse_part(text, problem))?;
        Ok(Self::new(group, version, resource))
    }
}

impl fmt::Display for GroupVersionResource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_group_version(&self.group, &self.version, f)?;
        write!(f, "/{}", self.resource)
    }
}

impl From<&ApiResource> for GroupVersionResource {
    fn from(resource: &ApiResource) -> Self {
        Self::new(&*resource.group, &*resource.version, &*resource.plural)
    }
}

impl From<&GroupVersionResource> for ApiResource {
    /// Kind and scope stay unknown: they do not follow from a name.
    fn from(name: &GroupVersionResource) -> Self {
        Self {
            group: Cow::Owned(name.group.clone()),
            version: Cow::Owned(name.version.clone()),
            kind: Cow::Borrowed(""),
            plural: Cow::Owned(name.resource.clone()),
            scope: None,
        }
    }
}

impl From<GroupVersionResource> for ApiResource {
    /// Kind and scope stay unknown: they do not follow from a name.
    fn from(name: GroupVersionResource) -> Self {
        Self::from(&name)
    }
}

/// A resource of a group, in whichever version.
///
/// Parses and prints as `deployments.apps`, in the core group as `pods`.
///
/// # Examples
///
/// ```
/// use kubewright::GroupResource;
///
/// let ingresses: GroupResource = "ingresses.networking.k8s.io".parse()?;
/// assert_eq!(ingresses, GroupResource::new("networking.k8s.io", "ingresses"));
/// # Ok::<(), kubewright::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupResource {
    /// API group; empty for the core group.
    pub group: String,
    /// Plural name, as in the URL.
    pub resource: String,
}

const GROUP_RESOURCE: Reading = Reading {
    what: "a resource with its group",
    forms: "deployments.apps, or pods for the core group",
};

impl GroupResource {
    /// A group, empty for core, and a plural; unchecked.
    pub fn new(group: impl Into<String>, resource: impl Into<String>) -> Self {
        Self {
            group: group.into(),
            resource: resource.into(),
        }
    }
}

impl FromStr for GroupResource {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let (resource, group) = text.split_once('.').unwrap_or((text, ""));
        Part::Resource
            .check(resource)
            .and_then(|()| check_group_or_core(group))
            .map_err(|problem| GROUP_RESOURCE.refuse_part(text, problem))?;
        Ok(Self::new(group, resource))
    }
}

impl fmt::Display for GroupResource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.resource)?;
        if self.group.is_empty() {
            return Ok(());
        }
        write!(f, ".{}", self.group)
    }
}
