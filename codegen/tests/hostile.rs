//! Input that is broken or means harm: one clear error, or output that is safe.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a panic is the failure report of a test"
)]

#[path = "../../fuzz/generator.rs"]
#[allow(dead_code, reason = "the fuzz targets and other tests use the rest")]
mod generator;

use generator::{HOSTILE, assert_safe};
use kubewright_codegen::{Docs, Error, Options, Output, Spec, generate};
use proptest::prelude::*;
use serde_json::{Value, json};

fn run(text: impl Into<Vec<u8>>) -> Result<Output, Error> {
    let mut options = Options::default();
    options.docs = Docs::Full;
    generate(&[Spec::new("spec.json", text)], &options)
}

/// A Swagger document with these definitions and paths.
fn document(definitions: &Value, paths: &Value) -> String {
    json!({"swagger": "2.0", "info": {"title": "t", "version": "v"}, "definitions": definitions, "paths": paths})
        .to_string()
}

fn definitions(definitions: &Value) -> String {
    document(definitions, &json!({}))
}

/// Checks what is said of each text.
fn told(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let error = run(*text).map(|_| ()).unwrap_err().to_string();
        assert!(
            error.contains(expected),
            "expected {expected:?}, got {error:?}"
        );
        assert!(error.len() < 2000 && !error.contains('\n'), "{error:?}");
    }
}

