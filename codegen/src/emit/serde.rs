//! How emitted structs read and write JSON: the one place that knows.
//!
//! Reading is lenient (absent and null are a type's default: required is a rule of
//! creation), writing is strict (what is required is always there, what is empty never is).

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Field, Presence, Struct, Ty};
use crate::naming::serde_camel_case;

/// The derives that make a struct readable and writable.
pub(super) fn derives() -> TokenStream {
    quote!(Deserialize, Serialize)
}

/// What their derives need imported.
pub(super) fn imports() -> TokenStream {
    quote!(
        use serde::{Deserialize, Serialize};
    )
}

/// The attribute of a struct.
pub(super) fn container(body: &Struct) -> TokenStream {
    match is_mostly_camel(body) {
        true => quote!(#[serde(default, rename_all = "camelCase")]),
        false => quote!(#[serde(default)]),
    }
}

/// The attribute of a field.
pub(super) fn field(field: &Field, body: &Struct) -> TokenStream {
    let natural = match is_mostly_camel(body) {
        true => serde_camel_case(&field.name),
        false => field.name.clone(),
    };
    let rename = (natural != field.wire).then(|| {
        let wire = &field.wire;
        quote!(rename = #wire)
    });
    let skip = skip(field).map(|test| quote!(skip_serializing_if = #test));
    let reader = reader(field).map(|reader| quote!(deserialize_with = #reader));
    let parts: Vec<TokenStream> = [rename, reader, skip].into_iter().flatten().collect();
    match parts.is_empty() {
        true => TokenStream::new(),
        false => quote!(#[serde(#(#parts),*)]),
    }
}

/// The attribute of the field that keeps unknown properties.
pub(super) fn rest() -> TokenStream {
    quote!(#[serde(flatten)])
}

/// Whether the rule of serde gives some JSON name that the Rust name does not.
fn is_mostly_camel(body: &Struct) -> bool {
    body.fields
        .iter()
        .any(|field| field.name != field.wire && serde_camel_case(&field.name) == field.wire)
}

fn skip(field: &Field) -> Option<&'static str> {
    match (field.presence, &field.ty) {
        (Presence::Optional, _) => Some("Option::is_none"),
        (Presence::Collection, Ty::List(_)) => Some("Vec::is_empty"),
        (Presence::Collection, _) => Some("meta::Map::is_empty"),
        (Presence::Required | Presence::Nullable, _) => None,
    }
}

/// The function that reads a field, where its type alone would refuse null or lose it.
fn reader(field: &Field) -> Option<&'static str> {
    match (field.presence, &field.ty) {
        (Presence::Optional, Ty::Json) => Some("codegen::null_as_value"),
        (Presence::Required | Presence::Collection, ty) if *ty != Ty::Json => {
            Some("codegen::null_as_default")
        }
        _ => None,
    }
}

/// Whether the attribute of a field names the runtime.
pub(super) fn names_abi(field: &Field) -> bool {
    reader(field).is_some()
}

/// Whether the attribute of a field names the runtime's map.
pub(super) fn names_map(field: &Field) -> bool {
    skip(field) == Some("meta::Map::is_empty")
}
