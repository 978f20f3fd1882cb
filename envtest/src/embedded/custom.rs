//! One version of a custom resource, as its CustomResourceDefinition describes it.

use serde_json::{Map, Value};

use super::object::Object;
use super::schema::{self, Schema};
use super::status::Cause;

/// The facts that serving a version needs.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct CustomVersion {
    /// The definition's name, `widgets.example.com`.
    pub(crate) crd: String,
    /// `openAPIV3Schema`, as it was written.
    pub(crate) schema: Value,
    pub(crate) columns: Vec<Column>,
    /// Paths that field selectors may use.
    pub(crate) selectable_fields: Vec<String>,
    pub(crate) scale: Option<ScalePaths>,
}

/// Where an object keeps its replicas: wanted, present, and how they are recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ScalePaths {
    pub(crate) spec: String,
    pub(crate) status: String,
    pub(crate) selector: Option<String>,
}

/// A column of the resource's table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) format: String,
    pub(crate) priority: i64,
    pub(crate) path: String,
}

impl CustomVersion {
    /// What breaks the rules of the schema.
    pub(crate) fn causes(&self, object: &Object) -> Vec<Cause> {
        let definitions = Map::new();
        Schema::new(&self.schema, &definitions)
            .map(|schema| schema::causes(schema, object))
            .unwrap_or_default()
    }
}
