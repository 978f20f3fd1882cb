//! Making an object fit its kind: unknown fields go, and a value of the wrong type is an error.

use serde_json::{Map, Value};

use super::{Additional, Schema};

/// What does not fit.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// Paths of the fields that the kind does not have, which were dropped.
    pub(crate) unknown: Vec<String>,
    /// The first value of a type that its field cannot have. Only built-in kinds look for it: a
    /// custom resource is validated instead.
    pub(crate) mismatch: Option<Mismatch>,
}

/// A value where another type is wanted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mismatch {
    pub(crate) path: String,
    pub(crate) found: Value,
    pub(crate) wanted: &'static str,
}

/// Drops from an object all that `schema` does not have. `typed` also looks for mismatches and
/// drops nulls, as a decoder into typed structures does.
pub(crate) fn fit(schema: Schema<'_>, object: &mut Map<String, Value>, typed: bool) -> Misfit {
    let mut walk = Walk {
        typed,
        found: Misfit::default(),
    };
    // These belong to every object, whether its schema lists them or not.
    let mut kept = Vec::new();
    for field in ["apiVersion", "kind", "metadata"] {
        kept.extend(object.remove_entry(field));
    }
    walk.members(schema, object, "");
    object.extend(kept);
    walk.found
}

struct Walk {
    typed: bool,
    found: Misfit,
}

impl Walk {
    fn members(&mut self, schema: Schema<'_>, object: &mut Map<String, Value>, path: &str) {
        if self.typed {
            object.retain(|_, value| !value.is_null());
        } else {
            drop_nulls(schema, object);
        }
        let mut unknown = Vec::new();
        for (name, value) in object.iter_mut() {
            match (schema.property(name), schema.additional()) {
                (Some(property), _) => self.value(property, value, &join(path, name)),
                (None, Additional::Schema(additional)) => {
                    self.value(additional, value, &self.inside(path, name));
                }
                (None, Additional::Anything) => {}
                (None, Additional::None) if is_open(schema, self.typed) => {}
                (None, Additional::None) => unknown.push(name.clone()),
            }
        }
        for name in unknown {
            object.remove(&name);
            self.found.unknown.push(join(path, &name));
        }
    }

    fn value(&mut self, schema: Schema<'_>, value: &mut Value, path: &str) {
        if self.typed {
            self.check(schema, value, path);
        }
        match value {
            Value::Object(object) if schema.is_embedded_resource() => {
                self.embedded(schema, object, path);
            }
            Value::Object(object) => self.members(schema, object, path),
            Value::Array(list) => {
                let Some(items) = schema.items() else { return };
                for (at, item) in list.iter_mut().enumerate() {
                    let path = if self.typed {
                        path.to_owned()
                    } else {
                        format!("{path}[{at}]")
                    };
                    self.value(items, item, &path);
                }
            }
            _ => {}
        }
    }

    /// A whole object inside an object has its own type and metadata.
    fn embedded(&mut self, schema: Schema<'_>, object: &mut Map<String, Value>, path: &str) {
        let mut kept = Vec::new();
        for field in ["apiVersion", "kind", "metadata"] {
            kept.extend(object.remove_entry(field));
        }
        self.members(schema, object, path);
        object.extend(kept);
    }

    fn check(&mut self, schema: Schema<'_>, value: &Value, path: &str) {
        let Some(wanted) = wanted_type(schema) else {
            return;
        };
        let fits = match wanted {
            "string" => value.is_string(),
            "bool" => value.is_boolean(),
            "int64" | "int32" => value.is_i64() || value.is_u64(),
            "float64" => value.is_number(),
            "object" => value.is_object(),
            "list" => value.is_array(),
            _ => true,
        };
        if !fits && !value.is_null() && self.found.mismatch.is_none() {
            self.found.mismatch = Some(Mismatch {
                path: path.to_owned(),
                found: value.clone(),
                wanted,
            });
        }
    }

    /// Typed decoders name a map, not the key in it.
    fn inside(&self, path: &str, name: &str) -> String {
        if self.typed {
            path.to_owned()
        } else {
            join(path, name)
        }
    }
}

/// Whether an object may hold anything: one that lists no properties is opaque to typed decoders.
fn is_open(schema: Schema<'_>, typed: bool) -> bool {
    schema.preserves_unknown() || (typed && !schema.has_properties())
}

/// A null where null is not allowed says nothing.
fn drop_nulls(schema: Schema<'_>, object: &mut Map<String, Value>) {
    object.retain(|name, value| {
        !value.is_null()
            || schema
                .property(name)
                .is_none_or(|property| property.is_nullable())
    });
}

fn wanted_type(schema: Schema<'_>) -> Option<&'static str> {
    if schema.is_int_or_string() || schema.get("oneOf").is_some() {
        return None;
    }
    Some(match (schema.json_type()?, schema.format()) {
        ("string", _) => "string",
        ("boolean", _) => "bool",
        ("integer", Some("int32")) => "int32",
        ("integer", _) => "int64",
        ("number", _) => "float64",
        ("object", _) => "object",
        ("array", _) => "list",
        _ => return None,
    })
}

pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fitted(schema: &Value, object: Value, typed: bool) -> (Value, Misfit) {
        let definitions = Map::new();
        let schema = Schema::new(schema, &definitions).unwrap();
        let Value::Object(mut object) = object else {
            panic!("not an object")
        };
        let misfit = fit(schema, &mut object, typed);
        (Value::Object(object), misfit)
    }

    #[test]
    fn unknown_fields_go_and_are_named() {
        let schema = json!({"type": "object", "properties": {
            "spec": {"type": "object", "properties": {
                "list": {"type": "array", "items": {"type": "object", "properties": {"a": {}}}},
                "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
                "map": {"type": "object", "additionalProperties": {"type": "object", "properties": {"b": {}}}},
            }},
        }});
        let object = json!({
            "kind": "X", "metadata": {"name": "kept"}, "top": 1,
            "spec": {"list": [{"a": 1, "z": 2}], "free": {"any": 1}, "map": {"k": {"b": 1, "c": 2}}},
        });
        let (object, misfit) = fitted(&schema, object, false);
        assert_eq!(
            object,
            json!({
                "kind": "X", "metadata": {"name": "kept"},
                "spec": {"list": [{"a": 1}], "free": {"any": 1}, "map": {"k": {"b": 1}}},
            })
        );
        assert_eq!(misfit.unknown, ["spec.list[0].z", "spec.map.k.c", "top"]);
    }

    #[test]
    fn a_typed_kind_refuses_values_of_another_type() {
        let schema = json!({"properties": {"data": {"additionalProperties": {"type": "string"}, "type": "object"}}});
        let (_, misfit) = fitted(&schema, json!({"data": {"a": 1}}), true);
        let mismatch = misfit.mismatch.unwrap();
        assert_eq!(
            (mismatch.path.as_str(), mismatch.wanted),
            ("data", "string")
        );
    }
}
