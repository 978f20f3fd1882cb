//! Paths to fields, as `FieldsV1` writes them: `f:` a field, `k:` an item of a keyed list by its
//! keys, `v:` a value of a set.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::super::object::Object;
use super::super::schema::{Additional, Schema};
use super::Layout;

pub(super) type Path = Vec<String>;
pub(super) type Paths = BTreeSet<Path>;
/// Everything that can be owned in an object, with its value; keyed items themselves are null.
pub(super) type Leaves = BTreeMap<Path, Value>;

/// Metadata that the server writes, or that names the object: nobody owns it.
const UNOWNED: [&str; 10] = [
    "name",
    "namespace",
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "managedFields",
    "selfLink",
];

/// The fields of an object. `maps` counts a map as a field of its own besides its entries, as
/// updates do.
pub(super) fn leaves(layout: Layout<'_>, object: &Object, maps: bool) -> Leaves {
    let mut walk = Walk {
        maps,
        found: Leaves::new(),
    };
    for (name, value) in object {
        let path = vec![format!("f:{name}")];
        match (name.as_str(), value) {
            ("apiVersion" | "kind", _) => {}
            ("metadata", Value::Object(metadata)) => {
                for (field, value) in metadata
                    .iter()
                    .filter(|(field, _)| !UNOWNED.contains(&field.as_str()))
                {
                    let schema = layout.metadata.and_then(|schema| schema.property(field));
                    walk.value(schema, value, extended(&path, format!("f:{field}")));
                }
            }
            _ => walk.value(
                layout.content.and_then(|schema| member(schema, name)),
                value,
                path,
            ),
        }
    }
    walk.found
}

struct Walk {
    maps: bool,
    found: Leaves,
}

impl Walk {
    fn value(&mut self, schema: Option<Schema<'_>>, value: &Value, path: Path) {
        match value {
            Value::Object(map) if !map.is_empty() && !schema.is_some_and(|s| s.is_atomic_map()) => {
                if self.maps && schema.is_none_or(|schema| !schema.has_properties()) {
                    self.found.insert(path.clone(), Value::Null);
                }
                for (name, value) in map {
                    let schema = schema.and_then(|schema| member(schema, name));
                    self.value(schema, value, extended(&path, format!("f:{name}")));
                }
            }
            Value::Array(list) if !list.is_empty() => self.list(schema, list, value, path),
            leaf => {
                self.found.insert(path, leaf.clone());
            }
        }
    }

    fn list(&mut self, schema: Option<Schema<'_>>, list: &[Value], whole: &Value, path: Path) {
        match schema.map(|schema| (schema, schema.list_type())) {
            Some((schema, "map")) => {
                for item in list {
                    let path = extended(&path, key_element(schema, item));
                    self.found.insert(path.clone(), Value::Null);
                    for (name, value) in item.as_object().into_iter().flatten() {
                        let schema = schema.items().and_then(|items| member(items, name));
                        self.value(schema, value, extended(&path, format!("f:{name}")));
                    }
                }
            }
            Some((_, "set")) => {
                for value in list {
                    self.found
                        .insert(extended(&path, format!("v:{value}")), Value::Null);
                }
            }
            _ => {
                self.found.insert(path, whole.clone());
            }
        }
    }
}

/// The schema of a member of an object, declared or not.
pub(super) fn member<'a>(schema: Schema<'a>, name: &str) -> Option<Schema<'a>> {
    schema.property(name).or(match schema.additional() {
        Additional::Schema(additional) => Some(additional),
        Additional::Anything | Additional::None => None,
    })
}

/// What identifies an item of a keyed list; a key that is left out has its default.
pub(super) fn key_of(schema: Schema<'_>, item: &Value) -> Map<String, Value> {
    let default = |key: &str| schema.items()?.property(key)?.default().cloned();
    let keys = schema.list_map_keys().into_iter();
    let present = keys.filter_map(|key| {
        Some((
            key.to_owned(),
            item.get(key).cloned().or_else(|| default(key))?,
        ))
    });
    present.collect()
}

