//! Hostile input in every form that a document has: Swagger 2.0, OpenAPI v3, definitions.
//!
//! A table of texts by the places that they can stand in; bombs, which must cost no more
//! than they weigh; and what the fuzz targets hold, on their seeds and on random bytes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a panic is the failure report of a test"
)]

#[path = "../../fuzz/generator.rs"]
mod generator;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use generator::{HOSTILE, assert_helpful, assert_safe, forms, run};
use kubewright_codegen::{Names, Options, Output, Spec, generate};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Each form of a schema: what came of it, safe or helpful.
fn outcomes(name: &str, schema: &Value) -> [Result<Output, String>; 3] {
    forms(name, schema).map(|document| {
        let outcome = run(&[Spec::new("hostile", document)]);
        match &outcome {
            Ok(output) => assert_safe(output),
            Err(error) => assert_helpful(error),
        }
        outcome.map_err(|error| error.to_string())
    })
}

/// Everything that a schema can say with a text, one at a time.
fn places(text: &str) -> Vec<(&'static str, Value)> {
    let mut places = names_and_prose(text);
    places.extend(values(text));
    places
}

fn names_and_prose(text: &str) -> Vec<(&'static str, Value)> {
    let field = |field: Value| json!({"type": "object", "properties": {"field": field}});
    let string = |word: &str, value: Value| field(json!({"type": "string", word: value}));
    vec![
        (
            "property",
            json!({"type": "object", "properties": {text: {"type": "string"}}}),
        ),
        (
            "required property",
            json!({"type": "object", "required": [text], "properties": {text: {"type": "string"}}}),
        ),
        (
            "property beside others",
            json!({"type": "object", "properties": {
                text: {"type": "string"}, "a": {"type": "string"}, "A": {"type": "integer"}, "unknown": {"type": "boolean"},
            }}),
        ),
        (
            "property with properties",
            json!({"type": "object", "properties": {
                text: {"type": "object", "properties": {text: {"type": "string", "enum": [text]}}},
            }}),
        ),
        (
            "description",
            json!({"type": "object", "description": text, "properties": {"field": {"type": "string"}}}),
        ),
        ("description of a field", string("description", text.into())),
        (
            "possible values",
            string(
                "description",
                format!("x\n\nPossible enum values:\n - `\"{text}\"` {text}\n").into(),
            ),
        ),
    ]
}

fn values(text: &str) -> Vec<(&'static str, Value)> {
    let field = |field: Value| json!({"type": "object", "properties": {"field": field}});
    let string = |word: &str, value: Value| field(json!({"type": "string", word: value}));
    vec![
        ("title", string("title", text.into())),
        ("pattern", string("pattern", text.into())),
        ("format", string("format", text.into())),
        (
            "format of a number",
            field(json!({"type": "integer", "format": text})),
        ),
        ("enum value", string("enum", json!([text]))),
        (
            "enum values",
            string("enum", json!([text, "a", "A", "other", ""])),
        ),
        (
            "enum of items",
            field(json!({"type": "array", "items": {"type": "string", "enum": [text, "x"]}})),
        ),
        ("default", string("default", text.into())),
        (
            "default of a list",
            field(json!({"type": "array", "items": {"type": "string"}, "default": [text]})),
        ),
        (
            "default of an object",
            json!({"type": "object", "properties": {"field": {
                "type": "object", "properties": {text: {"type": "string"}}, "default": {text: text},
            }}}),
        ),
        (
            "default of the wrong type",
            field(json!({"type": "integer", "default": text})),
        ),
        (
            "default outside the enum",
            string("default", text.into()).merged(&json!({"enum": ["x"]})),
        ),
        ("example", string("example", json!({text: text}))),
        (
            "rule",
            field(
                json!({"type": "string", "x-kubernetes-validations": [{"rule": text, "message": text}]}),
            ),
        ),
        (
            "list type",
            field(
                json!({"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": text}),
            ),
        ),
        (
            "list map keys",
            field(json!({
                "type": "array", "items": {"type": "object", "properties": {text: {"type": "string"}}},
                "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": [text],
            })),
        ),
        (
            "map of objects",
            field(json!({"type": "object", "additionalProperties": {
                "type": "object", "properties": {text: {"type": "string"}},
            }})),
        ),
    ]
}

/// Adds words to the one field of a schema.
trait Merged {
    fn merged(self, words: &Value) -> Self;
}

impl Merged for Value {
    fn merged(mut self, words: &Value) -> Self {
        for (word, value) in words.as_object().unwrap() {
            self["properties"]["field"][word] = value.clone();
        }
        self
    }
}

