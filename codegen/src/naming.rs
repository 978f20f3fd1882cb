//! Turns names that a spec may choose freely into identifiers that Rust accepts.
//!
//! Every rule is here and is pure: the same name gives the same identifier, which has
//! only ASCII letters, digits and `_`. If two names give one identifier, they get numbers, in
//! the order of the names, so the outcome does not depend on the order of the input.

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
