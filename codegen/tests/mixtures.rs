//! Documents of several forms together: what each adds, and what contradicts.
#![allow(
    clippy::unwrap_used,
    reason = "a panic is the failure report of a test"
)]

use kubewright_codegen::{Options, Output, Spec, generate};

fn crd(origin: &str, kind: &str, properties: &str) -> Spec {
    let text = format!(
        "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {{name: mills.example.com}}
spec:
  group: example.com
  names: {{kind: {kind}, plural: mills}}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {{type: object, properties: {{{properties}}}}}
"
    );
    Spec::new(origin, text)
}

/// What a server publishes in v3 for the definition above.
fn published(properties: &str) -> Spec {
    let text = format!(
        r##"{{"openapi": "3.0.0", "info": {{"version": "v1"}}, "paths": {{
            "/apis/example.com/v1/namespaces/{{namespace}}/mills/{{name}}": {{"put": {{
                "x-kubernetes-action": "put",
                "requestBody": {{"content": {{"*/*": {{"schema": {{"$ref": "#/components/schemas/com.example.v1.Mill"}}}}}}}}}}}}}},
            "components": {{"schemas": {{"com.example.v1.Mill": {{"type": "object",
                "x-kubernetes-group-version-kind": [{{"group": "example.com", "version": "v1", "kind": "Mill"}}],
                "properties": {{"metadata": {{"$ref": "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"}},
                    "spec": {{"type": "object", "properties": {{{properties}}}}}}}}}}}}}}}"##
    );
    Spec::new("published.json", text)
}

const PATHLESS: &str = r##"{"swagger": "2.0", "info": {"version": "v1"}, "definitions": {
    "com.example.v1.Grain": {"type": "object", "properties": {"size": {"type": "integer"}}}}}"##;

fn types(output: &Output) -> &str {
    &output.files["src/example_com_v1/types.rs"]
}

#[test]
fn a_document_without_paths_is_about_all_of_its_definitions() {
    let specs = [
        crd("mill.yaml", "Mill", "a: {type: string}"),
        Spec::new("grain.json", PATHLESS),
    ];
    let output = generate(&specs, &Options::default()).unwrap();
    assert!(
        types(&output).contains("pub struct Grain"),
        "{}",
        types(&output)
    );
    assert!(types(&output).contains("pub struct Mill"));
}

#[test]
fn an_object_without_properties_is_empty_where_the_server_would_empty_it() {
    let empty = r#""off": {"type": "object"}"#;
    let output = generate(&[published(empty)], &Options::default()).unwrap();
    assert!(
        types(&output).contains("pub struct Off {"),
        "{}",
        types(&output)
    );
    let kept = r#""off": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}"#;
    let output = generate(&[published(kept)], &Options::default()).unwrap();
    assert!(
        !types(&output).contains("pub struct Off"),
        "{}",
        types(&output)
    );
}

#[test]
fn a_definition_is_believed_over_what_a_server_published_for_it() {
    let specs = [
        published(r#""b": {"type": "string"}"#),
        crd("mill.yaml", "Mill", "a: {type: string}"),
    ];
    let output = generate(&specs, &Options::default()).unwrap();
    assert!(types(&output).contains("pub a: ") && !types(&output).contains("pub b: "));
}

#[test]
fn two_that_contradict_are_named_both() {
    for (other, what) in [
        (
            crd("b.yaml", "Mill", "a: {type: integer}"),
            "this definition differs",
        ),
        (
            crd("b.yaml", "Grinder", "a: {type: string}"),
            "belongs to another kind in",
        ),
    ] {
        let specs = [crd("a.yaml", "Mill", "a: {type: string}"), other];
        let error = generate(&specs, &Options::default())
            .unwrap_err()
            .to_string();
        assert!(error.contains(what), "{error}");
        assert!(
            error.contains("a.yaml") && error.contains("b.yaml"),
            "{error}"
        );
    }
}

/// As a server lists them: items have no type of their own, and state beside what was declared.
const LISTED: &str = r#"{
    "kind": "CustomResourceDefinitionList", "apiVersion": "apiextensions.k8s.io/v1",
    "metadata": {"resourceVersion": "7"},
    "items": [{"metadata": {"name": "mills.example.com", "uid": "UID"}, "spec": {
        "group": "example.com", "scope": "Namespaced",
        "names": {"kind": "Mill", "plural": "mills", "shortNames": ["ml"], "categories": ["all"]},
        "versions": [{"name": "v1", "served": true, "storage": true, "deprecated": true,
            "deprecationWarning": "grind in v2",
            "additionalPrinterColumns": [{"name": "Ready", "type": "string", "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status"}],
            "schema": {"openAPIV3Schema": {"type": "object", "properties": {
                "spec": {"type": "object", "properties": {"a": {"type": "string"}}}}}}}]}}]}"#;

#[test]
fn a_list_of_a_server_is_read_and_its_state_counts_for_nothing() {
    let output = generate(&[Spec::new("crds", LISTED)], &Options::default()).unwrap();
    let types = types(&output);
    for line in [
        "/// Short names: `ml`.",
        "/// Categories: `all`.",
        "/// Printed columns: `Ready` `.status.conditions[?(@.type==\"Ready\")].status`.",
        "/// Deprecated: the server warns `grind in v2`.",
    ] {
        assert!(types.contains(line), "{line}\n{types}");
    }
    let later = Spec::new("crds", LISTED.replace("UID", "another"));
    assert_eq!(generate(&[later], &Options::default()).unwrap(), output);
    let none = r#"{"kind": "CustomResourceDefinitionList", "apiVersion": "apiextensions.k8s.io/v1", "items": []}"#;
    let specs = [Spec::new("crds", none), Spec::new("grain.json", PATHLESS)];
    assert!(
        generate(&specs, &Options::default()).is_ok(),
        "a server may have none"
    );
}
