//! The static side of a resource: group, version, kind, plural, scope.

use std::borrow::Cow;

use crate::model::api_resource::{ApiResource, ScopeKind};
use crate::model::object::Object;

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
