//! The OpenAPI v3 document of a group version that definitions serve, built from the types of
//! the `openapiv3` crate and written by it.

use std::collections::BTreeSet;

use openapiv3::{
    ArrayType, Components, Info, ObjectType, OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringType, Type,
};
use serde_json::{Value, json};

use super::super::group::Version;
use super::super::recorded;
use super::super::resource::ResourceType;

mod paths;

const META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1";

/// The document of one version of a group, as JSON.
pub(crate) fn text(group: &str, version: &Version) -> String {
    // The keys of every map in it are texts, so it can always be written.
    serde_json::to_string(&document(group, version)).unwrap_or_default()
}

fn document(group: &str, version: &Version) -> OpenAPI {
    let schemas = version.resources.iter().flat_map(|resource| {
        [
            (definition(resource, &resource.kind), object(resource)),
            (definition(resource, &resource.list_kind), list(resource)),
        ]
    });
    let components = Components {
        schemas: schemas
            .map(|(name, schema)| (name, ReferenceOr::Item(schema)))
            .collect(),
        ..Components::default()
    };
    let mut document = OpenAPI {
        openapi: "3.0.0".to_owned(),
        info: Info {
            title: format!("Kubernetes CRD Swagger ({group})"),
            version: "v0.1.0".to_owned(),
            ..Info::default()
        },
        paths: paths::of(&version.resources),
        components: Some(components),
        ..OpenAPI::default()
    };
    borrow_references(&mut document);
    document
}

/// `com.example.v1.Widget` for a Widget of `example.com/v1`.
fn definition(resource: &ResourceType, kind: &str) -> String {
    let reversed: Vec<&str> = resource.group.split('.').rev().collect();
    format!("{}.{}.{kind}", reversed.join("."), resource.version)
}

fn reference<T>(name: &str) -> ReferenceOr<T> {
    ReferenceOr::ref_(&format!("#/components/schemas/{name}"))
}

/// The schema of a kind: the definition's own, with what every object has.
fn object(resource: &ResourceType) -> Schema {
    let custom = resource.custom.as_ref();
    let own = custom.map(|custom| published(&custom.schema));
    // What OpenAPI cannot say, such as a length below zero, is published as any object.
    let own = own.and_then(|own| serde_json::from_value::<Schema>(own).ok());
    let mut schema = own.unwrap_or_else(any_object);
    let properties = match &mut schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => Some(&mut object.properties),
        SchemaKind::Any(any) => Some(&mut any.properties),
        _ => None,
    };
    if let Some(properties) = properties {
        for (name, property) in type_meta() {
            properties.insert(name, property);
        }
        properties.insert("metadata".to_owned(), metadata("ObjectMeta"));
    }
    let kinds = json!([kind_of(resource, &resource.kind)]);
    schema.schema_data.extensions.insert(KIND.to_owned(), kinds);
    schema
}

fn list(resource: &ResourceType) -> Schema {
    let items = Type::Array(ArrayType {
        items: Some(reference(&definition(resource, &resource.kind))),
        min_items: None,
        max_items: None,
        unique_items: false,
    });
    let own = [
        ("metadata".to_owned(), metadata("ListMeta")),
        ("items".to_owned(), ReferenceOr::boxed_item(plain(items))),
    ];
    let mut schema = plain(Type::Object(ObjectType {
        properties: type_meta().into_iter().chain(own).collect(),
        required: vec!["items".to_owned()],
        ..ObjectType::default()
    }));
    let kinds = json!([kind_of(resource, &resource.list_kind)]);
    schema.schema_data.extensions.insert(KIND.to_owned(), kinds);
    schema
}

fn any_object() -> Schema {
    let mut schema = plain(Type::Object(ObjectType::default()));
    let extensions = &mut schema.schema_data.extensions;
    extensions.insert(
        "x-kubernetes-preserve-unknown-fields".to_owned(),
        json!(true),
    );
    schema
}

fn plain(kind: Type) -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(kind),
    }
}

type Property = (String, ReferenceOr<Box<Schema>>);

fn type_meta() -> [Property; 2] {
    ["apiVersion", "kind"].map(|name| {
        let text = plain(Type::String(StringType::default()));
        (name.to_owned(), ReferenceOr::boxed_item(text))
    })
}

/// Wrapped, as the real server does it, because nothing may stand beside a reference.
fn metadata(kind: &str) -> ReferenceOr<Box<Schema>> {
    ReferenceOr::boxed_item(Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::AllOf {
            all_of: vec![reference(&format!("{META}.{kind}"))],
        },
    })
}

/// The extension that says of which kinds a definition or an operation is.
const KIND: &str = "x-kubernetes-group-version-kind";

fn kind_of(resource: &ResourceType, kind: &str) -> Value {
    json!({"group": resource.group, "version": resource.version, "kind": kind})
}

/// A definition's schema as the server shows it: int-or-string says so in plain OpenAPI too.
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

/// Copies the built-in definitions that a document refers to, and those that they refer to.
fn borrow_references(document: &mut OpenAPI) {
    let mut wanted = references(&serde_json::to_string(&document).unwrap_or_default());
    let (Some(borrowed), Some(components)) =
        (recorded::document("apis/apps/v1"), &mut document.components)
    else {
        return;
    };
    let known = &borrowed["components"]["schemas"];
    while let Some(name) = wanted.pop_first() {
        if !components.schemas.contains_key(&name)
            && let Ok(schema) = serde_json::from_value(known[&name].clone())
        {
            wanted.extend(references(&known[&name].to_string()));
            components.schemas.insert(name, ReferenceOr::Item(schema));
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
