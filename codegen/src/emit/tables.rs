//! The tables by which emitted structs read and write JSON.
//!
//! A struct is data; a macro call beside it lists its fields, and the runtime's interpreter
//! does the rest. Reading is lenient (absent and null are a type's default: required is a
//! rule of creation), writing is strict (what is required is always there, what is empty
//! never is).

use super::NamedType;
use super::text::literal;
use crate::identifiers::REST;
use crate::ir::{Field, Presence, Struct};

/// The table of a struct: a macro call, laid out by hand, one field a line. It holds
/// identifiers and escaped literals alone.
pub(super) fn table(named: NamedType<'_>, body: &Struct) -> String {
    let mut text = format!("codegen::record! {{\n    {} {{\n", named.name);
    for (field, name) in named.fields(body) {
        let wire = literal(&field.wire);
        text.push_str(&format!("        {wire} {name}{},\n", flags(field)));
    }
    if body.rest.is_some() {
        text.push_str(&format!("        .. {REST}{}\n", except(body)));
    }
    text.push_str("    }\n}\n");
    text
}

fn flags(field: &Field) -> &'static str {
    match (is_always_written(field), field.sensitive) {
        (false, false) => "",
        (true, false) => " [always]",
        (false, true) => " [secret]",
        (true, true) => " [always secret]",
    }
}

/// Whether emptiness does not stand for absence. What cannot be empty is written anyway.
fn is_always_written(field: &Field) -> bool {
    match field.presence {
        Presence::Required => field.ty.is_collection(),
        Presence::Nullable => true,
        Presence::Optional | Presence::Collection => false,
    }
}

/// What a kind never keeps: its type, which the client writes.
fn except(body: &Struct) -> &'static str {
    match body.resource {
        Some(_) => r#" except "apiVersion" "kind""#,
        None => "",
    }
}
