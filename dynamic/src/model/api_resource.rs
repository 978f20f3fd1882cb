//! The address of a kind in the API, as a value.

use std::borrow::Cow;

/// Everything that a request needs to know of a kind, at run time.
///
/// From a `Resource` it is made of constants; from discovery it is owned. A resource that
/// was named by group, version and plural alone has an empty kind and no scope: requests
/// work, and the server is the judge.
///
/// ```
/// use kubewright::{ApiResource, ScopeKind};
///
/// let mut widgets = ApiResource::new("example.com", "v1", "Widget", "widgets");
/// widgets.scope = Some(ScopeKind::Namespaced);
/// assert_eq!(widgets.group_resource(), "widgets.example.com");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ApiResource {
    /// API group; empty for the core group.
    pub group: Cow<'static, str>,
    /// Version inside the group.
    pub version: Cow<'static, str>,
    /// Kind; empty when unknown.
    pub kind: Cow<'static, str>,
    /// Plural name, as in the URL.
    pub plural: Cow<'static, str>,
    /// Where the objects live; `None` when unknown.
    pub scope: Option<ScopeKind>,
}

impl ApiResource {
    /// A resource whose scope is not known.
    pub fn new(
        group: impl Into<Cow<'static, str>>,
        version: impl Into<Cow<'static, str>>,
        kind: impl Into<Cow<'static, str>>,
        plural: impl Into<Cow<'static, str>>,
    ) -> Self {
        ApiResource {
            group: group.into(),
            version: version.into(),
            kind: kind.into(),
            plural: plural.into(),
            scope: None,
        }
    }

    /// Group and version as a manifest writes them: `apps/v1`, or `v1` for the core group.
    pub fn api_version(&self) -> String {
        if self.group.is_empty() {
            self.version.to_string()
        } else {
            format!("{}/{}", self.group, self.version)
        }
    }

    /// `deployments.apps`: names the resource in messages, as kubectl does.
    pub fn group_resource(&self) -> String {
        if self.group.is_empty() {
            self.plural.to_string()
        } else {
            format!("{}.{}", self.plural, self.group)
        }
    }
}

/// Where objects of a kind live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScopeKind {
    /// In a namespace.
    Namespaced,
    /// In the cluster, outside every namespace.
    Cluster,
}

/// A copy: what takes a resource takes it by reference as well.
impl From<&ApiResource> for ApiResource {
    fn from(resource: &ApiResource) -> Self {
        resource.clone()
    }
}
