//! ObjectMeta: what it may contain, and which parts of it no client may change.

use serde_json::{Map, Value};

use super::cluster::Call;
use super::names;
use super::object::{self, Object};
use super::status::{Cause, Failure};

/// The fields of ObjectMeta and the JSON type of each.
const FIELDS: [(&str, Shape); 14] = [
    ("name", Shape::Text),
    ("generateName", Shape::Text),
    ("namespace", Shape::Text),
    ("uid", Shape::Text),
    ("resourceVersion", Shape::Text),
    ("generation", Shape::Number),
    ("creationTimestamp", Shape::Text),
    ("deletionTimestamp", Shape::Text),
    ("deletionGracePeriodSeconds", Shape::Number),
    ("labels", Shape::Texts),
    ("annotations", Shape::Texts),
    ("ownerReferences", Shape::List),
    ("finalizers", Shape::List),
    ("managedFields", Shape::List),
];

#[derive(Clone, Copy)]
enum Shape {
    Text,
    Number,
    Texts,
    List,
}

/// Holds the metadata against its type and drops what says nothing: unknown fields, nulls and
/// empty values. An error names the field of the wrong type.
pub(crate) fn tidy(object: &mut Object) -> Result<(), String> {
    match object.get("metadata") {
        None | Some(Value::Null) => object.insert("metadata".into(), Value::Object(Map::new())),
        Some(Value::Object(_)) => None,
        Some(other) => return Err(mismatch(other, "metadata", "ObjectMeta")),
    };
    let meta = object::metadata_mut(object);
    meta.retain(|name, value| !value.is_null() && FIELDS.iter().any(|(field, _)| field == name));
    for (field, shape) in FIELDS {
        if let Some(value) = meta.get(field) {
            shape.check(field, value)?;
        }
    }
    meta.retain(|_, value| !is_empty(value));
    Ok(())
}

impl Shape {
    fn check(self, field: &str, value: &Value) -> Result<(), String> {
        let fits = match self {
            Self::Text => value.is_string(),
            Self::Number => value.is_i64(),
            Self::List => value.is_array(),
            Self::Texts => match value.as_object() {
                Some(map) => match map.values().find(|value| !value.is_string()) {
                    Some(other) => {
                        return Err(mismatch(other, &format!("ObjectMeta.{field}"), "string"));
                    }
                    None => true,
                },
                None => false,
            },
        };
        if fits {
            Ok(())
        } else {
            Err(mismatch(value, &format!("metadata.{field}"), self.name()))
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Number => "int64",
            Self::Texts => "map[string]string",
            Self::List => "list",
        }
    }
}

/// How the server words a value of the wrong JSON type.
pub(crate) fn mismatch(value: &Value, field: &str, wanted: &str) -> String {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    format!("json: cannot unmarshal {found} into Go struct field {field} of type {wanted}")
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

/// Puts the object into the namespace of the URL, which its own must not contradict.
pub(crate) fn place(call: &Call, object: &mut Object) -> Result<(), Failure> {
    let wanted = call.target.namespace.as_str();
    let own = object::metadata_text(object, "namespace");
    if !own.is_empty() && own != wanted && call.resource.namespaced {
        let why =
            "the namespace of the provided object does not match the namespace sent on the request";
        return Err(Failure::bad_request(why));
    }
    let meta = object::metadata_mut(object);
    if wanted.is_empty() {
        meta.remove("namespace");
    } else {
        meta.insert("namespace".into(), wanted.into());
    }
    Ok(())
}

/// What is wrong with labels, annotations, finalizers and owners.
pub(crate) fn causes(object: &Object) -> Vec<Cause> {
    let mut causes = Vec::new();
    for (key, value) in map(object, "labels") {
        if let Err(why) = names::qualified_name(key) {
            causes.push(Cause::invalid(
                "metadata.labels",
                &key.as_str().into(),
                &why,
            ));
        }
        if let Err(why) = names::label_value(value.as_str().unwrap_or_default()) {
            causes.push(Cause::invalid("metadata.labels", value, &why));
        }
    }
    for (key, _) in map(object, "annotations") {
        if let Err(why) = names::qualified_name(&key.to_lowercase()) {
            causes.push(Cause::invalid(
                "metadata.annotations",
                &key.as_str().into(),
                &why,
            ));
        }
    }
    for finalizer in object::finalizers(object) {
        if let Err(why) = names::qualified_name(finalizer) {
            causes.push(Cause::invalid(
                "metadata.finalizers",
                &finalizer.into(),
                &why,
            ));
        }
    }
    causes.extend(owner_causes(object));
    causes
}

fn owner_causes(object: &Object) -> Vec<Cause> {
    let owners = object::metadata(object, "ownerReferences").and_then(Value::as_array);
    let mut causes = Vec::new();
    for (at, owner) in owners.into_iter().flatten().enumerate() {
        for field in ["apiVersion", "kind", "name", "uid"] {
            if owner
                .get(field)
                .and_then(Value::as_str)
                .is_none_or(str::is_empty)
            {
                let path = format!("metadata.ownerReferences[{at}].{field}");
                causes.push(Cause::invalid(path, &"".into(), "must not be empty"));
            }
        }
    }
    causes
}

fn map<'a>(object: &'a Object, field: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    object::metadata(object, field)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

/// Keeps what an update may leave out, and refuses what it may not change.
pub(crate) fn carry_over(old: &Object, new: &mut Object) -> Vec<Cause> {
    let mut causes = Vec::new();
    let Some(old_meta) = old.get("metadata").and_then(Value::as_object) else {
        return causes;
    };
    let meta = object::metadata_mut(new);
    for field in [
        "uid",
        "creationTimestamp",
        "deletionTimestamp",
        "deletionGracePeriodSeconds",
    ] {
        let unset = meta.get(field).is_none();
        if unset {
            object::carry(old_meta, meta, field);
        } else if meta.get(field) != old_meta.get(field) {
            let value = meta.get(field).cloned().unwrap_or_default();
            causes.push(Cause::invalid(
                format!("metadata.{field}"),
                &value,
                "field is immutable",
            ));
        }
    }
    object::carry(old_meta, meta, "generation");
    causes.extend(new_finalizers(old, new));
    causes
}

/// An object on its way out takes no further finalizers.
fn new_finalizers(old: &Object, new: &Object) -> Option<Cause> {
    if !object::is_being_deleted(old) {
        return None;
    }
    let before = object::finalizers(old);
    let added: Vec<_> = object::finalizers(new)
        .into_iter()
        .filter(|name| !before.contains(name))
        .collect();
    let why = format!(
        "no new finalizers can be added if the object is being deleted, found new finalizers []string{{{}}}",
        added
            .iter()
            .map(|name| format!("{name:?}"))
            .collect::<Vec<_>>()
            .join(", "),
    );
    (!added.is_empty()).then(|| Cause::forbidden("metadata.finalizers", &why))
}
