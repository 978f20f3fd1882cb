//! The part of JSON Schema that the schemas of tables use; an unknown keyword is an error.

use serde_json::{Number, Value};

/// What of the value is not as the root schema says.
pub(crate) fn faults(root: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    Checker {
        root,
        faults: &mut faults,
    }
    .check(root, value, "");
    faults
}

struct Checker<'a> {
    root: &'a Value,
    faults: &'a mut Vec<String>,
}

impl Checker<'_> {
    fn check(&mut self, schema: &Value, value: &Value, at: &str) {
        for (keyword, says) in schema.as_object().into_iter().flatten() {
            if !self.keeps(keyword, says, schema, value, at) {
                self.faults
                    .push(format!("{at}: {value} is not {keyword} {says}"));
            }
        }
    }

    fn keeps(
        &mut self,
        keyword: &str,
        says: &Value,
        schema: &Value,
        value: &Value,
        at: &str,
    ) -> bool {
        match (keyword, value) {
            ("$ref", _) => {
                self.check(meant(self.root, says), value, at);
                true
            }
            ("type", _) => match says {
                Value::Array(types) => types.iter().any(|says| is_of(says, value)),
                says => is_of(says, value),
            },
            ("anyOf", _) => says.as_array().into_iter().flatten().any(|schema| {
                let mut inner = Vec::new();
                Checker {
                    root: self.root,
                    faults: &mut inner,
                }
                .check(schema, value, at);
                inner.is_empty()
            }),
            ("properties", Value::Object(members)) => {
                for (name, value) in members {
                    if let Some(schema) = says.get(name) {
                        self.check(schema, value, &format!("{at}/{name}"));
                    }
                }
                true
            }
            ("additionalProperties", Value::Object(members)) => {
                for (name, value) in members {
                    if schema
                        .pointer("/properties")
                        .is_none_or(|known| known.get(name).is_none())
                    {
                        self.check(says, value, &format!("{at}/{name}"));
                    }
                }
                true
            }
            ("required", Value::Object(members)) => says
                .as_array()
                .into_iter()
                .flatten()
                .all(|name| members.contains_key(name.as_str().unwrap())),
            ("items", Value::Array(items)) => {
                items
                    .iter()
                    .for_each(|item| self.check(says, item, &format!("{at}/*")));
                true
            }
            ("minimum", Value::Number(number)) => number.as_f64() >= says.as_f64(),
            ("format", Value::Number(number)) => is_in_range(says, number),
            ("format", Value::String(_)) => matches!(says.as_str(), Some("date-time" | "byte")),
            ("pattern", Value::String(text)) => {
                text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
            }
            _ => KNOWN.contains(&keyword),
        }
    }
}

/// The schema that a reference is to.
fn meant<'a>(root: &'a Value, says: &Value) -> &'a Value {
    let pointer = says.as_str().and_then(|text| text.strip_prefix('#'));
    pointer.and_then(|pointer| root.pointer(pointer)).unwrap()
}

/// Whether the number is one of the format.
fn is_in_range(says: &Value, number: &Number) -> bool {
    match says.as_str() {
        Some("int32") => number
            .as_i64()
            .is_some_and(|number| i32::try_from(number).is_ok()),
        Some("uint32") => number
            .as_u64()
            .is_some_and(|number| u32::try_from(number).is_ok()),
        Some("int64" | "uint64") => !number.is_f64(),
        format => format == Some("double"),
    }
}

/// What says nothing of a value of another type, or nothing at all.
const KNOWN: [&str; 15] = [
    "$schema",
    "$defs",
    "title",
    "description",
    "examples",
    "properties",
    "additionalProperties",
    "required",
    "items",
    "minimum",
    "format",
    "pattern",
    "x-kubernetes-int-or-string",
    "x-kubernetes-preserve-unknown-fields",
    "anyOf",
];

fn is_of(says: &Value, value: &Value) -> bool {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    says == found || (says == "number" && found == "integer")
}
