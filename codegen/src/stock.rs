//! The types of stock Kubernetes, which a shape may turn out to be.
//!
//! *Stock* is what every server has: the types of `core/v1`, `apps/v1` and the like. They are part
//! of the input when that holds the OpenAPI of a server; or part of a crate that was generated
//! before, when the caller names it (see [`StockCrate`](crate::StockCrate)); or not at all. The
//! difference ends here: passes only ask for types, and give back those that are used.

use std::collections::BTreeMap;

use crate::identifiers::Identifiers;
use crate::ir::{Foreign, Model, TypeDef, TypeId};
use crate::options::ForeignCrate;

/// Core types, and where they are.
#[derive(Debug, Default)]
pub(crate) struct Stock {
    types: BTreeMap<TypeId, TypeDef>,
    /// The crate that holds them; they are generated along when there is none.
    holder: Option<Holder>,
}

#[derive(Debug)]
struct Holder {
    types: BTreeMap<TypeId, Foreign>,
    found_in: ForeignCrate,
}

impl Stock {
    /// The core types of the input itself.
    pub(crate) fn of_input(types: BTreeMap<TypeId, TypeDef>) -> Self {
        Self {
            types,
            holder: None,
        }
    }

    /// The types of another crate, which was generated from this model with these names.
    pub(crate) fn of_crate(model: Model, names: &Identifiers, found_in: ForeignCrate) -> Self {
        let types = model.types.iter();
        let types = types
            .filter_map(|(id, definition)| Some((id.clone(), foreign(id, definition, names)?)));
        let holder = Holder {
            types: types.collect(),
            found_in,
        };
        Self {
            types: model.types,
            holder: Some(holder),
        }
    }

    pub(crate) fn types(&self) -> &BTreeMap<TypeId, TypeDef> {
        &self.types
    }

    /// Puts the types that a model names into it, with all that they name themselves; or where
    /// to find them.
    pub(crate) fn give(mut self, model: &mut Model, wanted: Vec<TypeId>) {
        match self.holder.take() {
            Some(mut holder) => {
                let found = |id: TypeId| Some((id.clone(), holder.types.remove(&id)?));
                model.foreign.extend(wanted.into_iter().filter_map(found));
                model.foreign_crate = Some(holder.found_in).filter(|_| !model.foreign.is_empty());
            }
            None => self.move_into(model, wanted),
        }
    }

    fn move_into(mut self, model: &mut Model, mut wanted: Vec<TypeId>) {
        while let Some(id) = wanted.pop() {
            if !model.types.contains_key(&id)
                && let Some(definition) = self.types.remove(&id)
            {
                wanted.extend(definition.references().into_iter().cloned());
                model.types.insert(id, definition);
            }
        }
    }
}

fn foreign(id: &TypeId, definition: &TypeDef, names: &Identifiers) -> Option<Foreign> {
    Some(Foreign {
        module: names.modules.get(&definition.home)?.module.clone(),
        name: names.types.get(id)?.name.clone(),
    })
}
