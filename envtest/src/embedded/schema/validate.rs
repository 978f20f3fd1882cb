//! Holding an object against a structural schema: each broken rule becomes a cause.

use regex::Regex;
use serde_json::{Map, Value};

use super::super::status::Cause;
use super::fit::join;
use super::{Additional, Schema, formats};

/// Everything that is wrong with an object, field by field.
pub(crate) fn causes(schema: Schema<'_>, object: &Map<String, Value>) -> Vec<Cause> {
    let mut found = Vec::new();
    members(schema, object, "", &mut found);
    found
}

fn value(schema: Schema<'_>, value: &Value, path: &str, found: &mut Vec<Cause>) {
    if value.is_null() && schema.is_nullable() {
        return;
    }
    if let Some(wanted) = wrong_type(schema, value) {
        let name = type_name(value);
        found.push(Cause::wrong_type(
            path,
            name,
            &format!("{path} in body must be of type {wanted}: {name:?}"),
        ));
        return;
    }
    enumerated(schema, value, path, found);
    match value {
        Value::Object(object) => {
            count(
                schema,
                object.len(),
                ("minProperties", "maxProperties"),
                path,
                found,
            );
            members(schema, object, path, found);
        }
        Value::Array(list) => array(schema, list, path, found),
        Value::String(text) => string(schema, text, path, found),
        Value::Number(number) => numeric(
            schema,
            value,
            number.as_f64().unwrap_or_default(),
            path,
            found,
        ),
        Value::Bool(_) | Value::Null => {}
    }
    alternatives(schema, value, path, found);
}

fn members(schema: Schema<'_>, object: &Map<String, Value>, path: &str, found: &mut Vec<Cause>) {
    for name in schema.required() {
        if !object.contains_key(name) {
            found.push(Cause::required(join(path, name), ""));
        }
    }
    for (name, member) in object {
        let metadata =
            path.is_empty() && matches!(name.as_str(), "apiVersion" | "kind" | "metadata");
        match (schema.property(name), schema.additional()) {
            // The type and ObjectMeta have rules of their own.
            _ if metadata => {}
            (Some(property), _) => value(property, member, &join(path, name), found),
            (None, Additional::Schema(additional)) => {
                value(additional, member, &join(path, name), found);
            }
            (None, _) => {}
        }
    }
}

fn array(schema: Schema<'_>, list: &[Value], path: &str, found: &mut Vec<Cause>) {
    count(schema, list.len(), ("minItems", "maxItems"), path, found);
    duplicates(schema, list, path, found);
    let Some(items) = schema.items() else { return };
    for (at, item) in list.iter().enumerate() {
        value(items, item, &format!("{path}[{at}]"), found);
    }
}

/// Sets hold a value once, map-like lists a key once.
fn duplicates(schema: Schema<'_>, list: &[Value], path: &str, found: &mut Vec<Cause>) {
    let keys = schema.list_map_keys();
    let identity = |item: &Value| match schema.list_type() {
        "map" => Some(Value::from_iter(
            keys.iter()
                .map(|key| item.get(*key).cloned().unwrap_or_default()),
        )),
        "set" => Some(item.clone()),
        _ if schema.flag("uniqueItems") => Some(item.clone()),
        _ => None,
    };
    let identities: Vec<_> = list.iter().map_while(identity).collect();
    for (at, one) in identities.iter().enumerate() {
        if identities[..at].contains(one) {
            let shown = match (schema.list_type(), one) {
                ("map", Value::Array(values)) => keys
                    .iter()
                    .zip(values)
                    .map(|(key, value)| ((*key).to_owned(), value.clone()))
                    .collect(),
                _ => one.clone(),
            };
            let message = format!("Duplicate value: {shown}");
            found.push(Cause {
                reason: "FieldValueDuplicate",
                message,
                field: format!("{path}[{at}]"),
            });
        }
    }
}

