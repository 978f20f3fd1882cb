//! What a CustomResourceDefinition says about one version of its resource.

use super::resource::ScalePaths;

/// The facts that serving a version needs.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct CustomVersion {
    /// Paths that field selectors may use.
    pub(crate) selectable_fields: Vec<String>,
    pub(crate) scale: Option<ScalePaths>,
}
