//! One module for each group-version that is the home of a type, with the others that its
//! types reach: what a cargo feature brings.

use std::collections::BTreeMap;

use super::parts;
use crate::ir::{GroupVersion, Model, Module, TypeDef};

pub(super) fn run(model: &mut Model) {
    let mut modules: BTreeMap<GroupVersion, Module> = BTreeMap::new();
    let users = parts::users(model);
    for (id, definition) in &model.types {
        let foreign = foreign(model, definition);
        let home = modules.entry(definition.home.clone()).or_default();
        home.foreign_needs.extend(foreign.clone());
        for user in users.get(id).into_iter().flatten() {
            let module = modules.entry(user.clone()).or_default();
            module.needs.insert(definition.home.clone());
            module.foreign_needs.extend(foreign.clone());
        }
    }
    for (home, parts) in parts::of(model, &users) {
        modules.entry(home).or_default().parts = parts;
    }
    model.modules = modules;
}

/// The modules of the other crate that a type names.
fn foreign(model: &Model, definition: &TypeDef) -> Vec<String> {
    let ids = definition.references().into_iter();
    ids.filter(|id| !model.types.contains_key(*id))
        .filter_map(|id| Some(model.foreign.get(id)?.module.clone()))
        .collect()
}
