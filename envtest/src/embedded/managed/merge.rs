//! Merges an applied configuration into an object, and removes fields from one.

use serde_json::{Map, Value};

use super::super::object::Object;
use super::super::schema::Schema;
use super::Layout;
use super::paths::{Path, key_of, member};

/// Merges `config` into `object`, as the schemas say.
pub(super) fn merge(layout: Layout<'_>, object: &mut Object, config: &Object) {
    for (name, value) in config {
        let schema = match name.as_str() {
            "metadata" => layout.metadata,
            name => layout.content.and_then(|schema| member(schema, name)),
        };
        merge_member(schema, object, name, value);
    }
}

fn merge_member(schema: Option<Schema<'_>>, object: &mut Object, name: &str, value: &Value) {
    match object.get_mut(name) {
        Some(own) => merge_value(schema, own, value),
        None => {
            object.insert(name.to_owned(), value.clone());
        }
    }
}

fn merge_value(schema: Option<Schema<'_>>, own: &mut Value, config: &Value) {
    let list_type = schema.map(|schema| schema.list_type());
    match (own, config) {
        (Value::Object(own), Value::Object(config))
            if !schema.is_some_and(|schema| schema.is_atomic_map()) =>
        {
            for (name, value) in config {
                merge_member(
                    schema.and_then(|schema| member(schema, name)),
                    own,
                    name,
                    value,
                );
            }
        }
        (Value::Array(own), Value::Array(config)) if list_type == Some("map") => {
            if let Some(schema) = schema {
                merge_items(schema, own, config);
            }
        }
        (Value::Array(own), Value::Array(config)) if list_type == Some("set") => {
            for value in config {
                if !own.contains(value) {
                    own.push(value.clone());
                }
            }
        }
        (own, config) => *own = config.clone(),
    }
}

fn merge_items(schema: Schema<'_>, own: &mut Vec<Value>, config: &[Value]) {
    for item in config {
        let key = key_of(schema, item);
        match own.iter_mut().find(|own| key_of(schema, own) == key) {
            Some(own) => merge_value(schema.items(), own, item),
            None => own.push(item.clone()),
        }
    }
}

/// Takes a field out, and what it leaves empty with it.
pub(super) fn remove(object: &mut Object, path: &[String]) {
    if let Some((first, rest)) = path.split_first()
        && let Some(name) = first.strip_prefix("f:")
        && object
            .get_mut(name)
            .is_some_and(|value| is_empty_after(value, rest))
    {
        object.remove(name);
    }
}

/// Takes a path out of a value; whether nothing is left of it.
fn is_empty_after(value: &mut Value, path: &[String]) -> bool {
    let Some((first, rest)) = path.split_first() else {
        return true;
    };
    match value {
        Value::Object(map) => {
            let path: Path = std::iter::once(first).chain(rest).cloned().collect();
            remove(map, &path);
            map.is_empty()
        }
        Value::Array(list) => {
            list.retain_mut(|item| !(is_named(item, first) && is_empty_after(item, rest)));
            list.is_empty()
        }
        _ => false,
    }
}

fn is_named(item: &Value, element: &str) -> bool {
    if let Some(value) = element.strip_prefix("v:") {
        return *item == value;
    }
    let keys = element
        .strip_prefix("k:")
        .and_then(|keys| serde_json::from_str::<Map<String, Value>>(keys).ok());
    keys.is_some_and(|keys| keys.iter().all(|(key, value)| item.get(key) == Some(value)))
}
