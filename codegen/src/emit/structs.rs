//! Structs, and the aliases of the runtime's unions.

use proc_macro2::TokenStream;
use quote::quote;

use super::text::{File, ident, literal};
use super::{Context, NamedType, docs, tables, verbs};
use crate::Error;
use crate::identifiers::REST;
use crate::ir::{Field, GroupVersion, Resource, SchemaOr, Struct, Ty, TypeId};

pub(super) fn emit(
    context: &Context<'_>,
    named: NamedType<'_>,
    body: &Struct,
    file: &mut File,
) -> Result<(), Error> {
    let name = ident(named.name);
    let docs = context.prose.of_struct(named, body);
    let home = &named.definition.home;
    let fields = named
        .fields(body)
        .map(|(field, name)| self::field(context, home, field, name));
    let rest = body.rest.as_ref().map(|ty| rest(context, home, ty));
    file.items(quote! {
        #docs
        pub struct #name {
            #(#fields)*
            #rest
        }
    })?;
    file.block(&tables::table(named, body));
    if let Some(resource) = &body.resource {
        file.block(&self::resource(named, resource));
        let defaults = resource.defaults.as_deref();
        if let Some(defaults) = defaults {
            file.items(with_defaults(named, defaults))?;
        }
    }
    Ok(())
}

pub(super) fn alias(
    context: &Context<'_>,
    named: NamedType<'_>,
    or: SchemaOr,
    of: &TypeId,
    file: &mut File,
) -> Result<(), Error> {
    let name = ident(named.name);
    let docs = context.prose.of_type(named);
    let of = context.path(of, &named.definition.home);
    let or = match or {
        SchemaOr::Array => quote!(OrArray),
        SchemaOr::Bool => quote!(OrBool),
        SchemaOr::StringArray => quote!(OrStringArray),
    };
    file.items(quote!(#docs pub type #name = codegen::#or<#of>;))
}

fn field(context: &Context<'_>, home: &GroupVersion, field: &Field, name: &str) -> TokenStream {
    let docs = context.prose.of_field(field);
    let name = ident(name);
    let ty = context.field_ty(&field.ty, field.presence, field.boxed, home);
    quote! {
        #docs
        pub #name: #ty,
    }
}

fn rest(context: &Context<'_>, home: &GroupVersion, ty: &Ty) -> TokenStream {
    let docs = docs::line("Properties that the schema allows but does not name.");
    let name = ident(REST);
    let ty = context.ty(ty, home);
    quote! {
        #docs
        pub #name: meta::Map<#ty>,
    }
}

/// The defaults of a custom resource, which its definition states.
fn with_defaults(named: NamedType<'_>, defaults: &str) -> TokenStream {
    let name = ident(named.name);
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
fn resource(named: NamedType<'_>, resource: &Resource) -> String {
    let scope = match resource.namespaced {
        true => "Namespaced",
        false => "Cluster",
    };
    let verbs = resource.verbs.iter();
    let mut markers: Vec<&str> = verbs.map(|verb| verbs::marker(*verb)).collect();
    markers.extend(resource.status.then_some("HasStatus"));
    markers.extend(resource.scale.then_some("HasScale"));
    markers.extend(resource.strategic.then_some("StrategicPatch"));
    format!(
        "codegen::resource! {{\n    {} {{\n        {} {} {} {} {scope}\n        {}\n    }}\n}}\n",
        named.name,
        literal(&resource.group_version.group),
        literal(&resource.group_version.version),
        literal(&resource.kind),
        literal(&resource.plural),
        markers.join(" "),
    )
}