#[test]
fn no_text_leaves_its_place_in_any_form() {
    for text in HOSTILE {
        // All places in one schema: an error names its place.
        let properties: serde_json::Map<_, _> = places(text)
            .into_iter()
            .map(|(place, schema)| (place.to_owned(), schema))
            .collect();
        let schema = json!({"type": "object", "properties": properties});
        for (form, outcome) in ["v2", "v3", "crd"].iter().zip(outcomes("Widget", &schema)) {
            assert!(outcome.is_ok(), "{text:?} in {form}: {:?}", outcome.err());
        }
    }
}

#[test]
fn an_enum_that_two_types_share_is_named_whatever_its_property() {
    for text in HOSTILE {
        let shared = json!({"type": "object", "properties": {*text: {"type": "string", "enum": ["x", "y"]}}});
        let schema = json!({"type": "object", "properties": {"left": shared, "right": shared}});
        for document in forms("Widget", &schema) {
            let twice = document.replace("com.example.v1.Other", "com.example.v1.Others");
            assert!(soon("shared", twice).is_ok(), "{text:?}");
        }
    }
}

#[test]
fn a_text_may_be_a_word_of_the_schema() {
    for text in HOSTILE {
        let words = json!({"type": "string", *text: text, format!("x-kubernetes-{text}"): text});
        let _ = outcomes(
            "Widget",
            &json!({"type": "object", "properties": {"field": words}}),
        );
    }
}

#[test]
fn no_name_of_a_definition_leaves_its_place() {
    let schema = json!({"type": "object", "properties": {
        "metadata": {"type": "object"}, "other": {"$ref": "#/definitions/com.example.v1.Other"},
    }});
    let plain = json!({"type": "object", "properties": {"metadata": {"type": "object"}, "a": {"type": "string"}}});
    for text in HOSTILE {
        for schema in [&schema, &plain] {
            let [v2, v3, _] = outcomes(text, schema);
            assert!(
                v2.is_ok() && v3.is_ok(),
                "{text:?}: {:?} {:?}",
                v2.err(),
                v3.err()
            );
        }
    }
}

#[test]
fn the_names_of_a_custom_resource_are_checked() {
    let paths = [
        "/spec/group",
        "/spec/names/kind",
        "/spec/names/plural",
        "/spec/versions/0/name",
    ];
    for text in HOSTILE
        .iter()
        .filter(|text| !text.chars().all(|c| c.is_ascii_alphanumeric()))
    {
        for path in paths {
            let [_, _, definition] = forms("Widget", &json!({"type": "object"}));
            let mut definition: Value = definition.parse().unwrap();
            *definition.pointer_mut(path).unwrap() = (*text).into();
            match run(&[Spec::new("hostile", definition.to_string())]) {
                Ok(output) => assert_safe(&output),
                Err(error) => assert_helpful(&error),
            }
        }
    }
}

#[test]
fn no_name_of_a_lock_file_leaves_its_place() {
    let schema = json!({"type": "object", "properties": {
        "spec": {"type": "object", "properties": {
            "color": {"type": "string", "enum": ["red", ""]}, "deep": {"type": "object", "properties": {"a": {"type": "string"}}},
        }},
    }});
    let [_, _, definition] = forms("Widget", &schema);
    let specs = [Spec::new("hostile", definition)];
    let lock = run(&specs).unwrap().files[Names::FILE].clone();
    let named: Vec<&str> = lock.lines().filter(|line| line.ends_with('"')).collect();
    assert!(named.len() > 5, "{lock}");
    for text in HOSTILE {
        for line in &named {
            let (front, _) = line.rsplit_once(' ').unwrap();
            let changed = lock.replace(line, &format!("{front} {}", Value::from(*text)));
            let mut options = Options::default();
            let outcome = Names::read("names.lock", &changed).and_then(|names| {
                options.names = names;
                generate(&specs, &options)
            });
            match outcome {
                Ok(output) => assert_safe(&output),
                Err(error) => assert_helpful(&error),
            }
        }
    }
}

/// No bomb takes longer than this, on a busy machine and without optimisation.
const PATIENCE: Duration = Duration::from_secs(20);

/// What came of a document, which must come soon.
fn soon(what: &str, document: impl Into<Vec<u8>>) -> Result<Output, String> {
    let start = Instant::now();
    let outcome = run(&[Spec::new("bomb", document)]);
    assert!(
        start.elapsed() < PATIENCE,
        "{what} took {:?}",
        start.elapsed()
    );
    match &outcome {
        Ok(output) => assert_safe(output),
        Err(error) => assert_helpful(error),
    }
    outcome.map_err(|error| error.to_string())
}

/// Places whose text becomes an identifier, which has a limit.
const NAMING: &[&str] = &[
    "property",
    "required property",
    "property beside others",
    "property with properties",
    "possible values",
    "enum value",
    "enum values",
    "enum of items",
    "default of an object",
    "list map keys",
    "map of objects",
];

