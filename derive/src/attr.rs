//! `#[resource(…)]`: read into typed options, then checked as a whole.

use proc_macro2::Ident;
use syn::punctuated::Punctuated;
use syn::{Attribute, LitStr, Meta, Path, Token};

use crate::column::{self, Column};
use crate::errors::Errors;
use crate::json_path::JsonPath;
use crate::names::Name;
use crate::plural::plural;
use crate::scale::{self, Scale};
use crate::schema_attr::default_crate;
use crate::slot::Slot;
use crate::suggest::nearest;
use crate::value::{flag, list, name, string, strings};
use crate::verb::Verb;

const OPTIONS: [&str; 20] = [
    "group",
    "version",
    "kind",
    "plural",
    "namespaced",
    "verbs",
    "status",
    "scale",
    "singular",
    "shortname",
    "category",
    "column",
    "selectable",
    "storage",
    "served",
    "deprecated",
    "versions",
    "definition",
    "constructor",
    "crate",
];

/// Options that only a definition has a place for.
const OF_DEFINITIONS: [&str; 9] = [
    "singular",
    "shortname",
    "category",
    "column",
    "selectable",
    "storage",
    "served",
    "deprecated",
    "versions",
];

/// The most fields that the API lets selectors ask for.
const MOST_SELECTABLE: usize = 8;

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
    scale: Slot<Option<Scale>>,
    krate: Slot<Path>,
    singular: Slot<LitStr>,
    short_names: Vec<LitStr>,
    categories: Vec<LitStr>,
    columns: Vec<Column>,
    selectable: Vec<JsonPath>,
    storage: Slot<bool>,
    served: Slot<bool>,
    deprecated: Slot<String>,
    versions: Slot<Vec<Path>>,
    definition: Slot<bool>,
    constructor: Slot<bool>,
    /// The options that only a definition has a place for, to point at.
    of_definition: Vec<Meta>,
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
    /// What makes it a kind that this struct defines.
    pub(crate) definition: Option<Definition>,
}

/// Options that make a definition.
pub(crate) struct Definition {
    pub(crate) singular: String,
    pub(crate) short_names: Vec<LitStr>,
    pub(crate) categories: Vec<LitStr>,
    pub(crate) columns: Vec<Column>,
    pub(crate) selectable: Vec<JsonPath>,
    pub(crate) scale: Option<Scale>,
    pub(crate) is_storage: bool,
    pub(crate) is_served: bool,
    /// With the warning, which may be empty.
    pub(crate) deprecated: Option<String>,
    pub(crate) versions: Vec<Path>,
    pub(crate) has_constructor: bool,
    /// Whether something was stated that only a definition has a place for.
    pub(crate) is_meant: bool,
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
            singular: Slot::empty(),
            short_names: Vec::new(),
            categories: Vec::new(),
            columns: Vec::new(),
            selectable: Vec::new(),
            storage: Slot::empty(),
            served: Slot::empty(),
            deprecated: Slot::empty(),
            versions: Slot::empty(),
            definition: Slot::empty(),
            constructor: Slot::empty(),
            of_definition: Vec::new(),
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
        let name = name.unwrap_or_default();
        if OF_DEFINITIONS.contains(&name.as_str()) {
            self.of_definition.push(meta.clone());
            return self.read_of_definition(&name, meta, errors);
        }
        match name.as_str() {
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
            "definition" => self.definition.set(meta, flag(meta, errors), errors),
            "constructor" => self.constructor.set(meta, flag(meta, errors), errors),
            "crate" => self.krate.set(meta, path(meta, errors), errors),
            name => errors.push(meta.path(), unknown(name)),
        }
    }

    fn read_of_definition(&mut self, name: &str, meta: &Meta, errors: &mut Errors) {
        match name {
            "singular" => self
                .singular
                .set(meta, name_of(meta, Name::Singular, errors), errors),
            "shortname" => names(&mut self.short_names, meta, Name::Short, errors),
            "category" => names(&mut self.categories, meta, Name::Category, errors),
            "column" => self.columns.extend(column::read(meta, errors)),
            "selectable" => self.read_selectable(meta, errors),
            "storage" => self.storage.set(meta, flag(meta, errors), errors),
            "served" => self.served.set(meta, flag(meta, errors), errors),
            "deprecated" => self.deprecated.set(meta, deprecated(meta, errors), errors),
            _ => self.versions.set(meta, versions(meta, errors), errors),
        }
    }

    fn read_selectable(&mut self, meta: &Meta, errors: &mut Errors) {
        for text in strings(meta, errors) {
            match JsonPath::parse(text.clone()) {
                Ok(path) if path.root() == "metadata" => {
                    errors.push(&text, "metadata.name and metadata.namespace can always be selected, and no other metadata can");
                }
                Ok(path) if path.is_plain() => self.selectable.push(path),
                Ok(_) => errors.push(
                    &text,
                    "the path of a selectable field must not contain brackets",
                ),
                Err(fault) => errors.push(&text, fault),
            }
            if self.selectable.len() > MOST_SELECTABLE {
                errors.push(
                    &text,
                    format!("at most {MOST_SELECTABLE} fields can be selectable"),
                );
            }
        }
    }

    /// What the options come to; `None` when one that must be there is not.
    pub(crate) fn check(self, ident: &Ident, errors: &mut Errors) -> Option<Resource> {
        self.check_required(ident, errors);
        let kind = self.kind_of(ident, errors);
        let is_definition = self.is_definition(errors);
        let resource = Resource {
            krate: self.krate(),
            group: self.group.get()?.value(),
            version: self.version.get()?.value(),
            plural: self
                .plural
                .get()
                .map_or_else(|| plural(&kind), LitStr::value),
            is_namespaced: self.is_namespaced(),
            verbs: self.verbs.get().cloned().unwrap_or(Verb::ALL.to_vec()),
            has_status: self.status.get().copied(),
            has_scale: self.scale.get().is_some_and(Option::is_some),
            definition: None,
            kind,
        };
        Some(Resource {
            definition: is_definition.then(|| self.into_definition(&resource.kind)),
            ..resource
        })
    }

    /// A kind is defined by its struct unless it is built in or the attribute says otherwise.
    fn is_definition(&self, errors: &mut Errors) -> bool {
        let group = self.group.get().map(LitStr::value);
        let group = group.unwrap_or_else(|| "a.b".to_owned());
        let why = if self.definition.get() == Some(&false) {
            "definition = false says that it is not defined here"
        } else if !group.contains('.') {
            "groups without a dot are built in"
        } else if !self.verbs.is_empty() {
            "every kind that is defined has all verbs"
        } else {
            self.check_versions(errors);
            return true;
        };
        for meta in &self.of_definition {
            let message = format!("`{}` is for kinds that are defined here: {why}", name(meta));
            errors.push(meta.path(), message);
        }
        false
    }

    /// The names of a kind, and which versions it has, are stated where it is stored.
    fn check_versions(&self, errors: &mut Errors) {
        if self.storage.get() != Some(&false) {
            return;
        }
        for meta in &self.of_definition {
            if ["singular", "shortname", "category", "versions"].contains(&name(meta).as_str()) {
                let message = format!("`{}` is stated at the version that is stored", name(meta));
                errors.push(meta.path(), message);
            }
        }
    }

    fn into_definition(self, kind: &str) -> Definition {
        let singular = self.singular.get().map(LitStr::value);
        let is_meant = !self.of_definition.is_empty() || self.has_scale_paths();
        Definition {
            singular: singular.unwrap_or_else(|| kind.to_ascii_lowercase()),
            short_names: self.short_names,
            categories: self.categories,
            columns: self.columns,
            selectable: self.selectable,
            is_meant,
            scale: self.scale.take().flatten(),
            is_storage: self.storage.get().copied().unwrap_or(true),
            is_served: self.served.get().copied().unwrap_or(true),
            deprecated: self.deprecated.take(),
            versions: self.versions.take().unwrap_or_default(),
            has_constructor: self.constructor.get().copied().unwrap_or(true),
        }
    }

    fn has_scale_paths(&self) -> bool {
        let scale = self.scale.get().and_then(Option::as_ref);
        scale.is_some_and(|scale| scale.is_stated)
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
        self.krate.get().cloned().unwrap_or_else(default_crate)
    }
}

