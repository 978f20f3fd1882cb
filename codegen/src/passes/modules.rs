//! One module for each group-version that is the home of a type, with the others that its
//! types name: the edges between cargo features.

use std::collections::BTreeMap;

use crate::ir::{GroupVersion, Model, Module, TypeId};

pub(super) fn run(model: &mut Model) {
    let mut modules: BTreeMap<GroupVersion, Module> = BTreeMap::new();
    for definition in model.types.values() {
        let module = modules.entry(definition.home.clone()).or_default();
        for id in definition.references() {
            match (home(model, id), model.foreign.get(id)) {
                (Some(home), _) if *home != definition.home => {
                    module.needs.insert(home.clone());
                }
                (None, Some(foreign)) => {
                    module.foreign_needs.insert(foreign.module.clone());
                }
                _ => {}
            }
        }
    }
    model.modules = modules;
}

fn home<'m>(model: &'m Model, id: &TypeId) -> Option<&'m GroupVersion> {
    model.types.get(id).map(|definition| &definition.home)
}
