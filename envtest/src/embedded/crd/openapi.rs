//! The OpenAPI v3 document of a group version that definitions serve.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::super::group::Version;
use super::super::openapi::builtin_document;
use super::super::resource::{ResourceType, Subresource};

const META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1";
const SCALE: &str = "io.k8s.api.autoscaling.v1.Scale";

/// The document of one version of a group.
pub(crate) fn document(group: &str, version: &Version) -> Value {
    let mut schemas = Map::new();
    let mut paths = Map::new();
    for resource in &version.resources {
        schemas.insert(
            definition(resource, &resource.kind),
            object_schema(resource),
        );
        schemas.insert(
            definition(resource, &resource.list_kind),
            list_schema(resource),
        );
        add_paths(resource, &mut paths);
    }
    borrow_references(&mut schemas, &json!(paths).to_string());
    json!({
        "openapi": "3.0.0",
        "info": {"title": format!("Kubernetes CRD Swagger ({group})"), "version": "v0.1.0"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

/// `com.example.v1.Widget` for a Widget of `example.com/v1`.
fn definition(resource: &ResourceType, kind: &str) -> String {
    let reversed: Vec<&str> = resource.group.split('.').rev().collect();
    format!("{}.{}.{kind}", reversed.join("."), resource.version)
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn object_schema(resource: &ResourceType) -> Value {
    let own = resource
        .custom
        .as_ref()
        .map(|custom| custom.schema.clone())
        .unwrap_or_default();
    let mut schema = if own.is_object() {
        published(&own)
    } else {
        json!({"type": "object"})
    };
    let properties = &mut schema["properties"];
    if !properties.is_object() {
        *properties = json!({});
    }
    properties["apiVersion"] = json!({"type": "string"});
    properties["kind"] = json!({"type": "string"});
    properties["metadata"] = json!({"allOf": [reference(&format!("{META}.ObjectMeta"))]});
    schema["x-kubernetes-group-version-kind"] = json!([gvk(resource, &resource.kind)]);
    schema
}

fn list_schema(resource: &ResourceType) -> Value {
    json!({
        "type": "object", "required": ["items"],
        "properties": {
            "apiVersion": {"type": "string"},
            "kind": {"type": "string"},
            "metadata": {"allOf": [reference(&format!("{META}.ListMeta"))]},
            "items": {"type": "array", "items": reference(&definition(resource, &resource.kind))},
        },
        "x-kubernetes-group-version-kind": [gvk(resource, &resource.list_kind)],
    })
}

/// A schema as it is shown: int-or-string says so in plain OpenAPI too.
fn published(schema: &Value) -> Value {
    let mut shown = schema.clone();
    if shown["x-kubernetes-int-or-string"] == true && shown.get("anyOf").is_none() {
        shown["anyOf"] = json!([{"type": "integer"}, {"type": "string"}]);
    }
    if let Some(Value::Object(properties)) = shown.get_mut("properties") {
        properties
            .values_mut()
            .for_each(|property| *property = published(property));
    }
    for keyword in ["items", "additionalProperties"] {
        if let Some(inner) = shown.get_mut(keyword).filter(|inner| inner.is_object()) {
            *inner = published(inner);
        }
    }
    shown
}

fn gvk(resource: &ResourceType, kind: &str) -> Value {
    json!({"group": resource.group, "version": resource.version, "kind": kind})
}

fn add_paths(resource: &ResourceType, paths: &mut Map<String, Value>) {
    let base = format!("/apis/{}/{}", resource.group, resource.version);
    let collection = if resource.namespaced {
        paths.insert(
            format!("{base}/{}", resource.plural),
            json!({"get": list(resource, "AllNamespaces")}),
        );
        format!("{base}/namespaces/{{namespace}}/{}", resource.plural)
    } else {
        format!("{base}/{}", resource.plural)
    };
    let item = format!("{collection}/{{name}}");
    paths.insert(collection, collection_path(resource));
    for sub in &resource.subresources {
        paths.insert(format!("{item}/{}", sub.name), sub_path(resource, sub));
    }
    paths.insert(item, item_path(resource));
}

fn collection_path(resource: &ResourceType) -> Value {
    let own = definition(resource, &resource.kind);
    let mut delete = operation(
        resource,
        "delete",
        "Collection",
        "deletecollection",
        &format!("{META}.Status"),
        &[200],
    );
    delete["parameters"] = query(&LIST_PARAMETERS);
    json!({
        "get": list(resource, ""),
        "post": with_body(operation(resource, "create", "", "post", &own, &[200, 201, 202]), &own),
        "delete": delete,
        "parameters": path_parameters(resource, false),
    })
}

fn item_path(resource: &ResourceType) -> Value {
    let own = definition(resource, &resource.kind);
    let delete = operation(
        resource,
        "delete",
        "",
        "delete",
        &format!("{META}.Status"),
        &[200, 202],
    );
    json!({
        "get": operation(resource, "read", "", "get", &own, &[200]),
        "put": with_body(operation(resource, "replace", "", "put", &own, &[200, 201]), &own),
        "patch": with_patch(operation(resource, "patch", "", "patch", &own, &[200])),
        "delete": with_body(delete, &format!("{META}.DeleteOptions")),
        "parameters": path_parameters(resource, true),
    })
}

fn sub_path(resource: &ResourceType, sub: &Subresource) -> Value {
    let schema = if sub.kind == resource.kind {
        definition(resource, &resource.kind)
    } else {
        SCALE.to_owned()
    };
    let suffix = capitalised(&sub.name);
    let mut path = json!({
        "get": operation(resource, "read", &suffix, "get", &schema, &[200]),
        "put": with_body(operation(resource, "replace", &suffix, "put", &schema, &[200, 201]), &schema),
        "patch": with_patch(operation(resource, "patch", &suffix, "patch", &schema, &[200])),
        "parameters": path_parameters(resource, true),
    });
    for verb in ["get", "put", "patch"] {
        path[verb]["x-kubernetes-group-version-kind"] =
            json!({"group": sub.group, "version": sub.version, "kind": sub.kind});
    }
    path
}

fn list(resource: &ResourceType, suffix: &str) -> Value {
    let schema = definition(resource, &resource.list_kind);
    let mut list = operation(resource, "list", suffix, "list", &schema, &[200]);
    list["parameters"] = query(&LIST_PARAMETERS);
    list
}

fn operation(
    resource: &ResourceType,
    verb: &str,
    suffix: &str,
    action: &str,
    schema: &str,
    codes: &[u16],
) -> Value {
    let mut parts = resource
        .group
        .split('.')
        .map(capitalised)
        .collect::<String>();
    parts.push_str(&capitalised(&resource.version));
    let scope = if resource.namespaced && suffix != "AllNamespaces" {
        "Namespaced"
    } else {
        ""
    };
    let (before, after) = match suffix {
        "Collection" => ("Collection", ""),
        "AllNamespaces" => ("", "ForAllNamespaces"),
        suffix => ("", suffix),
    };
    let responses: Map<String, Value> = codes
        .iter()
        .map(|code| (code.to_string(), response(schema)))
        .collect();
    json!({
        "operationId": format!("{verb}{parts}{before}{scope}{}{after}", resource.kind),
        "responses": responses,
        "x-kubernetes-action": action,
        "x-kubernetes-group-version-kind": gvk(resource, &resource.kind),
    })
}

fn response(schema: &str) -> Value {
    json!({"content": {"application/json": {"schema": reference(schema)}}})
}

fn with_body(mut operation: Value, schema: &str) -> Value {
    operation["requestBody"] =
        json!({"content": {"application/json": {"schema": reference(schema)}}});
    operation["parameters"] = query(&[
        ("dryRun", "string"),
        ("fieldManager", "string"),
        ("fieldValidation", "string"),
    ]);
    operation
}

fn with_patch(mut operation: Value) -> Value {
    let patch = json!({"schema": reference(&format!("{META}.Patch"))});
    let media = [
        "application/apply-patch+yaml",
        "application/json-patch+json",
        "application/merge-patch+json",
    ];
    let content: Map<String, Value> = media
        .iter()
        .map(|media| ((*media).to_owned(), patch.clone()))
        .collect();
    operation["requestBody"] = json!({"content": content, "required": true});
    operation["parameters"] = query(&[
        ("dryRun", "string"),
        ("fieldManager", "string"),
        ("fieldValidation", "string"),
        ("force", "boolean"),
    ]);
    operation
}

const LIST_PARAMETERS: [(&str, &str); 10] = [
    ("allowWatchBookmarks", "boolean"),
    ("continue", "string"),
    ("fieldSelector", "string"),
    ("labelSelector", "string"),
    ("limit", "integer"),
    ("resourceVersion", "string"),
    ("resourceVersionMatch", "string"),
    ("sendInitialEvents", "boolean"),
    ("timeoutSeconds", "integer"),
    ("watch", "boolean"),
];

fn query(parameters: &[(&str, &str)]) -> Value {
    let entry = |(name, kind): &(&str, &str)| json!({"name": name, "in": "query", "schema": {"type": kind, "uniqueItems": true}});
    parameters.iter().map(entry).collect()
}

fn path_parameters(resource: &ResourceType, item: bool) -> Value {
    let parameter = |name: &str| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string", "uniqueItems": true}});
    let name = item.then(|| parameter("name"));
    let namespace = resource.namespaced.then(|| parameter("namespace"));
    name.into_iter().chain(namespace).collect()
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Copies the built-in definitions that are referred to, and those that they refer to.
fn borrow_references(schemas: &mut Map<String, Value>, paths: &str) {
    let Some(borrowed) = builtin_document("apis/apps/v1") else {
        return;
    };
    let known = &borrowed["components"]["schemas"];
    let mut wanted = references(&(json!(schemas).to_string() + paths));
    while let Some(name) = wanted.pop_first() {
        if !schemas.contains_key(&name) && known[&name].is_object() {
            wanted.extend(references(&known[&name].to_string()));
            schemas.insert(name.clone(), known[&name].clone());
        }
    }
}

fn references(text: &str) -> BTreeSet<String> {
    let parts = text.split("#/components/schemas/").skip(1);
    parts
        .filter_map(|part| part.split('"').next())
        .map(str::to_owned)
        .collect()
}