fn key_element(schema: Schema<'_>, item: &Value) -> String {
    format!("k:{}", Value::Object(key_of(schema, item)))
}

fn extended(path: &Path, element: String) -> Path {
    let mut path = path.clone();
    path.push(element);
    path
}

/// A path as messages show it: `.spec.containers[name="c"].image`.
pub(super) fn shown(path: &Path) -> String {
    let element = |element: &String| match element.split_at(2) {
        ("f:", name) => format!(".{name}"),
        ("v:", value) => format!("[={value}]"),
        (_, keys) => {
            let keys: Map<String, Value> = serde_json::from_str(keys).unwrap_or_default();
            let pairs: Vec<_> = keys
                .iter()
                .map(|(key, value)| format!("{key}={value}"))
                .collect();
            format!("[{}]", pairs.join(","))
        }
    };
    path.iter()
        .filter(|element| element.is_char_boundary(2))
        .map(element)
        .collect()
}

/// Paths as a `FieldsV1` tree.
pub(super) fn to_fields(paths: &Paths) -> Value {
    let mut root = json!({});
    for path in paths {
        let mut node = &mut root;
        for element in path {
            node = &mut node[element.as_str()];
            if node.is_null() {
                *node = json!({});
            }
        }
        // Distinguished below: only a field that has fields of its own needs to say that it counts.
        node["."] = json!({});
    }
    without_lone_dots(&mut root);
    root
}

fn without_lone_dots(node: &mut Value) {
    if let Value::Object(map) = node {
        if map.len() == 1 {
            map.remove(".");
        }
        map.values_mut().for_each(without_lone_dots);
    }
}

/// The paths of a `FieldsV1` tree.
pub(super) fn from_fields(fields: &Value) -> Paths {
    let mut paths = Paths::new();
    collect(fields, &Vec::new(), &mut paths);
    paths
}

fn collect(node: &Value, path: &Path, paths: &mut Paths) {
    for (element, child) in node.as_object().into_iter().flatten() {
        if element == "." {
            paths.insert(path.clone());
            continue;
        }
        let path = extended(path, element.clone());
        if child.as_object().is_none_or(Map::is_empty) {
            paths.insert(path);
        } else {
            collect(child, &path, paths);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_and_paths_are_the_same() {
        let fields = json!({
            "f:metadata": {"f:labels": {".": {}, "f:a": {}}},
            "f:spec": {"f:list": {"k:{\"name\":\"c\"}": {".": {}, "f:image": {}}}, "f:set": {"v:\"x\"": {}}},
        });
        assert_eq!(to_fields(&from_fields(&fields)), fields);
    }

    #[test]
    fn schemas_decide_what_is_one_field() {
        let schema = json!({"properties": {"spec": {"properties": {
            "list": {
                "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["port", "protocol"],
                "items": {"properties": {"protocol": {"default": "TCP"}}},
            },
            "set": {"type": "array", "x-kubernetes-list-type": "set"},
            "plain": {"type": "array"},
            "atomic": {"type": "object", "x-kubernetes-map-type": "atomic"},
        }}}});
        let definitions = Map::new();
        let layout = Layout {
            content: Schema::new(&schema, &definitions),
            metadata: None,
        };
        let object = json!({"metadata": {"name": "x"}, "spec": {
            "list": [{"port": 80, "name": "a"}], "set": ["s"], "plain": [1, 2], "atomic": {"a": {"b": 1}},
        }});
        let paths: Paths = leaves(layout, object.as_object().unwrap(), false)
            .into_keys()
            .collect();
        assert_eq!(
            to_fields(&paths),
            json!({"f:spec": {
                "f:list": {"k:{\"port\":80,\"protocol\":\"TCP\"}": {".": {}, "f:name": {}, "f:port": {}}},
                "f:set": {"v:\"s\"": {}}, "f:plain": {}, "f:atomic": {},
            }})
        );
    }
}
