//! The constructs of specifications and the Rust that they become: one line each.
//!
//! A schema is written as the inside of a YAML flow mapping. The cases of `golden.rs` show how
//! whole modules are laid out; the tests of `generated/` compile those, read and write values
//! with them, and those of `envtest/tests/custom_types` put some on a real server.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic is the failure report of a test"
)]

mod support;

use kubewright_codegen::{Options, Spec, generate};
use support::{
    Custom, check, check_custom, check_custom_required, check_kind, check_name, check_operations,
    check_required, check_shows, check_variant, code, document, has, operations_code,
};

#[test]
fn integers_or_strings() {
    check(
        "type: string, format: int-or-string",
        "Option<meta::IntOrString>",
    );
    check(
        "x-kubernetes-int-or-string: true",
        "Option<meta::IntOrString>",
    );
    check(
        "oneOf: [{type: integer}, {type: string}]",
        "Option<meta::IntOrString>",
    );
    check(
        "anyOf: [{type: integer}, {type: string}]",
        "Option<meta::IntOrString>",
    );
    check("type: [integer, string]", "Option<meta::IntOrString>");
    check_custom(
        "x-kubernetes-int-or-string: true, type: integer, pattern: ^a$",
        "Option<meta::IntOrString>",
    );
    check_custom(
        "x-kubernetes-int-or-string: true, allOf: [{minimum: 1}]",
        "Option<meta::IntOrString>",
    );
    check_custom(
        "type: object, additionalProperties: {x-kubernetes-int-or-string: true}",
        "meta::Map<meta::IntOrString>",
    );
    check_custom(
        "x-kubernetes-int-or-string: true, pattern: '[KMGTPE]i'",
        "Option<meta::Quantity>",
    );
}

#[test]
fn scalars() {
    check("type: boolean", "Option<bool>");
    check("type: integer", "Option<i64>");
    check("type: integer, format: int32", "Option<i32>");
    check("type: integer, format: uint64", "Option<u64>");
    check("type: integer, format: double", "Option<i64>");
    check("type: number", "Option<f64>");
    check("type: string", "Option<String>");
    check("type: string, format: byte", "Option<meta::Bytes>");
    check("type: string, format: date-time", "Option<meta::Time>");
    check("type: string, format: cidr", "Option<String>");
    check("$ref: '$meta/MicroTime'", "Option<meta::MicroTime>");
    check(
        "$ref: '$k8s/apimachinery.pkg.api.resource.Quantity'",
        "Option<meta::Quantity>",
    );
    check("description: anything", "Option<codegen::Json>");
    check("$ref: '$own/Text'", "Option<String>");
    check("allOf: [{$ref: '$own/Text'}]", "Option<String>");
}

#[test]
fn lists_and_maps() {
    check("type: array, items: {type: string}", "Vec<String>");
    check("type: array", "Vec<codegen::Json>");
    check(
        "type: array, format: cidr, items: {type: string}",
        "Vec<String>",
    );
    check(
        "type: object, additionalProperties: {type: integer}",
        "meta::Map<i64>",
    );
    check(
        "type: object, additionalProperties: true",
        "meta::Map<codegen::Json>",
    );
    check(
        "type: object, additionalProperties: false",
        "meta::Map<codegen::Json>",
    );
    check_custom(
        "type: object, additionalProperties: {type: array, items: {type: string}}",
        "meta::Map<Vec<String>>",
    );
    check_custom(
        "type: array, items: {type: array, items: {type: string}}",
        "Vec<Vec<String>>",
    );
    check_shows(
        "type: array, items: {type: string}, x-kubernetes-list-type: set",
        "JSON field `value`, a set.",
    );
    check_shows(
        "type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name], \
         items: {type: object, properties: {name: {type: string}}}",
        "a list keyed by `name`.",
    );
    check_shows(
        "type: object, additionalProperties: {type: string}, x-kubernetes-map-type: atomic",
        "replaced as a whole.",
    );
}

#[test]
fn objects() {
    check("type: object", "meta::Map<codegen::Json>");
    check(
        "type: object, properties: {a: {type: string}}",
        "Option<Box<ThingValue>>",
    );
    check("$ref: '$own/Other'", "Option<Box<Other>>");
    check("$ref: '$own/Tree'", "Option<Box<Tree>>");
    check("type: array, items: {$ref: '$own/Tree'}", "Vec<Tree>");
    check("$ref: '$own/Part'", "Option<Box<EmbeddedPart>>");
    check(
        "$ref: '$meta/WatchEvent'",
        "Option<Box<meta::RawWatchEvent>>",
    );
    check(
        "$ref: '$k8s/apimachinery.pkg.runtime.RawExtension'",
        "Option<meta::RawExtension>",
    );
    check_custom("type: object", "Option<Box<SpecValue>>");
    check_custom(
        "x-kubernetes-preserve-unknown-fields: true",
        "Option<codegen::Json>",
    );
    check_custom(
        "type: object, x-kubernetes-preserve-unknown-fields: true",
        "meta::Map<codegen::Json>",
    );
    check_custom(
        "type: object, additionalProperties: {x-kubernetes-preserve-unknown-fields: true}",
        "meta::Map<codegen::Json>",
    );
    check_custom(
        "type: object, x-kubernetes-embedded-resource: true, \
         x-kubernetes-preserve-unknown-fields: true",
        "Option<meta::RawExtension>",
    );
    check_shows(
        "type: object, x-kubernetes-preserve-unknown-fields: true, \
         properties: {a: {type: string}}",
        ".. unknown\n",
    );
    let text = document(
        "value: {type: object, properties: {a: {type: string}}, additionalProperties: true}",
        "",
    );
    has(&code(&text).unwrap(), ".. unknown\n");
}

