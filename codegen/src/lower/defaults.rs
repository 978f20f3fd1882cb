//! The defaults of a whole kind as one JSON text, in the form that the runtime reads: `p`
//! properties, `v` values of a map, `i` items of a list, `d` the default.
//!
//! Only of CustomResourceDefinitions: the defaults in the OpenAPI of built-in kinds are the
//! zero values of Go, and what their server fills in is written nowhere.

use serde_json::{Map, Value};

use crate::parse::{Additional, Schema};

/// The defaults below a schema; `None` where there are none.
pub(super) fn of(schema: &Schema) -> Option<String> {
    inside(schema).map(|defaults| Value::Object(defaults).to_string())
}

/// As deep as the document is, which its parser bounds.
fn inside(schema: &Schema) -> Option<Map<String, Value>> {
    let mut found = Map::new();
    let properties: Map<String, Value> = schema
        .properties
        .iter()
        .filter_map(|(name, property)| Some((name.clone(), Value::Object(inside(property)?))))
        .collect();
    if !properties.is_empty() {
        found.insert("p".to_owned(), Value::Object(properties));
    }
    if let Some(Additional::Of(values)) = &schema.additional {
        found.extend(named("v", values));
    }
    if let Some(items) = &schema.items {
        found.extend(named("i", items));
    }
    if let Some(default) = &schema.default {
        found.insert("d".to_owned(), default.to_value());
    }
    (!found.is_empty()).then_some(found)
}

fn named(key: &str, schema: &Schema) -> Option<(String, Value)> {
    Some((key.to_owned(), Value::Object(inside(schema)?)))
}
