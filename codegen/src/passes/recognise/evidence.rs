//! Chooses which of the types that fit a shape is meant, if any.

use std::collections::BTreeSet;

use super::catalogue::Catalogue;
use super::fit::{Candidate, Nearness};
use crate::ir::{Struct, Ty, TypeDef};
use crate::naming::words;

/// A shape of so many fields, all the way down, is not a coincidence.
const DISTINCTIVE: usize = 5;

/// The type that is meant, of those that fit, the nearest first.
///
/// That is the only one that is so near to a distinctive shape, or else the one with more
/// evidence than any other. `None` if a less near type is used elsewhere under the same
/// property: the shape may be a part of that type.
pub(super) fn choose(
    candidates: &[Candidate],
    definition: &TypeDef,
    body: &Struct,
    catalogue: &Catalogue<'_>,
) -> Option<Ty> {
    let (_, nearest) = candidates.first()?;
    let (nearest, common) = (nearest.nearness(), nearest.common);
    let is_nearest = |(_, fit): &&Candidate| fit.nearness() == nearest;
    let (near, far): (Vec<&Candidate>, Vec<_>) = candidates.iter().partition(is_nearest);
    let is_distinctive = common >= DISTINCTIVE && nearest <= Some(Nearness::Near);
    if let ([(only, _)], true) = (&near[..], is_distinctive) {
        return Some(only.clone());
    }
    let witness = Witness::of(definition, body);
    let is_used = |(ty, _): &&Candidate| catalogue.uses(ty, &witness.property);
    if far.iter().any(is_used) {
        return None;
    }
    // Alone, a small shape is recognised by its property; its text may mean another type of
    // the same name.
    let needs_property = near.len() == 1 || nearest == Some(Nearness::Loose);
    let near = near.into_iter();
    let near = near.filter(|candidate| !needs_property || is_used(candidate));
    best(
        &near.map(|(ty, _)| ty).collect::<Vec<_>>(),
        &witness,
        catalogue,
    )
}

/// The type with the most evidence, when there is just one.
fn best(types: &[&Ty], witness: &Witness, catalogue: &Catalogue<'_>) -> Option<Ty> {
    let names: Vec<BTreeSet<String>> = types.iter().map(|ty| name_words(ty, catalogue)).collect();
    let mut ranked: Vec<_> = types
        .iter()
        .enumerate()
        .map(|(index, ty)| {
            let evidence = witness.speaks_for(ty, &own(&names, index), catalogue);
            ((evidence, is_of_pods(ty)), *ty)
        })
        .filter(|((evidence, _), _)| *evidence > 0)
        .collect();
    ranked.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    match ranked[..] {
        [(_, ty)] => Some(ty.clone()),
        [(first, ty), (second, _), ..] if first > second => Some(ty.clone()),
        _ => None,
    }
}

/// Of two that are equally likely, the one that pods are made of: what schemas embed is
/// almost always of a pod.
fn is_of_pods(ty: &Ty) -> bool {
    match ty {
        Ty::Named(id) => id.contains(".core.v1."),
        _ => true,
    }
}

fn name_words(ty: &Ty, catalogue: &Catalogue<'_>) -> BTreeSet<String> {
    let name = catalogue.entry(ty).map_or("", |entry| &entry.name);
    words(name).into_iter().collect()
}

/// The words of a candidate's name that not all candidates share.
fn own(names: &[BTreeSet<String>], index: usize) -> BTreeSet<String> {
    let others = names
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != index);
    let is_shared = |word: &&String| {
        let mut others = others.clone().peekable();
        others.peek().is_some() && others.all(|(_, name)| name.contains(*word))
    };
    let own = names[index].iter().filter(|word| !is_shared(word));
    own.cloned().collect()
}

/// What stands beside a shape.
struct Witness {
    property: String,
    property_words: BTreeSet<String>,
    /// The words of the descriptions of the shape and of its fields.
    text: BTreeSet<String>,
    /// The same as they are spelled.
    names: BTreeSet<String>,
}

impl Witness {
    fn of(definition: &TypeDef, body: &Struct) -> Self {
        let path = definition
            .location
            .as_ref()
            .map(|location| &location.path[..]);
        let property = path.and_then(<[String]>::last).cloned().unwrap_or_default();
        let fields = body.fields.iter().map(|field| &field.description);
        let texts: Vec<&str> = fields
            .chain([&definition.description])
            .filter_map(|text| text.as_deref())
            .collect();
        let spelled = texts
            .iter()
            .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
            .filter(|word| !word.is_empty());
        Self {
            property_words: words(&property).into_iter().collect(),
            text: spelled.clone().flat_map(words).collect(),
            names: spelled.map(str::to_owned).collect(),
            property,
        }
    }

    /// How much speaks for a type: core uses it under this property, it is named in full, or
    /// the words that are its own stand in the property or in the text.
    fn speaks_for(&self, ty: &Ty, own: &BTreeSet<String>, catalogue: &Catalogue<'_>) -> usize {
        let name = catalogue.entry(ty).map_or("", |entry| &entry.name);
        let is_in = |words: &BTreeSet<String>| !own.is_empty() && own.is_subset(words);
        let evidence = [
            catalogue.uses(ty, &self.property),
            self.names.contains(name),
            is_in(&self.property_words),
            is_in(&self.text),
        ];
        evidence.into_iter().filter(|holds| *holds).count()
    }
}
