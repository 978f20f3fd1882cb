//! The static side of a resource: group, version, kind, plural, scope.

use std::borrow::Cow;

use crate::object::Object;

/// A kind whose address is known at compile time; implemented by `#[derive(Resource)]`.
pub trait Resource: Object {
    /// [`Namespaced`] or [`Cluster`]: decides which constructors of `Api` compile.
    type Scope: Scope;
    /// API group; empty for the core group.
    const GROUP: &'static str;
    /// Version inside the group, such as `v1` or `v1beta1`.
    const VERSION: &'static str;
    /// Kind, as in a manifest.
    const KIND: &'static str;
    /// Plural name, as in the URL.
    const PLURAL: &'static str;

    /// The same facts as a value, which is what a request is built from.
    fn api_resource() -> ApiResource {
        ApiResource {
            group: Cow::Borrowed(Self::GROUP),
            version: Cow::Borrowed(Self::VERSION),
            kind: Cow::Borrowed(Self::KIND),
            plural: Cow::Borrowed(Self::PLURAL),
            scope: Some(Self::Scope::KIND),
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

/// The scope of a kind as a type; sealed, so there are just [`Namespaced`] and [`Cluster`].
pub trait Scope: sealed::Sealed + Send + Sync + 'static {
    /// The same as a value.
    const KIND: ScopeKind;
}

/// Objects of the kind live in namespaces.
#[derive(Clone, Copy, Debug)]
pub enum Namespaced {}
/// Objects of the kind belong to the whole cluster.
#[derive(Clone, Copy, Debug)]
pub enum Cluster {}

impl Scope for Namespaced {
    const KIND: ScopeKind = ScopeKind::Namespaced;
}
impl Scope for Cluster {
    const KIND: ScopeKind = ScopeKind::Cluster;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Namespaced {}
    impl Sealed for super::Cluster {}
}

/// Everything that a request needs to know of a kind, at run time.
///
/// From a [`Resource`] it is made of constants; from discovery it is owned. A resource that
/// was named by group, version and plural alone has an empty kind and no scope: requests
/// work, and the server is the judge.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
