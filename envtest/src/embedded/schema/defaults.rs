//! Filling in the values that a schema defaults.

use serde_json::{Map, Value};

use super::{Additional, Schema};

/// Sets every absent property that has a default, in what is there: an absent object without a
/// default stays absent, whatever its own properties default to.
pub(crate) fn fill(schema: Schema<'_>, object: &mut Map<String, Value>) {
    for (name, property) in schema.properties() {
        if let (Some(default), false) = (property.default(), object.contains_key(name)) {
            object.insert(name.to_owned(), default.clone());
        }
        if let Some(value) = object.get_mut(name) {
            fill_value(property, value);
        }
    }
    if let Additional::Schema(additional) = schema.additional() {
        let others = object
            .iter_mut()
            .filter(|(name, _)| schema.property(name).is_none());
        others.for_each(|(_, value)| fill_value(additional, value));
    }
}

fn fill_value(schema: Schema<'_>, value: &mut Value) {
    match value {
        Value::Object(object) => fill(schema, object),
        Value::Array(list) => {
            if let Some(items) = schema.items() {
                list.iter_mut().for_each(|item| fill_value(items, item));
            }
        }
        Value::Null if !schema.is_nullable() => {
            if let Some(default) = schema.default() {
                *value = default.clone();
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn defaults_fill_what_is_there() {
        let schema = json!({"properties": {
            "made": {"default": {}, "properties": {"inner": {"default": 1}}},
            "absent": {"properties": {"inner": {"default": 1}}},
            "list": {"items": {"properties": {"a": {"default": "x"}}}},
            "kept": {"default": 1},
        }});
        let definitions = Map::new();
        let mut object = json!({"list": [{}, {"a": "y"}], "kept": 2})
            .as_object()
            .cloned()
            .unwrap();
        fill(Schema::new(&schema, &definitions).unwrap(), &mut object);
        assert_eq!(
            Value::Object(object),
            json!({"made": {"inner": 1}, "list": [{"a": "x"}, {"a": "y"}], "kept": 2})
        );
    }
}
