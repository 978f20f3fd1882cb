//! One schema, as Swagger 2.0, OpenAPI v3 and structural schemas of CRDs spell it alike.
//!
//! This is the reader's model: it keeps only what decides a type or its documentation, knows where
//! each schema stands, so that errors can name the place, and follows `$ref`. The other models of a
//! schema have other jobs: `crd::JsonSchema` of the library writes a definition in full,
//! `crd::Shape` is a constant that the compiler checks, and the embedded server walks the JSON itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{Json, Limits, Node};
use crate::Error;

/// A schema. Absent members are empty; members that say nothing about a type (examples,
/// titles) are not kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Schema {
    /// The pointer inside its document, for messages.
    pub(crate) pointer: String,
    pub(crate) reference: Option<Reference>,
    pub(crate) types: BTreeSet<SchemaType>,
    pub(crate) format: Option<String>,
    pub(crate) pattern: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) properties: BTreeMap<String, Schema>,
    pub(crate) required: BTreeSet<String>,
    pub(crate) items: Option<Box<Schema>>,
    pub(crate) additional: Option<Additional>,
    pub(crate) enum_values: Vec<Json>,
    pub(crate) default: Option<Json>,
    pub(crate) nullable: bool,
    pub(crate) all_of: Vec<Schema>,
    pub(crate) one_of: Vec<Schema>,
    pub(crate) any_of: Vec<Schema>,
    pub(crate) kinds: BTreeSet<GroupVersionKind>,
    pub(crate) list_type: Option<String>,
    pub(crate) list_map_keys: Vec<String>,
    pub(crate) map_type: Option<String>,
    pub(crate) int_or_string: bool,
    pub(crate) preserve_unknown: bool,
    pub(crate) embedded_resource: bool,
    pub(crate) limits: Limits,
}

/// The `type` keyword; `null` in a list of types becomes `nullable`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SchemaType {
    Array,
    Boolean,
    Integer,
    Number,
    Object,
    String,
}

/// `additionalProperties`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Additional {
    Any,
    Of(Box<Schema>),
}

/// The name of a definition in the same document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reference(pub(crate) String);

/// `x-kubernetes-group-version-kind`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct GroupVersionKind {
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) kind: String,
}

impl Schema {
    pub(crate) fn parse(node: &Node<'_>) -> Result<Self, Error> {
        let (types, null) = types(node)?;
        Ok(Self {
            pointer: node.pointer(),
            reference: Reference::of(node)?,
            types,
            format: node.string("format")?,
            pattern: node.string("pattern")?,
            description: node.string("description")?,
            properties: properties(node)?,
            required: node.strings("required")?.into_iter().collect(),
            items: child(node, "items")?,
            additional: additional(node)?,
            enum_values: enum_values(node)?,
            default: node.get("default")?.map(|node| node.value.clone()),
            nullable: null || node.flag("nullable")?,
            all_of: children(node, "allOf")?,
            one_of: children(node, "oneOf")?,
            any_of: children(node, "anyOf")?,
            kinds: GroupVersionKind::set(node)?,
            list_type: node.string("x-kubernetes-list-type")?,
            list_map_keys: node.strings("x-kubernetes-list-map-keys")?,
            map_type: node.string("x-kubernetes-map-type")?,
            int_or_string: node.flag("x-kubernetes-int-or-string")?,
            preserve_unknown: node.flag("x-kubernetes-preserve-unknown-fields")?,
            embedded_resource: node.flag("x-kubernetes-embedded-resource")?,
            limits: Limits::parse(node)?,
        })
    }

    /// The only type, when there is just one.
    pub(crate) fn single_type(&self) -> Option<SchemaType> {
        match self.types.len() {
            1 => self.types.first().copied(),
            _ => None,
        }
    }
}

impl Reference {
    /// The `$ref` of a node, which must point at a definition of the same document.
    pub(crate) fn of(node: &Node<'_>) -> Result<Option<Self>, Error> {
        let Some(node) = node.get("$ref")? else {
            return Ok(None);
        };
        let target = node.text()?;
        ["#/definitions/", "#/components/schemas/"]
            .iter()
            .find_map(|prefix| target.strip_prefix(prefix))
            .map(|name| Some(Self(name.replace("~1", "/").replace("~0", "~"))))
            .ok_or_else(|| {
                node.error(format!(
                    "`{target}` does not point at a definition of this document; only #/definitions/… and \
                     #/components/schemas/… are followed"
                ))
            })
    }
}

