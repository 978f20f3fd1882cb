//! Merges many documents into one specification.
//!
//! The documents of a server repeat the shared types, so equal definitions are one. The lists
//! of kinds on `DeleteOptions` and its like differ from document to document and are united.
//! Where formats disagree, a CustomResourceDefinition is believed over v3, and v3 over v2;
//! where two documents of one format disagree, there is no way to choose, and the error names both
//! places.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::Error;
use crate::group_version::GroupVersion;
use crate::parse::{Declared, Document, Format, KnownAs, Method, Operation, Schema, escape};

/// All documents as one.
#[derive(Debug, Default)]
pub(crate) struct Specification {
    pub(crate) version: String,
    pub(crate) hash: String,
    pub(crate) definitions: BTreeMap<String, Definition>,
    /// The definitions of documents without a path, which is all that they are about.
    pub(crate) pathless: BTreeSet<String>,
    pub(crate) operations: Vec<Operation>,
    /// The resources that CustomResourceDefinitions declare.
    pub(crate) declared: Vec<Declared>,
}

impl Specification {
    /// What a CustomResourceDefinition says of a resource beyond its OpenAPI.
    pub(crate) fn known_as(&self, gv: &GroupVersion, plural: &str) -> KnownAs {
        let mut declared = self.declared.iter();
        let found = declared.find(|declared| declared.is_called(gv, plural));
        found
            .map(|found| found.known_as.clone())
            .unwrap_or_default()
    }
}

/// A named schema and the document it stands in.
#[derive(Clone, Debug)]
pub(crate) struct Definition {
    pub(crate) origin: String,
    pub(crate) format: Format,
    pub(crate) schema: Schema,
}

pub(crate) fn merge(documents: Vec<Document>) -> Result<Specification, Error> {
    let mut merged = Specification {
        version: version(&documents),
        hash: hash(&documents),
        ..Specification::default()
    };
    let mut operations = Operations::default();
    for document in sorted(documents) {
        if document.operations.is_empty() {
            merged.pathless.extend(document.schemas.keys().cloned());
        }
        operations.add(&document)?;
        merged.declared.extend(document.resources);
        for (name, schema) in document.schemas {
            let definition = Definition {
                origin: document.origin.clone(),
                format: document.format,
                schema,
            };
            add(&mut merged.definitions, name, definition)?;
        }
    }
    merged.operations = operations.into_vec();
    Ok(merged)
}

/// Operations by path and method, and where each was read.
#[derive(Default)]
struct Operations {
    found: BTreeMap<(String, Method), (Operation, Format, String)>,
}

impl Operations {
    /// Documents come sorted by format: of two forms of one operation the better comes last
    /// and stays. Documents of one format must agree.
    fn add(&mut self, document: &Document) -> Result<(), Error> {
        for resource in &document.resources {
            let of_others = |format: Format| format < document.format;
            self.found
                .retain(|(path, _), (_, format, _)| !(of_others(*format) && resource.is_at(path)));
        }
        for operation in &document.operations {
            let key = (operation.path.clone(), operation.method);
            let place = (operation.clone(), document.format, document.origin.clone());
            match self.found.insert(key, place) {
                Some((known, format, origin))
                    if format == document.format && known != *operation =>
                {
                    return Err(Error::new(
                        &document.origin,
                        "",
                        format!(
                            "the path {} belongs to another kind in {origin}; give documents of one \
                             server and one version",
                            operation.path
                        ),
                    ));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn into_vec(self) -> Vec<Operation> {
        let found = self.found.into_values();
        found.map(|(operation, ..)| operation).collect()
    }
}

/// By content, so that the order in which documents were given decides nothing.
fn sorted(mut documents: Vec<Document>) -> Vec<Document> {
    documents.sort_by(|a, b| (a.format, &a.facts, &a.origin).cmp(&(b.format, &b.facts, &b.origin)));
    documents
}

fn add(
    definitions: &mut BTreeMap<String, Definition>,
    name: String,
    new: Definition,
) -> Result<(), Error> {
    let Some(known) = definitions.get_mut(&name) else {
        definitions.insert(name, new);
        return Ok(());
    };
    let kinds = known
        .schema
        .kinds
        .union(&new.schema.kinds)
        .cloned()
        .collect();
    if new.format > known.format {
        *known = new;
    } else if new.format == known.format && facts(&new.schema) != facts(&known.schema) {
        return Err(Error::new(
            new.origin,
            new.schema.pointer,
            format!(
                "this definition differs from the one of the same name in {}#{}; give documents of \
                 one server and one version",
                known.origin, known.schema.pointer
            ),
        ));
    }
    known.schema.kinds = kinds;
    Ok(())
}

/// A schema without prose, place and kinds: what two documents must agree on.
fn facts(schema: &Schema) -> Schema {
    let list = |all: &[Schema]| all.iter().map(facts).collect();
    let boxed = |one: &Option<Box<Schema>>| one.as_deref().map(|schema| Box::new(facts(schema)));
    Schema {
        pointer: String::new(),
        description: None,
        kinds: Default::default(),
        default: None,
        properties: schema
            .properties
            .iter()
            .map(|(name, schema)| (name.clone(), facts(schema)))
            .collect(),
        items: boxed(&schema.items),
        all_of: list(&schema.all_of),
        one_of: list(&schema.one_of),
        any_of: list(&schema.any_of),
        additional: schema
            .additional
            .as_ref()
            .map(|additional| match additional {
                crate::parse::Additional::Any => crate::parse::Additional::Any,
                crate::parse::Additional::Of(schema) => {
                    crate::parse::Additional::Of(Box::new(facts(schema)))
                }
            }),
        ..schema.clone()
    }
}

/// The version most documents claim; of equals the greatest.
fn version(documents: &[Document]) -> String {
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for document in documents {
        *votes.entry(&document.version).or_default() += 1;
    }
    // Documents without a version, such as CRDs, have no say.
    votes.remove("");
    votes
        .into_iter()
        .max_by_key(|(version, count)| (*count, *version))
        .map(|(version, _)| version.to_owned())
        .unwrap_or_default()
}

/// SHA-256 over the sorted hashes of the documents, shortened to 16 hex digits.
fn hash(documents: &[Document]) -> String {
    let mut parts: Vec<_> = documents
        .iter()
        .map(|document| Sha256::digest(document.facts.as_bytes()))
        .collect();
    parts.sort();
    let mut all = Sha256::new();
    for part in parts {
        all.update(part);
    }
    all.finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The pointer of a definition by name, for messages that know only the name.
pub(crate) fn pointer_of(definition: &Definition, name: &str) -> String {
    match definition.format {
        Format::Swagger2 => format!("/definitions/{}", escape(name)),
        Format::OpenApi3 => format!("/components/schemas/{}", escape(name)),
        Format::CustomResource => definition.schema.pointer.clone(),
    }
}
