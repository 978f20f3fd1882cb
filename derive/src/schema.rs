//! `#[derive(Schema)]`: the constant that says what a type looks like in JSON.
//!
//! It follows serde's attributes, because the schema must describe what serde writes.
//! Whatever has no structural schema is an error, here where the tokens say so, and in the
//! constants where only the types do.

pub(crate) mod fields;
mod variants;

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DataStruct, DeriveInput, Fields, Generics, Path, Type, parse_quote};

use crate::docs;
use crate::errors::Errors;
use crate::schema_attr::{Level, Options, default_crate};
use crate::serde_attr::Serde;

/// What the parts of a type need to know of the whole.
pub(crate) struct Context<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) krate: Path,
    pub(crate) serde: Serde,
    /// Whether the schema of the struct is a definition's.
    pub(crate) is_resource: bool,
}

impl Context<'_> {
    /// A name below `kubewright::crd`.
    pub(crate) fn crd(&self, name: &str) -> TokenStream {
        let krate = &self.krate;
        let name = Ident::new(name, proc_macro2::Span::call_site());
        quote!(#krate::codegen::crd::#name)
    }

    /// The shape of another type, with the type's place.
    pub(crate) fn shape_of(&self, ty: &Type) -> TokenStream {
        let krate = &self.krate;
        quote_spanned!(ty.span()=> <#ty as #krate::codegen::crd::Schema>::SHAPE)
    }
}

/// The implementation, or every mistake and one in its place.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let options = Options::read(&input.attrs, Level::Type, &mut errors);
    let context = Context {
        ident: &input.ident,
        krate: options.krate.clone().unwrap_or_else(default_crate),
        serde: Serde::read(&input.attrs),
        is_resource: false,
    };
    let shape = shape(input, &options, &context, &mut errors);
    let shape = match errors.is_empty() {
        true => shape,
        // The mistake is in the type, and not where it is used.
        false => {
            let shape = context.crd("Shape");
            quote!(#shape::any())
        }
    };
    let mut tokens = errors.into_tokens();
    tokens.extend(implement(input, &context, &shape));
    tokens
}

fn implement(input: &DeriveInput, context: &Context<'_>, shape: &TokenStream) -> TokenStream {
    let ident = context.ident;
    let schema = context.crd("Schema");
    let shape_type = context.crd("Shape");
    let generics = bounded(&input.generics, &schema);
    let (left, arguments, bounds) = generics.split_for_impl();
    let eager = generics.params.is_empty().then(|| {
        // Asked once here, or a mistake would wait for the first use.
        quote!(const _: () = { let _ = <#ident as #schema>::SHAPE; };)
    });
    quote! {
        #[automatically_derived]
        impl #left #schema for #ident #arguments #bounds {
            const SHAPE: #shape_type = #shape;
        }
        #eager
    }
}

fn bounded(generics: &Generics, schema: &TokenStream) -> Generics {
    let mut generics = generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(parse_quote!(#schema));
    }
    generics
}

/// The shape of a type, its own options and description included.
pub(crate) fn shape(
    input: &DeriveInput,
    options: &Options,
    context: &Context<'_>,
    errors: &mut Errors,
) -> TokenStream {
    let base = match written_as(context, errors) {
        Some(other) => context.shape_of(&other),
        None => match &input.data {
            Data::Struct(data) => of_struct(data, context, errors),
            Data::Enum(data) => variants::shape(data, context, errors),
            Data::Union(_) => {
                let message = "a union is not written as JSON: a schema is for structs and enums";
                errors.push(context.ident, message);
                TokenStream::new()
            }
        },
    };
    let text = options.description.clone();
    let text = text.unwrap_or_else(|| docs::text(&input.attrs));
    let base = match text.is_empty() {
        true => base,
        false => quote!(#base.described(#text)),
    };
    options.apply(&base, &context.krate)
}

/// The type that serde writes instead.
fn written_as(context: &Context<'_>, errors: &mut Errors) -> Option<Type> {
    let text = context.serde.text("into")?;
    let ty = text.parse();
    if ty.is_err() {
        errors.push(&text, "this is not a type");
    }
    ty.ok()
}

fn of_struct(data: &DataStruct, context: &Context<'_>, errors: &mut Errors) -> TokenStream {
    let ident = context.ident;
    match &data.fields {
        Fields::Named(fields) if context.serde.has("transparent") => {
            fields::transparent(fields.named.iter(), context, errors)
        }
        Fields::Named(fields) => {
            let rule = context.serde.written("rename_all");
            fields::object(fields, rule.as_deref(), context, errors)
        }
        Fields::Unnamed(fields) => fields::transparent(fields.unnamed.iter(), context, errors),
        Fields::Unit => {
            let message = format!(
                "`{ident}` is written as null, which has no structural schema: write `struct {ident} {{}}`"
            );
            errors.push(ident, message);
            TokenStream::new()
        }
    }
}
