//! CustomResourceDefinitions that are broken, or contradict what a server says.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic is the failure report of a test"
)]

use kubewright_codegen::{Error, Options, Output, Spec, generate};
use serde_json::{Value, json};

fn run(text: impl Into<Vec<u8>>) -> Result<Output, Error> {
    generate(&[Spec::new("spec.json", text)], &Options::default())
}

/// A definition of `Widget` with this schema, and changes to the whole by JSON pointer.
fn crd(schema: &Value, changes: &[(&str, Value)]) -> String {
    let mut crd = json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "spec": {
            "group": "example.com", "scope": "Namespaced",
            "names": {"kind": "Widget", "plural": "widgets"},
            "versions": [{"name": "v1", "served": true, "schema": {"openAPIV3Schema": schema}}],
        },
    });
    for (pointer, value) in changes {
        *crd.pointer_mut(pointer).unwrap() = value.clone();
    }
    crd.to_string()
}

#[test]
fn broken_definitions_are_reported_with_their_location() {
    let object = json!({"type": "object"});
    let twice = json!([
        {"name": "v1", "served": true, "schema": {"openAPIV3Schema": {}}},
        {"name": "v1", "served": true, "schema": {"openAPIV3Schema": {}}}
    ]);
    for (changes, expected) in [
        (
            ("/apiVersion", json!("apiextensions.k8s.io/v1beta1")),
            "#/apiVersion: `apiextensions.k8s.io/v1beta1` is not supported",
        ),
        (("/spec", json!(null)), ": `spec` is missing"),
        (
            ("/spec/group", json!("")),
            "#/spec/group: expected 1 to 253",
        ),
        (
            ("/spec/group", json!("a/../b")),
            "#/spec/group: expected 1 to 253",
        ),
        (
            ("/spec/names/kind", json!("a\"]b")),
            "#/spec/names/kind: expected 1 to 63",
        ),
        (
            ("/spec/names/plural", json!({})),
            "#/spec/names/plural: expected a string",
        ),
        (
            ("/spec/scope", json!("cluster")),
            "#/spec/scope: `cluster` is not a scope",
        ),
        (
            ("/spec/versions", twice),
            "#/spec/versions/1: version `v1` is listed twice",
        ),
        (
            ("/spec/versions/0/served", json!(false)),
            "there is nothing to generate",
        ),
        (
            ("/spec/versions/0/schema", json!({})),
            "/schema: `openAPIV3Schema` is missing",
        ),
        (
            (
                "/spec/versions/0/schema/openAPIV3Schema",
                json!({"properties": {"a/b": {"items": {"type": "strange"}}}}),
            ),
            "openAPIV3Schema/properties/a~1b/items/type: `strange` is not a type",
        ),
    ] {
        let error = run(crd(&object, &[changes])).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}\n{expected}");
    }
}

#[test]
fn two_definitions_of_one_kind_must_agree() {
    let one = Spec::new(
        "one.json",
        crd(&json!({"properties": {"a": {"type": "string"}}}), &[]),
    );
    let same = Spec::new(
        "same.json",
        crd(
            &json!({"properties": {"a": {"type": "string", "description": "words"}}}),
            &[],
        ),
    );
    let other = Spec::new(
        "other.json",
        crd(&json!({"properties": {"a": {"type": "integer"}}}), &[]),
    );
    assert!(generate(&[one.clone(), same], &Options::default()).is_ok());
    let error = generate(&[one, other], &Options::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("one.json#/spec/versions/0") && error.contains("other.json#"),
        "{error}"
    );
}

#[test]
fn a_definition_is_believed_over_what_a_server_published() {
    let published = json!({
        "openapi": "3.0.0",
        "info": {"version": "v9"},
        "paths": {
            "/apis/example.com/v1/widgets": {"post": {"x-kubernetes-action": "post", "requestBody": {"content": {"j": {"schema": {"$ref": "#/components/schemas/com.example.v1.Widget"}}}}}},
            "/apis/example.com/v1/namespaces/{namespace}/widgets/{name}/status": {"put": {"requestBody": {"content": {"j": {"schema": {"$ref": "#/components/schemas/com.example.v1.Widget"}}}}}}
        },
        "components": {"schemas": {"com.example.v1.Widget": {
            "type": "object",
            "properties": {"old": {"type": "string"}, "metadata": {"$ref": "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"}},
            "x-kubernetes-group-version-kind": [{"group": "example.com", "version": "v1", "kind": "Widget"}]
        }}}
    });
    let definition = crd(
        &json!({"properties": {"new": {"type": "string"}}}),
        &[("/spec/scope", json!("Cluster"))],
    );
    let specs = [
        Spec::new("crd.json", definition),
        Spec::new("openapi.json", published.to_string()),
    ];
    let output = generate(&specs, &Options::default()).unwrap();
    let types = &output.files["src/example_com_v1/types.rs"];
    assert!(
        types.contains("pub new: Option<String>") && !types.contains("pub old"),
        "{types}"
    );
    assert!(
        !types.contains("namespaced,") && !types.contains("status"),
        "{types}"
    );
    assert_eq!(
        output.summary.version, "v9",
        "definitions have no say in the version"
    );
}

#[test]
fn manifests_may_hold_other_things_but_must_hold_definitions() {
    let widget = crd(&json!({}), &[]);
    let yaml = format!(
        "kind: Namespace\n---\n{widget}\n---\n- 1\n---\nkind: List\nitems: [{{kind: Pod}}]\n"
    );
    let output = generate(
        &[Spec::manifests("all.yaml", yaml.clone())],
        &Options::default(),
    )
    .unwrap();
    assert_eq!((output.summary.resources, output.summary.skipped), (1, 3));
    let listed =
        json!({"kind": "List", "items": [serde_json::from_str::<Value>(&widget).unwrap()]});
    assert!(
        generate(
            &[Spec::manifests("list.json", listed.to_string())],
            &Options::default()
        )
        .is_ok()
    );
    let error = run(yaml).unwrap_err().to_string();
    assert!(
        error.starts_with("spec.json (document 1): neither Swagger"),
        "{error}"
    );
    let nothing = Spec::manifests("ns.yaml", "kind: Namespace\n");
    let error = generate(&[nothing], &Options::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("ns.yaml: no CustomResourceDefinition"),
        "{error}"
    );
}
