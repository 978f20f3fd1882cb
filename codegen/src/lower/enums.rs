//! Known values of a string or an integer.
//!
//! A live server spells them as `enum`; published specs only describe them. Both give the same
//! type.

use std::collections::{BTreeMap, BTreeSet};

use crate::fixups;
use crate::ir::{OpenEnum, Variant};
use crate::parse::{Json, Schema, SchemaType};

/// One known value and what upstream says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    text: String,
    description: Option<String>,
}

/// The known values of a schema, when it is a string or an integer with some.
pub(super) fn values(schema: &Schema) -> Option<Vec<Value>> {
    if is_integer(schema) {
        return integers(schema);
    }
    if schema.single_type() != Some(SchemaType::String) {
        return None;
    }
    let described = fixups::described_values(schema.description.as_deref().unwrap_or_default());
    let declared = declared(schema);
    if declared.is_empty() {
        return (!described.is_empty()).then(|| to_values(described));
    }
    let mut values = BTreeMap::new();
    for value in declared {
        let Json::String(text) = value else {
            return None;
        };
        values.insert(text.clone(), described.get(text).cloned().flatten());
    }
    Some(to_values(values))
}

/// The values that a schema lists, or those that all lists in its `allOf` have. Null is not one
/// of them: `nullable` says whether it is allowed.
fn declared(schema: &Schema) -> Vec<&Json> {
    let of_branches = schema.all_of.iter().map(|branch| &branch.enum_values);
    let lists = std::iter::once(&schema.enum_values).chain(of_branches);
    let mut lists = lists.filter(|values| !values.is_empty());
    let mut values: Vec<&Json> = lists.next().into_iter().flatten().collect();
    for list in lists {
        values.retain(|value| list.contains(value));
    }
    values.retain(|value| **value != Json::Null);
    values
}

fn is_integer(schema: &Schema) -> bool {
    schema.single_type() == Some(SchemaType::Integer)
}

/// In the order of the numbers.
fn integers(schema: &Schema) -> Option<Vec<Value>> {
    let value = |value: &Json| match value {
        Json::Number(number) => number.as_i64(),
        _ => None,
    };
    let values: Option<BTreeSet<i64>> = declared(schema).into_iter().map(value).collect();
    let values = values.filter(|values| !values.is_empty())?;
    let value = |value: i64| Value {
        text: value.to_string(),
        description: None,
    };
    Some(values.into_iter().map(value).collect())
}

/// The enum of these values; `property` is what it is the type of.
pub(super) fn body(
    values: Vec<Value>,
    schema: &Schema,
    property: &str,
) -> Result<OpenEnum, String> {
    for value in &values {
        super::check_length(&value.text)?;
    }
    Ok(OpenEnum {
        integers: is_integer(schema),
        property: property.to_owned(),
        variants: values
            .into_iter()
            .map(|value| Variant {
                wire: value.text,
                description: value.description,
            })
            .collect(),
    })
}

fn to_values(values: BTreeMap<String, Option<String>>) -> Vec<Value> {
    values
        .into_iter()
        .map(|(text, description)| Value { text, description })
        .collect()
}
