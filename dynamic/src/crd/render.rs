//! Renders a shape as the schema of a definition.
//!
//! What a shape can say has a structural schema, so this cannot fail. Alternatives come out
//! in the one form that the API server takes: every property is named beside them, and they
//! only say which of these must be there.

mod union;

use serde_json::{Number, Value};

use super::json_schema::{JsonSchema, SchemaOrBool, ValidationRule};
use super::shape::{DefaultValue, Field, Kind, Limit, Limits, Rule, Shape};

/// The schema of a whole object. The server knows `apiVersion`, `kind` and metadata itself.
pub(super) fn root(shape: &Shape) -> JsonSchema {
    let mut schema = render(shape);
    schema.properties.remove("metadata");
    schema.required.retain(|name| name != "metadata");
    schema
}

fn render(shape: &Shape) -> JsonSchema {
    let mut schema = match shape.kind {
        Kind::Any => JsonSchema::default(),
        Kind::Boolean => typed("boolean"),
        Kind::Integer => typed("integer"),
        Kind::Number => typed("number"),
        Kind::String => typed("string"),
        Kind::IntOrString => JsonSchema {
            int_or_string: true,
            ..JsonSchema::default()
        },
        Kind::Array(items) => JsonSchema {
            items: Some(Box::new(render(items))),
            ..typed("array")
        },
        Kind::Map(values) => JsonSchema {
            additional_properties: Some(SchemaOrBool::Schema(Box::new(render(values)))),
            ..typed("object")
        },
        Kind::Object(fields) => object(fields),
        Kind::Union(union) => union::render(union),
    };
    describe(shape, &mut schema);
    limit(&shape.limits, &mut schema);
    schema
}

fn typed(name: &str) -> JsonSchema {
    JsonSchema {
        type_: Some(name.to_owned()),
        ..JsonSchema::default()
    }
}

fn describe(shape: &Shape, schema: &mut JsonSchema) {
    let enum_ = shape.choices.iter().map(|&choice| Value::from(choice));
    schema.enum_.extend(enum_);
    schema.description = some(shape.description);
    schema.format = some(shape.format);
    schema.pattern = some(shape.pattern);
    schema.nullable = shape.nullable;
    schema.embedded_resource = shape.embedded;
    if shape.preserve_unknown {
        schema.preserve_unknown_fields = Some(true);
    }
    schema.list_type = some(shape.list_type);
    schema.list_map_keys = shape
        .list_map_keys
        .iter()
        .map(ToString::to_string)
        .collect();
    schema.map_type = some(shape.map_type);
    schema.default = shape.default.map(default);
    let rules = shape.rules.iter().copied().flatten().map(rule);
    schema.validations.extend(rules);
    if shape.immutable {
        schema.validations.push(unchanging());
    }
}

fn limit(limits: &Limits, schema: &mut JsonSchema) {
    schema.minimum = limits.minimum.and_then(number);
    schema.maximum = limits.maximum.and_then(number);
    schema.exclusive_minimum = limits.exclusive_minimum;
    schema.exclusive_maximum = limits.exclusive_maximum;
    schema.multiple_of = limits.multiple_of.and_then(number);
    schema.min_length = limits.min_length;
    schema.max_length = limits.max_length;
    schema.min_items = limits.min_items;
    schema.max_items = limits.max_items;
    schema.min_properties = limits.min_properties;
    schema.max_properties = limits.max_properties;
}

fn number(limit: Limit) -> Option<Number> {
    match limit {
        Limit::Int(number) => Some(number.into()),
        Limit::Float(number) => Number::from_f64(number),
    }
}