#[test]
fn other_documents_are_reported() {
    let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    told(&[
        ("", "spec.json: this is not JSON: EOF"),
        (
            "{\"swagger\": \"2.0\", \"defin",
            "spec.json: this is not JSON: EOF while parsing a string at line 1",
        ),
        ("[1, 2]", "spec.json: expected an object, found an array"),
        ("null", "spec.json: expected an object, found null"),
        ("{}", "spec.json: neither Swagger 2.0"),
        (r#"{"a": 1}"#, "spec.json: neither Swagger 2.0"),
        (
            r#"{"swagger": "1.2"}"#,
            "spec.json#/swagger: Swagger 1.2 is not supported; expected 2.0",
        ),
        (
            r#"{"swagger": 2.0}"#,
            "spec.json#/swagger: expected a string, found a number",
        ),
        (
            r#"{"openapi": "4.0.0"}"#,
            "spec.json#/openapi: OpenAPI 4.0.0 is not supported; expected 3.x",
        ),
        (
            r#"{"kind": "CustomResourceDefinition"}"#,
            "spec.json: `apiVersion` is missing",
        ),
        (
            r#"{"paths": {"apis/apps/v1": {"serverRelativeURL": "/openapi/v3/apis/apps/v1?hash=1"}}}"#,
            "spec.json: this is the index of /openapi/v3",
        ),
        (
            r#"{"apis/apps/v1": {"openapi": "3.0.0"}, "apis/batch/v1": {"swagger": 1}}"#,
            "spec.json#/apis~1batch~1v1/swagger: expected a string",
        ),
        (
            r#"{"swagger": "2.0", "swagger": "2.0"}"#,
            "spec.json: this is not JSON: duplicate key \"swagger\" at line 1",
        ),
        (
            &deep,
            "spec.json: this is not JSON: recursion limit exceeded",
        ),
    ]);
}

#[test]
fn broken_documents_are_reported_with_their_location() {
    let gvk =
        |value: Value| definitions(&json!({"a.v1.B": {"x-kubernetes-group-version-kind": value}}));
    told(&[
        (r#"{"swagger": "2.0"}"#, "there is nothing to generate"),
        (
            &definitions(&json!([])),
            "spec.json#/definitions: expected an object, found an array",
        ),
        (
            &definitions(&json!({"a/b.v1.C": {"properties": {"x~y": {"type": "strange"}}}})),
            "spec.json#/definitions/a~1b.v1.C/properties/x~0y/type: `strange` is not a type of JSON Schema",
        ),
        (
            &definitions(
                &json!({"a.v1.B": {"properties": {"c": {"$ref": "#/definitions/a.v1.Gone"}}}}),
            ),
            "spec.json#/definitions/a.v1.B/properties/c: `$ref` to `a.v1.Gone`, which is not defined",
        ),
        (
            &definitions(&json!({"a.v1.B": {"properties": {"c": {"$ref": "http://evil/x"}}}})),
            "spec.json#/definitions/a.v1.B/properties/c/$ref: `http://evil/x` does not point at a definition",
        ),
        (
            &definitions(&json!({
                "a.v1.B": {"properties": {"c": {"$ref": "#/definitions/a.v1.X"}}},
                "a.v1.X": {"type": "array", "items": {"$ref": "#/definitions/a.v1.Y"}},
                "a.v1.Y": {"type": "array", "items": {"$ref": "#/definitions/a.v1.X"}},
            })),
            "#/definitions/a.v1.Y/items: the schema nests deeper than 128 levels, or endlessly",
        ),
        (
            &definitions(&json!({"a.v1.B": {"required": [1]}})),
            "spec.json#/definitions/a.v1.B/required/0: expected a string",
        ),
        (
            &gvk(json!("x")),
            "spec.json#/definitions/a.v1.B/x-kubernetes-group-version-kind: expected an object",
        ),
        (
            &definitions(
                &json!({"io.k8s.api.core.v1.Secret": {"properties": {"other": {"type": "string"}}}}),
            ),
            "the fixup of `io.k8s.api.core.v1.Secret` is out of date: the field `data` does not exist",
        ),
    ]);
}

#[test]
fn names_that_are_too_long_are_reported() {
    told(&[
        (
            &definitions(
                &json!({"a.v1.B": {"properties": {("x".repeat(1 << 20)): {"type": "string"}}}}),
            ),
            "a name of 1048576 bytes; at most 512 are accepted",
        ),
        (
            &definitions(
                &json!({("x".repeat(1 << 20)): {"properties": {"a": {"type": "string"}}}}),
            ),
            "a name of 1048576 bytes; at most 512 are accepted",
        ),
        (
            &definitions(
                &json!({"a.v1.B": {"properties": {"c": {"type": "string", "enum": ["x".repeat(1 << 20)]}}}}),
            ),
            "a name of 1048576 bytes; at most 512 are accepted",
        ),
    ]);
}

#[test]
fn documents_that_contradict_each_other_are_reported_with_both_locations() {
    let of = |ty: &str| definitions(&json!({"a.v1.B": {"properties": {"c": {"type": ty}}}}));
    let specs = [
        Spec::new("one.json", of("string")),
        Spec::new("two.json", of("integer")),
    ];
    let error = generate(&specs, &Options::default())
        .unwrap_err()
        .to_string();
    assert!(error.contains("one.json#/definitions/a.v1.B"), "{error}");
    assert!(error.contains("two.json#/definitions/a.v1.B"), "{error}");
}

#[test]
fn v3_is_believed_over_v2() {
    let v2 = definitions(&json!({"a.v1.B": {"properties": {"c": {"type": "string"}}}}));
    let v3 = json!({"openapi": "3.0.0", "components": {"schemas": {
        "a.v1.B": {"properties": {"c": {"type": "string", "enum": ["x"]}}},
    }}});
    let specs = [Spec::new("3", v3.to_string()), Spec::new("2", v2)];
    let output = generate(&specs, &Options::default()).unwrap();
    assert!(output.files["src/a_v1/types.rs"].contains("pub enum BC"));
}

#[test]
fn hostile_names_become_safe_identifiers_everywhere() {
    for name in HOSTILE {
        let definition = format!("com.example.v1.{name}");
        let reference = json!({"$ref": format!("#/definitions/{}", definition.replace('~', "~0").replace('/', "~1"))});
        let schema = json!({
            "type": "object", "description": name, "required": [*name],
            "properties": {
                *name: {"type": "string", "description": name, "enum": [name, "x"], "default": name},
                "metadata": {"$ref": "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"},
                "inner": {"properties": {*name: {"type": "string", "format": name, "pattern": name}}},
                "list": {"type": "array", "items": reference, "x-kubernetes-list-type": name,
                         "x-kubernetes-list-map-keys": [name]},
            },
            "x-kubernetes-group-version-kind": [{"group": name, "version": name, "kind": name}],
        });
        let operation = |action: &str| {
            json!({
                "x-kubernetes-action": action,
                "x-kubernetes-group-version-kind": {"group": name, "version": name, "kind": name},
                "parameters": [{"in": "body", "name": "body", "schema": reference}],
                "responses": {"200": {"schema": reference}},
            })
        };
        let segment = name.replace('/', "");
        let root = format!("/apis/{segment}/{segment}/namespaces/{{namespace}}/{segment}");
        let paths = json!({
            root.clone(): {"get": operation("list"), "post": operation("post")},
            format!("{root}/{{name}}"): {"get": operation("get"), "put": operation("put")},
            format!("{root}/{{name}}/{segment}"): {"put": operation("put")},
            format!("{root}/{{name}}/{segment}/deeper"): {"get": operation("connect")},
        });
        for text in [
            definitions(&json!({(definition.clone()): schema})),
            document(&json!({(definition.clone()): schema}), &paths),
        ] {
            match run(text) {
                Ok(output) => assert_safe(&output),
                // Without a readable path there may be nothing to generate; never a panic.
                Err(error) => assert!(
                    error.to_string().contains("nothing to generate"),
                    "{name:?}: {error}"
                ),
            }
        }
    }
}

#[test]
fn ten_thousand_types_deep_is_only_long() {
    let chain: serde_json::Map<String, Value> = (0..10_000)
        .map(|index| {
            let next = json!({"$ref": format!("#/definitions/a.v1.T{}", (index + 1) % 10_000)});
            (
                format!("a.v1.T{index}"),
                json!({"properties": {"next": next}}),
            )
        })
        .collect();
    let output = run(definitions(&Value::Object(chain))).unwrap();
    let boxes = output.files["src/a_v1/types.rs"].matches("Box<").count();
    assert_eq!(
        boxes, 10_000,
        "every optional struct is on the heap, whatever the length of the cycle"
    );
}

#[test]
fn aliases_of_aliases_do_not_explode() {
    let mut all = serde_json::Map::new();
    for index in 0..30 {
        let next = json!({"$ref": format!("#/definitions/a.v1.T{}", index + 1)});
        all.insert(
            format!("a.v1.T{index}"),
            json!({"type": "object", "additionalProperties": next}),
        );
    }
    all.insert("a.v1.T30".to_owned(), json!({"type": "string"}));
    all.insert(
        "a.v1.B".to_owned(),
        json!({"properties": {"a": {"$ref": "#/definitions/a.v1.T0"}}}),
    );
    assert_safe(&run(definitions(&Value::Object(all))).unwrap());
}

#[test]
fn deep_aliases_of_deep_arrays_end() {
    let mut all = serde_json::Map::new();
    for index in 0..100 {
        let mut schema = json!({"$ref": format!("#/definitions/a.v1.T{}", index + 1)});
        for _ in 0..50 {
            schema = json!({"type": "array", "items": schema});
        }
        all.insert(format!("a.v1.T{index}"), schema);
    }
    all.insert("a.v1.T100".to_owned(), json!({"type": "string"}));
    all.insert(
        "a.v1.B".to_owned(),
        json!({"properties": {"a": {"$ref": "#/definitions/a.v1.T0"}}}),
    );
    let error = run(definitions(&Value::Object(all)))
        .unwrap_err()
        .to_string();
    assert!(error.contains("nests deeper"), "{error}");
}

/// Any JSON, with the words that mean something here more likely than others.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(text(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "type", "object", "string", "array", "integer", "properties", "items", "additionalProperties", "enum",
            "required", "$ref", "#/definitions/a.v1.A", "allOf", "oneOf", "description", "format", "date-time", "byte",
            "int-or-string", "x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields", "a.v1.A", "nullable",
        ]).prop_map(str::to_owned),
        1 => prop::sample::select(HOSTILE.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

/// A schema that is often valid.
fn schema() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!({"type": "string"})),
        Just(json!({"type": "integer", "format": "int32"})),
        Just(json!({"$ref": "#/definitions/a.v1.A"})),
        Just(json!({})),
        prop::collection::vec(text(), 1..5)
            .prop_map(|values| json!({"type": "string", "enum": values})),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            inner
                .clone()
                .prop_map(|items| json!({"type": "array", "items": items})),
            inner
                .clone()
                .prop_map(|value| json!({"type": "object", "additionalProperties": value})),
            inner
                .clone()
                .prop_map(|of| json!({"allOf": [of], "description": "words"})),
            (
                prop::collection::btree_map(text(), inner, 0..5),
                text(),
                any::<bool>()
            )
                .prop_map(|(properties, description, open)| json!({
                    "type": "object", "properties": properties, "description": description,
                    "required": properties.keys().step_by(2).collect::<Vec<_>>(),
                    "x-kubernetes-preserve-unknown-fields": open,
                })),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_an_error_or_safe(value in any_json()) {
        if let Ok(output) = run(definitions(&value)) {
            assert_safe(&output);
        }
        let _ = run(value.to_string());
    }

    #[test]
    fn any_schema_gives_safe_output(properties in prop::collection::btree_map(text(), schema(), 1..6)) {
        let object = json!({"type": "object", "properties": properties});
        let output = run(definitions(&json!({"a.v1.A": object}))).unwrap();
        assert_safe(&output);
    }

    #[test]
    fn any_bytes_are_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(run(bytes).is_err());
    }
}