#[test]
fn what_has_no_schema_is_known_by_its_name() {
    let apiextensions = "$k8s/apiextensions-apiserver.pkg.apis.apiextensions.v1.";
    let schema = format!("$ref: '{apiextensions}JSONSchemaPropsOrBool'");
    check(&schema, "Option<apiextensions_v1::JSONSchemaPropsOrBool>");
    let custom = Custom {
        spec: "metadata: {type: object}",
        ..Custom::default()
    };
    has(
        &custom.code(),
        "pub metadata: Option<Box<meta::ObjectMeta>>",
    );
}

#[test]
fn presence() {
    check_required("type: string", "String");
    check_required("type: array, items: {type: string}", "Vec<String>");
    check_required("type: string, nullable: true", "Option<String>");
    check_required("type: string, format: date-time", "Option<meta::Time>");
    check_required("$ref: '$own/Other'", "Other");
    check_custom(
        "type: string, nullable: true",
        "Option<meta::Nullable<String>>",
    );
    check_custom(
        "type: array, nullable: true, items: {type: string}",
        "Option<meta::Nullable<Vec<String>>>",
    );
    check_custom(
        "type: object, nullable: true, additionalProperties: {type: integer, nullable: true}",
        "Option<meta::Nullable<meta::Map<Option<i64>>>>",
    );
    check_custom(
        "type: array, items: {type: integer, nullable: true}",
        "Vec<Option<i64>>",
    );
    check_custom_required("type: integer, format: int32, default: 3", "Option<i32>");
    check_custom(
        "type: array, items: {type: string}, default: [a]",
        "Option<Vec<String>>",
    );
    check_shows("type: string, default: TCP", "default `\"TCP\"`.");
    check_shows("type: string, default: TCP", r#"{\"d\":\"TCP\"}"#);
}

#[test]
fn enums() {
    check("type: string, enum: [Always, Never]", "Option<ThingValue>");
    check(
        "type: string, description: \"Possible enum values:\\n - `\\\"Always\\\"` ever\"",
        "Option<ThingValue>",
    );
    check_custom("type: integer, enum: [4, 6]", "Option<SpecValue>");
    check_custom(
        "type: string, nullable: true, enum: [A]",
        "Option<meta::Nullable<SpecValue>>",
    );
    check_custom(
        "type: array, items: {type: string, enum: [A]}",
        "Vec<SpecValue>",
    );
    check_custom("type: boolean, enum: [true]", "Option<bool>");
    check_shows("type: integer, enum: [4, 6]", "codegen::open_integers!");
    check_shows("type: string, enum: [A]", "Other(meta::Unknown)");
    check_shows(
        "type: string, allOf: [{enum: [A, B]}, {enum: [B, C]}]",
        "B = \"B\"",
    );
    check_variant("''", "Empty");
    check_variant("=", "Equal");
    check_variant("'!='", "NotEqual");
    check_variant("Off", "Off");
    check_variant("digital signature", "DigitalSignature");
    check_variant("Public, public", "Public2");
    check_variant("Other", "OtherValue");
}

/// A union limits which fields may be there; every field of it is one of the struct.
#[test]
fn unions() {
    let fields = "properties: {a: {type: string}, b: {type: string}}";
    check_custom(
        &format!("type: object, {fields}, oneOf: [{{required: [a]}}, {{required: [b]}}]"),
        "Option<Box<SpecValue>>",
    );
    check_shows(
        &format!("type: object, {fields}, oneOf: [{{required: [a]}}, {{required: [b]}}]"),
        "pub b: Option<String>",
    );
}

#[test]
fn names() {
    check_name("clusterIPs", "cluster_ips");
    check_name("podCIDRs", "pod_cidrs");
    check_name("HPAReplicas", "hpa_replicas");
    check_name("CACerts", "ca_certs");
    check_name("type", "type_");
    check_name("for", "for_");
    check_name("$ref", "ref_");
    check_name("x-kubernetes-validations", "x_kubernetes_validations");
    check_name("9lives", "_9lives");
    check_name("a/b c", "a_b_c");
    let spec = "proxyURL: {type: boolean}, proxyUrl: {type: boolean}";
    has(
        &Custom {
            spec,
            ..Custom::default()
        }
        .code(),
        "\"proxyURL\" proxy_url_2",
    );
}

/// The type of an item is called by the singular of its list, where that is a plural.
#[test]
fn names_of_items() {
    let items = "type: array, items: {type: object, properties: {x: {type: string}}}";
    for (list, item) in [
        ("rules", "SpecRule"),
        ("policies", "Policy"),
        ("addresses", "Address"),
        ("tls", "Tls"),
        ("aws", "Aws"),
        ("dns", "Dns"),
        ("https", "Https"),
    ] {
        let spec = &format!("{list}: {{{items}}}");
        let code = Custom {
            spec,
            ..Custom::default()
        }
        .code();
        has(&code, &format!("pub {list}: Vec<{item}>"));
    }
}

#[test]
fn limits_and_rules() {
    check_shows(
        "type: integer, minimum: 1, maximum: 5",
        "Limits: at least `1`, at most `5`.",
    );
    check_shows(
        "type: string, maxLength: 9, pattern: ^a",
        "length at most `9`, pattern `^a`.",
    );
    check_shows("type: string, format: ipv4", "format `ipv4`.");
    check_shows(
        "type: integer, x-kubernetes-validations: [{rule: self > 1}]",
        "Rule: `self > 1`.",
    );
    check_shows(
        "type: integer, x-kubernetes-validations: [{rule: self > 1, message: too small}]",
        "Rule: `too small`.",
    );
    check_shows(
        "type: string, deprecated: true",
        "JSON field `value`, deprecated.",
    );
    check_shows(
        "type: string, description: 'Deprecated: use another.'",
        "JSON field `value`, deprecated.",
    );
}

#[test]
fn kinds_of_definitions() {
    let kind = "\"example.com\" \"v1\" \"Thing\" \"things\" Namespaced";
    check_kind(|_| {}, kind);
    check_kind(|it| it.names = "shortNames: [th]", "Short names: `th`.");
    check_kind(|it| it.names = "categories: [all]", "Categories: `all`.");
    check_kind(|it| it.version = "subresources: {status: {}}", "HasStatus");
    check_kind(
        |it| it.version = "subresources: {scale: {specReplicasPath: .spec.a}}",
        "HasScale",
    );
    check_kind(
        |it| it.version = "additionalPrinterColumns: [{name: Age, jsonPath: .a}]",
        "Printed columns: `Age` `.a`.",
    );
    check_kind(
        |it| it.version = "deprecated: true",
        "Deprecated: the server warns",
    );
    check_kind(
        |it| it.root = "x-kubernetes-validations: [{rule: 'true'}]",
        "Rule: `true`.",
    );
    check_kind(
        |it| it.root = "x-kubernetes-preserve-unknown-fields: true",
        ".. unknown except \"apiVersion\" \"kind\"",
    );
    check_kind(
        |it| it.beside_spec = "acidity: {type: number}",
        "pub acidity: Option<f64>",
    );
    check_kind(
        |it| it.beside_spec = "status: {type: object, properties: {a: {type: string}}}",
        "pub status: Option<Box<ThingStatus>>",
    );
}

#[test]
fn verbs_of_operations() {
    let (all, one) = (
        "/apis/example.com/v1/namespaces/{namespace}/things",
        "/apis/example.com/v1/namespaces/{namespace}/things/{name}",
    );
    let list = &format!("list {all}");
    check_operations(
        &[list, &format!("get {one}")],
        "Namespaced\n        Get List Watch\n",
    );
    let cluster = "put /apis/example.com/v1/things/{name}";
    check_operations(&[cluster], "Cluster\n        Replace\n");
    let approve = format!("post {one}/approve");
    check_operations(
        &[cluster, &approve],
        "impl kubewright::codegen::verbs::Create for ThingApprove",
    );
    let status = format!("put {one}/status");
    check_operations(&[&format!("get {one}"), &status], "Get HasStatus");
}

/// No client could have the method; that it is missing must be seen.
#[test]
fn a_verb_without_a_method_is_refused() {
    let one = "/apis/example.com/v1/things/{name}";
    let put = format!("put {one}");
    let create = format!("post {one}/lock");
    let delete = format!("delete {one}/lock");
    let refused = operations_code(&[&put, &delete]).unwrap_err().to_string();
    assert_eq!(
        refused,
        "/apis/example.com/v1/things/{name}/lock: the subresource `lock` has the verb Delete, and \
         a client has no method for that; leave the kind out (`exclude`), or take the operation \
         out of the document"
    );
    operations_code(&[&put, &create]).unwrap();
}

#[test]
fn secrets_are_not_printed() {
    let text = "
openapi: 3.0.0
info: {title: t, version: v1}
components: {schemas: {io.k8s.api.core.v1.Secret: {type: object, properties: {
  data: {type: object, additionalProperties: {type: string, format: byte}},
  stringData: {type: object, additionalProperties: {type: string}}}}}}
";
    let output = generate(&[Spec::new("secret.yaml", text)], &Options::default()).unwrap();
    has(
        &output.files["src/core_v1/types.rs"],
        "\"data\" data [secret]",
    );
}
