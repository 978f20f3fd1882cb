//! Turns names that a spec may choose freely into identifiers that Rust accepts.
//!
//! Every rule is here and is pure: the same name gives the same identifier, and whatever
//! comes in, what goes out is made of ASCII letters, digits and `_`. Two names that meet in
//! one identifier are told apart by number, in the order of the names, so the outcome never
//! depends on the order of the input.

mod field;
mod keywords;
mod module;
mod scope;
mod singular;
mod types;
mod variant;
mod words;

pub(crate) use field::{field_names, is_natural_field};
pub(crate) use keywords::is_identifier;
pub(crate) use module::module_names;
pub(crate) use scope::Scope;
pub(crate) use singular::singular;
pub(crate) use types::{
    RESERVED as RESERVED_TYPES, method_name, pascal_case, short_enum_name, type_name,
};
pub(crate) use variant::{is_natural_variant, variant_names};
pub(crate) use words::{snake_case, words};
