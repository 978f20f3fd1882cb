//! Enums: strings, or objects of which each variant fills in its part.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::{DataEnum, Fields, Type, Variant};

use super::Context;
use super::fields;
use crate::case::{of_field, of_variant, plain};
use crate::docs;
use crate::errors::Errors;
use crate::schema_attr::call;
use crate::serde_attr::Serde;
use crate::types::is_named;

/// Where serde writes the variant's name.
enum Style {
    External,
    Internal(String),
    Adjacent(String, String),
    Untagged,
}

pub(super) fn shape(data: &DataEnum, context: &Context<'_>, errors: &mut Errors) -> TokenStream {
    let written: Vec<(&Variant, Serde)> = data
        .variants
        .iter()
        .map(|variant| (variant, Serde::read(&variant.attrs)))
        .filter(|(_, serde)| !serde.is_skipped())
        .collect();
    if written.is_empty() {
        let message = "an enum without variants has no values, so it cannot have a schema";
        errors.push(context.ident, message);
        return TokenStream::new();
    }
    let style = style(&context.serde);
    if let Some(shape) = simple(&style, &written, context, errors) {
        return shape;
    }
    check_same_fields(&style, &written, errors);
    let variants: Vec<TokenStream> = written
        .iter()
        .map(|(variant, serde)| part(variant, serde, &style, context, errors))
        .collect();
    let krate = &context.krate;
    let derived = quote!(#krate::codegen::crd::derived);
    let style = match style {
        Style::External => quote!(External),
        Style::Internal(tag) => quote!(Internal { tag: #tag }),
        Style::Adjacent(tag, content) => quote!(Adjacent { tag: #tag, content: #content }),
        Style::Untagged => quote!(Untagged),
    };
    let shape = context.crd("Shape");
    let union = quote! {
        #shape::union(const { &#derived::Union {
            style: #derived::Style::#style,
            variants: const { &[#(#variants),*] },
        } })
    };
    call(context.ident.span(), &union, "checked", &TokenStream::new())
}

fn style(serde: &Serde) -> Style {
    let text = |option| serde.text(option).map(|text| text.value());
    match (text("tag"), text("content")) {
        _ if serde.has("untagged") => Style::Untagged,
        (Some(tag), Some(content)) => Style::Adjacent(tag, content),
        (Some(tag), None) => Style::Internal(tag),
        _ => Style::External,
    }
}

/// Enums that are not objects: names alone, and the one union that the API knows.
fn simple(
    style: &Style,
    variants: &[(&Variant, Serde)],
    context: &Context<'_>,
    errors: &mut Errors,
) -> Option<TokenStream> {
    let shape = context.crd("Shape");
    match style {
        Style::External if variants.iter().all(|(variant, _)| is_unit(variant)) => {
            let names = variants
                .iter()
                .map(|(variant, serde)| name(variant, serde, context, errors));
            let names: Vec<String> = names.collect();
            Some(quote!(#shape::choice(const { &[#(#names),*] })))
        }
        Style::External if is_open(variants) => Some(quote!(#shape::string())),
        Style::Untagged if is_int_or_string(variants) => Some(quote!(#shape::int_or_string())),
        _ => None,
    }
}

fn is_unit(variant: &Variant) -> bool {
    matches!(variant.fields, Fields::Unit)
}

/// Names, and a last variant for all others.
fn is_open(variants: &[(&Variant, Serde)]) -> bool {
    let (open, named): (Vec<_>, Vec<_>) = variants
        .iter()
        .partition(|(_, serde)| serde.has("untagged"));
    let holds_text = |variant: &Variant| content(variant).is_some_and(|ty| is_named(ty, "String"));
    matches!(open.as_slice(), [(variant, _)] if holds_text(variant))
        && named.iter().all(|(variant, _)| is_unit(variant))
}

fn is_int_or_string(variants: &[(&Variant, Serde)]) -> bool {
    const INTEGERS: [&str; 8] = ["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"];
    let is_integer = |ty: &Type| INTEGERS.iter().any(|name| is_named(ty, name));
    let types: Vec<&Type> = variants
        .iter()
        .filter_map(|(variant, _)| content(variant))
        .collect();
    match (types.as_slice(), variants.len()) {
        ([a, b], 2) => {
            (is_integer(a) && is_named(b, "String")) || (is_named(a, "String") && is_integer(b))
        }
        _ => false,
    }
}

/// The type in a variant that holds one value.
fn content(variant: &Variant) -> Option<&Type> {
    match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            fields.unnamed.first().map(|field| &field.ty)
        }
        _ => None,
    }
}

fn name(variant: &Variant, serde: &Serde, context: &Context<'_>, errors: &mut Errors) -> String {
    if let Some(rename) = serde.two_names("rename") {
        let message = "this variant is written under one name and read under another, but a schema has only one name: keep one";
        errors.push(rename, message);
    }
    let rule = context.serde.written("rename_all");
    let name = serde.written("rename");
    name.unwrap_or_else(|| of_variant(rule.as_deref(), &plain(&variant.ident)))
}

/// One variant of a union.
fn part(
    variant: &Variant,
    serde: &Serde,
    style: &Style,
    context: &Context<'_>,
    errors: &mut Errors,
) -> TokenStream {
    if let Some(untagged) = serde.get("untagged") {
        let message = "an untagged variant among others has no structural schema, except `Other(String)` among unit variants";
        errors.push(untagged, message);
    }
    let name = name(variant, serde, context, errors);
    let krate = &context.krate;
    let option = quote!(#krate::codegen::core::option::Option);
    let shape = match body(variant, serde, style, context, errors) {
        Some(shape) => quote!(#option::Some(#shape)),
        None => quote!(#option::None),
    };
    let description = docs::text(&variant.attrs);
    quote! {
        #krate::codegen::crd::derived::Variant {
            name: #name,
            shape: #shape,
            description: #description,
        }
    }
}

fn body(
    variant: &Variant,
    serde: &Serde,
    style: &Style,
    context: &Context<'_>,
    errors: &mut Errors,
) -> Option<TokenStream> {
    let ident = &variant.ident;
    match &variant.fields {
        Fields::Named(fields) => {
            let rule = serde
                .written("rename_all")
                .or_else(|| context.serde.written("rename_all_fields"));
            Some(fields::object(fields, rule.as_deref(), context, errors))
        }
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            Some(fields::transparent(fields.unnamed.iter(), context, errors))
        }
        Fields::Unnamed(_) => {
            let message = format!(
                "`{ident}` is written as an array of different types, which has no structural schema: give its fields names, as in `{ident} {{ … }}`"
            );
            errors.push(ident, message);
            None
        }
        Fields::Unit => {
            if let Some(message) = fault_of_unit(ident, style) {
                errors.push(ident, message);
            }
            None
        }
    }
}

fn fault_of_unit(ident: &Ident, style: &Style) -> Option<String> {
    match style {
        Style::External => Some(format!(
            "`{ident}` is written as a string and other variants as objects, which a structural schema cannot express: write `{ident} {{}}`"
        )),
        Style::Untagged => Some(format!(
            "`{ident}` is written as null, which has no structural schema: remove it and make the field an `Option`"
        )),
        Style::Internal(_) | Style::Adjacent(..) => None,
    }
}

/// Finds fields of one name and of different types, as far as the tokens show them.
fn check_same_fields(style: &Style, variants: &[(&Variant, Serde)], errors: &mut Errors) {
    if matches!(style, Style::External) {
        return;
    }
    let mut seen: Vec<(String, &Type, &Ident)> = Vec::new();
    for (variant, serde) in variants {
        let Fields::Named(fields) = &variant.fields else {
            continue;
        };
        let rule = serde.written("rename_all");
        for field in &fields.named {
            let own = Serde::read(&field.attrs);
            let ident = field.ident.as_ref().map(plain).unwrap_or_default();
            let name = own.written("rename");
            let name = name.unwrap_or_else(|| of_field(rule.as_deref(), &ident));
            if own.is_skipped() || own.has("flatten") {
                continue;
            }
            match seen.iter().find(|(known, ..)| *known == name) {
                Some((_, ty, other)) if !is_same(ty, &field.ty) => {
                    let message = format!(
                        "`{name}` has another type in the variant `{other}`, and a structural schema has one type for each name: rename one of them"
                    );
                    errors.push_at(field.ty.span(), message);
                }
                Some(_) => {}
                None => seen.push((name, &field.ty, &variant.ident)),
            }
        }
    }
}

fn is_same(a: &Type, b: &Type) -> bool {
    a.to_token_stream().to_string() == b.to_token_stream().to_string()
}
