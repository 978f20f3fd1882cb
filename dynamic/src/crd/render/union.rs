//! Renders enums whose variants have content: all properties side by side, then which go together.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{JsonSchema, ValidationRule, cel_name, render as shape, typed};
use crate::crd::shape::{Style, Union, Variant};

pub(super) fn render(union: &Union) -> JsonSchema {
    match union.style {
        Style::External => external(union.variants),
        Style::Internal { tag } => internal(tag, union.variants),
        Style::Adjacent { tag, content } => adjacent(tag, content, union.variants),
        Style::Untagged => untagged(union.variants),
    }
}

/// `{"circle": {…}}`: a property for each variant, exactly one of which is there.
fn external(variants: &[Variant]) -> JsonSchema {
    let mut schema = typed("object");
    for variant in variants {
        let mut property = variant.shape.as_ref().map(shape).unwrap_or_default();
        describe(variant, &mut property);
        schema.properties.insert(variant.name.to_owned(), property);
        schema.one_of.push(requiring(vec![variant.name.to_owned()]));
    }
    schema
}

fn describe(variant: &Variant, schema: &mut JsonSchema) {
    if !variant.description.is_empty() {
        schema.description = Some(variant.description.to_owned());
    }
}

/// `{"type": "circle", …}`: the properties of all variants, and for each which it needs.
fn internal(tag: &str, variants: &[Variant]) -> JsonSchema {
    let mut schema = tagged(tag, variants);
    for variant in variants {
        let body = variant.shape.as_ref().map(shape).unwrap_or_default();
        let alternative = JsonSchema {
            required: body.required,
            all_of: body.all_of,
            one_of: body.one_of,
            any_of: body.any_of,
            properties: BTreeMap::from([(tag.to_owned(), only(variant.name))]),
            ..JsonSchema::default()
        };
        schema.one_of.push(alternative);
        let rules = body.validations.into_iter();
        let guarded = rules.map(|rule| guard(tag, variant.name, rule));
        schema.validations.extend(guarded);
        merge(&mut schema.properties, body.properties);
        if body.preserve_unknown_fields == Some(true) {
            schema.preserve_unknown_fields = Some(true);
        }
    }
    schema
}

/// A rule that is asked of one variant alone.
fn guard(tag: &str, name: &str, mut rule: ValidationRule) -> ValidationRule {
    if let Some(tag) = cel_name(tag) {
        // JSON's way to write a string is good CEL.
        let name = Value::from(name);
        rule.rule = format!("self.{tag} != {name} || ({})", rule.rule);
    }
    rule
}

/// `{"type": "circle", "value": {…}}`: as before, one level below.
fn adjacent(tag: &str, content: &str, variants: &[Variant]) -> JsonSchema {
    let mut schema = tagged(tag, variants);
    let mut contents: Option<JsonSchema> = None;
    for variant in variants {
        let mut alternative = JsonSchema::default();
        alternative
            .properties
            .insert(tag.to_owned(), only(variant.name));
        if let Some(body) = variant.shape.as_ref().map(shape) {
            alternative.required.push(content.to_owned());
            let needed = JsonSchema {
                required: body.required.clone(),
                all_of: body.all_of.clone(),
                one_of: body.one_of.clone(),
                any_of: body.any_of.clone(),
                ..JsonSchema::default()
            };
            if needed != JsonSchema::default() {
                alternative.properties.insert(content.to_owned(), needed);
            }
            let whole = contents.get_or_insert_with(|| JsonSchema {
                required: Vec::new(),
                all_of: Vec::new(),
                one_of: Vec::new(),
                any_of: Vec::new(),
                ..body.clone()
            });
            merge(&mut whole.properties, body.properties);
        }
        schema.one_of.push(alternative);
    }
    if let Some(contents) = contents {
        schema.properties.insert(content.to_owned(), contents);
    }
    schema
}

/// The properties of all variants, and what each needs.
fn untagged(variants: &[Variant]) -> JsonSchema {
    let mut schema = typed("object");
    for variant in variants {
        let body = variant.shape.as_ref().map(shape).unwrap_or_default();
        schema.any_of.push(JsonSchema {
            required: body.required,
            all_of: body.all_of,
            one_of: body.one_of,
            any_of: body.any_of,
            ..JsonSchema::default()
        });
        merge(&mut schema.properties, body.properties);
        if body.preserve_unknown_fields == Some(true) {
            schema.preserve_unknown_fields = Some(true);
        }
    }
    if schema.any_of.contains(&JsonSchema::default()) {
        // One of them needs nothing.
        schema.any_of.clear();
    }
    schema
}

/// An object with the property that says which variant it is.
fn tagged(tag: &str, variants: &[Variant]) -> JsonSchema {
    let mut schema = typed("object");
    let names = variants.iter().map(|variant| variant.name.into());
    let which = JsonSchema {
        enum_: names.collect(),
        ..typed("string")
    };
    schema.properties.insert(tag.to_owned(), which);
    schema.required.push(tag.to_owned());
    schema
}

fn only(name: &str) -> JsonSchema {
    JsonSchema {
        enum_: vec![name.into()],
        ..JsonSchema::default()
    }
}

fn requiring(required: Vec<String>) -> JsonSchema {
    JsonSchema {
        required,
        ..JsonSchema::default()
    }
}

/// An existing property is the same, except for its description.
fn merge(into: &mut BTreeMap<String, JsonSchema>, from: BTreeMap<String, JsonSchema>) {
    for (name, property) in from {
        into.entry(name).or_insert(property);
    }
}
