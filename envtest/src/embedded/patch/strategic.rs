//! Strategic merge patch: a merge patch that knows from the schema which lists are keyed.
//!
//! The directives (`$patch`, `$retainKeys`, `$deleteFromPrimitiveList`, `$setElementOrder`) are read
//! where they stand and never stored.

use serde_json::{Map, Value};

use super::super::schema::{Additional, Schema};

const PATCH: &str = "$patch";
const RETAIN_KEYS: &str = "$retainKeys";
const DELETE_FROM: &str = "$deleteFromPrimitiveList/";
const SET_ORDER: &str = "$setElementOrder/";

/// Merges `patch` into `object`. An error is a directive that makes no sense.
pub(crate) fn merge(
    schema: Option<Schema<'_>>,
    object: &mut Map<String, Value>,
    patch: &Map<String, Value>,
) -> Result<(), String> {
    match directive(patch)? {
        Directive::Merge => {}
        Directive::Delete => {
            object.clear();
            return Ok(());
        }
        Directive::Replace => object.clear(),
    }
    retain_keys(object, patch);
    for (name, value) in patch {
        if let Some(list) = name.strip_prefix(DELETE_FROM) {
            delete_values(object, list, value);
        } else if !name.starts_with('$') {
            member(
                schema.and_then(|schema| child(schema, name)),
                object,
                name,
                value,
            )?;
        }
    }
    for (name, order) in patch {
        if let Some(list) = name.strip_prefix(SET_ORDER) {
            set_order(
                schema.and_then(|schema| child(schema, list)),
                object,
                list,
                order,
            );
        }
    }
    Ok(())
}

enum Directive {
    Merge,
    Delete,
    Replace,
}

fn directive(patch: &Map<String, Value>) -> Result<Directive, String> {
    match patch.get(PATCH).map(Value::as_str) {
        None | Some(Some("merge")) => Ok(Directive::Merge),
        Some(Some("delete")) => Ok(Directive::Delete),
        Some(Some("replace")) => Ok(Directive::Replace),
        Some(_) => Err(format!("unknown patch type found: {}", patch[PATCH])),
    }
}

fn child<'a>(schema: Schema<'a>, name: &str) -> Option<Schema<'a>> {
    schema.property(name).or(match schema.additional() {
        Additional::Schema(additional) => Some(additional),
        Additional::Anything | Additional::None => None,
    })
}

fn retain_keys(object: &mut Map<String, Value>, patch: &Map<String, Value>) {
    if let Some(Value::Array(keys)) = patch.get(RETAIN_KEYS) {
        object.retain(|name, _| keys.iter().any(|key| key == name));
    }
}

fn delete_values(object: &mut Map<String, Value>, list: &str, values: &Value) {
    if let (Some(Value::Array(list)), Value::Array(values)) = (object.get_mut(list), values) {
        list.retain(|value| !values.contains(value));
    }
}

fn member(
    schema: Option<Schema<'_>>,
    object: &mut Map<String, Value>,
    name: &str,
    value: &Value,
) -> Result<(), String> {
    let replaces = schema.is_some_and(|schema| schema.has_patch_strategy("replace"));
    match (object.get_mut(name), value) {
        (_, Value::Null) => {
            object.remove(name);
        }
        (Some(Value::Object(inner)), Value::Object(patch)) if !replaces => {
            merge(schema, inner, patch)?;
        }
        (_, Value::Object(patch)) => {
            let mut made = Map::new();
            merge(schema, &mut made, patch)?;
            object.insert(name.to_owned(), Value::Object(made));
        }
        (present, Value::Array(patch))
            if schema.is_some_and(|schema| schema.has_patch_strategy("merge")) =>
        {
            let original = present.and_then(|list| list.as_array_mut().map(std::mem::take));
            let merged = list(schema, &original.unwrap_or_default(), patch)?;
            object.insert(name.to_owned(), Value::Array(merged));
        }
        _ => {
            object.insert(name.to_owned(), value.clone());
        }
    }
    Ok(())
}

fn list(
    schema: Option<Schema<'_>>,
    original: &[Value],
    patch: &[Value],
) -> Result<Vec<Value>, String> {
    let Some(key) = schema.and_then(|schema| schema.patch_merge_key()) else {
        return Ok(union(original, patch));
    };
    let items = schema.and_then(|schema| schema.items());
    let replaces = patch.iter().any(|item| item[PATCH] == "replace");
    let mut merged = if replaces {
        Vec::new()
    } else {
        original.to_vec()
    };
    for item in patch.iter().filter_map(Value::as_object) {
        let Some(identity) = item.get(key) else {
            if item.contains_key(PATCH) {
                continue;
            }
            return Err(format!(
                "map: {} does not contain declared merge key: {key}",
                Value::Object(item.clone())
            ));
        };
        let found = merged.iter().position(|own| &own[key] == identity);
        match (directive(item)?, found) {
            (Directive::Delete, Some(at)) => drop(merged.remove(at)),
            (Directive::Delete, None) => {}
            (_, Some(at)) => {
                if let Value::Object(own) = &mut merged[at] {
                    merge(items, own, item)?;
                }
            }
            (_, None) => {
                let mut made = Map::new();
                merge(items, &mut made, item)?;
                merged.push(Value::Object(made));
            }
        }
    }
    let identity = |value: &Value| value[key].clone();
    Ok(in_order(merged, original, patch, &identity))
}

