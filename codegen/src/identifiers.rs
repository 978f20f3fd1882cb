//! The Rust identifiers of everything in a model: a table beside it.
//!
//! The model says which items to write. The last pass chooses their names, because it needs the
//! whole model to keep names distinct. Emitters need both, so none can ask for a name too early.

use std::collections::BTreeMap;

use crate::ir::{GroupVersion, TypeId};

mod lock;

/// The field that keeps properties the schema does not name.
pub(crate) const REST: &str = "unknown";

/// Identifiers by what they name.
#[derive(Debug, Default)]
pub(crate) struct Identifiers {
    pub(crate) modules: BTreeMap<GroupVersion, ModuleNames>,
    pub(crate) types: BTreeMap<TypeId, TypeNames>,
}

/// What a group-version is called.
#[derive(Debug)]
pub(crate) struct ModuleNames {
    /// The Rust module and cargo feature, such as `apps_v1`.
    pub(crate) module: String,
    /// The struct that leads to its resources, such as `AppsV1Client`.
    pub(crate) client: String,
    /// The struct that leads to its informers, such as `AppsV1Informers`.
    pub(crate) informers: String,
    /// The files of its parts, in their order.
    pub(crate) files: Vec<String>,
}

/// What a type is called, and what is inside it.
#[derive(Debug, Default)]
pub(crate) struct TypeNames {
    pub(crate) name: String,
    /// Its fields or variants, in their order.
    pub(crate) members: Vec<String>,
    /// The method of the group's client that leads to it, such as `deployments`, where it is a
    /// resource with a client.
    pub(crate) method: Option<String>,
    /// The same across namespaces, such as `all_deployments`, where that has a meaning.
    pub(crate) method_across: Option<String>,
    /// The alias of its lister, such as `DeploymentLister`, where it can be cached.
    pub(crate) lister: Option<String>,
    /// The marker types of its subresources, in their order.
    pub(crate) subresources: Vec<String>,
    /// What belongs to each of its streams, in their order.
    pub(crate) streams: Vec<StreamNames>,
}

/// What belongs to a subresource that speaks text or a stream.
#[derive(Debug)]
pub(crate) struct StreamNames {
    pub(crate) marker: String,
    /// The struct of its parameters.
    pub(crate) options: String,
    /// The fields of that struct, in the order of the parameters.
    pub(crate) parameters: Vec<String>,
}
