//! What `types.rs` of a group-version imports: only what it uses, since an unused import is
//! a warning.

use proc_macro2::TokenStream;
use quote::quote;

use super::text::ident;
use super::{Context, serde};
use crate::ir::{Body, Field, GroupVersion, Struct, Ty, TypeDef};

pub(super) fn of_types(context: &Context<'_>, gv: &GroupVersion) -> TokenStream {
    let uses = Uses::of(context.types_of(gv));
    let abi = uses.abi();
    let serde = uses.structs.then(serde::imports);
    let modules = context
        .module(gv)
        .into_iter()
        .flat_map(|module| &module.needs)
        .filter_map(|home| context.module(home))
        .map(|module| {
            let name = ident(&module.name);
            quote!(use super::super::#name;)
        });
    quote!(#abi #serde #(#modules)*)
}

/// What the types of one file name.
#[derive(Default)]
struct Uses {
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
                Body::Struct(body) => uses.add_struct(body),
                Body::Enum(_) | Body::Alias(..) => uses.codegen = true,
            }
        }
        uses
    }

    fn abi(&self) -> Option<TokenStream> {
        let names = match (self.codegen, self.resource, self.meta) {
            (false, false, false) => return None,
            (true, false, false) => {
                return Some(quote!(
                    use kubewright_dynamic::codegen;
                ));
            }
            names => names,
        };
        let parts = [(names.0, "self"), (names.1, "Resource"), (names.2, "meta")];
        let parts = parts
            .into_iter()
            .filter(|(used, _)| *used)
            .map(|(_, name)| ident(name));
        Some(quote!(use kubewright_dynamic::codegen::{#(#parts),*};))
    }

    fn add_struct(&mut self, body: &Struct) {
        self.structs = true;
        self.resource |= body.resource.is_some();
        for field in &body.fields {
            self.add_field(field);
        }
        if let Some(rest) = &body.rest {
            self.meta = true;
            self.add(rest);
        }
    }

    fn add_field(&mut self, field: &Field) {
        self.add(&field.ty);
        self.codegen |= field.sensitive || serde::names_abi(field);
        self.meta |= serde::names_map(field);
    }

    fn add(&mut self, ty: &Ty) {
        match ty {
            Ty::Json => self.codegen = true,
            Ty::Meta(_) => self.meta = true,
            Ty::List(inner) | Ty::Nullable(inner) => self.add(inner),
            Ty::Map(inner) => {
                self.meta = true;
                self.add(inner);
            }
            _ => {}
        }
    }
}