#[test]
fn long_texts_are_refused_as_names_and_bearable_as_words() {
    let long = "x".repeat(64 << 10);
    for (place, schema) in places(&long) {
        for document in forms("Widget", &schema) {
            match soon(place, document) {
                Ok(_) => assert!(!NAMING.contains(&place), "{place}: it became an identifier"),
                Err(error) => assert!(
                    NAMING.contains(&place) && error.contains("a name of"),
                    "{place}: {error}"
                ),
            }
        }
    }
    let words = "x ".repeat(1 << 17);
    let schema = json!({"type": "object", "description": words, "properties": {"a": {"type": "string", "default": words}}});
    for document in forms("Widget", &schema) {
        assert!(soon("many words", document).is_ok());
    }
}

#[test]
fn a_megabyte_is_refused_as_a_name_everywhere() {
    let long = "x".repeat(1 << 20);
    let plain = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    for document in &forms(&long, &plain)[..2] {
        let error = soon("the name of a definition", document.as_str()).unwrap_err();
        assert!(error.contains("at most"), "{error}");
    }
    for (form, document) in forms("Widget", &plain).into_iter().enumerate() {
        let names: &[&str] = match form {
            0 => &["/definitions/com.example.v1.Widget/x-kubernetes-group-version-kind/0"],
            1 => &["/components/schemas/com.example.v1.Widget/x-kubernetes-group-version-kind/0"],
            _ => &["/spec", "/spec/names", "/spec/versions/0"],
        };
        let keys = [
            "group", "version", "kind", "plural", "singular", "name", "listKind",
        ];
        for (place, key) in names.iter().flat_map(|name| keys.map(|key| (name, key))) {
            let mut changed: Value = document.parse().unwrap();
            let Some(name) = changed
                .pointer_mut(place)
                .and_then(|names| names.get_mut(key))
            else {
                continue;
            };
            *name = long.as_str().into();
            let error = soon(key, changed.to_string()).unwrap_err();
            assert!(
                error.contains("at most") || error.contains("1 to"),
                "{form} {key}: {error}"
            );
        }
    }
}

