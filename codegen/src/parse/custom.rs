//! A CustomResourceDefinition as the OpenAPI document that a server would publish for it.
//!
//! The definition of each served version gets the name that the server gives it (the group
//! reversed, version, kind), real metadata and its kind; its paths are those that the server
//! opens. From there on it is a document like any other, only that it is believed first: it
//! is what the others were made from, less what publishing drops.

use std::collections::{BTreeMap, BTreeSet};

use super::declared::{Declared, KnownAs};
use super::document::{Document, Format};
use super::{GroupVersionKind, Method, Node, Operation, Reference, Schema, SchemaType};
use crate::Error;

const API_VERSION: &str = "apiextensions.k8s.io/v1";
const OBJECT_META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
const SCALE: &str = "io.k8s.api.autoscaling.v1.Scale";

/// The longest group, and the longest of the other names, that a server accepts.
const LONGEST_GROUP: usize = 253;
const LONGEST_LABEL: usize = 63;

/// Whether a document is a CustomResourceDefinition, of whatever version.
pub(super) fn is_definition(root: &Node<'_>) -> bool {
    kind(root).as_deref() == Some("CustomResourceDefinition")
}

/// Whether a document is the list of a server's definitions.
pub(super) fn is_typed_list(root: &Node<'_>) -> bool {
    kind(root).as_deref() == Some("CustomResourceDefinitionList")
}

/// Whether a document is a list that `kubectl get -o yaml` wrote.
pub(super) fn is_list(root: &Node<'_>) -> bool {
    kind(root).as_deref() == Some("List")
}

fn kind(root: &Node<'_>) -> Option<String> {
    root.string("kind").ok().flatten()
}

/// Reads a CustomResourceDefinition.
pub(super) fn document(root: &Node<'_>) -> Result<Document, Error> {
    check_api_version(root)?;
    declared(root)
}

/// Reads an item of the list that a server answers with: only the list has a type.
pub(super) fn listed(item: &Node<'_>) -> Result<Document, Error> {
    match item.get("apiVersion")? {
        Some(_) => document(item),
        None => declared(item),
    }
}

fn declared(root: &Node<'_>) -> Result<Document, Error> {
    let spec = needed(root, "spec")?;
    let names = Names::parse(&spec)?;
    let mut document = Document {
        origin: root.origin().to_owned(),
        format: Format::CustomResource,
        version: String::new(),
        schemas: BTreeMap::new(),
        operations: Vec::new(),
        resources: Vec::new(),
        facts: String::new(),
    };
    // What a server adds beside it changes without the definition.
    spec.value
        .write_canonical(&["description"], &mut document.facts);
    for version in needed(&spec, "versions")?.items()? {
        if version.flag("served")? {
            names.publish(&version, &mut document)?;
        }
    }
    Ok(document)
}

fn check_api_version(root: &Node<'_>) -> Result<(), Error> {
    let node = needed(root, "apiVersion")?;
    match node.text()? {
        API_VERSION => Ok(()),
        other => Err(node.error(format!(
            "`{other}` is not supported; expected {API_VERSION}, the only version since Kubernetes 1.22"
        ))),
    }
}

/// What all versions have in common.
struct Names {
    group: String,
    kind: String,
    plural: String,
    namespaced: bool,
    short_names: Vec<String>,
    categories: Vec<String>,
}

impl Names {
    fn parse(spec: &Node<'_>) -> Result<Self, Error> {
        let names = needed(spec, "names")?;
        Ok(Self {
            group: name(spec, "group", LONGEST_GROUP)?,
            kind: name(&names, "kind", LONGEST_LABEL)?,
            plural: name(&names, "plural", LONGEST_LABEL)?,
            namespaced: is_namespaced(&needed(spec, "scope")?)?,
            short_names: names.strings("shortNames")?,
            categories: names.strings("categories")?,
        })
    }

    fn publish(&self, version: &Node<'_>, document: &mut Document) -> Result<(), Error> {
        let kind = GroupVersionKind {
            group: self.group.clone(),
            version: name(version, "name", LONGEST_LABEL)?,
            kind: self.kind.clone(),
        };
        let definition = definition_name(&kind);
        let paths = Paths {
            collection: self.collection(&kind.version),
            kind: &kind,
            definition: &definition,
        };
        document.operations.extend(paths.operations(version)?);
        document.resources.push(Declared {
            group: self.group.clone(),
            version: kind.version.clone(),
            plural: self.plural.clone(),
            known_as: self.known_as(version)?,
        });
        let schema = schema(version, kind.clone())?;
        match document.schemas.insert(definition, schema) {
            Some(_) => Err(version.error(format!("version `{}` is listed twice", kind.version))),
            None => Ok(()),
        }
    }

    fn known_as(&self, version: &Node<'_>) -> Result<KnownAs, Error> {
        let warning = version.string("deprecationWarning")?.unwrap_or_default();
        Ok(KnownAs {
            short_names: self.short_names.clone(),
            categories: self.categories.clone(),
            columns: columns(version)?,
            deprecated: version.flag("deprecated")?.then_some(warning),
        })
    }

