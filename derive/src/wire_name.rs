//! What a field is called in JSON, by serde's attributes.
//!
//! Just enough of serde's rules to find `metadata`, `apiVersion` and `kind`; an attribute
//! that serde would refuse is left for serde to report.

use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Field, Lit, Meta, Token};

/// The name that a field is written under; `None` when it is not written, or spread out.
pub(crate) fn wire_name(field: &Field, rename_all: Option<&str>) -> Option<String> {
    let ident = field.ident.as_ref()?.to_string();
    let ident = ident.trim_start_matches("r#");
    let options = serde_options(&field.attrs);
    let is_set = |name: &str| options.iter().any(|meta| meta.path().is_ident(name));
    if is_set("skip") || is_set("skip_serializing") || is_set("flatten") {
        return None;
    }
    let renamed = options.iter().find_map(|meta| serialized(meta, "rename"));
    Some(renamed.unwrap_or_else(|| apply(rename_all, ident)))
}

/// The container's `rename_all`.
pub(crate) fn rename_all(attributes: &[Attribute]) -> Option<String> {
    serde_options(attributes)
        .iter()
        .find_map(|meta| serialized(meta, "rename_all"))
}

/// Whether the field is spread out into the struct.
pub(crate) fn is_flattened(field: &Field) -> bool {
    serde_options(&field.attrs)
        .iter()
        .any(|meta| meta.path().is_ident("flatten"))
}

fn serde_options(attributes: &[Attribute]) -> Vec<Meta> {
    let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
        .filter_map(|attribute| attribute.parse_args_with(parser).ok())
        .flatten()
        .collect()
}

/// `option = "name"`, or the `serialize` part of `option(serialize = "name", …)`.
fn serialized(meta: &Meta, option: &str) -> Option<String> {
    if !meta.path().is_ident(option) {
        return None;
    }
    match meta {
        Meta::Path(_) => None,
        Meta::NameValue(pair) => literal(&pair.value),
        Meta::List(list) => list
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .ok()?
            .iter()
            .find_map(|meta| serialized(meta, "serialize")),
    }
}

fn literal(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Some(text.value()),
        _ => None,
    }
}

fn apply(rule: Option<&str>, ident: &str) -> String {
    match rule {
        Some("camelCase") => camel(ident, false),
        Some("PascalCase") => camel(ident, true),
        Some("UPPERCASE" | "SCREAMING_SNAKE_CASE") => ident.to_ascii_uppercase(),
        Some("kebab-case") => ident.replace('_', "-"),
        Some("SCREAMING-KEBAB-CASE") => ident.to_ascii_uppercase().replace('_', "-"),
        _ => ident.to_owned(),
    }
}

fn camel(ident: &str, mut is_upper: bool) -> String {
    let mut name = String::new();
    for c in ident.chars() {
        match c {
            '_' => is_upper = true,
            _ if is_upper => {
                name.push(c.to_ascii_uppercase());
                is_upper = false;
            }
            _ => name.push(c),
        }
    }
    name
}
