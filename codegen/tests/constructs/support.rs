//! Builds the smallest document around one construct, and looks for a piece of its code.

use kubewright_codegen::{Error, Options, Spec, generate};

const DOCUMENT: &str = "
openapi: 3.0.0
info: {title: t, version: v1}
paths: {PATHS}
components:
  schemas:
    stock.example.v1.Thing:
      type: object
      x-kubernetes-group-version-kind: [{group: example.com, version: v1, kind: Thing}]
      REQUIRED
      properties:
        metadata: {$ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'}
        PROPERTIES
    stock.example.v1.Other: {type: object, properties: {name: {type: string}}}
    stock.example.v1.Text: {type: string}
    stock.example.v1.Tree: {type: object, properties: {
      left: {$ref: '#/components/schemas/stock.example.v1.Tree'},
      all: {type: array, items: {$ref: '#/components/schemas/stock.example.v1.Tree'}}}}
    stock.example.v1.Part:
      type: object
      x-kubernetes-group-version-kind: [{group: example.com, version: v1, kind: Part}]
      properties:
        metadata: {$ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'}
    io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta: {type: object}
    io.k8s.apimachinery.pkg.apis.meta.v1.Time: {type: string, format: date-time}
    io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime: {type: string, format: date-time}
    io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent: {type: object}
    io.k8s.apimachinery.pkg.api.resource.Quantity: {type: string}
    io.k8s.apimachinery.pkg.runtime.RawExtension: {type: object}
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps: {
      type: object, properties: {title: {type: string}}}
    io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool: {
      description: either}
";

const DEFINITION: &str = "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  names: {kind: Thing, plural: things, MORE_NAMES}
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    MORE_VERSION
    schema: {openAPIV3Schema: {type: object, MORE_ROOT, properties: {
      MORE_PROPERTIES,
      spec: {type: object, REQUIRED properties: {PROPERTIES}}}}}
";

const VALUE: &str = "value: {SCHEMA}";

/// The generated text of one document, types and clients together.
pub(super) fn code(document: &str) -> Result<String, Error> {
    let output = generate(&[Spec::new("input.yaml", document)], &Options::default())?;
    let files = output.files.iter();
    let code = files.filter(|(path, _)| path.starts_with("src/example_com_v1"));
    Ok(code.map(|(_, text)| text.as_str()).collect())
}

/// A kind of an OpenAPI document with these properties, some of them required.
pub(super) fn document(properties: &str, required: &str) -> String {
    let text = DOCUMENT.replace("PATHS", "");
    let required = match required {
        "" => String::new(),
        names => format!("required: [{names}]"),
    };
    let references = "#/components/schemas/";
    text.replace("REQUIRED", &required)
        .replace("PROPERTIES", properties)
        .replace(
            "$meta/",
            &format!("{references}io.k8s.apimachinery.pkg.apis.meta.v1."),
        )
        .replace("$own/", &format!("{references}stock.example.v1."))
        .replace("$k8s/", &format!("{references}io.k8s."))
}

/// A custom resource; each part may be empty.
#[derive(Default)]
pub(super) struct Custom<'a> {
    pub(super) names: &'a str,
    pub(super) version: &'a str,
    pub(super) root: &'a str,
    pub(super) beside_spec: &'a str,
    pub(super) required: &'a str,
    pub(super) spec: &'a str,
}

impl Custom<'_> {
    /// The generated text.
    pub(super) fn code(&self) -> String {
        let or = |text: &str, other: &str| match text {
            "" => other.to_owned(),
            text => text.to_owned(),
        };
        let required = match self.required {
            "" => String::new(),
            names => format!("required: [{names}],"),
        };
        let text = DEFINITION
            .replace("MORE_NAMES", &or(self.names, "listKind: ThingList"))
            .replace("MORE_VERSION", self.version)
            .replace("MORE_ROOT", &or(self.root, "description: d"))
            .replace(
                "MORE_PROPERTIES",
                &or(self.beside_spec, "kind: {type: string}"),
            )
            .replace("REQUIRED", &required)
            .replace("PROPERTIES", self.spec);
        code(&text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }
}

/// Checks the type of an optional field with this schema in an OpenAPI document.
#[track_caller]
pub(super) fn check(schema: &str, ty: &str) {
    let text = document(&VALUE.replace("SCHEMA", schema), "");
    has_field(&code(&text).unwrap(), schema, ty);
}

/// Checks the type of a required field in an OpenAPI document.
#[track_caller]
pub(super) fn check_required(schema: &str, ty: &str) {
    let text = document(&VALUE.replace("SCHEMA", schema), "value");
    has_field(&code(&text).unwrap(), schema, ty);
}

/// Checks the type of an optional field in the `spec` of a custom resource.
#[track_caller]
pub(super) fn check_custom(schema: &str, ty: &str) {
    let spec = &VALUE.replace("SCHEMA", schema);
    let custom = Custom {
        spec,
        ..Custom::default()
    };
    has_field(&custom.code(), schema, ty);
}

/// Checks the type of a required field in the `spec` of a custom resource.
#[track_caller]
pub(super) fn check_custom_required(schema: &str, ty: &str) {
    let spec = &VALUE.replace("SCHEMA", schema);
    let custom = Custom {
        spec,
        required: "value",
        ..Custom::default()
    };
    has_field(&custom.code(), schema, ty);
}

#[track_caller]
fn has_field(code: &str, schema: &str, ty: &str) {
    let (_, found) = code
        .split_once("pub value: ")
        .unwrap_or_else(|| panic!("{schema}:\n{code}"));
    let (found, _) = found.split_once(",\n").unwrap();
    assert_eq!(found, ty, "{schema}");
}

/// Checks that a field of the `spec` of a custom resource brings this piece of code or
/// documentation with it.
#[track_caller]
pub(super) fn check_shows(schema: &str, piece: &str) {
    let spec = &VALUE.replace("SCHEMA", schema);
    has(
        &Custom {
            spec,
            ..Custom::default()
        }
        .code(),
        piece,
    );
}

#[track_caller]
pub(super) fn has(code: &str, piece: &str) {
    assert!(code.contains(piece), "{piece:?} is not in\n{code}");
}

/// Checks a piece of the code for the kind of a definition, of which one part is changed.
#[track_caller]
pub(super) fn check_kind(change: impl FnOnce(&mut Custom<'_>), piece: &str) {
    let mut custom = Custom {
        spec: "size: {type: integer}",
        ..Custom::default()
    };
    change(&mut custom);
    has(&custom.code(), piece);
}

/// Checks what a property is called.
#[track_caller]
pub(super) fn check_name(wire: &str, name: &str) {
    let spec = &format!("{wire:?}: {{type: boolean}}");
    let code = Custom {
        spec,
        ..Custom::default()
    }
    .code();
    has(&code, &format!("pub {name}: Option<bool>"));
}

/// Checks what a value of an enum is called.
#[track_caller]
pub(super) fn check_variant(value: &str, name: &str) {
    let schema = format!("type: string, enum: [{value}]");
    check_shows(&schema, &format!(" {name} = "));
}

/// Checks a piece of the code for a kind that these operations serve, each as in
/// `list /apis/example.com/v1/things`.
#[track_caller]
pub(super) fn check_operations(operations: &[&str], piece: &str) {
    has(&operations_code(operations).unwrap(), piece);
}

pub(super) fn operations_code(operations: &[&str]) -> Result<String, Error> {
    let reference = "{$ref: '#/components/schemas/stock.example.v1.Thing'}";
    let paths = operations.iter().map(|line| {
        let (action, path) = line.split_once(' ').unwrap();
        let method = match action {
            "list" => "get",
            "deletecollection" => "delete",
            method => method,
        };
        let content = format!("{{content: {{application/json: {{schema: {reference}}}}}}}");
        let body = match method {
            "post" | "put" => format!("requestBody: {content},"),
            _ => String::new(),
        };
        let responses = format!("responses: {{'200': {content}}}");
        let action = format!("x-kubernetes-action: {action}");
        format!("'{path}': {{{method}: {{{body} {responses}, {action}}}}}")
    });
    let paths = paths.collect::<Vec<_>>().join(", ");
    let text = DOCUMENT.replace("PATHS", &paths);
    code(
        &text
            .replace("REQUIRED", "")
            .replace("PROPERTIES", "size: {type: integer}"),
    )
}
