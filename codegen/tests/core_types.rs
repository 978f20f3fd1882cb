//! Shapes of CustomResourceDefinitions that become core types, and shapes that do not.
//!
//! Core types are those of the committed specification, as a crate of its own.
#![allow(
    clippy::unwrap_used,
    reason = "a panic is the failure report of a test"
)]

use std::fs;
use std::io::Read as _;
use std::path::Path;

use flate2::read::GzDecoder;
use kubewright_codegen::{Manifest, Options, Output, Source, Spec, StockCrate, generate};

fn committed() -> Spec {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let file = fs::File::open(workspace.join("envtest/facts/openapi-v3.json.gz")).unwrap();
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    Spec::new("committed", text)
}

/// A definition of a group of its own, whose spec has one property, a YAML flow mapping.
fn definition(group: &str, property: &str, schema: &str) -> Spec {
    let text = format!(
        "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {{name: mills.{group}}}
spec:
  group: {group}
  names: {{kind: Mill, plural: mills}}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {{type: object, properties: {{{property}: {schema}}}}}
"
    );
    Spec::new(group, text)
}

fn with_stock() -> Options {
    let mut options = Options::default();
    options.stock = Some(
        StockCrate::new("stock-types", vec![committed()])
            .taken_from(Source::Path("../stock".to_owned())),
    );
    options.manifest = Manifest::Standalone {
        name: "custom-resources".to_owned(),
        runtime: Source::Registry,
        own_workspace: false,
    };
    options
}

/// The type of the only field of a spec; what several cases share is as good as their own.
fn type_of(output: &Output, module: &str) -> String {
    let types = &output.files[&format!("src/{module}/types.rs")];
    let spec = types.split("pub struct MillSpec {").nth(1).unwrap();
    let field = spec.split("pub ").nth(1).unwrap();
    let field: String = field.split_whitespace().collect();
    let ty = field.split_once(':').unwrap().1.split('}').next().unwrap();
    let ty = ty.trim_end_matches(',').replace("shared::", "");
    match ty.strip_prefix("Option<Box<") {
        Some(boxed) => format!("Option<{}", boxed.trim_end_matches('>')) + ">",
        None => ty,
    }
}

const KEY: &str = "key: {type: string}, name: {type: string, default: ''}";
const QUANTITIES: &str = "{type: object, additionalProperties: {x-kubernetes-int-or-string: true, \
     anyOf: [{type: integer}, {type: string}], pattern: '^([0-9]+)(([KMGTPE]i)|[numkMGTPE])?$'}}";

/// Why, the property, its schema, and the type that it must have.
type Case<'a> = (&'a str, &'a str, &'a str, &'a str);

