//! Documentation: upstream's words where wanted, and facts in our own.
//!
//! Upstream's text is data. It becomes rustdoc only after everything that Markdown or
//! rustdoc would read as more than text has been taken out of its hands.

use proc_macro2::TokenStream;
use quote::quote;

use super::{NamedType, verbs};
use crate::Docs;
use crate::fixups::{is_deprecated, without_values};
use crate::ir::{Field, Presence, Resource, StreamParameter, Struct, Ty, Variant};
use crate::parse::{KnownAs, Limits};

mod markdown;

pub(super) use markdown::code;
use markdown::safe_lines;

/// Writes docs with or without upstream's words.
#[derive(Clone, Copy)]
pub(super) struct Prose(pub(super) Docs);

impl Prose {
    pub(super) fn of_struct(self, named: NamedType<'_>, body: &Struct) -> TokenStream {
        let mut lines = match &body.resource {
            Some(resource) => kind(resource),
            None => own(named),
        };
        self.append(named.definition.description.as_deref(), &mut lines);
        attributes(&lines)
    }

    pub(super) fn of_type(self, named: NamedType<'_>) -> TokenStream {
        let mut lines = own(named);
        self.append(named.definition.description.as_deref(), &mut lines);
        attributes(&lines)
    }

    pub(super) fn of_enum(self, named: NamedType<'_>) -> TokenStream {
        let mut lines = own(named);
        self.append(
            named.definition.description.as_deref().map(without_values),
            &mut lines,
        );
        attributes(&lines)
    }

    pub(super) fn of_variant(self, variant: &Variant) -> TokenStream {
        let mut lines = vec![format!("{}.", code(&variant.wire))];
        self.append(variant.description.as_deref(), &mut lines);
        attributes(&lines)
    }

    pub(super) fn of_field(self, field: &Field) -> TokenStream {
        let mut lines = vec![facts(field)];
        lines.extend(limits(&field.limits));
        self.append(field.description.as_deref().map(without_values), &mut lines);
        attributes(&lines)
    }

    pub(super) fn of_parameter(self, parameter: &StreamParameter) -> TokenStream {
        let mut lines = vec![format!("Parameter {}.", code(&parameter.wire))];
        self.append(parameter.description.as_deref(), &mut lines);
        attributes(&lines)
    }

    fn append(self, description: Option<&str>, lines: &mut Vec<String>) {
        let prose = match self.0 {
            Docs::Full => safe_lines(description.unwrap_or_default()),
            Docs::None => Vec::new(),
        };
        if !prose.is_empty() {
            lines.push(String::new());
            lines.extend(prose);
        }
    }
}

/// One line of documentation in our own words.
pub(super) fn line(text: &str) -> TokenStream {
    attributes(&[text.to_owned()])
}

fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| match line.is_empty() {
        true => String::new(),
        false => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

fn own(named: NamedType<'_>) -> Vec<String> {
    let home = named.definition.home.api_version();
    vec![format!("{} of {}.", code(named.name), code(&home))]
}

fn kind(resource: &Resource) -> Vec<String> {
    let home = resource.group_version.api_version();
    let place = match (resource.plural.is_empty(), resource.namespaced) {
        (true, _) => "only sent as the body of a subresource",
        (false, true) => "namespaced",
        (false, false) => "of the whole cluster",
    };
    let mut lines = vec![format!(
        "Kind {} of {}, {place}.",
        code(&resource.kind),
        code(&home)
    )];
    let subresources = subresources(resource);
    if !resource.verbs.is_empty() {
        lines.push(String::new());
        lines.push(format!(
            "Verbs: {}.",
            list(resource.verbs.iter().map(|verb| verbs::name(*verb)))
        ));
    }
    if !subresources.is_empty() {
        lines.push(String::new());
        lines.push(format!("Subresources: {}.", list(subresources)));
    }
    if !resource.streams.is_empty() {
        lines.push(String::new());
        lines.push(format!(
            "Subresources without an object: {}.",
            list(resource.streams.iter().map(|stream| stream.wire.as_str()))
        ));
    }
    lines.extend(rules(&resource.rules));
    for line in known_as(&resource.known_as) {
        lines.extend([String::new(), line]);
    }
    lines
}

/// What a CustomResourceDefinition says of its kind, a line each.
fn known_as(known_as: &KnownAs) -> Vec<String> {
    let texts = |texts: &[String]| list(texts.iter().map(String::as_str));
    let mut lines = Vec::new();
    if !known_as.short_names.is_empty() {
        lines.push(format!("Short names: {}.", texts(&known_as.short_names)));
    }
    if !known_as.categories.is_empty() {
        lines.push(format!("Categories: {}.", texts(&known_as.categories)));
    }
    if !known_as.columns.is_empty() {
        let columns = known_as.columns.iter();
        let columns: Vec<String> = columns
            .map(|(title, path)| format!("{} {}", code(title), code(path)))
            .collect();
        lines.push(format!("Printed columns: {}.", columns.join(", ")));
    }
    match known_as.deprecated.as_deref() {
        None => {}
        Some("") => lines.push("Deprecated: the server warns of this version.".to_owned()),
        Some(warning) => lines.push(format!("Deprecated: the server warns {}.", code(warning))),
    }
    lines
}

fn subresources(resource: &Resource) -> Vec<&str> {
    let own = [(resource.status, "status"), (resource.scale, "scale")];
    let typed = resource
        .subresources
        .iter()
        .map(|subresource| subresource.wire.as_str());
    own.into_iter()
        .filter_map(|(has, name)| has.then_some(name))
        .chain(typed)
        .collect()
}

/// What the schema says about a field, in one line.
fn facts(field: &Field) -> String {
    let mut text = format!("JSON field {}", code(&field.wire));
    match field.presence {
        Presence::Required => text.push_str(", required"),
        Presence::Nullable => text.push_str(", required, may be null"),
        Presence::Optional | Presence::Collection => {}
    }
    if matches!(field.ty, Ty::OrNull(_)) {
        text.push_str(", may be null");
    }
    let facts = &field.facts;
    match facts.list_type.as_deref() {
        Some("map") => {
            let keys = list(facts.list_map_keys.iter().map(String::as_str));
            text.push_str(&format!(", a list keyed by {keys}"));
        }
        Some("set") => text.push_str(", a set"),
        Some("atomic") => text.push_str(", replaced as a whole"),
        _ if facts.map_type.as_deref() == Some("atomic") => text.push_str(", replaced as a whole"),
        _ => {}
    }
    if let Some(default) = &facts.default {
        text.push_str(&format!(", default {}", code(default)));
    }
    let description = field.description.as_deref().unwrap_or_default();
    if field.limits.deprecated || is_deprecated(description) {
        text.push_str(", deprecated");
    }
    text.push('.');
    text
}

/// What the server demands of a value, each kind a paragraph.
fn limits(limits: &Limits) -> Vec<String> {
    let mut lines = Vec::new();
    if !limits.limits.is_empty() {
        let all = limits.limits.iter();
        let all: Vec<String> = all
            .map(|(words, value)| format!("{words} {}", code(value)))
            .collect();
        lines.extend([String::new(), format!("Limits: {}.", all.join(", "))]);
    }
    lines.extend(rules(&limits.rules));
    lines
}

/// Rules by what the server says when they are broken.
fn rules(rules: &[String]) -> Vec<String> {
    let one = |rule: &String| {
        [
            String::new(),
            format!(
                "Rule: {}.",
                code(&rule.split_whitespace().collect::<Vec<_>>().join(" "))
            ),
        ]
    };
    rules.iter().flat_map(one).collect()
}

fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(code).collect();
    names.join(", ")
}
