//! A resource as one version of the API serves it.

use std::sync::Arc;

use super::custom::{CustomVersion, ScalePaths};
use super::document::TypeMeta;
use super::kinds::Traits;
use super::names::Rule;
use super::selector::Fields;
use super::status::Named;
use super::store::TableName;

/// Everything that the verbs, discovery and tables need to know about `deployments` of `apps/v1`.
#[derive(Debug, Clone)]
pub(crate) struct ResourceType {
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) plural: String,
    pub(crate) singular: String,
    pub(crate) kind: String,
    pub(crate) list_kind: String,
    pub(crate) namespaced: bool,
    pub(crate) short_names: Vec<String>,
    pub(crate) categories: Vec<String>,
    pub(crate) verbs: Vec<String>,
    pub(crate) subresources: Vec<Subresource>,
    pub(crate) table: TableName,
    pub(crate) traits: Traits,
    /// Set for a custom resource: what its definition says about this version.
    pub(crate) custom: Option<Arc<CustomVersion>>,
}

/// `pods/eviction`: the path element after a name, the kind of its bodies, and its verbs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Subresource {
    pub(crate) name: String,
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) kind: String,
    pub(crate) verbs: Vec<String>,
}

impl ResourceType {
    pub(crate) fn api_version(&self) -> String {
        api_version(&self.group, &self.version)
    }

    pub(crate) fn type_meta(&self) -> TypeMeta {
        TypeMeta {
            api_version: self.api_version(),
            kind: self.kind.clone(),
        }
    }

    /// The resource as messages about objects name it: `deployments.apps`.
    pub(crate) fn named(&self) -> Named<'_> {
        Named {
            group: &self.group,
            what: &self.plural,
        }
    }

    /// The kind as messages about content name it: `Deployment.apps`.
    pub(crate) fn named_kind(&self) -> Named<'_> {
        Named {
            group: &self.group,
            what: &self.kind,
        }
    }

    pub(crate) fn allows(&self, verb: &str) -> bool {
        self.verbs.iter().any(|v| v == verb)
    }

    pub(crate) fn subresource(&self, name: &str) -> Option<&Subresource> {
        self.subresources.iter().find(|sub| sub.name == name)
    }

    pub(crate) fn has_status(&self) -> bool {
        self.subresource("status").is_some()
    }

    pub(crate) fn is_custom(&self) -> bool {
        self.custom.is_some()
    }

    pub(crate) fn scale_paths(&self) -> Option<ScalePaths> {
        match &self.custom {
            Some(custom) => custom.scale.clone(),
            None => self.subresource("scale").map(|_| ScalePaths {
                spec: ".spec.replicas".into(),
                status: ".status.replicas".into(),
                selector: Some(".spec.selector".into()),
            }),
        }
    }

    pub(crate) fn name_rule(&self) -> Rule {
        self.traits.name_rule
    }

    pub(crate) fn fields(&self) -> Fields<'_> {
        let paths = match &self.custom {
            Some(custom) => custom.selectable_fields.as_slice(),
            None => self.traits.selectable.as_slice(),
        };
        Fields {
            paths,
            namespaced: self.namespaced,
        }
    }

    pub(crate) fn is(&self, group: &str, plural: &str) -> bool {
        self.group == group && self.plural == plural
    }
}

impl Subresource {
    pub(crate) fn allows(&self, verb: &str) -> bool {
        self.verbs.iter().any(|v| v == verb)
    }
}

/// `v1` for the core group, else `group/version`.
pub(crate) fn api_version(group: &str, version: &str) -> String {
    if group.is_empty() {
        version.to_owned()
    } else {
        format!("{group}/{version}")
    }
}