fn string(schema: Schema<'_>, text: &str, path: &str, found: &mut Vec<Cause>) {
    let length = text.chars().count();
    let invalid = |hint: String| Cause::invalid(path, &text.into(), &hint);
    if let Some(least) = limit(schema, "minLength").filter(|least| (length as u64) < *least) {
        found.push(invalid(format!(
            "{path} in body should be at least {least} chars long"
        )));
    }
    if let Some(most) = limit(schema, "maxLength").filter(|most| length as u64 > *most) {
        let message = format!("Too long: may not be more than {most} bytes");
        found.push(Cause {
            reason: "FieldValueTooLong",
            message,
            field: path.to_owned(),
        });
    }
    if let Some(pattern) = schema.text("pattern")
        && Regex::new(pattern).is_ok_and(|pattern| !pattern.is_match(text))
    {
        found.push(invalid(format!("{path} in body should match '{pattern}'")));
    }
    if let Some(format) = schema
        .format()
        .filter(|format| !formats::holds(format, text))
    {
        found.push(Cause::wrong_type(
            path,
            text,
            &format!("{path} in body must be of type {format}: {text:?}"),
        ));
    }
}

fn numeric(schema: Schema<'_>, value: &Value, number: f64, path: &str, found: &mut Vec<Cause>) {
    let mut refuse = |hint: String| {
        found.push(Cause::invalid(
            path,
            value,
            &format!("{path} in body should be {hint}"),
        ));
    };
    if let Some(least) = schema.number("minimum") {
        match schema.flag("exclusiveMinimum") {
            true if number <= least => refuse(format!("greater than {least}")),
            false if number < least => refuse(format!("greater than or equal to {least}")),
            _ => {}
        }
    }
    if let Some(most) = schema.number("maximum") {
        match schema.flag("exclusiveMaximum") {
            true if number >= most => refuse(format!("less than {most}")),
            false if number > most => refuse(format!("less than or equal to {most}")),
            _ => {}
        }
    }
    if let Some(step) = schema
        .number("multipleOf")
        .filter(|step| *step > 0.0 && (number / step).fract() != 0.0)
    {
        refuse(format!("a multiple of {step}"));
    }
}

fn enumerated(schema: Schema<'_>, value: &Value, path: &str, found: &mut Vec<Cause>) {
    let Some(allowed) = schema.get("enum").and_then(Value::as_array) else {
        return;
    };
    if !allowed.contains(value) {
        let supported: Vec<_> = allowed.iter().map(Value::to_string).collect();
        found.push(Cause::unsupported(path, value, &supported));
    }
}

fn count(schema: Schema<'_>, size: usize, names: (&str, &str), path: &str, found: &mut Vec<Cause>) {
    let noun = if names.0 == "minItems" {
        "items"
    } else {
        "properties"
    };
    if let Some(least) = limit(schema, names.0).filter(|least| (size as u64) < *least) {
        let hint = format!("{path} in body should have at least {least} {noun}");
        found.push(Cause::invalid(path, &Value::from(size), &hint));
    }
    if let Some(most) = limit(schema, names.1).filter(|most| size as u64 > *most) {
        found.push(Cause::too_many(path, size, most));
    }
}

/// `allOf`, `anyOf`, `oneOf` and `not`, which in structural schemas only restrict values.
fn alternatives(schema: Schema<'_>, member: &Value, path: &str, found: &mut Vec<Cause>) {
    let holds = |schema: &Schema<'_>| {
        let mut inner = Vec::new();
        value(*schema, member, path, &mut inner);
        inner.is_empty()
    };
    for one in schema.alternatives("allOf") {
        value(one, member, path, found);
    }
    let shown = if path.is_empty() { "<nil>" } else { path };
    let any = schema.alternatives("anyOf");
    if !any.is_empty() && !any.iter().any(holds) {
        let hint = format!("{shown:?} must validate at least one schema (anyOf)");
        found.push(Cause::invalid(path, &"".into(), &hint));
    }
    let one = schema.alternatives("oneOf");
    if !one.is_empty() && one.iter().filter(|schema| holds(schema)).count() != 1 {
        let hint = format!("{shown:?} must validate one and only one schema (oneOf)");
        found.push(Cause::invalid(path, &"".into(), &hint));
    }
    if schema
        .get("not")
        .and_then(|node| schema.child(node))
        .is_some_and(|not| holds(&not))
    {
        found.push(Cause::invalid(
            path,
            &"".into(),
            &format!("{shown:?} must not validate the schema (not)"),
        ));
    }
}