    fn collection(&self, version: &str) -> String {
        let namespace = if self.namespaced {
            "namespaces/{namespace}/"
        } else {
            ""
        };
        format!("/apis/{}/{version}/{namespace}{}", self.group, self.plural)
    }
}

fn columns(version: &Node<'_>) -> Result<Vec<(String, String)>, Error> {
    let Some(columns) = version.get("additionalPrinterColumns")? else {
        return Ok(Vec::new());
    };
    let columns = columns.items()?;
    columns
        .map(|column| {
            let title = column.string("name")?.unwrap_or_default();
            Ok((title, column.string("jsonPath")?.unwrap_or_default()))
        })
        .collect()
}

/// The name of a custom resource's definition in the OpenAPI of a server.
pub(crate) fn definition_name(kind: &GroupVersionKind) -> String {
    let reversed: Vec<&str> = kind.group.rsplit('.').collect();
    format!("{}.{}.{}", reversed.join("."), kind.version, kind.kind)
}

fn schema(version: &Node<'_>, kind: GroupVersionKind) -> Result<Schema, Error> {
    let holder = needed(version, "schema")?;
    let node = needed(&holder, "openAPIV3Schema")?;
    let mut schema = Schema::parse(&node)?;
    let pointer = format!("{}/properties/metadata", schema.pointer);
    schema.types = BTreeSet::from([SchemaType::Object]);
    schema.kinds = BTreeSet::from([kind]);
    // Whatever a definition says of these three, the server knows better.
    for type_meta in ["apiVersion", "kind"] {
        let text = Schema {
            pointer: format!("{}/properties/{type_meta}", schema.pointer),
            types: BTreeSet::from([SchemaType::String]),
            ..Schema::default()
        };
        schema.required.remove(type_meta);
        schema.properties.insert(type_meta.to_owned(), text);
    }
    let metadata = Schema {
        pointer,
        reference: Some(Reference(OBJECT_META.to_owned())),
        ..Schema::default()
    };
    schema.properties.insert("metadata".to_owned(), metadata);
    Ok(schema)
}

/// The paths of one version.
struct Paths<'a> {
    collection: String,
    kind: &'a GroupVersionKind,
    definition: &'a str,
}

impl Paths<'_> {
    fn operations(&self, version: &Node<'_>) -> Result<Vec<Operation>, Error> {
        let object = format!("{}/{{name}}", self.collection);
        let mut all = Vec::new();
        for (method, action) in [
            (Method::Get, "list"),
            (Method::Post, "post"),
            (Method::Delete, "deletecollection"),
        ] {
            all.push(self.operation(&self.collection, method, action, self.definition));
        }
        all.extend(self.read_and_write(&object, self.definition));
        all.push(self.operation(&object, Method::Delete, "delete", self.definition));
        if let Some(subresources) = version.get("subresources")? {
            for (name, body) in [("status", self.definition), ("scale", SCALE)] {
                if subresources.get(name)?.is_some() {
                    all.extend(self.read_and_write(&format!("{object}/{name}"), body));
                }
            }
        }
        Ok(all)
    }

    fn read_and_write(&self, path: &str, body: &str) -> [Operation; 3] {
        [
            self.operation(path, Method::Get, "get", body),
            self.operation(path, Method::Put, "put", body),
            self.operation(path, Method::Patch, "patch", body),
        ]
    }

    fn operation(&self, path: &str, method: Method, action: &str, body: &str) -> Operation {
        let body = Reference(body.to_owned());
        let sends = matches!(method, Method::Post | Method::Put);
        Operation {
            path: path.to_owned(),
            method,
            action: Some(action.to_owned()),
            kind: Some(self.kind.clone()),
            request: sends.then(|| body.clone()),
            response: Some(body),
            raw_response: false,
            strategic: false,
            parameters: Vec::new(),
        }
    }
}

fn is_namespaced(scope: &Node<'_>) -> Result<bool, Error> {
    match scope.text()? {
        "Namespaced" => Ok(true),
        "Cluster" => Ok(false),
        other => Err(scope.error(format!(
            "`{other}` is not a scope; expected Namespaced or Cluster"
        ))),
    }
}

/// A name made of what the server accepts: it becomes part of paths and attributes.
fn name(node: &Node<'_>, key: &str, longest: usize) -> Result<String, Error> {
    let node = needed(node, key)?;
    let text = node.text()?;
    let is_legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    match !text.is_empty() && text.len() <= longest && text.chars().all(is_legal) {
        true => Ok(text.to_owned()),
        false => Err(node.error(format!(
            "expected 1 to {longest} letters, digits, `-` and `.`"
        ))),
    }
}

fn needed<'b>(node: &'b Node<'_>, key: &'b str) -> Result<Node<'b>, Error> {
    node.get(key)?
        .ok_or_else(|| node.error(format!("`{key}` is missing")))
}
