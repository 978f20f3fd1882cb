//! Which types of a group-version others use, and how its types are parted for them.
//!
//! Who enables `apps_v1` needs the pod template of `core_v1`, not its nodes and volumes.
//! Types that the same group-versions reach go into one file, which is compiled for each of
//! them; the rest, mostly the most of it, for none but its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{GroupVersion, Model, Part, TypeId};
use crate::naming::{Scope, snake_case};

/// The file of the types that no other group-version reaches.
const OWN: &str = "types";

/// How long the name of a file may become; names of types come from a specification.
const LONGEST: usize = 100;

/// Types of one module by the other modules that reach them.
type ByUsers = BTreeMap<BTreeSet<GroupVersion>, Vec<TypeId>>;

/// For each type, the group-versions that reach it and are not its home.
pub(super) fn users(model: &Model) -> BTreeMap<&TypeId, BTreeSet<GroupVersion>> {
    let mut by_home: BTreeMap<&GroupVersion, Vec<&TypeId>> = BTreeMap::new();
    for (id, definition) in &model.types {
        by_home.entry(&definition.home).or_default().push(id);
    }
    let mut users: BTreeMap<&TypeId, BTreeSet<GroupVersion>> = BTreeMap::new();
    for (user, types) in by_home {
        for (id, home) in reached(model, types) {
            if home != user {
                users.entry(id).or_default().insert(user.clone());
            }
        }
    }
    users
}

/// The types that these lead to, themselves included, with their homes.
fn reached<'m>(
    model: &'m Model,
    mut todo: Vec<&'m TypeId>,
) -> BTreeMap<&'m TypeId, &'m GroupVersion> {
    let mut reached = BTreeMap::new();
    while let Some(id) = todo.pop() {
        if let Some(definition) = model.types.get(id)
            && reached.insert(id, &definition.home).is_none()
        {
            todo.extend(definition.references());
        }
    }
    reached
}

/// The parts of each module, once types have their names.
pub(super) fn run(model: &mut Model) {
    let mut modules: BTreeMap<GroupVersion, ByUsers> = BTreeMap::new();
    let users = users(model);
    for (id, definition) in &model.types {
        let users = users.get(id).cloned().unwrap_or_default();
        let by_users = modules.entry(definition.home.clone()).or_default();
        by_users.entry(users).or_default().push(id.clone());
    }
    for (gv, by_users) in modules {
        let parts = parts(model, by_users);
        if let Some(module) = model.modules.get_mut(&gv) {
            module.parts = parts;
        }
    }
}

fn parts(model: &Model, by_users: ByUsers) -> Vec<Part> {
    let mut files = Scope::default();
    let parts = by_users.into_iter().map(|(users, types)| {
        let wish = match users.is_empty() {
            true => OWN.to_owned(),
            false => file(head(model, &types)),
        };
        let file = files.claim(&wish, "_");
        Part { file, users, types }
    });
    parts.collect()
}

/// The name of the type that leads to the others: the first that no other of them names.
fn head<'m>(model: &'m Model, types: &[TypeId]) -> &'m str {
    let definitions = types.iter().filter_map(|id| model.types.get(id));
    let references = definitions.flat_map(|definition| definition.references());
    let named: BTreeSet<&TypeId> = references.collect();
    let names = types.iter().filter_map(|id| {
        let name = model.types.get(id)?.name.as_str();
        Some((named.contains(id), name))
    });
    names.min().map_or("", |(_, name)| name)
}

/// Ends as no other file of a module does.
fn file(head: &str) -> String {
    let words: String = snake_case(head).chars().take(LONGEST).collect();
    format!("{words}_{OWN}")
}
