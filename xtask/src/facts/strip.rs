//! Takes the prose out of an OpenAPI document and leaves the facts.
//!
//! Prose is the annotation `description`, wherever OpenAPI allows one. The word is
//! also an ordinary name: a column of a custom resource has a property called
//! `description`, and a default value may hold such a key. So the walk knows
//! which maps are keyed by names somebody chose, and which values are data.

use serde_json::{Map, Value};

/// Keywords whose value is a map from names to objects.
const NAMED: &[&str] = &[
    "callbacks",
    "content",
    "definitions",
    "dependencies",
    "encoding",
    "examples",
    "headers",
    "links",
    "parameters",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
    "variables",
];

/// Keywords whose value is the user's data, in which no key is a keyword.
const DATA: &[&str] = &["const", "default", "enum", "example"];

/// Removes every description from `document`.
pub(super) fn descriptions(document: &mut Value) {
    match document {
        Value::Object(keywords) => keyed_by_keywords(keywords),
        Value::Array(items) => items.iter_mut().for_each(descriptions),
        _ => {}
    }
}

fn keyed_by_keywords(object: &mut Map<String, Value>) {
    object.retain(|key, value| key != "description" || !value.is_string());
    for (key, value) in object {
        match value {
            _ if DATA.contains(&key.as_str()) => {}
            Value::Object(names) if NAMED.contains(&key.as_str()) => {
                names.values_mut().for_each(descriptions);
            }
            value => descriptions(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::descriptions;
    use serde_json::{Value, json};

    fn stripped(mut document: Value) -> Value {
        descriptions(&mut document);
        document
    }

    #[test]
    fn prose_goes_wherever_it_stands() {
        let document = json!({
            "info": {"description": "prose", "title": "Kubernetes"},
            "paths": {"/api": {"get": {
                "description": "prose",
                "parameters": [{"name": "limit", "description": "prose"}],
                "responses": {"200": {"description": "OK", "content": {"a/b": {"schema": {"description": "prose"}}}}},
            }}},
            "components": {"schemas": {"Pod": {"allOf": [{"description": "prose"}], "items": {"description": "prose"}}}},
        });
        assert!(!stripped(document).to_string().contains("description"));
    }

    #[test]
    fn a_property_called_description_stays_and_loses_its_prose() {
        let schema =
            json!({"properties": {"description": {"description": "prose", "type": "string"}}});
        assert_eq!(
            stripped(schema),
            json!({"properties": {"description": {"type": "string"}}})
        );
    }

    #[test]
    fn a_property_called_properties_is_a_schema_again() {
        let schema = json!({"properties": {"properties": {
            "description": "prose",
            "additionalProperties": {"description": "prose", "type": "object"},
            "properties": {"description": {"type": "string"}},
        }}});
        assert_eq!(
            stripped(schema),
            json!({"properties": {"properties": {
                "additionalProperties": {"type": "object"},
                "properties": {"description": {"type": "string"}},
            }}})
        );
    }

    #[test]
    fn data_is_left_alone() {
        let schema = json!({
            "default": {"description": "a value"},
            "enum": ["a", {"description": "a value"}],
            "required": ["description"],
        });
        assert_eq!(stripped(schema.clone()), schema);
    }

    #[test]
    fn an_enum_loses_its_prose_and_keeps_its_values() {
        let schema = json!({"description": "Possible enum values: …", "enum": ["Always", "Never"]});
        assert_eq!(stripped(schema), json!({"enum": ["Always", "Never"]}));
    }
}
