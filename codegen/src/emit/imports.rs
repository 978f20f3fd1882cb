//! The imports of a file of types: only what it uses, since an unused import is a warning.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::text::ident;
use super::{Context, NamedType};
use crate::ir::{Body, GroupVersion, Struct, Ty};

pub(super) fn of_types(
    context: &Context<'_>,
    gv: &GroupVersion,
    types: &[NamedType<'_>],
) -> TokenStream {
    let uses = Uses::of(types);
    let abi = uses.abi();
    let here: BTreeSet<&str> = types.iter().map(|own| own.name).collect();
    let (siblings, others): (Vec<NamedType<'_>>, Vec<NamedType<'_>>) = types
        .iter()
        .flat_map(|named| named.definition.references())
        .filter_map(|id| context.named(id))
        .partition(|named| named.definition.home == *gv);
    let siblings: BTreeSet<&str> = siblings.iter().map(|named| named.name).collect();
    let siblings: Vec<Ident> = siblings.difference(&here).map(|name| ident(name)).collect();
    let siblings = (!siblings.is_empty()).then(|| quote!(use super::{#(#siblings),*};));
    let modules: BTreeSet<&GroupVersion> =
        others.iter().map(|named| &named.definition.home).collect();
    let modules = modules
        .into_iter()
        .filter_map(|home| context.module(home))
        .map(|module| {
            let name = ident(module.name);
            quote!(use super::super::#name;)
        });
    quote!(#abi #(#modules)* #siblings)
}

/// What the types of one file name.
struct Uses {
    meta: bool,
    codegen: bool,
}

impl Uses {
    fn of(types: &[NamedType<'_>]) -> Self {
        let mut uses = Self {
            codegen: !types.is_empty(),
            meta: false,
        };
        for named in types {
            match &named.definition.body {
                Body::Struct(body) => uses.add_struct(body),
                Body::Enum(body) => uses.meta |= !body.integers,
                Body::Alias(..) => {}
            }
        }
        uses
    }

    fn abi(&self) -> Option<TokenStream> {
        match (self.codegen, self.meta) {
            (false, _) => None,
            (true, false) => Some(quote!(
                use kubewright::codegen;
            )),
            (true, true) => Some(quote!(
                use kubewright::codegen::{self, meta};
            )),
        }
    }

    fn add_struct(&mut self, body: &Struct) {
        for field in &body.fields {
            self.add(&field.ty);
        }
        if let Some(rest) = &body.rest {
            self.meta = true;
            self.add(rest);
        }
    }

    fn add(&mut self, ty: &Ty) {
        match ty {
            Ty::Meta(_) | Ty::OrNull(_) => self.meta = true,
            Ty::List(inner) | Ty::Nullable(inner) => self.add(inner),
            Ty::Map(inner) => {
                self.meta = true;
                self.add(inner);
            }
            _ => {}
        }
    }
}
