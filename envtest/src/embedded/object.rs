//! Reaching into an object's JSON: metadata, texts, lists.
//!
//! An object here is a bare JSON map, as it came over the wire; nothing about its shape is taken
//! for granted.

use serde_json::{Map, Value};

/// A Kubernetes object as a JSON map.
pub(crate) type Object = Map<String, Value>;

/// Deleted once the last of these is removed by its owner.
pub(crate) const FINALIZERS: &str = "finalizers";

pub(crate) fn metadata<'a>(object: &'a Object, field: &str) -> Option<&'a Value> {
    object.get("metadata")?.get(field)
}

pub(crate) fn metadata_text<'a>(object: &'a Object, field: &str) -> &'a str {
    metadata(object, field)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The metadata map, made where it is missing.
pub(crate) fn metadata_mut(object: &mut Object) -> &mut Object {
    child_mut(object, "metadata")
}

/// The map under a field, made where it is missing or is not a map.
pub(crate) fn child_mut<'a>(object: &'a mut Object, field: &str) -> &'a mut Object {
    let value = object
        .entry(field)
        .or_insert_with(|| Value::Object(Map::new()));
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    match value {
        Value::Object(map) => map,
        // Made a map two lines above.
        _ => unreachable!(),
    }
}

pub(crate) fn name(object: &Object) -> &str {
    metadata_text(object, "name")
}

pub(crate) fn is_being_deleted(object: &Object) -> bool {
    !metadata_text(object, "deletionTimestamp").is_empty()
}

pub(crate) fn finalizers(object: &Object) -> Vec<&str> {
    let list = metadata(object, FINALIZERS).and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

pub(crate) fn add_finalizer(object: &mut Object, finalizer: &str) {
    let list = metadata_mut(object)
        .entry(FINALIZERS)
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(list) = list
        && !list.iter().any(|own| own == finalizer)
    {
        list.push(finalizer.into());
    }
}

/// The value at a dotted path that starts with a dot, as CRDs write them: `.spec.replicas`.
pub(crate) fn at_path<'a>(object: &'a Object, path: &str) -> Option<&'a Value> {
    let mut steps = path.trim_start_matches('.').split('.');
    let first = object.get(steps.next()?)?;
    steps.try_fold(first, |value, step| value.get(step))
}

/// Sets the value at such a path, making maps on the way.
pub(crate) fn set_path(object: &mut Object, path: &str, value: Value) {
    let path = path.trim_start_matches('.');
    match path.split_once('.') {
        Some((first, rest)) => set_path(child_mut(object, first), rest, value),
        None => {
            object.insert(path.to_owned(), value);
        }
    }
}

/// Copies a field of one map into another, removing it where the source has none.
pub(crate) fn carry(from: &Object, to: &mut Object, field: &str) {
    match from.get(field) {
        Some(value) => {
            to.insert(field.to_owned(), value.clone());
        }
        None => {
            to.remove(field);
        }
    }
}
