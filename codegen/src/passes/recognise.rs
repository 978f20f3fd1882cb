//! Recognises shapes that are core types, and replaces them.
//!
//! A *shape* is a struct that was found inside a definition and has no name of its own.
//!
//! A schema of a CustomResourceDefinition spells in full what in Go was `v1.Container` or
//! `metav1.LabelSelector`. Such a shape is replaced by the real type when two things hold.
//!
//! **It fits** (see [`fit`]): every field of the shape is a field of the core type, with a
//! type that holds all its values, so nothing that the server sends is lost; and whatever the
//! core type always writes is required by the schema, so nothing is made up. Fields that only
//! the core type has must be optional and few: a schema is made with the core types of its
//! day, and newer fields are pruned by the server, with a warning, as in any skew of versions.
//!
//! **It is meant** (see [`evidence`]): a large shape that one type alone fits is that type.
//! Small shapes, and those that several types fit (`SecretKeySelector` and
//! `ConfigMapKeySelector`), are recognised by the property and by the fields beside them. If
//! that does not decide, the shape keeps its own type.

use std::collections::{BTreeMap, BTreeSet};

use super::intern;
use crate::ir::{Body, Model, Struct, Ty, TypeDef, TypeId};
use crate::stock::Stock;

mod catalogue;
mod evidence;
mod fit;

use catalogue::Catalogue;
use fit::Fits;

pub(super) fn run(model: &mut Model, stock: Stock) {
    let replaced = recognised(model, &Catalogue::of(stock.types()));
    for definition in model.types.values_mut() {
        for ty in definition.field_types_mut() {
            replace(ty, &replaced);
        }
    }
    remove_unreachable(model);
    let wanted = replaced.into_values();
    stock.give(model, wanted.filter_map(|ty| ty.named().cloned()).collect());
}

/// The core type of each shape that is one.
fn recognised(model: &Model, catalogue: &Catalogue<'_>) -> BTreeMap<TypeId, Ty> {
    let numbers = intern::numbers(model);
    let mut fits = Fits::new(model, catalogue, &numbers);
    shapes(model)
        .filter_map(|(id, definition, body)| {
            let candidates = fits.candidates(id, body);
            let chosen = evidence::choose(&candidates, definition, body, catalogue)?;
            Some((id.clone(), chosen))
        })
        .collect()
}

/// The structs found inside definitions, but for a kind's own `spec` and `status`.
fn shapes(model: &Model) -> impl Iterator<Item = (&TypeId, &TypeDef, &Struct)> {
    model.types.iter().filter_map(|(id, definition)| {
        let location = definition.location.as_ref()?;
        let is_own = matches!(&location.path[..], [only] if OWN.contains(&only.as_str()));
        match &definition.body {
            Body::Struct(body) if !is_own => Some((id, definition, body)),
            _ => None,
        }
    })
}

const OWN: [&str; 2] = ["spec", "status"];

fn replace(ty: &mut Ty, replaced: &BTreeMap<TypeId, Ty>) {
    match ty {
        Ty::Named(id) => {
            if let Some(core) = replaced.get(id) {
                *ty = core.clone();
            }
        }
        Ty::List(inner) | Ty::Map(inner) | Ty::Nullable(inner) | Ty::OrNull(inner) => {
            replace(inner, replaced);
        }
        _ => {}
    }
}

/// Types inside a shape that was replaced are gone with it.
fn remove_unreachable(model: &mut Model) {
    let mut reached: BTreeSet<TypeId> = BTreeSet::new();
    let is_definition = |(_, definition): &(&TypeId, &TypeDef)| definition.location.is_none();
    let definitions = model.types.iter().filter(is_definition);
    let mut open: Vec<TypeId> = definitions.map(|(id, _)| id.clone()).collect();
    while let Some(id) = open.pop() {
        if let Some(definition) = model.types.get(&id)
            && reached.insert(id)
        {
            open.extend(definition.references().into_iter().cloned());
        }
    }
    model.types.retain(|id, _| reached.contains(id));
}
