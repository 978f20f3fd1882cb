//! The struct of a resource, and its field of metadata.

use proc_macro2::Ident;
use syn::{Data, DeriveInput, Field, Fields, FieldsNamed};

use crate::case::{of_field, plain};
use crate::errors::Errors;
use crate::serde_attr::Serde;
use crate::types::is_named;

/// A struct that can be a resource.
pub(crate) struct Subject<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) fields: &'a FieldsNamed,
    pub(crate) metadata: &'a Field,
    pub(crate) has_status: bool,
}

impl<'a> Subject<'a> {
    /// Takes the struct apart; `None` when it has no metadata to build on.
    pub(crate) fn read(input: &'a DeriveInput, errors: &mut Errors) -> Option<Self> {
        let ident = &input.ident;
        let fields = named_fields(input, errors)?;
        if !input.generics.params.is_empty() {
            let message = "a resource cannot be generic: its kind is one struct";
            errors.push(&input.generics, message);
        }
        let rename_all = Serde::read(&input.attrs).written("rename_all");
        check_names(fields, rename_all.as_deref(), errors);
        let Some(metadata) = field_called(fields, "metadata") else {
            errors.push(
                ident,
                "the field `metadata` is missing: a resource has its metadata in `pub metadata: ObjectMeta`",
            );
            return None;
        };
        check_metadata(metadata, rename_all.as_deref(), errors);
        Some(Self {
            ident,
            fields,
            metadata,
            has_status: field_called(fields, "status").is_some(),
        })
    }
}

/// The fields, where they have names.
pub(crate) fn fields_of(input: &DeriveInput) -> Option<&FieldsNamed> {
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(fields),
            _ => None,
        },
        _ => None,
    }
}

fn named_fields<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<&'a FieldsNamed> {
    let is_a = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return Some(fields),
            Fields::Unnamed(_) => "a tuple struct",
            Fields::Unit => "a unit struct",
        },
        Data::Enum(_) => "an enum",
        Data::Union(_) => "a union",
    };
    let ident = &input.ident;
    let message = format!(
        "`{ident}` is {is_a}: a resource is a struct with named fields, one of them `metadata: ObjectMeta`"
    );
    errors.push(ident, message);
    None
}

fn field_called<'a>(fields: &'a FieldsNamed, name: &str) -> Option<&'a Field> {
    let is_called = |field: &&Field| field.ident.as_ref().is_some_and(|ident| ident == name);
    fields.named.iter().find(is_called)
}

/// The client writes `apiVersion` and `kind`: a field of that name would be a second one.
fn check_names(fields: &FieldsNamed, rename_all: Option<&str>, errors: &mut Errors) {
    for field in &fields.named {
        let name = wire_name(field, rename_all);
        if let Some(name @ ("apiVersion" | "kind")) = name.as_deref() {
            let message = format!(
                "this field is written as `{name}`, which the client adds from `#[resource(…)]`: remove it"
            );
            errors.push(field.ident.as_ref(), message);
        }
        if Serde::read(&field.attrs).has("flatten") && is_named(&field.ty, "TypeMeta") {
            let message = "`TypeMeta` is written as `apiVersion` and `kind`, which the client adds from `#[resource(…)]`: remove it";
            errors.push(&field.ty, message);
        }
    }
}

fn check_metadata(field: &Field, rename_all: Option<&str>, errors: &mut Errors) {
    if !is_named(&field.ty, "ObjectMeta") {
        errors.push(
            &field.ty,
            "`metadata` must be an `ObjectMeta`, by this name",
        );
    }
    let message = match wire_name(field, rename_all) {
        Some(name) if name == "metadata" => return,
        Some(name) => format!("this field is written as `{name}`: it must be `metadata`"),
        None => "this field must be written as `metadata`".to_owned(),
    };
    errors.push(field.ident.as_ref(), message);
}

/// The name that a field is written under; `None` when it is not written, or spread out.
fn wire_name(field: &Field, rename_all: Option<&str>) -> Option<String> {
    let serde = Serde::read(&field.attrs);
    if ["skip", "skip_serializing", "flatten"]
        .iter()
        .any(|option| serde.has(option))
    {
        return None;
    }
    let ident = plain(field.ident.as_ref()?);
    let renamed = serde.written("rename");
    Some(renamed.unwrap_or_else(|| of_field(rename_all, &ident)))
}
