//! The features: schemas that describe what is written, and made-up values that survive being
//! written.
#![allow(
    clippy::unwrap_used,
    reason = "a panic is the failure report of a test"
)]

use arbitrary::{Arbitrary, Unstructured};
use kubewright_table::{Map, Nullable, from_json, record, to_json};
use proptest::prelude::*;
use schemars::generate::SchemaSettings;
use schemars::schema_for;
use serde_json::{Value, json};

struct Port {
    number: i32,
    name: Option<String>,
}

struct Service {
    id: u64,
    always: Vec<String>,
    nothing: Option<Box<Port>>,
    maybe: Option<bool>,
    main: Option<Box<Port>>,
    ports: Vec<Port>,
    holes: Vec<Option<f64>>,
    labels: Map<String>,
    any: Option<Value>,
    weight: Option<Nullable<i32>>,
    hosts: Option<Nullable<Vec<Port>>>,
    more: Map<Port>,
}

/// Contains itself in every way there is.
struct Tree {
    left: Option<Box<Tree>>,
    children: Vec<Tree>,
    named: Map<Tree>,
    leaf: Option<bool>,
    unknown: Map<Value>,
}

record! { Port { "number" number, "name" name } }

record! {
    Service {
        "id" id, "always" always [always], "null" nothing [always], "maybe" maybe [always],
        "main" main, "ports" ports, "holes" holes, "labels" labels, "any" any, "weight" weight, "hosts" hosts,
        .. more except "kind"
    }
}

record! {
    Tree { "left" left, "children" children, "named" named, "leaf" leaf, .. unknown }
}

#[test]
fn a_schema_says_what_is_written() {
    assert_eq!(
        schema_for!(Service).to_value(),
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Service",
            "type": "object",
            "properties": {
                "id": {"type": "integer", "format": "uint64", "minimum": 0},
                "always": {"type": "array", "items": {"type": "string"}},
                "null": {"anyOf": [{"$ref": "#/$defs/Port"}, {"type": "null"}]},
                "maybe": {"type": ["boolean", "null"]},
                "main": {"$ref": "#/$defs/Port"},
                "ports": {"type": "array", "items": {"$ref": "#/$defs/Port"}},
                "holes": {"type": "array", "items": {"type": ["number", "null"], "format": "double"}},
                "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                "weight": {"type": ["integer", "null"], "format": "int32"},
                "hosts": {"type": ["array", "null"], "items": {"$ref": "#/$defs/Port"}},
                "any": {"x-kubernetes-preserve-unknown-fields": true},
            },
            "required": ["id", "always", "null", "maybe"],
            "additionalProperties": {"$ref": "#/$defs/Port"},
            "$defs": {"Port": {
                "type": "object",
                "properties": {"number": {"type": "integer", "format": "int32"}, "name": {"type": "string"}},
                "required": ["number"],
            }},
        })
    );
}

#[test]
fn what_contains_itself_refers_to_itself() {
    let schema = schema_for!(Tree).to_value();
    assert_eq!(schema["properties"]["left"], json!({"$ref": "#"}));
    assert_eq!(
        schema["properties"]["named"]["additionalProperties"],
        json!({"$ref": "#"})
    );
    assert_eq!(schema["x-kubernetes-preserve-unknown-fields"], true);

    let mut inline = SchemaSettings::draft2020_12();
    inline.inline_subschemas = true;
    let schema = inline.into_generator().into_root_schema_for::<Tree>();
    assert!(
        schema.to_value().to_string().contains("$ref"),
        "it has an end, by a reference"
    );
}

#[test]
fn types_of_others_may_hold_them() {
    let schema = schema_for!(Map<Option<Port>>).to_value();
    assert_eq!(
        schema["additionalProperties"],
        json!({"anyOf": [{"$ref": "#/$defs/Port"}, {"type": "null"}]})
    );
}

#[test]
fn no_data_makes_what_is_required_and_nothing_else() {
    let service = Service::arbitrary(&mut Unstructured::new(&[])).unwrap();
    assert_eq!(
        to_json(&service),
        r#"{"id":0,"always":[],"null":null,"maybe":null}"#
    );
}

proptest! {
    #[test]
    fn made_up_values_survive_json_and_end(data in prop::collection::vec(any::<u8>(), 0..4096)) {
        let service = Service::arbitrary(&mut Unstructured::new(&data)).unwrap();
        prop_assert_eq!(&from_json::<Service>(&to_json(&service)).unwrap(), &service);
        let tree = Tree::arbitrary(&mut Unstructured::new(&data)).unwrap();
        let text = to_json(&tree);
        prop_assert_eq!(&from_json::<Tree>(&text).unwrap(), &tree);
        prop_assert!(text.len() <= 64 + 32 * data.len(), "{} bytes of {}", text.len(), data.len());
    }

    /// The most eager data: every question is answered yes.
    #[test]
    fn depth_is_bounded(len in 0_usize..10_000) {
        let tree = Tree::arbitrary(&mut Unstructured::new(&vec![255; len])).unwrap();
        prop_assert!(depth(&serde_json::to_value(&tree).unwrap()) < 64);
    }
}

fn depth(value: &Value) -> usize {
    1 + match value {
        Value::Object(members) => members.values().map(depth).max().unwrap_or(0),
        Value::Array(items) => items.iter().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
