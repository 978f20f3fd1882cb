//! Kinds as parts of other types, such as the claims that a StatefulSet makes.
//!
//! The struct of a kind leaves out `apiVersion` and `kind`: its sender knows them. Inside
//! another object the server writes them, and they must not be lost when the object is read and
//! written back. So a kind that is the type of a field has a second struct,
//! `EmbeddedPersistentVolumeClaim`, which holds them as fields and is not a resource.

use std::collections::BTreeSet;

use crate::ir::{Body, Facts, Field, Model, Presence, Struct, Ty, TypeDef, TypeId};
use crate::parse::Limits;

pub(super) fn run(model: &mut Model) {
    for id in embedded(model) {
        if let Some(twin) = model.types.get(&id).and_then(twin) {
            model.types.insert(twin_id(&id), twin);
        }
    }
    let twins: BTreeSet<TypeId> = model.types.keys().cloned().collect();
    for definition in model.types.values_mut() {
        for id in definition.field_types_mut().filter_map(Ty::named_mut) {
            if twins.contains(&twin_id(id)) {
                *id = twin_id(id);
            }
        }
    }
}

fn twin_id(id: &TypeId) -> TypeId {
    format!("{id}/")
}

/// The kinds that are the type of a field.
fn embedded(model: &Model) -> BTreeSet<TypeId> {
    let is_kind = |id: &&TypeId| {
        let definition = model.types.get(*id);
        definition.is_some_and(|definition| definition.resource().is_some())
    };
    let references = model.types.values().flat_map(TypeDef::references);
    references.filter(is_kind).cloned().collect()
}

fn twin(kind: &TypeDef) -> Option<TypeDef> {
    let Body::Struct(body) = &kind.body else {
        return None;
    };
    let mut fields: Vec<Field> = ["apiVersion", "kind"].map(type_meta).into();
    fields.extend(body.fields.iter().cloned());
    for field in fields.iter_mut().filter(|field| field.wire == "metadata") {
        field.presence = Presence::Optional;
    }
    fields.sort_by(|a, b| a.wire.cmp(&b.wire));
    Some(TypeDef {
        home: kind.home.clone(),
        wish: format!("Embedded{}", kind.wish),
        location: None,
        description: kind.description.clone(),
        body: Body::Struct(Struct {
            fields,
            rest: body.rest.clone(),
            resource: None,
        }),
    })
}

fn type_meta(wire: &str) -> Field {
    Field {
        wire: wire.to_owned(),
        ty: Ty::String,
        presence: Presence::Optional,
        boxed: false,
        sensitive: false,
        description: None,
        facts: Facts::default(),
        limits: Limits::default(),
    }
}
