//! Names of types.
//!
//! Definitions choose first: upstream named them. What was found right below a definition is
//! called by both (`PodSpec` + `restartPolicy`). What was found deeper has the shortest name
//! that no other type of the module could have as well: its property, else with the one
//! above it, and so on; of far ancestors, only the one that makes the name distinct is added.

use std::collections::BTreeMap;

use super::Scopes;
use crate::Names;
use crate::ir::{Body, GroupVersion, Location, Model, TypeDef, TypeId};
use crate::naming::{Scope, pascal_case, short_enum_name};
use crate::passes::intern::is_deep;

type Chosen = BTreeMap<TypeId, String>;

pub(super) fn run(model: &Model, scopes: &mut Scopes, locked: &Names) -> Chosen {
    let mut chosen = name_known(model, scopes, locked);
    let (deep, shallow) = partition(model, &chosen);
    for id in shallow {
        if let Some(definition) = model.types.get(&id)
            && let Some(scope) = scopes.get_mut(&definition.home)
        {
            let short = short_name(definition).filter(|short| scope.is_free(short));
            let name = scope.claim(&short.unwrap_or(definition.wish.clone()), "");
            chosen.insert(id, name);
        }
    }
    for (home, ids) in by_home(model, deep) {
        if let Some(scope) = scopes.get_mut(&home) {
            chosen.extend(name_deep(model, ids, scope));
        }
    }
    chosen
}

/// Before all others: what has been named before, and where it still lives.
fn name_known(model: &Model, scopes: &mut Scopes, locked: &Names) -> Chosen {
    let mut known = Chosen::new();
    for (id, definition) in &model.types {
        if let Some(name) = locked.of_type(id)
            && name.home == definition.home.api_version()
            && let Some(scope) = scopes.get_mut(&definition.home)
        {
            known.insert(id.clone(), scope.claim(&name.name, ""));
        }
    }
    known
}

/// Of what has no name yet: what is named after properties alone, and all else in the order of
/// choosing.
fn partition(model: &Model, known: &Chosen) -> (Vec<TypeId>, Vec<TypeId>) {
    let (deep, mut shallow): (Vec<_>, Vec<_>) = model
        .types
        .iter()
        .filter(|(id, _)| !known.contains_key(*id))
        .partition(|(_, definition)| is_deep(definition));
    shallow.sort_by_key(|(id, definition)| (definition.location.is_some(), *id));
    let ids = |found: Vec<(&TypeId, _)>| found.into_iter().map(|(id, _)| id.clone()).collect();
    (ids(deep), ids(shallow))
}

fn short_name(definition: &TypeDef) -> Option<String> {
    match &definition.body {
        Body::Enum(body) => short_enum_name(&definition.wish, &pascal_case(&body.property)),
        _ => None,
    }
}

fn by_home(model: &Model, ids: Vec<TypeId>) -> BTreeMap<GroupVersion, Vec<TypeId>> {
    let mut homes: BTreeMap<GroupVersion, Vec<TypeId>> = BTreeMap::new();
    for id in ids {
        if let Some(definition) = model.types.get(&id) {
            homes.entry(definition.home.clone()).or_default().push(id);
        }
    }
    homes
}

/// Lengthens equal names until all are distinct.
fn name_deep(model: &Model, ids: Vec<TypeId>, scope: &mut Scope) -> Chosen {
    let mut open: Vec<Candidate> = ids
        .into_iter()
        .filter_map(|id| Candidate::new(model, id))
        .collect();
    loop {
        let mut wishes: BTreeMap<&str, usize> = BTreeMap::new();
        for candidate in &open {
            *wishes.entry(&candidate.name).or_default() += 1;
        }
        let collides: Vec<bool> = open
            .iter()
            .map(|candidate| wishes[&*candidate.name] > 1 || !scope.is_free(&candidate.name))
            .collect();
        let mut grown = false;
        for (candidate, _) in open
            .iter_mut()
            .zip(collides)
            .filter(|(_, collides)| *collides)
        {
            grown |= candidate.grow();
        }
        if !grown {
            break;
        }
    }
    let chosen = open.into_iter().map(|candidate| {
        let name = scope.claim(&candidate.name, "");
        (candidate.id, name)
    });
    chosen.collect()
}

/// A type on its way to a name.
struct Candidate {
    id: TypeId,
    /// The definition and the properties, in Pascal case, outermost first.
    words: Vec<String>,
    /// How many of them, from the end, the name draws upon.
    reach: usize,
    name: String,
}

impl Candidate {
    fn new(model: &Model, id: TypeId) -> Option<Self> {
        let words = words(model.types.get(&id)?.location.as_ref()?);
        let mut candidate = Self {
            id,
            words,
            reach: 0,
            name: String::new(),
        };
        candidate.grow();
        if VAGUE.contains(&candidate.name.as_str()) {
            candidate.grow();
        }
        Some(candidate)
    }

    /// Whether there was a longer name.
    fn grow(&mut self) -> bool {
        let can = self.reach < self.words.len();
        if can {
            self.reach += 1;
            let far = &self.words[self.words.len() - self.reach..];
            let near = far.len().saturating_sub(NEAR);
            let first = if near > 0 { &far[..1] } else { &[] };
            self.name = first.iter().chain(&far[near..]).cloned().collect();
        }
        can
    }
}

/// How many words of a name stand together as they are in the path.
const NEAR: usize = 2;

/// Names that say nothing by themselves.
const VAGUE: &[&str] = &[
    "Action",
    "Config",
    "Data",
    "From",
    "Item",
    "Kind",
    "Match",
    "Metadata",
    "Mode",
    "Name",
    "Operator",
    "Option",
    "Parameter",
    "Phase",
    "Ref",
    "Reason",
    "Rule",
    "Scope",
    "Selector",
    "Source",
    "Spec",
    "State",
    "Status",
    "Target",
    "Template",
    "To",
    "Type",
    "Value",
    "With",
];

fn words(location: &Location) -> Vec<String> {
    let path = location.path.iter().map(|property| pascal_case(property));
    std::iter::once(location.owner.clone())
        .chain(path.filter(|word| !word.is_empty()))
        .collect()
}
