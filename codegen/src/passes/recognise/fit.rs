//! Decides whether a core type can stand for a shape without losing or making up a field.

use std::collections::{BTreeSet, HashMap};
use std::ops::Add;

use super::catalogue::{Catalogue, Member};
use crate::ir::{Body, Field, Model, Presence, Struct, Ty, TypeId};

/// How well a type fits, all the way down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fit {
    /// Fields that both have.
    pub(super) common: usize,
    /// Fields that only the core type has.
    pub(super) extra: usize,
}

/// How near a type comes to a shape, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// Every field is a field of both.
    Exact,
    /// A tenth of the fields, at most, is the core type's alone.
    Near,
    /// A third is: enough only for what stands where core has the same type.
    Loose,
}

impl Fit {
    const VALUE: Self = Self {
        common: 0,
        extra: 0,
    };

    pub(super) fn nearness(self) -> Option<Nearness> {
        match self {
            Self { extra: 0, .. } => Some(Nearness::Exact),
            Self { common, extra } if extra * 10 <= common => Some(Nearness::Near),
            Self { common, extra } if extra * 2 <= common => Some(Nearness::Loose),
            _ => None,
        }
    }
}

impl Add for Fit {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            common: self.common + other.common,
            extra: self.extra + other.extra,
        }
    }
}

/// A core type and how well it fits.
pub(super) type Candidate = (Ty, Fit);

/// What fits what; equal shapes are compared once.
pub(super) struct Fits<'a> {
    model: &'a Model,
    catalogue: &'a Catalogue<'a>,
    numbers: &'a HashMap<&'a TypeId, usize>,
    known: HashMap<(usize, Ty), Option<Fit>>,
    candidates: HashMap<usize, Vec<Candidate>>,
}

impl<'a> Fits<'a> {
    pub(super) fn new(
        model: &'a Model,
        catalogue: &'a Catalogue<'a>,
        numbers: &'a HashMap<&'a TypeId, usize>,
    ) -> Self {
        Self {
            model,
            catalogue,
            numbers,
            known: HashMap::new(),
            candidates: HashMap::new(),
        }
    }

    /// The core types that a shape may be, the nearest first.
    pub(super) fn candidates(&mut self, id: &TypeId, body: &Struct) -> Vec<Candidate> {
        let Some(number) = self.numbers.get(id) else {
            return Vec::new();
        };
        if let Some(known) = self.candidates.get(number) {
            return known.clone();
        }
        let mut found: Vec<Candidate> = self
            .with_all_fields(body)
            .into_iter()
            .filter_map(|core| Some((core.clone(), self.shape(id, body, &core)?)))
            .collect();
        found.retain(|(_, fit)| fit.nearness().is_some());
        found.sort_by_key(|(_, fit)| fit.nearness());
        self.candidates.insert(*number, found.clone());
        found
    }

    fn with_all_fields(&self, body: &Struct) -> BTreeSet<Ty> {
        let mut holders = body
            .fields
            .iter()
            .map(|field| self.catalogue.with_field(&field.wire));
        let Some(Some(first)) = holders.next() else {
            return BTreeSet::new();
        };
        holders.fold(first.clone(), |all, holders| match holders {
            Some(holders) => all.intersection(holders).cloned().collect(),
            None => BTreeSet::new(),
        })
    }

    fn shape(&mut self, id: &TypeId, body: &Struct, core: &Ty) -> Option<Fit> {
        let number = *self.numbers.get(id)?;
        let key = (number, core.clone());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let fit = self.compare(body, core);
        self.known.insert(key, fit);
        fit
    }

    fn compare(&mut self, body: &Struct, core: &Ty) -> Option<Fit> {
        let entry = self.catalogue.entry(core)?;
        let is_known = |field: &Field| entry.fields.iter().any(|own| own.wire == field.wire);
        if body.rest.is_some() || !body.fields.iter().all(is_known) {
            return None;
        }
        let mut fit = Fit {
            common: body.fields.len(),
            extra: 0,
        };
        for member in &entry.fields {
            let field = body.fields.iter().find(|field| field.wire == member.wire);
            fit = fit + self.member(field, member)?;
        }
        Some(fit)
    }

    fn member(&mut self, field: Option<&Field>, member: &Member) -> Option<Fit> {
        match field {
            Some(field) => {
                let fit = self.ty(&field.ty, &member.ty)?;
                holds(field.presence, member.presence).then_some(fit)
            }
            None => is_optional(member.presence).then_some(Fit {
                common: 0,
                extra: 1,
            }),
        }
    }

    /// Whether the core type holds every value of the shape's.
    fn ty(&mut self, shape: &Ty, core: &Ty) -> Option<Fit> {
        match (shape, core) {
            (Ty::List(shape), Ty::List(core))
            | (Ty::Map(shape), Ty::Map(core))
            | (Ty::Nullable(shape), Ty::Nullable(core))
            | (Ty::OrNull(shape), Ty::OrNull(core)) => self.ty(shape, core),
            (Ty::Named(id), core) => self.named(id, core),
            (Ty::String, Ty::Named(core)) => self.catalogue.is_enum(core).then_some(Fit::VALUE),
            (Ty::I32, Ty::I64) | (Ty::Json, Ty::Meta("RawExtension")) => Some(Fit::VALUE),
            (shape, core) => (shape == core).then_some(Fit::VALUE),
        }
    }

    fn named(&mut self, id: &TypeId, core: &Ty) -> Option<Fit> {
        let model = self.model;
        match (&model.types.get(id)?.body, core) {
            (Body::Struct(body), Ty::Meta("ObjectMeta")) => is_template(body).then_some(Fit::VALUE),
            (Body::Struct(body), core) => self.shape(id, body, core),
            (Body::Enum(body), _) if body.integers => None,
            (Body::Enum(_), Ty::String) => Some(Fit::VALUE),
            (Body::Enum(_), Ty::Named(core)) => self.catalogue.is_enum(core).then_some(Fit::VALUE),
            _ => None,
        }
    }
}

/// Whether a struct is the part of `ObjectMeta` that the template of an object may have. Inside
/// a core type the schema limits it to that, as the server of the core type would.
fn is_template(body: &Struct) -> bool {
    let text = Ty::String;
    body.rest.is_none()
        && body.fields.iter().all(|field| match field.wire.as_str() {
            "name" | "generateName" | "namespace" => field.ty == text,
            "annotations" | "labels" => field.ty == Ty::Map(Box::new(text.clone())),
            "finalizers" => field.ty == Ty::List(Box::new(text.clone())),
            _ => false,
        })
}

fn is_optional(presence: Presence) -> bool {
    matches!(presence, Presence::Optional | Presence::Collection)
}

/// Whether what the schema says of absence can be said by the core type: what is written
/// always must be required, and an empty list that is required must be written.
fn holds(shape: Presence, core: Presence) -> bool {
    match (shape, core) {
        (Presence::Required | Presence::Nullable, Presence::Required | Presence::Nullable)
        | (Presence::Required, Presence::Optional) => true,
        (shape, core) => shape == core,
    }
}