/// The type that a value should have had.
fn wrong_type(schema: Schema<'_>, value: &Value) -> Option<String> {
    if schema.is_int_or_string() {
        return (!is_integer(value) && !value.is_string()).then(|| "integer,string".to_owned());
    }
    let wanted = schema.json_type()?;
    let fits = match wanted {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => is_integer(value),
        "number" => value.is_number(),
        _ => true,
    };
    (!fits).then(|| wanted.to_owned())
}

fn is_integer(value: &Value) -> bool {
    value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) if is_integer(value) => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn limit(schema: Schema<'_>, keyword: &str) -> Option<u64> {
    schema.get(keyword)?.as_u64()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_rule_has_its_cause() {
        let definitions = Map::new();
        let cases = [
            (
                json!({"type": "integer"}),
                json!("x"),
                "Invalid value: \"string\": f in body must be of type integer: \"string\"",
            ),
            (
                json!({"minimum": 1}),
                json!(0),
                "Invalid value: 0: f in body should be greater than or equal to 1",
            ),
            (
                json!({"maximum": 10}),
                json!(11),
                "Invalid value: 11: f in body should be less than or equal to 10",
            ),
            (
                json!({"minLength": 2}),
                json!("a"),
                "Invalid value: \"a\": f in body should be at least 2 chars long",
            ),
            (
                json!({"maxLength": 1}),
                json!("ab"),
                "Too long: may not be more than 1 bytes",
            ),
            (
                json!({"pattern": "^[a-z]+$"}),
                json!("A"),
                "Invalid value: \"A\": f in body should match '^[a-z]+$'",
            ),
            (
                json!({"enum": ["a", "b"]}),
                json!("c"),
                "Unsupported value: \"c\": supported values: \"a\", \"b\"",
            ),
            (
                json!({"maxItems": 1}),
                json!([1, 2]),
                "Too many: 2: must have at most 1 items",
            ),
            (
                json!({"x-kubernetes-int-or-string": true}),
                json!(true),
                "Invalid value: \"boolean\": f in body must be of type integer,string: \"boolean\"",
            ),
            (
                json!({"format": "date-time"}),
                json!("x"),
                "Invalid value: \"x\": f in body must be of type date-time: \"x\"",
            ),
            (
                json!({"x-kubernetes-list-type": "set"}),
                json!(["a", "a"]),
                "Duplicate value: \"a\"",
            ),
        ];
        for (rule, bad, wanted) in cases {
            let schema = json!({"properties": {"f": rule}});
            let object = json!({"f": bad}).as_object().cloned().unwrap();
            let found = causes(Schema::new(&schema, &definitions).unwrap(), &object);
            let messages: Vec<_> = found.iter().map(|cause| cause.message.as_str()).collect();
            assert_eq!(messages, [wanted]);
        }
    }

    #[test]
    fn what_is_missing_is_named_by_its_path() {
        let schema = json!({"properties": {"spec": {"required": ["size"], "type": "object"}}});
        let definitions = Map::new();
        let object = json!({"spec": {}}).as_object().cloned().unwrap();
        let found = causes(Schema::new(&schema, &definitions).unwrap(), &object);
        assert_eq!(found, [Cause::required("spec.size", "")]);
    }
}
