//! Boxes the fields that would make a struct infinitely large.
//!
//! Only fields held by value matter: lists and maps are on the heap already. A field is boxed
//! when following it leads back to a type that is still open on the way there, so a type that
//! is not recursive is never boxed, and each cycle is cut once.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Body, Model, Presence, Struct, Ty, TypeId};

/// Definition and index of a field.
type Edge = (TypeId, usize);

pub(super) fn run(model: &mut Model) {
    for (id, index) in closing_edges(model) {
        let Some(definition) = model.types.get_mut(&id) else {
            continue;
        };
        if let Body::Struct(body) = &mut definition.body
            && let Some(field) = body.fields.get_mut(index)
        {
            field.boxed = true;
            // A box that may be absent and may be null has no type: null becomes absence.
            if let Ty::OrNull(inner) = &field.ty {
                field.ty = (**inner).clone();
            }
            // A required field of the own type has no default value: it would never end.
            if field.presence == Presence::Required {
                field.presence = Presence::Nullable;
            }
        }
    }
}

/// The fields that close a cycle, found by one depth-first walk. The walk keeps its own
/// stack: a specification may nest types as deep as it likes.
fn closing_edges(model: &Model) -> Vec<Edge> {
    let edges: BTreeMap<&TypeId, Vec<(usize, &TypeId)>> = model
        .types
        .iter()
        .filter_map(|(id, definition)| match &definition.body {
            Body::Struct(body) => Some((id, by_value(body))),
            _ => None,
        })
        .collect();
    let mut closing = Vec::new();
    let mut done: BTreeSet<&TypeId> = BTreeSet::new();
    for start in edges.keys() {
        walk(start, &edges, &mut done, &mut closing);
    }
    closing
}

fn walk<'m>(
    start: &'m TypeId,
    edges: &BTreeMap<&'m TypeId, Vec<(usize, &'m TypeId)>>,
    done: &mut BTreeSet<&'m TypeId>,
    closing: &mut Vec<Edge>,
) {
    let mut open: BTreeSet<&TypeId> = BTreeSet::new();
    let mut stack: Vec<(&TypeId, usize)> = Vec::new();
    if !done.contains(start) {
        open.insert(start);
        stack.push((start, 0));
    }
    while let Some((id, next)) = stack.last_mut() {
        let id = *id;
        let Some((index, target)) = edges.get(id).and_then(|fields| fields.get(*next)) else {
            open.remove(id);
            done.insert(id);
            stack.pop();
            continue;
        };
        *next += 1;
        if open.contains(target) {
            closing.push((id.clone(), *index));
        } else if !done.contains(target) {
            open.insert(target);
            stack.push((target, 0));
        }
    }
}

fn by_value(body: &Struct) -> Vec<(usize, &TypeId)> {
    body.fields
        .iter()
        .enumerate()
        .filter_map(|(index, field)| match &field.ty {
            Ty::Named(id) => Some((index, id)),
            Ty::OrNull(inner) => match &**inner {
                Ty::Named(id) => Some((index, id)),
                _ => None,
            },
            _ => None,
        })
        .collect()
}
