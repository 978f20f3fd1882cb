//! Objects as rows of cells, which is how people see them.

use serde_json::{Value, json};

use super::cluster::Stored;
use super::object::Object;
use super::resource::ResourceType;

/// What a row carries of its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum IncludeObject {
    None,
    #[default]
    Metadata,
    Object,
}

impl IncludeObject {
    pub(crate) fn parse(text: Option<&str>) -> Option<Self> {
        match text {
            None | Some("Metadata") => Some(Self::Metadata),
            Some("None") => Some(Self::None),
            Some("Object") => Some(Self::Object),
            Some(_) => None,
        }
    }
}

pub(crate) fn render(
    resource: &ResourceType,
    include: IncludeObject,
    metadata: &Value,
    objects: &[Stored],
) -> Value {
    let rows: Vec<_> = objects
        .iter()
        .map(|object| row(resource, include, object))
        .collect();
    json!({
        "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
        "columnDefinitions": [column("Name", "string", "name"), column("Age", "string", "")],
        "rows": rows,
    })
}

/// A bookmark among tables: no columns, one row that carries it.
pub(crate) fn bookmark(object: &Value) -> Value {
    json!({
        "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": object["metadata"],
        "columnDefinitions": [], "rows": [{"cells": [], "object": object}],
    })
}

fn column(name: &str, kind: &str, format: &str) -> Value {
    json!({"name": name, "type": kind, "format": format, "description": "", "priority": 0})
}

fn row(resource: &ResourceType, include: IncludeObject, stored: &Stored) -> Value {
    let object = stored
        .document
        .to_object(&resource.type_meta(), stored.revision);
    let cells = vec![json!(super::object::name(&object)), json!("<unknown>")];
    json!({"cells": cells, "object": included(include, object)})
}

fn included(include: IncludeObject, mut object: Object) -> Value {
    match include {
        IncludeObject::None => Value::Null,
        IncludeObject::Object => Value::Object(object),
        IncludeObject::Metadata => json!({
            "kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1",
            "metadata": object.remove("metadata"),
        }),
    }
}
