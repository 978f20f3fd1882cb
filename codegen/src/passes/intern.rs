//! Merges equal structures into one type.
//!
//! Schemas of CustomResourceDefinitions repeat what in Go was one type: a selector of three
//! fields can stand there thousands of times. Types found inside definitions are equal when
//! their fields are: JSON names, types, presence, defaults and list semantics, all the way
//! down. What is only documentation does not count. Definitions themselves are never merged:
//! upstream named them.
//!
//! Of equal types, the one with the best name stays (see [`representative`]). It moves to a
//! module that all of its users can name (see [`homes`]).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::homes;
use crate::Names;
use crate::ir::{
    Body, Facts, GroupVersion, Location, Model, Presence, Struct, Ty, TypeDef, TypeId,
};
use crate::parse::Limits;

pub(super) fn run(model: &mut Model, locked: &Names) {
    let mut replaced = BTreeMap::new();
    for ids in equals(model) {
        let first = representative(model, &ids, locked).clone();
        keep_common_limits(model, &ids, &first);
        let users = ids.iter().filter_map(|id| model.types.get(id));
        let users: BTreeSet<&GroupVersion> = users.map(|definition| &definition.home).collect();
        let known = locked.of_type(&first).map(|name| &name.home);
        if let Some(home) = homes::common(&users, known)
            && let Some(shared) = model.types.get_mut(&first)
        {
            shared.home = home;
        }
        // What had a name of its own before keeps it, though it is no longer needed.
        let is_new = |id: &TypeId| locked.of_type(id).is_none();
        let others = ids.into_iter().filter(|id| *id != first && is_new(id));
        replaced.extend(others.map(|id| (id, first.clone())));
    }
    for id in replaced.keys() {
        model.types.remove(id);
    }
    redirect(model, &replaced);
}

/// Documents of a shared type only the limits that all of its places have.
fn keep_common_limits(model: &mut Model, ids: &[TypeId], first: &TypeId) {
    let fields = |id: &TypeId| match &model.types.get(id)?.body {
        Body::Struct(body) => Some(&body.fields),
        _ => None,
    };
    let Some(own) = fields(first) else { return };
    let mut limits: Vec<Limits> = own.iter().map(|field| field.limits.clone()).collect();
    for other in ids.iter().filter_map(fields) {
        for (limits, field) in limits.iter_mut().zip(other) {
            limits.keep_common(&field.limits);
        }
    }
    if let Some(Body::Struct(body)) = model.types.get_mut(first).map(|shared| &mut shared.body) {
        for (field, limits) in body.fields.iter_mut().zip(limits) {
            field.limits = limits;
        }
    }
}

/// Points every field that names a replaced type at its replacement.
pub(super) fn redirect(model: &mut Model, replaced: &BTreeMap<TypeId, TypeId>) {
    for definition in model.types.values_mut() {
        for id in definition.field_types_mut().filter_map(Ty::named_mut) {
            if let Some(replacement) = replaced.get(id) {
                id.clone_from(replacement);
            }
        }
    }
}

/// What makes a type the same as another.
#[derive(PartialEq, Eq, Hash)]
enum Structure {
    /// With group and location where only the same location of another version is the same.
    Struct(Vec<Member>, Option<Ty>, Option<(String, Location)>),
    /// An enum is the type of a property: equal values of another one are a coincidence.
    Enum(String, bool, Vec<String>),
}

#[derive(PartialEq, Eq, Hash)]
struct Member {
    wire: String,
    ty: Ty,
    presence: Presence,
    sensitive: bool,
    facts: Facts,
}

/// The types found inside definitions, the equal ones together.
fn equals(model: &Model) -> Vec<Vec<TypeId>> {
    let mut equals: BTreeMap<usize, Vec<TypeId>> = BTreeMap::new();
    for (id, number) in numbers(model) {
        equals.entry(number).or_default().push(id.clone());
    }
    equals.into_values().collect()
}

