//! Reads the documents of all specs, each by the form that its content shows.

use std::collections::BTreeMap;

use super::document::{Document, Format};
use super::{Json, Node, Operation, Schema, custom, tree};
use crate::spec::Reading;
use crate::{Error, Spec};

/// The documents of all specs.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    pub(crate) found: Vec<Document>,
    /// How many were passed over, for they describe no API and need not.
    pub(crate) skipped: usize,
}

/// Every document of every spec.
pub(crate) fn documents(specs: &[Spec]) -> Result<Documents, Error> {
    let mut documents = Documents::default();
    for spec in specs {
        for (origin, json) in tree::of(spec)? {
            documents.add(&Node::root(&origin, &json), spec.reading())?;
        }
    }
    documents.check_manifests(specs)?;
    documents.check_found(specs)?;
    Ok(documents)
}

impl Documents {
    fn add(&mut self, root: &Node<'_>, reading: Reading) -> Result<(), Error> {
        if !root.is_object() && reading != Reading::Exact {
            self.skipped += 1;
        } else if custom::is_typed_list(root) {
            self.add_definitions(root)?;
        } else if custom::is_list(root) {
            if let Some(items) = root.get("items")? {
                self.add_items(root.origin(), &items, reading)?;
            }
        } else if custom::is_definition(root) {
            self.found.push(custom::document(root)?);
        } else if reading == Reading::Manifests {
            self.skipped += 1;
        } else {
            match openapi(root)? {
                Some(documents) => self.found.extend(documents),
                None if reading == Reading::Found => self.skipped += 1,
                None => return Err(unknown(root)),
            }
        }
        Ok(())
    }

    fn add_definitions(&mut self, list: &Node<'_>) -> Result<(), Error> {
        let Some(items) = list.get("items")? else {
            return Ok(());
        };
        for (index, item) in items.items()?.enumerate() {
            let origin = format!("{} (item {})", list.origin(), index + 1);
            self.found
                .push(custom::listed(&Node::root(&origin, item.value))?);
        }
        Ok(())
    }

    fn add_items(&mut self, origin: &str, items: &Node<'_>, reading: Reading) -> Result<(), Error> {
        for (index, item) in items.items()?.enumerate() {
            let origin = format!("{origin} (item {})", index + 1);
            self.add(&Node::root(&origin, item.value), reading)?;
        }
        Ok(())
    }

    /// Manifests without a single definition are a mistake, most likely in a path.
    fn check_manifests(&self, specs: &[Spec]) -> Result<(), Error> {
        let mut manifests = read_as(specs, Reading::Manifests);
        let Some(first) = manifests.next() else {
            return Ok(());
        };
        let has_any = |document: &Document| document.format == Format::CustomResource;
        match self.found.iter().any(has_any) {
            true => Ok(()),
            false => Err(Error::new(
                first.name(),
                "",
                format!(
                    "no CustomResourceDefinition here or in {} other files; {} documents are \
                     something else",
                    manifests.count(),
                    self.skipped
                ),
            )),
        }
    }

    /// So are folders that describe no API at all.
    fn check_found(&self, specs: &[Spec]) -> Result<(), Error> {
        let mut files = read_as(specs, Reading::Found);
        match files.next().filter(|_| self.found.is_empty()) {
            None => Ok(()),
            Some(first) => Err(Error::new(
                first.name(),
                "",
                format!(
                    "this file and {} others in the folder hold no OpenAPI document",
                    files.count()
                ),
            )),
        }
    }
}

fn read_as(specs: &[Spec], reading: Reading) -> impl Iterator<Item = &Spec> {
    specs.iter().filter(move |spec| spec.reading() == reading)
}

/// The documents that a tree holds: one, or the many of a merged file. `None` where it is
/// something else.
fn openapi(root: &Node<'_>) -> Result<Option<Vec<Document>>, Error> {
    match shape(root)? {
        None => Ok(None),
        Some(Shape::One(format)) => Ok(Some(vec![document(root, format)?])),
        Some(Shape::Many) => {
            let each = root.entries()?.map(|(_, node)| one_of_many(root, &node));
            each.collect::<Result<_, _>>().map(Some)
        }
    }
}

fn one_of_many(root: &Node<'_>, node: &Node<'_>) -> Result<Document, Error> {
    let Some(Shape::One(format)) = shape(node)? else {
        return Err(node.error("expected one OpenAPI document"));
    };
    let origin = format!("{}#{}", root.origin(), node.pointer());
    document(&Node::root(&origin, node.value), format)
}

enum Shape {
    One(Format),
    Many,
}

fn shape(root: &Node<'_>) -> Result<Option<Shape>, Error> {
    if let Some(version) = root.get("swagger")? {
        return match version.text()? {
            "2.0" => Ok(Some(Shape::One(Format::Swagger2))),
            other => Err(version.error(format!("Swagger {other} is not supported; expected 2.0"))),
        };
    }
    if let Some(version) = root.get("openapi")? {
        let text = version.text()?;
        return match text.starts_with("3.") {
            true => Ok(Some(Shape::One(Format::OpenApi3))),
            false => Err(version.error(format!("OpenAPI {text} is not supported; expected 3.x"))),
        };
    }
    if is_index(root)? {
        return Err(root.error(
            "this is the index of /openapi/v3, which only names documents; give the documents",
        ));
    }
    Ok(match root.entries()?.next() {
        Some((_, first)) if matches!(first.value, Json::Object(_)) => match shape(&first) {
            Ok(Some(Shape::One(_))) => Some(Shape::Many),
            Ok(_) | Err(_) => None,
        },
        _ => None,
    })
}

fn unknown(root: &Node<'_>) -> Error {
    root.error(
        "neither Swagger 2.0 (`\"swagger\": \"2.0\"`), nor OpenAPI v3 (`\"openapi\": \"3.x\"`), \
         nor an object of such documents, nor a CustomResourceDefinition",
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

fn document(root: &Node<'_>, format: Format) -> Result<Document, Error> {
    let mut facts = String::new();
    root.value.write_canonical(&["description"], &mut facts);
    Ok(Document {
        origin: root.origin().to_owned(),
        format,
        version: version(root)?,
        schemas: schemas(root, format)?,
        operations: Operation::parse_all(root)?,
        resources: Vec::new(),
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
        Format::OpenApi3 | Format::CustomResource => match root.get("components")? {
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
