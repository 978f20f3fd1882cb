//! Fields: of structs, of variants, and the one that stands for its struct.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Field, FieldsNamed, Lit, Meta, Type};

use super::Context;
use crate::case::{of_field, plain};
use crate::docs;
use crate::errors::Errors;
use crate::schema_attr::{Instead, Level, Options, call};
use crate::serde_attr::Serde;
use crate::types::{around, in_option, is_named, mentions};
use crate::value;

/// An object of named fields.
pub(crate) fn object(
    fields: &FieldsNamed,
    rename_all: Option<&str>,
    context: &Context<'_>,
    errors: &mut Errors,
) -> TokenStream {
    let shape = context.crd("Shape");
    let mut is_flat = None;
    let mut parts = Vec::new();
    for field in &fields.named {
        let serde = Serde::read(&field.attrs);
        if serde.is_skipped() {
            continue;
        }
        if let Some(flatten) = serde.get("flatten") {
            is_flat.get_or_insert_with(|| flatten.span());
            parts.push(flattened(field, flatten, context));
        } else {
            parts.push(named(field, &serde, rename_all, context, errors));
        }
    }
    match is_flat {
        None => quote!(#shape::object(const { &[#(#parts),*] })),
        Some(at) => {
            let object = quote!(#shape::object(const { &[#(#parts),*] }));
            call(at, &object, "checked", &TokenStream::new())
        }
    }
}

fn flattened(field: &Field, flatten: &Meta, context: &Context<'_>) -> TokenStream {
    let shape = context.shape_of(&field.ty);
    call(flatten.span(), &shape, "flattened", &TokenStream::new())
}

fn named(
    field: &Field,
    serde: &Serde,
    rename_all: Option<&str>,
    context: &Context<'_>,
    errors: &mut Errors,
) -> TokenStream {
    if let Some(rename) = serde.two_names("rename") {
        let message = "this field is written under one name and read under another, but a schema has only one name: keep one";
        errors.push(rename, message);
    }
    let ident = field.ident.as_ref().map(plain).unwrap_or_default();
    let name = serde.written("rename");
    let name = name.unwrap_or_else(|| of_field(rename_all, &ident));
    let options = Options::read(&field.attrs, Level::Field, errors);
    let (shape, is_required) = shape(field, serde, &options, context, errors);
    let constructor = context.crd("Field");
    quote!(#constructor { name: #name, shape: #shape, required: #is_required })
}

/// The shape of a field, and whether it must be there.
fn shape(
    field: &Field,
    serde: &Serde,
    options: &Options,
    context: &Context<'_>,
    errors: &mut Errors,
) -> (TokenStream, TokenStream) {
    let base = base(field, serde, options, context, errors);
    let mut shape = quote_spanned!(field.ty.span()=> #base);
    if serde.has("skip_serializing_if") {
        shape = quote!(#shape.not_null());
    }
    let text = options.description.clone();
    let text = text.unwrap_or_else(|| docs::text(&field.attrs));
    if !text.is_empty() {
        shape = quote!(#shape.described(#text));
    }
    shape = options.apply(&shape, &context.krate);
    if let Some(meta) = &options.default
        && let Some(default) = default(field, serde, meta, context, errors)
    {
        shape = call(meta.span(), &shape, "or_default", &default);
    }
    let may_be_absent =
        serde.may_be_absent() || context.serde.has("default") || options.default.is_some();
    let is_required = match may_be_absent {
        true => quote!(false),
        false => quote!(!#base.is_nullable()),
    };
    (shape, is_required)
}

/// The shape that the type brings, or what is stated in its place.
fn base(
    field: &Field,
    serde: &Serde,
    options: &Options,
    context: &Context<'_>,
    errors: &mut Errors,
) -> TokenStream {
    match &options.instead {
        Some(Instead::Like(ty)) => {
            let shape = context.shape_of(ty);
            match in_option(&field.ty) {
                Some(_) => quote!(#shape.or_null()),
                None => shape,
            }
        }
        Some(Instead::Leaf(constructor)) => {
            let shape = context.crd("Shape");
            let constructor = proc_macro2::Ident::new(constructor, field.ty.span());
            around(&field.ty, &shape, &quote!(#shape::#constructor()))
        }
        None if context.is_resource && field.ident.as_ref().is_some_and(|i| i == "metadata") => {
            let krate = &context.krate;
            quote!(<#krate::codegen::meta::ObjectMeta as #krate::codegen::crd::Schema>::SHAPE)
        }
        None => {
            check_written(field, serde, context, errors);
            context.shape_of(&field.ty)
        }
    }
}

/// Finds what the type does not say.
fn check_written(field: &Field, serde: &Serde, context: &Context<'_>, errors: &mut Errors) {
    if let Some(with) = serde.get("with").or_else(|| serde.get("serialize_with")) {
        let message = "the type that this function writes is unknown: state #[schema(like = \"String\")] with a type that is written the same way, or #[schema(any)]";
        errors.push(with, message);
    }
    if mentions(&field.ty, context.ident) {
        let ident = context.ident;
        let message = format!(
            "`{ident}` contains itself, and a schema cannot be endless: end it here with #[schema(preserve_unknown)], which accepts any object in place of `{ident}`"
        );
        errors.push(&field.ty, message);
    }
}

/// What the server fills in.
fn default(
    field: &Field,
    serde: &Serde,
    meta: &Meta,
    context: &Context<'_>,
    errors: &mut Errors,
) -> Option<TokenStream> {
    let krate = &context.krate;
    let derived = quote!(#krate::codegen::crd::derived);
    let value = match meta {
        Meta::Path(_) => own_default(field, serde, context, meta, errors)?,
        Meta::NameValue(pair) => match literal(&pair.value) {
            Some(literal) => return Some(quote!(#derived::DefaultValue::#literal)),
            None => pair.value.to_token_stream(),
        },
        Meta::List(list) => {
            errors.push(
                list,
                "expected default = 3, default = Color::Red, or `default` alone for the type's own",
            );
            return None;
        }
    };
    let ty = in_option(&field.ty).unwrap_or(&field.ty);
    Some(quote!(#derived::DefaultValue::Made(|| {
        let value: #ty = #value;
        #derived::json(&value)
    })))
}

/// The default that serde uses, or the type's.
fn own_default(
    field: &Field,
    serde: &Serde,
    context: &Context<'_>,
    meta: &Meta,
    errors: &mut Errors,
) -> Option<TokenStream> {
    if is_named(&field.ty, "Option") {
        errors.push(
            meta,
            "an `Option` has no default value of its own: state one, as in default = 3",
        );
        return None;
    }
    let (ident, krate) = (context.ident, &context.krate);
    Some(match (serde.text("default"), &field.ident) {
        (Some(path), _) => {
            let path: syn::Path = path.parse().ok()?;
            quote!(#path())
        }
        (None, Some(name)) if context.serde.has("default") && !serde.has("default") => {
            match context.serde.text("default") {
                Some(path) => {
                    let path: syn::Path = path.parse().ok()?;
                    quote!(#path().#name)
                }
                None => {
                    quote!(<#ident as #krate::codegen::core::default::Default>::default().#name)
                }
            }
        }
        _ => quote!(#krate::codegen::core::default::Default::default()),
    })
}

fn literal(value: &Expr) -> Option<TokenStream> {
    if let Some(whole) = value::integer(value) {
        return Some(quote!(Int(#whole)));
    }
    if let Some(float) = value::float(value) {
        return Some(quote!(Float(#float)));
    }
    match value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Some(quote!(Text(#text))),
        Expr::Lit(ExprLit {
            lit: Lit::Bool(value),
            ..
        }) => Some(quote!(Bool(#value))),
        _ => None,
    }
}

/// The shape of a struct that is written as its one field.
pub(crate) fn transparent<'f>(
    fields: impl Iterator<Item = &'f Field>,
    context: &Context<'_>,
    errors: &mut Errors,
) -> TokenStream {
    let written =
        |field: &&Field| !Serde::read(&field.attrs).is_skipped() && !is_phantom(&field.ty);
    let fields: Vec<&Field> = fields.filter(written).collect();
    match fields.as_slice() {
        [field] => {
            let serde = Serde::read(&field.attrs);
            let options = Options::read(&field.attrs, Level::Field, errors);
            shape(field, &serde, &options, context, errors).0
        }
        _ => {
            let ident = context.ident;
            let message = format!(
                "`{ident}` is written as an array of different types, which has no structural schema: give its fields names"
            );
            errors.push(ident, message);
            TokenStream::new()
        }
    }
}

fn is_phantom(ty: &Type) -> bool {
    is_named(ty, "PhantomData")
}
