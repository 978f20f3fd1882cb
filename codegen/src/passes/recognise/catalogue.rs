//! The core types that a shape may turn out to be.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Body, Presence, Ty, TypeDef, TypeId};
use crate::naming::singular;

/// Core types by what they look like and by where they are used.
pub(super) struct Catalogue<'a> {
    stock: &'a BTreeMap<TypeId, TypeDef>,
    entries: BTreeMap<Ty, Entry>,
    by_field: BTreeMap<String, BTreeSet<Ty>>,
    uses: BTreeMap<Ty, BTreeSet<String>>,
}

/// A core struct.
pub(super) struct Entry {
    /// The name of the type.
    pub(super) name: String,
    pub(super) fields: Vec<Member>,
}

pub(super) struct Member {
    pub(super) wire: String,
    pub(super) ty: Ty,
    pub(super) presence: Presence,
}

impl<'a> Catalogue<'a> {
    pub(super) fn of(stock: &'a BTreeMap<TypeId, TypeDef>) -> Self {
        let mut catalogue = Self {
            stock,
            entries: BTreeMap::new(),
            by_field: BTreeMap::new(),
            uses: BTreeMap::new(),
        };
        for (name, fields) in META {
            let fields = fields.iter().map(MetaField::member);
            catalogue.add(Ty::Meta(name), (*name).to_owned(), fields.collect());
        }
        for (id, definition) in catalogue.stock {
            if let Some(fields) = members(definition) {
                catalogue.add(Ty::Named(id.clone()), own_name(id), fields);
            }
        }
        catalogue
    }

    fn add(&mut self, ty: Ty, name: String, fields: Vec<Member>) {
        for field in &fields {
            let holders = self.by_field.entry(field.wire.clone()).or_default();
            holders.insert(ty.clone());
            if let Some((used, property)) = used(field) {
                self.uses.entry(used).or_default().insert(property);
            }
        }
        self.entries.insert(ty, Entry { name, fields });
    }

    pub(super) fn entry(&self, ty: &Ty) -> Option<&Entry> {
        self.entries.get(ty)
    }

    /// The core types that have a field.
    pub(super) fn with_field(&self, wire: &str) -> Option<&BTreeSet<Ty>> {
        self.by_field.get(wire)
    }

    /// Whether a field of a core type has this type under this property (in the singular
    /// where it is a list).
    pub(super) fn uses(&self, ty: &Ty, property: &str) -> bool {
        let uses = self.uses.get(ty);
        uses.is_some_and(|properties| properties.contains(property))
    }

    pub(super) fn is_enum(&self, id: &TypeId) -> bool {
        let definition = self.stock.get(id);
        definition.is_some_and(|definition| matches!(definition.body, Body::Enum(_)))
    }
}

/// The fields of a struct that can stand for a shape: no kind, since a kind leaves out what
/// says that it is one, and no struct that keeps what it does not know.
fn members(definition: &TypeDef) -> Option<Vec<Member>> {
    let Body::Struct(body) = &definition.body else {
        return None;
    };
    let is_plain = body.resource.is_none() && body.rest.is_none() && !body.fields.is_empty();
    let fields = body.fields.iter().map(|field| Member {
        wire: field.wire.clone(),
        ty: field.ty.clone(),
        presence: field.presence,
    });
    is_plain.then(|| fields.collect())
}

fn own_name(id: &TypeId) -> String {
    let id = id.trim_end_matches('/');
    id.rsplit('.').next().unwrap_or(id).to_owned()
}

/// The struct that a field has, and the property as a shape's place would spell it.
fn used(field: &Member) -> Option<(Ty, String)> {
    match &field.ty {
        ty @ (Ty::Named(_) | Ty::Meta(_)) => Some((ty.clone(), field.wire.clone())),
        Ty::List(inner) | Ty::Map(inner) if matches!(**inner, Ty::Named(_) | Ty::Meta(_)) => {
            Some(((**inner).clone(), singular(&field.wire)))
        }
        _ => None,
    }
}

/// A field of a type of the runtime.
struct MetaField(&'static str, MetaTy, bool);

enum MetaTy {
    Bool,
    I64,
    Text,
    Texts,
    TextMap,
    Time,
    List(&'static str),
}

impl MetaField {
    fn member(&self) -> Member {
        let text = || Box::new(Ty::String);
        let ty = match self.1 {
            MetaTy::Bool => Ty::Bool,
            MetaTy::I64 => Ty::I64,
            MetaTy::Text => Ty::String,
            MetaTy::Texts => Ty::List(text()),
            MetaTy::TextMap => Ty::Map(text()),
            MetaTy::Time => Ty::Meta("Time"),
            MetaTy::List(item) => Ty::List(Box::new(Ty::Meta(item))),
        };
        let presence = match self.2 {
            true => Presence::Required,
            false if ty.is_collection() => Presence::Collection,
            false => Presence::Optional,
        };
        Member {
            wire: self.0.to_owned(),
            ty,
            presence,
        }
    }
}

/// The structs of the runtime that schemas repeat, field by field; `true` is required.
const META: &[(&str, &[MetaField])] = &[
    (
        "Condition",
        &[
            MetaField("lastTransitionTime", MetaTy::Time, true),
            MetaField("message", MetaTy::Text, true),
            MetaField("observedGeneration", MetaTy::I64, false),
            MetaField("reason", MetaTy::Text, true),
            MetaField("status", MetaTy::Text, true),
            MetaField("type", MetaTy::Text, true),
        ],
    ),
    (
        "LabelSelector",
        &[
            MetaField(
                "matchExpressions",
                MetaTy::List("LabelSelectorRequirement"),
                false,
            ),
            MetaField("matchLabels", MetaTy::TextMap, false),
        ],
    ),
    (
        "LabelSelectorRequirement",
        &[
            MetaField("key", MetaTy::Text, true),
            MetaField("operator", MetaTy::Text, true),
            MetaField("values", MetaTy::Texts, false),
        ],
    ),
    (
        "OwnerReference",
        &[
            MetaField("apiVersion", MetaTy::Text, true),
            MetaField("blockOwnerDeletion", MetaTy::Bool, false),
            MetaField("controller", MetaTy::Bool, false),
            MetaField("kind", MetaTy::Text, true),
            MetaField("name", MetaTy::Text, true),
            MetaField("uid", MetaTy::Text, true),
        ],
    ),
];
