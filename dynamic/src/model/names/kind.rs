//! Kinds, as manifests name them.

use std::fmt;
use std::str::FromStr;

use super::error::{NameError, Reading};
use super::group_version::{self, GroupVersion, write_group_version};
use super::segment::{Part, check_group_or_core};
use crate::model::api_resource::ApiResource;
use crate::model::meta::TypeMeta;

/// A kind in one version of its group: the `apiVersion` and `kind` of a manifest.
///
/// Prints as `apps/v1/Deployment`, in the core group as `v1/Pod`; parses the same and
/// `Deployment.v1.apps`, `Pod.v1.`.
///
/// # Examples
///
/// ```
/// use kubewright::GroupVersionKind;
///
/// let kind: GroupVersionKind = "Deployment.v1.apps".parse()?;
/// assert_eq!(kind, GroupVersionKind::new("apps", "v1", "Deployment"));
/// assert_eq!(kind.to_string(), "apps/v1/Deployment");
/// # Ok::<(), kubewright::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupVersionKind {
    /// API group; empty for the core group.
    pub group: String,
    /// Version inside the group.
    pub version: String,
    /// Kind, as in a manifest.
    pub kind: String,
}

const KIND: Reading = Reading {
    what: "a group, version and kind",
    forms: "apps/v1/Deployment or Deployment.v1.apps, in the core group v1/Pod or Pod.v1.",
};

impl GroupVersionKind {
    /// A group, empty for core, a version and a kind; unchecked.
    pub fn new(
        group: impl Into<String>,
        version: impl Into<String>,
        kind: impl Into<String>,
    ) -> Self {
        Self {
            group: group.into(),
            version: version.into(),
            kind: kind.into(),
        }
    }

    /// The group and version alone.
    #[must_use]
    pub fn group_version(&self) -> GroupVersion {
        GroupVersion::new(&*self.group, &*self.version)
    }

    /// The group and kind alone.
    #[must_use]
    pub fn group_kind(&self) -> GroupKind {
        GroupKind::new(&*self.group, &*self.kind)
    }
}

impl FromStr for GroupVersionKind {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let (group, version, kind) = split_three(text).ok_or_else(|| KIND.refuse(text))?;
        group_version::check(group, version)
            .and_then(|()| Part::Kind.check(kind))
            .map_err(|problem| KIND.refuse_part(text, problem))?;
        Ok(Self::new(group, version, kind))
    }
}

/// Cuts `group/version/name`, `version/name` or `name.version.group` into its parts.
pub(super) fn split_three(text: &str) -> Option<(&str, &str, &str)> {
    if let Some((group_version, name)) = text.rsplit_once('/') {
        return Some(match group_version.rsplit_once('/') {
            // `//v1/x` or `/v1/x`: an empty group is written by leaving it out.
            Some(("", _)) => return None,
            Some((group, version)) => (group, version, name),
            None => ("", group_version, name),
        });
    }
    let (name, rest) = text.split_once('.')?;
    let (version, group) = rest.split_once('.')?;
    Some((group, version, name))
}

impl TryFrom<&TypeMeta> for GroupVersionKind {
    type Error = NameError;

    fn try_from(type_meta: &TypeMeta) -> Result<Self, NameError> {
        let TypeMeta { api_version, kind } = type_meta;
        let GroupVersion { group, version } = api_version.parse()?;
        Part::Kind
            .check(kind)
            .map_err(|problem| KIND.refuse_part(kind, problem))?;
        Ok(Self::new(group, version, kind))
    }
}

impl From<&GroupVersionKind> for TypeMeta {
    fn from(kind: &GroupVersionKind) -> Self {
        Self {
            api_version: kind.group_version().to_string(),
            kind: kind.kind.clone(),
        }
    }
}

impl From<&ApiResource> for GroupVersionKind {
    fn from(resource: &ApiResource) -> Self {
        Self::new(&*resource.group, &*resource.version, &*resource.kind)
    }
}

impl fmt::Display for GroupVersionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_group_version(&self.group, &self.version, f)?;
        write!(f, "/{}", self.kind)
    }
}

/// A kind of a group, in whichever version.
///
/// Parses and prints as `Deployment.apps`, in the core group as `Pod`.
///
/// # Examples
///
/// ```
/// use kubewright::GroupKind;
///
/// let kind: GroupKind = "Ingress.networking.k8s.io".parse()?;
/// assert_eq!(kind, GroupKind::new("networking.k8s.io", "Ingress"));
/// # Ok::<(), kubewright::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupKind {
    /// API group; empty for the core group.
    pub group: String,
    /// Kind, as in a manifest.
    pub kind: String,
}

const GROUP_KIND: Reading = Reading {
    what: "a kind with its group",
    forms: "Deployment.apps, or Pod for the core group",
};

impl GroupKind {
    /// A group, empty for core, and a kind; unchecked.
    pub fn new(group: impl Into<String>, kind: impl Into<String>) -> Self {
        Self {
            group: group.into(),
            kind: kind.into(),
        }
    }
}

impl FromStr for GroupKind {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let (kind, group) = text.split_once('.').unwrap_or((text, ""));
        Part::Kind
            .check(kind)
            .and_then(|()| check_group_or_core(group))
            .map_err(|problem| GROUP_KIND.refuse_part(text, problem))?;
        Ok(Self::new(group, kind))
    }
}

impl fmt::Display for GroupKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind)?;
        if self.group.is_empty() {
            return Ok(());
        }
        write!(f, ".{}", self.group)
    }
}