/// A number for each type found inside a definition, the same for equal ones.
pub(super) fn numbers(model: &Model) -> HashMap<&TypeId, usize> {
    let mut numbers: HashMap<&TypeId, usize> = HashMap::new();
    let mut structures: HashMap<Structure, usize> = HashMap::new();
    for (id, definition) in inside_out(model) {
        if let Some(structure) = structure(definition, &numbers) {
            let next = structures.len();
            numbers.insert(id, *structures.entry(structure).or_insert(next));
        }
    }
    numbers
}

/// The types found inside definitions, each after those found inside it.
fn inside_out(model: &Model) -> Vec<(&TypeId, &TypeDef)> {
    let depth = |definition: &TypeDef| {
        definition
            .location
            .as_ref()
            .map(|location| location.path.len())
    };
    let mut found: Vec<_> = model
        .types
        .iter()
        .filter_map(|(id, definition)| Some((depth(definition)?, (id, definition))))
        .collect();
    found.sort_by_key(|(depth, _)| std::cmp::Reverse(*depth));
    found.into_iter().map(|(_, found)| found).collect()
}

fn structure(definition: &TypeDef, numbers: &HashMap<&TypeId, usize>) -> Option<Structure> {
    match &definition.body {
        Body::Struct(body) => {
            let location = definition.location.as_ref();
            let own = location.filter(|_| !is_deep(definition) && body.fields.len() < DISTINCTIVE);
            let own = own.map(|location| (definition.home.group.clone(), location.clone()));
            Some(of_struct(body, own, numbers))
        }
        // An enum right below a definition is shared by rules of its own.
        Body::Enum(body) if is_deep(definition) => Some(Structure::Enum(
            body.property.clone(),
            body.integers,
            body.variants
                .iter()
                .map(|variant| variant.wire.clone())
                .collect(),
        )),
        _ => None,
    }
}

/// The fields that a structure needs to be distinctive. If the `spec` of two kinds are equal and
/// have fewer, that is a coincidence; with as many, both are one Go type.
const DISTINCTIVE: usize = 6;

fn of_struct(
    body: &Struct,
    own: Option<(String, Location)>,
    numbers: &HashMap<&TypeId, usize>,
) -> Structure {
    let members = body.fields.iter().map(|field| Member {
        wire: field.wire.clone(),
        ty: numbered(&field.ty, numbers),
        presence: field.presence,
        sensitive: field.sensitive,
        facts: field.facts.clone(),
    });
    let rest = body.rest.as_ref().map(|ty| numbered(ty, numbers));
    Structure::Struct(members.collect(), rest, own)
}

/// The type, with what it names by the number of its structure.
fn numbered(ty: &Ty, numbers: &HashMap<&TypeId, usize>) -> Ty {
    let mut ty = ty.clone();
    if let Some(id) = ty.named_mut()
        && let Some(number) = numbers.get(id)
    {
        // No definition is called so: an identity of the model never starts with a slash.
        *id = format!("/{number}");
    }
    ty
}

/// Whether a type was found two properties deep in a definition, or deeper.
pub(super) fn is_deep(definition: &TypeDef) -> bool {
    let location = definition.location.as_ref();
    location.is_some_and(|location| location.path.len() > 1)
}

/// The type that has a name already, else the one whose location names it best: under the property that most of them are under, as
/// near to its definition as there is one, of the shortest name; of equals the first.
fn representative<'a>(model: &Model, ids: &'a [TypeId], locked: &Names) -> &'a TypeId {
    let location = |id: &TypeId| model.types.get(id)?.location.as_ref();
    let property = |id: &TypeId| location(id).and_then(|location| location.path.last());
    let mut votes: HashMap<Option<&String>, usize> = HashMap::new();
    for id in ids {
        *votes.entry(property(id)).or_default() += 1;
    }
    let rank = |id: &&'a TypeId| {
        let distance = location(id).map(|location| (location.path.len(), location.owner.len()));
        let votes = votes.get(&property(id)).copied();
        let is_new = locked.of_type(id).is_none();
        (is_new, std::cmp::Reverse(votes), distance, *id)
    };
    ids.iter().min_by_key(rank).unwrap_or(&ids[0])
}
