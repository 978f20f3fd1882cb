//! `#[resource(…)]`: read into typed options, then checked as a whole.

use proc_macro2::Ident;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Lit, LitBool, LitStr, Meta, Path, Token, parse_quote};

use crate::errors::Errors;
use crate::names::Name;
use crate::plural::plural;
use crate::scale;
use crate::suggest::nearest;
use crate::verb::Verb;

const OPTIONS: [&str; 9] = [
    "group",
    "version",
    "kind",
    "plural",
    "namespaced",
    "verbs",
    "status",
    "scale",
    "crate",
];

/// The options as they were written, each at most once.
pub(crate) struct Options {
    attribute: Option<Attribute>,
    group: Slot<LitStr>,
    version: Slot<LitStr>,
    kind: Slot<LitStr>,
    plural: Slot<LitStr>,
    namespaced: Slot<bool>,
    verbs: Slot<Vec<Verb>>,
    status: Slot<bool>,
    scale: Slot<bool>,
    krate: Slot<Path>,
}

/// Options that make a resource.
pub(crate) struct Resource {
    pub(crate) krate: Path,
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) kind: String,
    pub(crate) plural: String,
    pub(crate) is_namespaced: bool,
    pub(crate) verbs: Vec<Verb>,
    /// `None` leaves it to the struct's fields.
    pub(crate) has_status: Option<bool>,
    pub(crate) has_scale: bool,
}

impl Options {
    pub(crate) fn read(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut options = Self {
            attribute: None,
            group: Slot::empty(),
            version: Slot::empty(),
            kind: Slot::empty(),
            plural: Slot::empty(),
            namespaced: Slot::empty(),
            verbs: Slot::empty(),
            status: Slot::empty(),
            scale: Slot::empty(),
            krate: Slot::empty(),
        };
        for attribute in attributes {
            if attribute.path().is_ident("resource") {
                options.attribute.get_or_insert_with(|| attribute.clone());
                options.read_attribute(attribute, errors);
            }
        }
        options
    }

    fn read_attribute(&mut self, attribute: &Attribute, errors: &mut Errors) {
        let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
        match attribute.parse_args_with(parser) {
            Ok(metas) => metas.iter().for_each(|meta| self.read_option(meta, errors)),
            Err(error) => {
                // What it would have said is not missing.
                self.group.spoil();
                self.version.spoil();
                errors.push_error(error);
            }
        }
    }

    fn read_option(&mut self, meta: &Meta, errors: &mut Errors) {
        let name = meta.path().get_ident().map(ToString::to_string);
        match name.as_deref().unwrap_or_default() {
            "group" => self
                .group
                .set(meta, name_of(meta, Name::Group, errors), errors),
            "version" => self
                .version
                .set(meta, name_of(meta, Name::Version, errors), errors),
            "kind" => self
                .kind
                .set(meta, name_of(meta, Name::Kind, errors), errors),
            "plural" => self
                .plural
                .set(meta, name_of(meta, Name::Plural, errors), errors),
            "namespaced" => self.namespaced.set(meta, flag(meta, errors), errors),
            "verbs" => self.verbs.set(meta, verbs(meta, errors), errors),
            "status" => self.status.set(meta, flag(meta, errors), errors),
            "scale" => self.scale.set(meta, scale_of(meta, errors), errors),
            "crate" => self.krate.set(meta, path(meta, errors), errors),
            name => errors.push(meta.path(), unknown(name)),
        }
    }

    /// What the options come to; `None` when one that must be there is not.
    pub(crate) fn check(&self, ident: &Ident, errors: &mut Errors) -> Option<Resource> {
        self.check_required(ident, errors);
        let kind = self.kind_of(ident, errors);
        Some(Resource {
            krate: self.krate(),
            group: self.group.get()?.value(),
            version: self.version.get()?.value(),
            plural: self
                .plural
                .get()
                .map_or_else(|| plural(&kind), LitStr::value),
            kind,
            is_namespaced: self.is_namespaced(),
            verbs: self.verbs.get().cloned().unwrap_or(Verb::ALL.to_vec()),
            has_status: self.status.get().copied(),
            has_scale: self.scale.get().copied().unwrap_or_default(),
        })
    }

