//! Structs, and the aliases of the runtime's unions.

use proc_macro2::TokenStream;
use quote::quote;

use super::text::{ident, literal};
use super::{Context, docs, tables};
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
    let fields = body
        .fields
        .iter()
        .map(|field| self::field(context, definition, field));
    let rest = body.rest.as_ref().map(|ty| rest(context, definition, ty));
    file.items(quote! {
        #docs
        pub struct #name {
            #(#fields)*
            #rest
        }
    })?;
    file.block(&tables::table(definition, body));
    if let Some(resource) = &body.resource {
        file.block(&self::resource(definition, resource));
        let defaults = resource.defaults.as_deref();
        if let Some(defaults) = defaults {
            file.items(with_defaults(definition, defaults))?;
        }
    }
    Ok(())
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

fn field(context: &Context<'_>, definition: &TypeDef, field: &Field) -> TokenStream {
    let docs = context.prose.of_field(field);
    let name = ident(&field.name);
    let ty = context.field_ty(&field.ty, field.presence, field.boxed, &definition.home);
    quote! {
        #docs
        pub #name: #ty,
    }
}

fn rest(context: &Context<'_>, definition: &TypeDef, ty: &Ty) -> TokenStream {
    let docs = docs::line("Properties that the schema allows but does not name.");
    let name = ident(REST);
    let ty = context.ty(ty, &definition.home);
    quote! {
        #docs
        pub #name: meta::Map<#ty>,
    }
}

/// The defaults of a custom resource, which its definition states.
fn with_defaults(kind: &TypeDef, defaults: &str) -> TokenStream {
    let name = ident(&kind.name);
    quote! {
        impl #name {
            /// The same object with the defaults of its definition wherever it has nothing,
            /// as the server would fill them in.
            #[inline]
            #[must_use]
            pub fn with_defaults(self) -> Self {
                codegen::with_defaults(self, #defaults)
            }
        }
    }
}

/// The address and the verbs of a kind: a macro call of identifiers and escaped literals.
fn resource(definition: &TypeDef, resource: &Resource) -> String {
    let scope = match resource.namespaced {
        true => "Namespaced",
        false => "Cluster",
    };
    let mut markers: Vec<&str> = resource.verbs.iter().map(|verb| marker(*verb)).collect();
    markers.extend(resource.status.then_some("HasStatus"));
    markers.extend(resource.scale.then_some("HasScale"));
    markers.extend(resource.strategic.then_some("StrategicPatch"));
    format!(
        "codegen::resource! {{\n    {} {{\n        {} {} {} {} {scope}\n        {}\n    }}\n}}\n",
        definition.name,
        literal(&resource.group_version.group),
        literal(&resource.group_version.version),
        literal(&resource.kind),
        literal(&resource.plural),
        markers.join(" "),
    )
}

/// The trait that stands for a verb.
fn marker(verb: Verb) -> &'static str {
    match verb {
        Verb::Get => "Get",
        Verb::List => "List",
        Verb::Watch => "Watch",
        Verb::Create => "Create",
        Verb::Replace => "Replace",
        Verb::Patch => "Patch",
        Verb::Delete => "Delete",
        Verb::DeleteCollection => "DeleteCollection",
    }
}

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
