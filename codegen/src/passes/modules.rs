//! One module for each group-version that is the home of a type, with the others that its
//! types name: the edges between cargo features.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{GroupVersion, Model, Module, TypeId};

pub(super) fn run(model: &mut Model) {
    let mut modules: BTreeMap<GroupVersion, BTreeSet<GroupVersion>> = BTreeMap::new();
    for definition in model.types.values() {
        let needs = modules.entry(definition.home.clone()).or_default();
        let homes = definition
            .references()
            .into_iter()
            .filter_map(|id| home(model, id));
        needs.extend(homes.filter(|home| **home != definition.home).cloned());
    }
    model.modules = modules
        .into_iter()
        .map(|(gv, needs)| {
            let module = Module {
                needs,
                ..Module::default()
            };
            (gv, module)
        })
        .collect();
}

fn home<'m>(model: &'m Model, id: &TypeId) -> Option<&'m GroupVersion> {
    model.types.get(id).map(|definition| &definition.home)
}