/// Generates a definition for each case, all at once.
fn check(cases: &[Case<'_>]) {
    let group = |index: usize| format!("c{index}.example.com");
    let numbered = cases.iter().enumerate();
    let specs: Vec<Spec> = numbered
        .clone()
        .map(|(index, (_, property, schema, _))| definition(&group(index), property, schema))
        .collect();
    let output = generate(&specs, &with_stock()).unwrap();
    for (index, (why, _, _, expected)) in numbered {
        let module = format!("c{index}_example_com_v1");
        assert_eq!(type_of(&output, &module), *expected, "{why}");
    }
}

#[test]
fn what_is_meant_is_a_core_type_and_nothing_else() {
    let requirement = "{type: object, required: [key, operator], properties: {key: {type: string}, \
         operator: {type: string}, values: {type: array, items: {type: string}}}}";
    let selector = format!(
        "{{type: object, properties: {{matchLabels: {{type: object, additionalProperties: \
         {{type: string}}}}, matchExpressions: {{type: array, items: {requirement}}}}}}}"
    );
    let key = |text: &str| {
        format!(
            "{{type: object, required: [key], description: '{text}', properties: {{{KEY}, \
             optional: {{type: boolean}}}}}}"
        )
    };
    let name = "{type: object, properties: {name: {type: string}}}";
    check(&[
        (
            "a telling shape",
            "picks",
            &selector,
            "Option<meta::LabelSelector>",
        ),
        (
            "the property tells look-alikes apart",
            "secretKeyRef",
            &key(""),
            "Option<stock_types::core_v1::SecretKeySelector>",
        ),
        (
            "so does the other",
            "configMapKeyRef",
            &key(""),
            "Option<stock_types::core_v1::ConfigMapKeySelector>",
        ),
        (
            "else the text does",
            "password",
            &key("A key of a Secret."),
            "Option<stock_types::core_v1::SecretKeySelector>",
        ),
        (
            "or nothing does",
            "password",
            &key("Some key."),
            "Option<Password>",
        ),
        (
            "nor does a text that names both",
            "password",
            &key("A key of a Secret or a ConfigMap."),
            "Option<Password>",
        ),
        (
            "a small shape under a property of core",
            "imagePullSecrets",
            &format!("{{type: array, items: {name}}}"),
            "Vec<stock_types::core_v1::LocalObjectReference>",
        ),
        (
            "the same shape under another",
            "owner",
            name,
            "Option<Owner>",
        ),
    ]);
}

#[test]
fn what_fits_is_a_core_type_and_nothing_else() {
    let limits =
        format!("{{type: object, properties: {{limits: {QUANTITIES}, requests: {QUANTITIES}}}}}");
    check(&[
        (
            "what may be a part of another type of the same property",
            "resources",
            &limits,
            "Option<Resources>",
        ),
        (
            "a field of another type",
            "secretKeyRef",
            "{type: object, required: [key], properties: {key: {type: integer}, name: {type: \
             string}, optional: {type: boolean}}}",
            "Option<SecretKeyRef>",
        ),
        (
            "a field that core does not have would be lost",
            "secretKeyRef",
            &format!(
                "{{type: object, required: [key], properties: {{{KEY}, more: {{type: string}}}}}}"
            ),
            "Option<SecretKeyRef>",
        ),
        (
            "what core always writes would be made up",
            "secretKeyRef",
            &format!("{{type: object, properties: {{{KEY}, optional: {{type: boolean}}}}}}"),
            "Option<SecretKeyRef>",
        ),
        (
            "a part of a larger type, where core has that type",
            "tolerations",
            "{type: array, items: {type: object, properties: {effect: {type: string}, key: {type: \
             string}, operator: {type: string}, value: {type: string}}}}",
            "Vec<stock_types::core_v1::Toleration>",
        ),
        (
            "and where it has not",
            "marks",
            "{type: array, items: {type: object, properties: {effect: {type: string}, key: {type: \
             string}, operator: {type: string}, value: {type: string}}}}",
            "Vec<Mark>",
        ),
        (
            "without what is new in core",
            "emptyDir",
            "{type: object, properties: {medium: {type: string}, sizeLimit: \
             {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}], pattern: \
             '^([0-9]+)(([KMGTPE]i)|[numkMGTPE])?$'}}}",
            "Option<stock_types::core_v1::EmptyDirVolumeSource>",
        ),
    ]);
}

const TOLERATION: &str = "{type: array, items: {type: object, properties: {effect: {type: string}, \
     key: {type: string}, operator: {type: string}, tolerationSeconds: {type: integer, \
     format: int64}, value: {type: string}}}}";

#[test]
fn the_crate_of_core_types_is_depended_on_where_it_is_named() {
    let specs = [definition("example.com", "tolerations", TOLERATION)];
    let manifest = &generate(&specs, &with_stock()).unwrap().files["Cargo.toml"];
    assert!(manifest.contains("example_com_v1 = [\"stock-types/core_v1\"]"));
    assert!(manifest.contains(
        "stock-types = { version = \"0.1.0\", path = \"../stock\", default-features = false }"
    ));
    let specs = [definition("example.com", "size", "{type: integer}")];
    let manifest = &generate(&specs, &with_stock()).unwrap().files["Cargo.toml"];
    assert!(!manifest.contains("stock-types"), "nothing of it is used");
}

#[test]
fn core_types_of_the_input_come_along() {
    let mut options = with_stock();
    options.include = vec!["example.com".parse().unwrap()];
    let own = definition("example.com", "tolerations", TOLERATION);
    let output = generate(&[committed(), own], &options).unwrap();
    assert_eq!(
        type_of(&output, "example_com_v1"),
        "Vec<core_v1::Toleration>"
    );
    let core = &output.files["src/core_v1/toleration_types.rs"];
    assert!(core.contains("pub struct Toleration") && !core.contains("pub struct Container"));
    let either = r#"#[cfg(any(feature = "core_v1", feature = "example_com_v1"))]"#;
    assert!(output.files["src/lib.rs"].contains(either));
    assert!(output.files["Cargo.toml"].contains("example_com_v1 = []"));
}
