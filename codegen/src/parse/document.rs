//! One document of a specification, whatever its version.

use std::collections::BTreeMap;

use super::{Json, Node, Operation, Schema};
use crate::{Error, Spec};

/// What generation reads of one document.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) origin: String,
    pub(crate) format: Format,
    /// `info.version`.
    pub(crate) version: String,
    pub(crate) schemas: BTreeMap<String, Schema>,
    pub(crate) operations: Vec<Operation>,
    /// The whole document as canonical text without prose.
    pub(crate) facts: String,
}

/// Where a document stands when two describe the same definition: the greater is believed,
/// since v2 publishing drops nullability, unions and preserve-unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Format {
    Swagger2,
    OpenApi3,
}

/// The documents that a spec holds: one, or the many of a merged file.
pub(crate) fn documents(spec: &Spec) -> Result<Vec<Document>, Error> {
    let json: Json = serde_json::from_slice(spec.bytes())
        .map_err(|error| Error::new(spec.name(), "", format!("this is not JSON: {error}")))?;
    let root = Node::root(spec.name(), &json);
    match shape(&root)? {
        Shape::One(format) => Ok(vec![document(&root, spec.name(), format)?]),
        Shape::Many => root
            .entries()?
            .map(|(_, node)| {
                let Shape::One(format) = shape(&node)? else {
                    return Err(node.error("expected one OpenAPI document"));
                };
                let origin = format!("{}#{}", spec.name(), node.pointer());
                document(&Node::root(&origin, node.value), &origin, format)
            })
            .collect(),
    }
}

enum Shape {
    One(Format),
    Many,
}

fn shape(root: &Node<'_>) -> Result<Shape, Error> {
    if let Some(version) = root.get("swagger")? {
        return match version.text()? {
            "2.0" => Ok(Shape::One(Format::Swagger2)),
            other => Err(version.error(format!("Swagger {other} is unknown; 2.0 is expected"))),
        };
    }
    if let Some(version) = root.get("openapi")? {
        let text = version.text()?;
        return match text.starts_with("3.") {
            true => Ok(Shape::One(Format::OpenApi3)),
            false => Err(version.error(format!("OpenAPI {text} is unknown; 3.x is expected"))),
        };
    }
    if root.string("kind")?.as_deref() == Some("CustomResourceDefinition") {
        return Err(root.error("this is a CustomResourceDefinition, not an OpenAPI document"));
    }
    if is_index(root)? {
        return Err(root.error(
            "this is the index of /openapi/v3, which only names documents; give the documents",
        ));
    }
    match root.entries()?.next() {
        Some((_, first)) if matches!(first.value, Json::Object(_)) => match shape(&first) {
            Ok(Shape::One(_)) => Ok(Shape::Many),
            Ok(Shape::Many) | Err(_) => Err(unknown(root)),
        },
        _ => Err(unknown(root)),
    }
}

fn unknown(root: &Node<'_>) -> Error {
    root.error(
        "neither Swagger 2.0 (`\"swagger\": \"2.0\"`), nor OpenAPI v3 (`\"openapi\": \"3.x\"`), \
         nor an object of such documents",
    )
}

/// `/openapi/v3` answers with paths that hold nothing but a URL.
fn is_index(root: &Node<'_>) -> Result<bool, Error> {
    let Some(paths) = root.get("paths")? else {
        return Ok(false);
    };
    let first = paths.entries()?.next();
    Ok(first.is_some_and(|(_, item)| matches!(item.get("serverRelativeURL"), Ok(Some(_)))))
}

fn document(root: &Node<'_>, origin: &str, format: Format) -> Result<Document, Error> {
    let mut facts = String::new();
    root.value.write_canonical(&["description"], &mut facts);
    Ok(Document {
        origin: origin.to_owned(),
        format,
        version: version(root)?,
        schemas: schemas(root, format)?,
        operations: Operation::parse_all(root)?,
        facts,
    })
}

fn version(root: &Node<'_>) -> Result<String, Error> {
    let Some(info) = root.get("info")? else {
        return Ok(String::new());
    };
    Ok(info.string("version")?.unwrap_or_default())
}

fn schemas(root: &Node<'_>, format: Format) -> Result<BTreeMap<String, Schema>, Error> {
    match format {
        Format::Swagger2 => named(root.get("definitions")?),
        Format::OpenApi3 => match root.get("components")? {
            Some(components) => named(components.get("schemas")?),
            None => Ok(BTreeMap::new()),
        },
    }
}

fn named(node: Option<Node<'_>>) -> Result<BTreeMap<String, Schema>, Error> {
    let Some(node) = node else {
        return Ok(BTreeMap::new());
    };
    node.entries()?
        .map(|(name, node)| Ok((name.to_owned(), Schema::parse(&node)?)))
        .collect()
}
