//! Merges enums of equal values into one, for properties that mean the same in several types.
//!
//! `imagePullPolicy` of a container and of an ephemeral container have the same values and
//! become one `ImagePullPolicy`. They are shared when property and values are equal within a
//! group-version, no second set of values is repeated under that property, and the property
//! says what it is: equal values of `type` or `status` are a coincidence, and each keeps its
//! own enum, named after its struct.

use std::collections::{BTreeMap, BTreeSet};

use super::intern::{is_deep, redirect};
use crate::Names;
use crate::ir::{Body, GroupVersion, Model, OpenEnum, TypeId};
use crate::naming::pascal_case;

/// Properties that mean something else in every type.
const VAGUE: &[&str] = &[
    "action", "kind", "mode", "name", "operator", "phase", "reason", "scope", "source", "state",
    "status", "type", "value",
];

pub(super) fn run(model: &mut Model, locked: &Names) {
    let mut renamed: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    for ((home, property), sets) in by_property(model) {
        let name = pascal_case(&property);
        let is_new = |id: &TypeId| locked.of_type(id).is_none();
        let was_shared = |id: &TypeId| locked.of_type(id).is_some_and(|known| known.name == name);
        let repeated: Vec<Vec<TypeId>> = sets
            .into_values()
            .map(|mut ids| {
                // What had a name of its own before keeps it.
                ids.retain(|id| is_new(id) || was_shared(id));
                ids.sort_by_key(|id| !was_shared(id));
                ids
            })
            .filter(|ids| ids.len() > 1)
            .collect();
        let before = repeated
            .iter()
            .find(|ids| ids.first().is_some_and(was_shared));
        let ids = match (before, &repeated[..]) {
            (Some(ids), _) => ids,
            (None, [ids]) if !is_taken(model, &home, &name) => ids,
            _ => continue,
        };
        if let Some((first, others)) = ids.split_first() {
            share(model, first, name);
            renamed.extend(others.iter().map(|other| (other.clone(), first.clone())));
        }
    }
    for id in renamed.keys() {
        model.types.remove(id);
    }
    redirect(model, &renamed);
}

/// Names an enum after its property alone.
fn share(model: &mut Model, id: &TypeId, name: String) {
    if let Some(shared) = model.types.get_mut(id) {
        shared.wish = name;
        if let Body::Enum(body) = &mut shared.body {
            body.property.clear();
        }
    }
}

type Sets = BTreeMap<BTreeSet<String>, Vec<TypeId>>;

/// The enums of each property with a distinctive name: their identities by their values.
fn by_property(model: &Model) -> BTreeMap<(GroupVersion, String), Sets> {
    let mut found: BTreeMap<(GroupVersion, String), Sets> = BTreeMap::new();
    for (id, definition) in &model.types {
        let Body::Enum(body) = &definition.body else {
            continue;
        };
        // A property without a letter or a digit could name nothing.
        let is_nameless = pascal_case(&body.property).is_empty();
        let is_vague = is_nameless || VAGUE.contains(&body.property.as_str());
        if is_vague || body.integers || is_deep(definition) {
            continue;
        }
        let key = (definition.home.clone(), body.property.clone());
        let sets = found.entry(key).or_default();
        sets.entry(values(body)).or_default().push(id.clone());
    }
    found
}

fn values(body: &OpenEnum) -> BTreeSet<String> {
    body.variants
        .iter()
        .map(|variant| variant.wire.clone())
        .collect()
}

fn is_taken(model: &Model, home: &GroupVersion, name: &str) -> bool {
    model
        .types
        .values()
        .any(|definition| definition.home == *home && definition.wish == name)
}
