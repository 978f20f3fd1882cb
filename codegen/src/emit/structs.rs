//! Structs, and the aliases of the runtime's unions.

use proc_macro2::TokenStream;
use quote::quote;

use super::text::ident;
use super::{Context, docs, serde};
use crate::Error;
use crate::emit::text::File;
use crate::ir::{Field, Resource, SchemaOr, Struct, Ty, TypeDef, TypeId, Verb};
use crate::passes::REST;

pub(super) fn emit(
    context: &Context<'_>,
    definition: &TypeDef,
    body: &Struct,
    file: &mut File,
) -> Result<(), Error> {
    let name = ident(&definition.name);
    let docs = context.prose.of_struct(definition, body);
    let derives = derives(body);
    let serde = serde::container(body);
    let resource = body
        .resource
        .as_ref()
        .map(|resource| attribute(resource, body));
    let fields = body
        .fields
        .iter()
        .map(|field| self::field(context, definition, body, field));
    let rest = body.rest.as_ref().map(|ty| rest(context, definition, ty));
    file.items(quote! {
        #docs
        #[derive(#derives)]
        #serde
        #resource
        pub struct #name {
            #(#fields)*
            #rest
        }
    })?;
    match is_sensitive(body) {
        true => file.items(debug(definition, body)),
        false => Ok(()),
    }
}

pub(super) fn alias(
    context: &Context<'_>,
    definition: &TypeDef,
    or: SchemaOr,
    of: &TypeId,
    file: &mut File,
) -> Result<(), Error> {
    let name = ident(&definition.name);
    let docs = context.prose.of_type(definition);
    let of = context.path(of, &definition.home);
    let or = match or {
        SchemaOr::Array => quote!(OrArray),
        SchemaOr::Bool => quote!(OrBool),
        SchemaOr::StringArray => quote!(OrStringArray),
    };
    file.items(quote!(#docs pub type #name = codegen::#or<#of>;))
}

fn derives(body: &Struct) -> TokenStream {
    let debug = (!is_sensitive(body)).then(|| quote!(Debug,));
    let serde = serde::derives();
    let resource = body.resource.as_ref().map(|_| quote!(, Resource));
    quote!(Clone, #debug Default, PartialEq, #serde #resource)
}

fn field(context: &Context<'_>, definition: &TypeDef, body: &Struct, field: &Field) -> TokenStream {
    let docs = context.prose.of_field(field);
    let serde = serde::field(field, body);
    let name = ident(&field.name);
    let ty = context.field_ty(&field.ty, field.presence, field.boxed, &definition.home);
    quote! {
        #docs
        #serde
        pub #name: #ty,
    }
}

fn rest(context: &Context<'_>, definition: &TypeDef, ty: &Ty) -> TokenStream {
    let docs = docs::line("Properties that the schema allows but does not name.");
    let serde = serde::rest();
    let name = ident(REST);
    let ty = context.ty(ty, &definition.home);
    quote! {
        #docs
        #serde
        pub #name: meta::Map<#ty>,
    }
}

/// `#[resource(…)]`.
fn attribute(resource: &Resource, body: &Struct) -> TokenStream {
    let (group, version) = (
        &resource.group_version.group,
        &resource.group_version.version,
    );
    let kind = &resource.kind;
    let plural = (!resource.plural.is_empty()).then(|| {
        let plural = &resource.plural;
        quote!(plural = #plural,)
    });
    let namespaced = resource.namespaced.then(|| quote!(namespaced,));
    let verbs = (resource.verbs != ALL_VERBS.into()).then(|| {
        let verbs = resource.verbs.iter().map(|verb| ident(verb_name(*verb)));
        quote!(verbs(#(#verbs),*),)
    });
    let has_status_field = body.fields.iter().any(|field| field.name == "status");
    let status = match (resource.status, has_status_field) {
        (true, _) => Some(quote!(status,)),
        // The derive takes a field of that name for the subresource unless told otherwise.
        (false, true) => Some(quote!(status = false,)),
        (false, false) => None,
    };
    let scale = resource.scale.then(|| quote!(scale,));
    quote! {
        #[resource(
            group = #group, version = #version, kind = #kind, #plural
            #namespaced #verbs #status #scale
        )]
    }
}

const ALL_VERBS: [Verb; 8] = [
    Verb::Get,
    Verb::List,
    Verb::Watch,
    Verb::Create,
    Verb::Replace,
    Verb::Patch,
    Verb::Delete,
    Verb::DeleteCollection,
];

/// A verb as discovery and RBAC spell it.
pub(super) fn verb_name(verb: Verb) -> &'static str {
    match verb {
        Verb::Get => "get",
        Verb::List => "list",
        Verb::Watch => "watch",
        Verb::Create => "create",
        Verb::Replace => "update",
        Verb::Patch => "patch",
        Verb::Delete => "delete",
        Verb::DeleteCollection => "deletecollection",
    }
}

fn is_sensitive(body: &Struct) -> bool {
    body.fields.iter().any(|field| field.sensitive)
}

/// `Debug` by hand, for structs with values that must not be printed.
fn debug(definition: &TypeDef, body: &Struct) -> TokenStream {
    let name = ident(&definition.name);
    let shown = &definition.name;
    let fields = body.fields.iter().map(|field| {
        let (name, shown) = (ident(&field.name), &field.name);
        match field.sensitive {
            true => quote!(.field(#shown, &codegen::Redacted(&self.#name))),
            false => quote!(.field(#shown, &self.#name)),
        }
    });
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#shown) #(#fields)* .finish()
            }
        }
    }
}
