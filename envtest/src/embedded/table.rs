//! Objects as rows of cells, which is how people see them.
//!
//! Built-in kinds have the columns that kubectl shows; custom resources those of their definition;
//! whatever has none of its own shows its name and age.

mod columns;
mod duration;
mod jsonpath;
mod workloads;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::cluster::Stored;
use super::custom;
use super::object::{self, Object};
use super::resource::ResourceType;

/// What a row carries of its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum IncludeObject {
    None,
    #[default]
    Metadata,
    Object,
}

/// A column: its head, and how to make a cell of an object.
struct Column {
    name: String,
    kind: String,
    format: String,
    priority: i64,
    cell: Cell,
}

enum Cell {
    Made(fn(&Object, Timestamp) -> Value),
    /// A path of a custom resource, shown as the column's type wants.
    Path(String),
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

/// A Table of objects.
pub(crate) fn render(
    resource: &ResourceType,
    include: IncludeObject,
    metadata: &Value,
    objects: &[Stored],
) -> Value {
    let columns = columns(resource);
    let now = Timestamp::now();
    let rows: Vec<_> = objects
        .iter()
        .map(|object| row(resource, &columns, include, object, now))
        .collect();
    json!({
        "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
        "columnDefinitions": columns.iter().map(Column::definition).collect::<Vec<_>>(),
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

fn columns(resource: &ResourceType) -> Vec<Column> {
    let Some(custom) = &resource.custom else {
        return columns::builtin(&resource.group, &resource.plural);
    };
    let own = custom.columns.iter().map(Column::from);
    let name = columns::name();
    if custom.columns.is_empty() {
        vec![
            name,
            Column {
                kind: "date".into(),
                ..columns::age()
            },
        ]
    } else {
        std::iter::once(name).chain(own).collect()
    }
}

fn row(
    resource: &ResourceType,
    columns: &[Column],
    include: IncludeObject,
    stored: &Stored,
    now: Timestamp,
) -> Value {
    let object = resource.open(&stored.document, stored.revision);
    let cells: Vec<_> = columns
        .iter()
        .map(|column| column.cell(&object, now))
        .collect();
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

impl Column {
    fn definition(&self) -> Value {
        json!({
            "name": self.name, "type": self.kind, "format": self.format, "description": "",
            "priority": self.priority,
        })
    }

    fn cell(&self, object: &Object, now: Timestamp) -> Value {
        match &self.cell {
            Cell::Made(make) => make(object, now),
            Cell::Path(path) => self.at(path, object, now),
        }
    }

    fn at(&self, path: &str, object: &Object, now: Timestamp) -> Value {
        let found = jsonpath::find(path, object);
        let Some(first) = found.first() else {
            return Value::Null;
        };
        match (self.kind.as_str(), *first) {
            ("date", Value::String(moment)) => duration::since(moment, now).into(),
            ("string", _) => found
                .iter()
                .map(|value| plain(value))
                .collect::<Vec<_>>()
                .join(",")
                .into(),
            (_, value) => value.clone(),
        }
    }
}

impl From<&custom::Column> for Column {
    fn from(column: &custom::Column) -> Self {
        Self {
            name: column.name.clone(),
            kind: column.kind.clone(),
            format: column.format.clone(),
            priority: column.priority,
            cell: Cell::Path(column.path.clone()),
        }
    }
}

/// A value as text, strings without their quotes.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn text(object: &Object, path: &str) -> String {
    object::at_path(object, path).map(plain).unwrap_or_default()
}

/// The text at a path, or what stands for its absence.
fn text_or(object: &Object, path: &str, absent: &str) -> String {
    match text(object, path) {
        text if text.is_empty() => absent.to_owned(),
        text => text,
    }
}

fn number(object: &Object, path: &str) -> i64 {
    object::at_path(object, path)
        .and_then(Value::as_i64)
        .unwrap_or(0)
}

fn list<'a>(object: &'a Object, path: &str) -> impl Iterator<Item = &'a Value> {
    object::at_path(object, path)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}