fn default(default: DefaultValue) -> Value {
    match default {
        DefaultValue::Bool(value) => value.into(),
        DefaultValue::Int(number) => number.into(),
        DefaultValue::Float(number) => number.into(),
        DefaultValue::Text(text) => text.into(),
        DefaultValue::Made(make) => make(),
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn rule(rule: &Rule) -> ValidationRule {
    ValidationRule {
        rule: rule.rule.to_owned(),
        message: some(rule.message),
        message_expression: some(rule.message_expression),
        reason: some(rule.reason),
        field_path: some(rule.field_path),
        optional_old_self: rule.optional_old_self.then_some(true),
    }
}

fn unchanging() -> ValidationRule {
    ValidationRule {
        rule: "self == oldSelf".to_owned(),
        message: Some("the field is immutable".to_owned()),
        ..ValidationRule::default()
    }
}

fn object(fields: &[Field]) -> JsonSchema {
    let mut schema = typed("object");
    for field in fields {
        if field.name.is_empty() {
            spread(&mut schema, render(&field.shape), field.required);
        } else {
            add(&mut schema, field);
        }
    }
    schema
}

fn add(schema: &mut JsonSchema, field: &Field) {
    let name = field.name.to_owned();
    let mut property = render(&field.shape);
    if !property.enum_.is_empty() {
        // For the API server no null is among the values of an enum, listed or not. Where null
        // is not allowed it drops the field instead, which is what `None` means.
        property.nullable = false;
    }
    schema.properties.insert(name.clone(), property);
    if field.required {
        schema.required.push(name);
    } else if field.shape.immutable
        && let Some(kept) = kept(field.name)
    {
        schema.validations.push(kept);
    }
}

/// An immutable field cannot be removed either, which takes a rule at the object around it.
fn kept(name: &str) -> Option<ValidationRule> {
    let escaped = cel_name(name)?;
    Some(ValidationRule {
        rule: format!("!has(oldSelf.{escaped}) || has(self.{escaped})"),
        message: Some(format!("{name} is immutable: it cannot be removed")),
        ..ValidationRule::default()
    })
}

/// The fields of an object within another.
fn spread(into: &mut JsonSchema, from: JsonSchema, is_there: bool) {
    into.properties.extend(from.properties);
    let keeps_all = matches!(from.additional_properties, Some(SchemaOrBool::Schema(_)));
    if from.preserve_unknown_fields == Some(true) || keeps_all {
        into.preserve_unknown_fields = Some(true);
    }
    into.validations.extend(from.validations);
    if is_there {
        into.required.extend(from.required);
        into.all_of.extend(from.all_of);
        for (one_of, any_of) in [(from.one_of, Vec::new()), (Vec::new(), from.any_of)] {
            if !one_of.is_empty() || !any_of.is_empty() {
                let alternatives = JsonSchema {
                    one_of,
                    any_of,
                    ..JsonSchema::default()
                };
                into.all_of.push(alternatives);
            }
        }
    }
}

/// A property as CEL names it; `None` where it cannot.
fn cel_name(name: &str) -> Option<String> {
    const KEYWORDS: [&str; 18] = [
        "true",
        "false",
        "null",
        "in",
        "as",
        "break",
        "const",
        "continue",
        "else",
        "for",
        "function",
        "if",
        "import",
        "let",
        "loop",
        "package",
        "namespace",
        "return",
    ];
    let is_escapable = |c: char| c.is_ascii_alphanumeric() || "_.-/".contains(c);
    if name.starts_with(|c: char| c.is_ascii_digit()) || !name.chars().all(is_escapable) {
        return None;
    }
    if KEYWORDS.contains(&name) {
        return Some(format!("__{name}__"));
    }
    let escaped = name
        .replace("__", "__underscores__")
        .replace('.', "__dot__")
        .replace('-', "__dash__")
        .replace('/', "__slash__");
    Some(escaped)
}

#[cfg(test)]
mod tests {
    use super::cel_name;

    #[test]
    fn properties_as_cel_names_them() {
        for (name, expected) in [
            ("size", Some("size")),
            ("for", Some("__for__")),
            ("a-b.c/d", Some("a__dash__b__dot__c__slash__d")),
            ("a__b", Some("a__underscores__b")),
            ("$ref", None),
            ("1st", None),
        ] {
            assert_eq!(cel_name(name).as_deref(), expected);
        }
    }
}