impl GroupVersionKind {
    /// The extension of a node: one object, or a list of them.
    pub(crate) fn set(node: &Node<'_>) -> Result<BTreeSet<Self>, Error> {
        let Some(node) = node.get("x-kubernetes-group-version-kind")? else {
            return Ok(BTreeSet::new());
        };
        match node.value {
            Json::Array(_) => node.items()?.map(|item| Self::parse(&item)).collect(),
            _ => Ok(BTreeSet::from([Self::parse(&node)?])),
        }
    }

    fn parse(node: &Node<'_>) -> Result<Self, Error> {
        Ok(Self {
            group: short(node, "group", 253)?,
            version: short(node, "version", 63)?,
            kind: short(node, "kind", 63)?,
        })
    }
}

/// A name that becomes part of the name of a file, and is as long as Kubernetes allows.
fn short(node: &Node<'_>, key: &str, longest: usize) -> Result<String, Error> {
    let text = node.string(key)?.unwrap_or_default();
    match text.len() <= longest {
        true => Ok(text),
        false => Err(node.error(format!(
            "a {key} of {} bytes; at most {longest} are accepted",
            text.len()
        ))),
    }
}

fn child(node: &Node<'_>, key: &str) -> Result<Option<Box<Schema>>, Error> {
    node.get(key)?
        .map(|node| Schema::parse(&node).map(Box::new))
        .transpose()
}

fn children(node: &Node<'_>, key: &str) -> Result<Vec<Schema>, Error> {
    node.get(key)?.map_or(Ok(Vec::new()), |node| {
        node.items()?.map(|item| Schema::parse(&item)).collect()
    })
}

fn properties(node: &Node<'_>) -> Result<BTreeMap<String, Schema>, Error> {
    node.get("properties")?.map_or(Ok(BTreeMap::new()), |node| {
        node.entries()?
            .map(|(name, node)| Ok((name.to_owned(), Schema::parse(&node)?)))
            .collect()
    })
}

fn additional(node: &Node<'_>) -> Result<Option<Additional>, Error> {
    let Some(node) = node.get("additionalProperties")? else {
        return Ok(None);
    };
    match node.value {
        Json::Bool(true) => Ok(Some(Additional::Any)),
        Json::Bool(false) => Ok(None),
        _ => Ok(Some(Additional::Of(Box::new(Schema::parse(&node)?)))),
    }
}

fn enum_values(node: &Node<'_>) -> Result<Vec<Json>, Error> {
    node.get("enum")?.map_or(Ok(Vec::new()), |node| {
        Ok(node.items()?.map(|item| item.value.clone()).collect())
    })
}

/// `type` as a set, and whether it allows null.
fn types(node: &Node<'_>) -> Result<(BTreeSet<SchemaType>, bool), Error> {
    let Some(node) = node.get("type")? else {
        return Ok((BTreeSet::new(), false));
    };
    let names = match node.value {
        Json::Array(_) => node
            .items()?
            .map(|item| item.text().map(|name| schema_type(&item, name))?)
            .collect::<Result<Vec<_>, _>>()?,
        _ => vec![schema_type(&node, node.text()?)?],
    };
    let null = names.contains(&None);
    Ok((names.into_iter().flatten().collect(), null))
}

/// One type; `None` is null.
fn schema_type(node: &Node<'_>, name: &str) -> Result<Option<SchemaType>, Error> {
    Ok(Some(match name {
        "array" => SchemaType::Array,
        "boolean" => SchemaType::Boolean,
        "integer" => SchemaType::Integer,
        "number" => SchemaType::Number,
        "object" => SchemaType::Object,
        "string" => SchemaType::String,
        "null" => return Ok(None),
        other => return Err(node.error(format!("`{other}` is not a type of JSON Schema"))),
    }))
}