    fn check_required(&self, ident: &Ident, errors: &mut Errors) {
        let Some(attribute) = &self.attribute else {
            return errors.push(
                ident,
                "`#[derive(Resource)]` needs `#[resource(group = \"…\", version = \"…\")]`",
            );
        };
        if self.group.is_empty() {
            errors.push(
                attribute,
                "`group` is missing: expected group = \"example.com\", or group = \"\" for the core group",
            );
        }
        if self.version.is_empty() {
            errors.push(attribute, "`version` is missing: expected version = \"v1\"");
        }
    }

    /// The kind as stated, or the struct's name, which need not be one.
    fn kind_of(&self, ident: &Ident, errors: &mut Errors) -> String {
        if let Some(kind) = self.kind.get() {
            return kind.value();
        }
        let name = ident.to_string();
        let name = name.trim_start_matches("r#");
        if let Some(fault) = Name::Kind.fault(name).filter(|_| self.kind.is_empty()) {
            errors.push(ident, format!("{fault}; state it with kind = \"…\""));
        }
        name.to_owned()
    }

    pub(crate) fn is_namespaced(&self) -> bool {
        self.namespaced.get().copied().unwrap_or_default()
    }

    pub(crate) fn krate(&self) -> Path {
        let default = || parse_quote!(::kubewright_dynamic);
        self.krate.get().cloned().unwrap_or_else(default)
    }
}

/// An option's place: empty, or filled once, perhaps with something unusable.
pub(crate) enum Slot<T> {
    Empty,
    Filled(Option<T>),
}

impl<T> Slot<T> {
    pub(crate) fn empty() -> Self {
        Self::Empty
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    pub(crate) fn set(&mut self, meta: &Meta, value: Option<T>, errors: &mut Errors) {
        if let Self::Filled(_) = self {
            let name = meta.path().get_ident().map(ToString::to_string);
            let name = name.unwrap_or_default();
            return errors.push(meta.path(), format!("`{name}` is given twice"));
        }
        *self = Self::Filled(value);
    }

    /// Counts as filled from here on.
    fn spoil(&mut self) {
        if self.is_empty() {
            *self = Self::Filled(None);
        }
    }

    fn get(&self) -> Option<&T> {
        match self {
            Self::Filled(Some(value)) => Some(value),
            _ => None,
        }
    }
}

/// Reads `name = "text"`.
pub(crate) fn string(meta: &Meta, errors: &mut Errors) -> Option<LitStr> {
    if let Meta::NameValue(pair) = meta
        && let Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) = &pair.value
    {
        return Some(text.clone());
    }
    errors.push(meta, format!("expected {} = \"…\"", name(meta)));
    None
}

fn name_of(meta: &Meta, name: Name, errors: &mut Errors) -> Option<LitStr> {
    let text = string(meta, errors)?;
    if let Some(fault) = name.fault(&text.value()) {
        errors.push(&text, fault);
    }
    Some(text)
}

fn path(meta: &Meta, errors: &mut Errors) -> Option<Path> {
    let text = string(meta, errors)?;
    let path = text.parse().map_err(|_| {
        let message = format!(
            "{:?} is not a path: expected crate = \"a::path\"",
            text.value()
        );
        errors.push(&text, message);
    });
    path.ok()
}

/// Reads `name` or `name = true`.
fn flag(meta: &Meta, errors: &mut Errors) -> Option<bool> {
    match meta {
        Meta::Path(_) => return Some(true),
        Meta::NameValue(pair) => {
            if let Expr::Lit(ExprLit {
                lit: Lit::Bool(LitBool { value, .. }),
                ..
            }) = &pair.value
            {
                return Some(*value);
            }
        }
        Meta::List(_) => {}
    }
    let name = name(meta);
    errors.push(meta, format!("expected `{name}` alone, or {name} = false"));
    None
}

fn verbs(meta: &Meta, errors: &mut Errors) -> Option<Vec<Verb>> {
    if let Meta::List(list) = meta {
        return Some(Verb::read_list(list, errors));
    }
    errors.push(meta, "expected verbs(get, list, …)");
    None
}

fn scale_of(meta: &Meta, errors: &mut Errors) -> Option<bool> {
    if let Meta::List(list) = meta {
        scale::check(list, errors);
        return Some(true);
    }
    flag(meta, errors)
}

fn name(meta: &Meta) -> String {
    meta.path()
        .get_ident()
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn unknown(name: &str) -> String {
    match nearest(name, &OPTIONS) {
        Some(option) => format!("unknown option `{name}`: did you mean `{option}`?"),
        None => format!(
            "unknown option `{name}`: expected some of {}",
            OPTIONS.join(", ")
        ),
    }
}
