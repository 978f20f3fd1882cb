//! Names of the files that hold the types of a module.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Model, Part, TypeId};
use crate::naming::{Scope, snake_case};

/// The file of the types that no other group-version reaches.
const OWN: &str = "types";

/// How long the name of a file may become; names of types come from a specification.
const LONGEST: usize = 100;

/// A name for each part: [`OWN`], or one made of the type that leads to the others.
pub(super) fn run(model: &Model, parts: &[Part], types: &BTreeMap<TypeId, String>) -> Vec<String> {
    let mut files = Scope::default();
    let names = parts.iter().map(|part| {
        let wish = match part.users.is_empty() {
            true => OWN.to_owned(),
            false => file(head(model, &part.types, types)),
        };
        files.claim(&wish, "_")
    });
    names.collect()
}

/// The name of the type that leads to the others: the first that no other of them names.
fn head<'n>(model: &Model, ids: &[TypeId], types: &'n BTreeMap<TypeId, String>) -> &'n str {
    let definitions = ids.iter().filter_map(|id| model.types.get(id));
    let references = definitions.flat_map(|definition| definition.references());
    let named: BTreeSet<&TypeId> = references.collect();
    let names = ids.iter().filter_map(|id| {
        let name = types.get(id)?.as_str();
        Some((named.contains(id), name))
    });
    names.min().map_or("", |(_, name)| name)
}

/// Ends as no other file of a module does.
fn file(head: &str) -> String {
    let words: String = snake_case(head).chars().take(LONGEST).collect();
    format!("{words}_{OWN}")
}
