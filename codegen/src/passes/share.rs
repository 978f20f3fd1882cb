//! One enum for the properties that are the same thing in several types.
//!
//! `imagePullPolicy` of a container and of an ephemeral container have the same values and
//! become one `ImagePullPolicy`. They are shared when property and values are equal within a
//! group-version, no second set of values is repeated under that property, and the property
//! says what it is: equal values of `type` or `status` are a coincidence, and each keeps its
//! own enum, named after its struct.

use std::collections::{BTreeMap, BTreeSet};

use super::intern::{is_deep, redirect};
use crate::ir::{Body, GroupVersion, Model, OpenEnum, TypeId};
use crate::naming::pascal_case;

/// Properties that mean something else in every type.
const VAGUE: &[&str] = &[
    "action", "kind", "mode", "name", "operator", "phase", "reason", "scope", "source", "state",
    "status", "type", "value",
];

pub(super) fn run(model: &mut Model) {
    let mut renamed: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    for ((home, property), sets) in by_property(model) {
        let name = pascal_case(&property);
        let repeated: Vec<_> = sets.into_values().filter(|ids| ids.len() > 1).collect();
        let [ids] = &repeated[..] else {
            continue;
        };
        if is_taken(model, &home, &name) {
            continue;
        }
        if let Some((first, others)) = ids.split_first() {
            if let Some(shared) = model.types.get_mut(first) {
                shared.name = name;
            }
            if let Some(Body::Enum(body)) =
                model.types.get_mut(first).map(|shared| &mut shared.body)
            {
                body.property.clear();
            }
            renamed.extend(others.iter().map(|other| (other.clone(), first.clone())));
        }
    }
    for id in renamed.keys() {
        model.types.remove(id);
    }
    redirect(model, &renamed);
}

type Sets = BTreeMap<BTreeSet<String>, Vec<TypeId>>;

/// The enums of each telling property: their identities by their values.
fn by_property(model: &Model) -> BTreeMap<(GroupVersion, String), Sets> {
    let mut found: BTreeMap<(GroupVersion, String), Sets> = BTreeMap::new();
    for (id, definition) in &model.types {
        let Body::Enum(body) = &definition.body else {
            continue;
        };
        let is_vague = body.property.is_empty() || VAGUE.contains(&body.property.as_str());
        if is_vague || is_deep(definition) {
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
        .any(|definition| definition.home == *home && definition.name == name)
}
