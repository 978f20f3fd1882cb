//! Splits the types of a group-version by the group-versions that use them.
//!
//! A program that enables `apps_v1` needs the pod template of `core_v1`, not its nodes and volumes.
//! Types that the same group-versions reach go into one file, which is compiled for each of
//! them; the rest, mostly the most of it, for none but its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{GroupVersion, Model, Part, TypeId};

/// For each type, the group-versions that reach it and are not its home.
pub(super) type Users<'m> = BTreeMap<&'m TypeId, BTreeSet<GroupVersion>>;

/// Types of one module by the other modules that reach them.
type ByUsers = BTreeMap<BTreeSet<GroupVersion>, Vec<TypeId>>;

pub(super) fn users(model: &Model) -> Users<'_> {
    let mut by_home: BTreeMap<&GroupVersion, Vec<&TypeId>> = BTreeMap::new();
    for (id, definition) in &model.types {
        by_home.entry(&definition.home).or_default().push(id);
    }
    let mut users = Users::new();
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

/// The parts of each module.
pub(super) fn of(model: &Model, users: &Users<'_>) -> BTreeMap<GroupVersion, Vec<Part>> {
    let mut modules: BTreeMap<&GroupVersion, ByUsers> = BTreeMap::new();
    for (id, definition) in &model.types {
        let users = users.get(id).cloned().unwrap_or_default();
        let by_users = modules.entry(&definition.home).or_default();
        by_users.entry(users).or_default().push(id.clone());
    }
    let modules = modules.into_iter().map(|(home, by_users)| {
        let parts = by_users.into_iter();
        let parts = parts.map(|(users, types)| Part { users, types });
        (home.clone(), parts.collect())
    });
    modules.collect()
}