fn union(original: &[Value], patch: &[Value]) -> Vec<Value> {
    let mut merged = original.to_vec();
    merged.extend(
        patch
            .iter()
            .filter(|value| !original.contains(value))
            .cloned(),
    );
    in_order(merged, original, patch, &Value::clone)
}

/// What the patch names comes in the patch's order, the rest keeps its place between it.
fn in_order(
    merged: Vec<Value>,
    original: &[Value],
    patch: &[Value],
    identity: &dyn Fn(&Value) -> Value,
) -> Vec<Value> {
    let place = |list: &[Value], value: &Value| {
        list.iter().position(|own| identity(own) == identity(value))
    };
    let (mut named, rest): (Vec<_>, Vec<_>) = merged
        .into_iter()
        .partition(|value| place(patch, value).is_some());
    named.sort_by_key(|value| place(patch, value));
    let (mut named, mut rest) = (named.into_iter().peekable(), rest.into_iter().peekable());
    let mut ordered = Vec::new();
    while let (Some(one), Some(other)) = (named.peek(), rest.peek()) {
        // A new value has no place among the old ones and follows them.
        let named_first = place(original, one).is_some_and(|at| Some(at) < place(original, other));
        ordered.extend(if named_first {
            named.next()
        } else {
            rest.next()
        });
    }
    ordered.extend(named.chain(rest));
    ordered
}

fn set_order(
    schema: Option<Schema<'_>>,
    object: &mut Map<String, Value>,
    name: &str,
    order: &Value,
) {
    let key = schema.and_then(|schema| schema.patch_merge_key());
    let identity = |value: &Value| key.map_or_else(|| value.clone(), |key| value[key].clone());
    if let (Some(Value::Array(list)), Value::Array(order)) = (object.get_mut(name), order) {
        let merged = std::mem::take(list);
        *list = in_order(merged.clone(), &merged, order, &identity);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schema() -> Value {
        json!({"properties": {
            "containers": {
                "type": "array", "x-kubernetes-patch-merge-key": "name", "x-kubernetes-patch-strategy": "merge",
                "items": {"properties": {"args": {"type": "array"}}},
            },
            "finalizers": {"type": "array", "x-kubernetes-patch-strategy": "merge"},
            "strategy": {"x-kubernetes-patch-strategy": "retainKeys"},
        }})
    }

    fn merged(object: &Value, patch: &Value) -> Result<Value, String> {
        let (schema, definitions) = (schema(), Map::new());
        let mut object = object.as_object().cloned().unwrap();
        merge(
            Schema::new(&schema, &definitions),
            &mut object,
            patch.as_object().unwrap(),
        )?;
        Ok(Value::Object(object))
    }

    #[test]
    fn the_directives_and_the_keys_decide() {
        let object = json!({
            "containers": [{"name": "a", "image": "1", "args": ["x"]}, {"name": "b"}],
            "finalizers": ["one", "two"],
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {}},
            "labels": {"k": "v", "l": "w"},
        });
        let cases = [
            (
                json!({"containers": [{"name": "a", "image": "2", "args": ["y"]}, {"name": "c"}]}),
                (
                    "containers",
                    json!([{"name": "a", "image": "2", "args": ["y"]}, {"name": "b"}, {"name": "c"}]),
                ),
            ),
            (
                json!({"containers": [{"name": "a", "$patch": "delete"}]}),
                ("containers", json!([{"name": "b"}])),
            ),
            (
                json!({"containers": [{"$patch": "replace"}, {"name": "z"}]}),
                ("containers", json!([{"name": "z"}])),
            ),
            (
                json!({"$setElementOrder/containers": [{"name": "b"}, {"name": "a"}]}),
                (
                    "containers",
                    json!([{"name": "b"}, {"name": "a", "image": "1", "args": ["x"]}]),
                ),
            ),
            (
                json!({"finalizers": ["three"]}),
                ("finalizers", json!(["one", "two", "three"])),
            ),
            (
                json!({"$deleteFromPrimitiveList/finalizers": ["one"]}),
                ("finalizers", json!(["two"])),
            ),
            (
                json!({"strategy": {"$retainKeys": ["type"], "type": "Recreate"}}),
                ("strategy", json!({"type": "Recreate"})),
            ),
            (
                json!({"labels": {"k": null}}),
                ("labels", json!({"l": "w"})),
            ),
            (
                json!({"labels": {"$patch": "replace", "n": "o"}}),
                ("labels", json!({"n": "o"})),
            ),
        ];
        for (patch, (field, wanted)) in cases {
            assert_eq!(merged(&object, &patch).unwrap()[field], wanted, "{patch}");
        }
    }

    #[test]
    fn senseless_patches_are_refused() {
        assert!(merged(&json!({}), &json!({"$patch": "nonsense"})).is_err());
        assert!(merged(&json!({}), &json!({"containers": [{"image": "x"}]})).is_err());
    }
}
