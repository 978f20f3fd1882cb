//! The spelling of a type where it is used.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::text::ident;
use crate::ir::{Body, GroupVersion, Presence, Ty, TypeId};

/// The types of the runtime that are one value, not a struct of fields.
const META_SCALARS: [&str; 7] = [
    "Bytes",
    "FieldsV1",
    "IntOrString",
    "MicroTime",
    "Quantity",
    "RawExtension",
    "Time",
];

impl Context<'_> {
    /// The type as seen from a module: its own types bare, others by their module.
    pub(super) fn ty(&self, ty: &Ty, home: &GroupVersion) -> TokenStream {
        match ty {
            Ty::Bool => quote!(bool),
            Ty::I32 => quote!(i32),
            Ty::I64 => quote!(i64),
            Ty::U32 => quote!(u32),
            Ty::U64 => quote!(u64),
            Ty::F64 => quote!(f64),
            Ty::String => quote!(String),
            Ty::Json => quote!(codegen::Json),
            Ty::Meta(name) => {
                let name = ident(name);
                quote!(meta::#name)
            }
            Ty::List(item) => {
                let item = self.ty(item, home);
                quote!(Vec<#item>)
            }
            Ty::Map(value) => {
                let value = self.ty(value, home);
                quote!(meta::Map<#value>)
            }
            Ty::Nullable(inner) => {
                let inner = self.ty(inner, home);
                quote!(Option<#inner>)
            }
            Ty::OrNull(inner) => {
                let inner = self.ty(inner, home);
                quote!(meta::Nullable<#inner>)
            }
            Ty::Named(id) => self.path(id, home),
        }
    }

    /// The type of a field, with what its presence and recursion wrap around it.
    pub(super) fn field_ty(
        &self,
        ty: &Ty,
        presence: Presence,
        boxed: bool,
        home: &GroupVersion,
    ) -> TokenStream {
        let mut tokens = self.ty(ty, home);
        let is_optional = matches!(presence, Presence::Nullable | Presence::Optional);
        if boxed || (is_optional && self.is_struct(ty)) {
            tokens = quote!(Box<#tokens>);
        }
        match presence {
            Presence::Required | Presence::Collection => tokens,
            Presence::Nullable | Presence::Optional => quote!(Option<#tokens>),
        }
    }

    /// Whether a value of the type is a struct of fields. Optional ones go on the heap: most of
    /// them are absent, and absent they should take one word.
    fn is_struct(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Meta(name) => !META_SCALARS.contains(name),
            Ty::Named(id) => matches!(
                self.model.types.get(id).map(|definition| &definition.body),
                Some(Body::Struct(_))
            ),
            _ => false,
        }
    }

    pub(super) fn path(&self, id: &TypeId, home: &GroupVersion) -> TokenStream {
        // Lowering puts a type into the model before it names it; the fallback keeps this total.
        let Some(named) = self.named(id) else {
            return self.foreign_path(id).unwrap_or(quote!(codegen::Json));
        };
        let name = ident(named.name);
        match self.module(&named.definition.home) {
            Some(module) if module.gv != home => {
                let module = ident(module.name);
                quote!(#module::#name)
            }
            _ => quote!(#name),
        }
    }

    /// The type of another crate, spelled out.
    fn foreign_path(&self, id: &TypeId) -> Option<TokenStream> {
        let found = self.model.foreign.get(id)?;
        let package = &self.model.foreign_crate.as_ref()?.package;
        let parts = [&package.replace('-', "_"), &found.module, &found.name];
        let parts = parts.map(|part| ident(part));
        Some(quote!(#(#parts)::*))
    }
}
