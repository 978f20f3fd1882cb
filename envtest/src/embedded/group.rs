//! Groups and versions as discovery shows them.

use std::sync::Arc;

use super::resource::ResourceType;

/// A group as discovery shows it.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) versions: Vec<Version>,
}

/// A version of a group with its resources in order of name.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    pub(crate) name: String,
    pub(crate) resources: Vec<Arc<ResourceType>>,
}
