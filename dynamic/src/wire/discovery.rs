//! The resources that a cluster serves: groups, versions, and their names.
//!
//! Both forms are read into one: the aggregated one (`aggregated`) and the old one, group by
//! group (`legacy`). Either way a group that cannot be read, because the API behind it is
//! down, is noted and does not hide the others ([rule M2](crate::semantics#m2)). Asking is the
//! client's part.

pub(crate) mod aggregated;
pub(crate) mod legacy;
pub(crate) mod problem;

use std::fmt;

use self::problem::DiscoveryProblem;
use crate::model::api_resource::ApiResource;
use crate::model::error::{Error, Result};
use crate::model::names::{GroupVersion, GroupVersionKind};

/// The resources of a cluster, and the parts of discovery that failed.
#[derive(Debug, Default)]
pub struct Discovery {
    groups: Vec<DiscoveredGroup>,
    failures: Vec<DiscoveryFailure>,
}

/// One API group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DiscoveredGroup {
    /// Name; empty for the core group.
    pub name: String,
    /// Versions, the preferred one first.
    pub versions: Vec<DiscoveredVersion>,
}

/// One version of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DiscoveredVersion {
    /// Name, such as `v1`.
    pub version: String,
    /// Resources in the server's order, subresources inside.
    pub resources: Vec<DiscoveredResource>,
}

/// One resource.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DiscoveredResource {
    /// Its address.
    pub resource: ApiResource,
    /// Singular name, in lower case; empty where the server does not say.
    pub singular: String,
    /// The short names, such as `po`.
    pub short_names: Vec<String>,
    /// Groups of resources that it belongs to, such as `all`.
    pub categories: Vec<String>,
    /// The verbs, in the server's words (`get`, `list`, `deletecollection`, …).
    pub verbs: Vec<String>,
    /// The subresources of its objects.
    pub subresources: Vec<DiscoveredSubresource>,
}

/// One subresource.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DiscoveredSubresource {
    /// Its path below the object, such as `status`.
    pub name: String,
    /// The kind that goes in and out, where the server says.
    pub kind: Option<GroupVersionKind>,
    /// The verbs.
    pub verbs: Vec<String>,
}

/// A group-version that could not be read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DiscoveryFailure {
    /// Which one.
    pub group_version: GroupVersion,
    /// Why.
    pub error: Error,
}

impl fmt::Display for DiscoveryFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:#}", self.group_version, self.error)
    }
}

impl Discovery {
    /// The groups: the core group first, then in the server's order
    /// ([rule M5](crate::semantics#m5)).
    pub fn groups(&self) -> &[DiscoveredGroup] {
        &self.groups
    }

    /// The group-version that could not be read.
    pub fn failures(&self) -> &[DiscoveryFailure] {
        &self.failures
    }

    /// Every resource of every version, preferred versions first within a group.
    pub fn resources(&self) -> impl Iterator<Item = &DiscoveredResource> {
        self.groups
            .iter()
            .flat_map(|group| &group.versions)
            .flat_map(|version| &version.resources)
    }

    /// Each resource once, in its preferred version or else the first that has it
    /// ([rule M3](crate::semantics#m3)).
    pub fn preferred_resources(&self) -> Vec<&DiscoveredResource> {
        let mut preferred: Vec<&DiscoveredResource> = Vec::new();
        for group in &self.groups {
            let first_of_group = preferred.len();
            for resource in group.versions.iter().flat_map(|version| &version.resources) {
                let known = &preferred[first_of_group..];
                if !known
                    .iter()
                    .any(|known| known.resource.plural == resource.resource.plural)
                {
                    preferred.push(resource);
                }
            }
        }
        preferred
    }

    /// The failures as one error, for callers who need everything or nothing.
    ///
    /// # Errors
    /// `is_partial_discovery()`, naming each group-version that failed.
    pub fn complete(self) -> Result<Self> {
        if self.failures.is_empty() {
            return Ok(self);
        }
        Err(DiscoveryProblem::Partial {
            failures: self.failures,
        }
        .into())
    }

    fn fail(&mut self, group_version: GroupVersion, error: Error) {
        tracing::warn!(%group_version, error = %format_args!("{error:#}"), "part of discovery failed");
        self.failures.push(DiscoveryFailure {
            group_version,
            error,
        });
    }
}

impl DiscoveredResource {
    /// Whether the resource has a verb, in the server's words.
    pub fn has_verb(&self, verb: &str) -> bool {
        self.verbs.iter().any(|known| known == verb)
    }
}
