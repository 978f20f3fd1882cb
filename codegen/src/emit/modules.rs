//! The files of one group-version: `apps_v1.rs` beside `apps_v1/`.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::text::ident;
use super::{Context, clients, enums, serde, structs, subresources};
use crate::Error;
use crate::ir::{Body, GroupVersion, Module, Ty, TypeDef};

pub(super) fn emit(
    context: &Context<'_>,
    gv: &GroupVersion,
    module: &Module,
    files: &mut BTreeMap<String, String>,
) -> Result<(), Error> {
    let folder = format!("src/{}", module.name);
    files.insert(format!("{folder}/types.rs"), types(context, gv)?);
    files.insert(
        format!("{folder}/client.rs"),
        clients::group_client(context, gv, module)?,
    );
    let markers = subresources::file(context, gv)?;
    let has_markers = markers.is_some();
    if let Some(text) = markers {
        files.insert(format!("{folder}/subresources.rs"), text);
    }
    files.insert(
        format!("{folder}.rs"),
        root(context, gv, module, has_markers)?,
    );
    Ok(())
}

fn root(
    context: &Context<'_>,
    gv: &GroupVersion,
    module: &Module,
    has_markers: bool,
) -> Result<String, Error> {
    let mut file = context.file();
    file.inner_docs(&[format!(
        "Types and client of `{}`.",
        super::text::plain(&gv.api_version())
    )]);
    let client = ident(&module.client);
    let types = context
        .types_of(gv)
        .iter()
        .map(|definition| ident(&definition.name));
    let exports = subresources::exports(context, gv);
    let mods = has_markers.then(|| {
        quote!(
            mod subresources;
        )
    });
    file.group(quote!(mod client; #mods mod types;))?;
    file.group(quote! {
        pub use client::#client;
        #exports
        pub use types::{#(#types),*};
    })?;
    Ok(file.finish())
}

fn types(context: &Context<'_>, gv: &GroupVersion) -> Result<String, Error> {
    let mut file = context.file();
    file.group(imports(context, gv))?;
    for definition in context.types_of(gv) {
        match &definition.body {
            Body::Struct(body) => structs::emit(context, definition, body, &mut file)?,
            Body::Enum(body) => enums::emit(context, definition, body, &mut file)?,
            Body::Alias(or, of) => structs::alias(context, definition, *or, of, &mut file)?,
        }
    }
    Ok(file.finish())
}

/// Only what the file uses: an unused import is a warning.
fn imports(context: &Context<'_>, gv: &GroupVersion) -> TokenStream {
    let uses = Uses::of(context.types_of(gv));
    let map = uses.map.then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let mut items = Vec::new();
    if uses.codegen {
        items.push(quote!(self));
    }
    if uses.resource {
        items.push(quote!(Resource));
    }
    if uses.meta {
        items.push(quote!(meta));
    }
    let abi = (!items.is_empty()).then(|| quote!(use kubewright_dynamic::codegen::{#(#items),*};));
    let serde = uses.structs.then(serde::imports);
    let modules = context
        .module(gv)
        .into_iter()
        .flat_map(|module| &module.needs)
        .filter_map(|home| context.module(home))
        .map(|module| {
            let name = ident(&module.name);
            quote!(use crate::#name;)
        });
    quote!(#map #abi #serde #(#modules)*)
}

/// What the types of one file name.
#[derive(Default)]
struct Uses {
    map: bool,
    meta: bool,
    codegen: bool,
    resource: bool,
    structs: bool,
}

impl Uses {
    fn of(types: &[&TypeDef]) -> Self {
        let mut uses = Self::default();
        for definition in types {
            match &definition.body {
                Body::Struct(body) => {
                    uses.structs = true;
                    uses.resource |= body.resource.is_some();
                    uses.map |= body.rest.is_some();
                    for field in &body.fields {
                        uses.field(field);
                    }
                    body.rest.iter().for_each(|ty| uses.ty(ty));
                }
                Body::Enum(_) | Body::Alias(..) => uses.codegen = true,
            }
        }
        uses
    }

    fn field(&mut self, field: &crate::ir::Field) {
        self.ty(&field.ty);
        self.codegen |= field.sensitive || serde::names_abi(field);
        self.map |= serde::names_map(field);
    }

    fn ty(&mut self, ty: &Ty) {
        match ty {
            Ty::Json => self.codegen = true,
            Ty::Meta(_) => self.meta = true,
            Ty::List(inner) => self.ty(inner),
            Ty::Map(inner) => {
                self.map = true;
                self.ty(inner);
            }
            _ => {}
        }
    }
}