#[test]
fn ten_thousand_levels_are_refused() {
    let nested = |open: &str, close: &str| {
        format!("{}{}{}", open.repeat(10_000), "{}", close.repeat(10_000))
    };
    for (open, close) in [
        (r#"{"type":"object","properties":{"a":"#, "}}"),
        (r#"{"type":"array","items":"#, "}"),
        (r#"{"type":"object","additionalProperties":"#, "}"),
        (r#"{"allOf":["#, "]}"),
        (r#"{"default":"#, "}"),
        ("[", "]"),
    ] {
        let deep = nested(open, close);
        for document in forms("Widget", &json!("DEEP")) {
            let error = soon("depth", document.replace("\"DEEP\"", &deep)).unwrap_err();
            assert!(
                error.contains("recursion limit") || error.contains("not JSON"),
                "{error}"
            );
        }
    }
    let lines: String = (0..10_000)
        .map(|level| format!("{}a:\n", " ".repeat(level % 5_000)))
        .collect();
    assert!(soon("depth of YAML", lines).is_err());
    let flow = format!(
        "kind: CustomResourceDefinition\nspec: {}1{}\n",
        "{a: ".repeat(10_000),
        "}".repeat(10_000)
    );
    assert!(
        soon("depth of flow YAML", flow)
            .unwrap_err()
            .contains("not YAML")
    );
}

/// Ten names for ten of the next, thirty levels deep.
fn laughs(reference: &str) -> Value {
    let level = |level: usize| {
        let next = json!({"$ref": format!("{reference}com.example.v1.L{}", level + 1)});
        let properties: serde_json::Map<_, _> =
            (0..10).map(|n| (format!("p{n}"), next.clone())).collect();
        json!({"type": "object", "properties": properties})
    };
    let mut all: serde_json::Map<_, _> = (0..30)
        .map(|n| (format!("com.example.v1.L{n}"), level(n)))
        .collect();
    all.insert("com.example.v1.L30".to_owned(), json!({"type": "string"}));
    Value::Object(all)
}

#[test]
fn a_billion_laughs_are_thirty_types() {
    let v2 = json!({"swagger": "2.0", "info": {"version": "v"}, "definitions": laughs("#/definitions/")});
    let v3 = json!({"openapi": "3.0.0", "info": {"version": "v"}, "components": {"schemas": laughs("#/components/schemas/")}});
    for document in [v2, v3] {
        let output = soon("laughs", document.to_string()).unwrap();
        assert!(output.summary.structs <= 30, "{:?}", output.summary);
    }
    // In a definition there are no references, but YAML has anchors.
    let mut yaml = String::from(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nlaughs:\n  - &a0 {type: object, properties: {x: {type: string}}}\n",
    );
    for level in 1..12 {
        let next: Vec<String> = (0..10).map(|n| format!("p{n}: *a{}", level - 1)).collect();
        yaml.push_str(&format!(
            "  - &a{level} {{type: object, properties: {{{}}}}}\n",
            next.join(", ")
        ));
    }
    yaml.push_str("spec: {group: example.com, scope: Cluster, names: {kind: Widget, plural: widgets}, versions: [{name: v1, served: true, schema: {openAPIV3Schema: *a11}}]}\n");
    assert!(soon("anchors", yaml).unwrap_err().contains("not YAML"));
}

#[test]
fn circles_end() {
    let to = |name: &str, form: &str| json!({"$ref": format!("{form}com.example.v1.{name}")});
    for (form, head) in [("#/definitions/", "v2"), ("#/components/schemas/", "v3")] {
        let schemas = json!({
            "com.example.v1.Itself": {"type": "object", "properties": {"a": to("Itself", form)}, "required": ["a"]},
            "com.example.v1.Left": {"type": "object", "properties": {"a": to("Right", form), "b": to("Right", form)}},
            "com.example.v1.Right": {"type": "object", "properties": {"a": {"type": "array", "items": to("Left", form)}, "b": to("Left", form)}},
            "com.example.v1.Map": {"type": "object", "additionalProperties": to("Map", form)},
        });
        let document = |schemas: &Value| match head {
            "v2" => json!({"swagger": "2.0", "definitions": schemas}).to_string(),
            _ => json!({"openapi": "3.0.0", "components": {"schemas": schemas}}).to_string(),
        };
        let outcome = soon("circles", document(&schemas));
        // Only a map of itself has no type, so an error can only be about the map.
        if let Err(error) = outcome {
            assert!(error.contains("com.example.v1.Map"), "{error}");
        }
        let mut schemas = schemas;
        schemas
            .as_object_mut()
            .unwrap()
            .remove("com.example.v1.Map");
        assert!(soon("circles", document(&schemas)).is_ok());
        for nothing in [
            to("A", form),
            json!({"allOf": [to("A", form)]}),
            json!({"type": "array", "items": to("A", form)}),
        ] {
            let schemas = json!({"com.example.v1.A": nothing, "com.example.v1.B": {"type": "object", "properties": {"a": to("A", form)}}});
            assert!(
                soon("nothing but itself", document(&schemas)).is_err(),
                "{schemas}"
            );
        }
    }
    let [_, _, definition] = forms(
        "Widget",
        &json!({"type": "object", "properties": {"a": {"$ref": "#"}}}),
    );
    assert!(
        soon("a reference in a definition", definition)
            .unwrap_err()
            .contains("$ref")
    );
}

#[test]
fn a_key_that_comes_twice_is_refused() {
    for document in forms(
        "Widget",
        &json!({"type": "object", "properties": {"TWICE": {"type": "string"}}}),
    ) {
        let twice = document.replace(
            r#""TWICE":{"type":"string"}"#,
            r#""a":{"type":"string"},"a":{"type":"integer"}"#,
        );
        assert_ne!(twice, document);
        assert!(soon("twice", twice).unwrap_err().contains("duplicate"));
    }
    assert!(
        soon("twice in YAML", "kind: a\nkind: b\n")
            .unwrap_err()
            .contains("duplicate")
    );
}

#[test]
fn the_seeds_of_the_fuzz_targets_hold() {
    for (folder, property) in [
        ("generate_document", generator::document as fn(&[u8])),
        ("generate_schema", generator::schema),
    ] {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../fuzz/seeds")
            .join(folder);
        let mut tried = 0;
        for entry in fs::read_dir(seeds).unwrap() {
            property(&fs::read(entry.unwrap().path()).unwrap());
            tried += 1;
        }
        assert!(tried > 0, "no seeds for {folder}");
    }
}

/// Documents that are valid, to be broken.
fn valid() -> Vec<String> {
    let schema = json!({"type": "object", "required": ["a"], "properties": {
        "metadata": {"type": "object"}, "a": {"type": "string", "enum": ["x", "y"], "default": "x", "description": "Words."},
        "b": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]},
        "c": {"x-kubernetes-int-or-string": true}, "d": {"type": "object", "additionalProperties": {"type": "integer", "format": "int64"}},
    }});
    forms("Widget", &schema).into()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_choices_give_safe_output(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        generator::schema(&bytes);
    }

    #[test]
    fn a_broken_document_is_an_error_or_safe(
        which in 0..3_usize,
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[\\[\\]{}\",:0-9a-z$#*&\u{202e}\u{0}-]{0,3}"), 1..4),
    ) {
        let mut text: Vec<char> = valid()[which].chars().collect();
        for (at, length, new) in cuts {
            let at = at.index(text.len());
            let end = at + length.index((text.len() - at).min(8)) ;
            text.splice(at..end, new.chars());
        }
        let text: String = text.into_iter().collect();
        generator::document(text.as_bytes());
    }
}
