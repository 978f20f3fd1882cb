//! The types of stock Kubernetes, for shapes that turn out to be them.
//!
//! They are in the input, when it holds the OpenAPI of a server; or in a crate that was
//! generated from one before, when the caller names it (see [`Stock`](crate::Stock)); or not
//! at all. The difference ends here.

use std::collections::BTreeMap;

use crate::ir::{Foreign, ForeignCrate, Model, TypeDef, TypeId};
use crate::merge::{self, Specification};
use crate::options::StockCrate;
use crate::{Error, Options, lower, parse, passes};

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
    /// The core types of the input, else those of the crate that the options name; none when
    /// the model has nothing that could be one.
    ///
    /// # Errors
    /// When the specification of that crate cannot be read.
    pub(crate) fn of(
        model: &Model,
        specification: &Specification,
        options: &Options,
    ) -> Result<Self, Error> {
        if model
            .types
            .values()
            .all(|definition| definition.place.is_none())
        {
            return Ok(Self::default());
        }
        let types = lower::stock(specification, options)?.types;
        match &options.stock {
            Some(stock) if types.is_empty() => Self::of_crate(stock),
            _ => Ok(Self {
                types,
                holder: None,
            }),
        }
    }

    fn of_crate(stock: &StockCrate) -> Result<Self, Error> {
        let documents = parse::documents(stock.specs())?;
        let specification = merge::merge(documents.found)?;
        let options = Options::default();
        let mut model = lower::lower(&specification, &options)?;
        passes::run(&mut model, Self::default(), stock.names());
        let types = model.types.iter();
        let types =
            types.filter_map(|(id, definition)| Some((id.clone(), foreign(&model, definition)?)));
        let holder = Holder {
            types: types.collect(),
            found_in: stock.found_in(),
        };
        Ok(Self {
            types: model.types,
            holder: Some(holder),
        })
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

fn foreign(model: &Model, definition: &TypeDef) -> Option<Foreign> {
    let module = model.modules.get(&definition.home)?;
    Some(Foreign {
        module: module.name.clone(),
        name: definition.name.clone(),
    })
}

/// Whether a definition is of stock Kubernetes. The names differ between servers
/// (`io.k8s.api…`, `k8s.io.api…`), the package does not.
pub(crate) fn is_stock(name: &str) -> bool {
    ["io.k8s.api.", "k8s.io.api."]
        .iter()
        .any(|prefix| name.starts_with(prefix))
}