fn name_of(meta: &Meta, name: Name, errors: &mut Errors) -> Option<LitStr> {
    let text = string(meta, errors)?;
    if let Some(fault) = name.fault(&text.value()) {
        errors.push(&text, fault);
    }
    Some(text)
}

/// Adds names to those that are there, each of which is stated once.
fn names(known: &mut Vec<LitStr>, meta: &Meta, name: Name, errors: &mut Errors) {
    for text in strings(meta, errors) {
        if let Some(fault) = name.fault(&text.value()) {
            errors.push(&text, fault);
        }
        if known.iter().any(|known| known.value() == text.value()) {
            errors.push(&text, format!("{:?} is given twice", text.value()));
        }
        known.push(text);
    }
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

fn verbs(meta: &Meta, errors: &mut Errors) -> Option<Vec<Verb>> {
    list(meta, "verbs(get, list, …)", errors).map(|list| Verb::read_list(list, errors))
}

fn versions(meta: &Meta, errors: &mut Errors) -> Option<Vec<Path>> {
    let example = "versions(v1beta1::Widget, …)";
    let list = list(meta, example, errors)?;
    let paths = list.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated);
    match paths {
        Ok(paths) if !paths.is_empty() => Some(paths.into_iter().collect()),
        _ => {
            errors.push(
                list,
                format!("expected {example}: the structs of the other versions"),
            );
            None
        }
    }
}

/// Reads `deprecated`, or `deprecated = "use v2"`.
fn deprecated(meta: &Meta, errors: &mut Errors) -> Option<String> {
    match meta {
        Meta::Path(_) => Some(String::new()),
        _ => string(meta, errors).map(|text| text.value()),
    }
}

/// `None` for `scale = false`; the usual paths for `scale` alone.
fn scale_of(meta: &Meta, errors: &mut Errors) -> Option<Option<Scale>> {
    if let Meta::List(list) = meta {
        return scale::read(list, errors).map(Some);
    }
    flag(meta, errors).map(|is_there| is_there.then(|| Scale::usual(meta)).flatten())
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
