//! `resources.rs` of a group-version: what its kinds have beyond their fields.
//!
//! Constructors for all, strategic patches for those whose server takes them, and the
//! defaults of custom resources.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::text::ident;
use crate::Error;
use crate::ir::{GroupVersion, Resource, TypeDef};

/// The file, where the group-version has kinds.
pub(super) fn file(context: &Context<'_>, gv: &GroupVersion) -> Result<Option<String>, Error> {
    let kinds: Vec<(&TypeDef, &Resource)> = context
        .types_of(gv)
        .iter()
        .filter_map(|definition| Some((*definition, definition.resource()?)))
        .collect();
    if kinds.is_empty() {
        return Ok(None);
    }
    let mut file = context.file();
    let names = kinds.iter().map(|(kind, _)| ident(&kind.name));
    file.group(quote! {
        use kubewright_dynamic::codegen;
        use super::types::{#(#names),*};
    })?;
    file.block(&constructors(&kinds));
    file.group(strategic(&kinds))?;
    for (kind, resource) in &kinds {
        if let Some(defaults) = &resource.defaults {
            file.items(with_defaults(kind, defaults))?;
        }
    }
    Ok(Some(file.finish()))
}

/// A macro call, laid out by hand: one kind a line. It holds identifiers alone.
fn constructors(kinds: &[(&TypeDef, &Resource)]) -> String {
    let mut text = String::from("codegen::constructors! {\n");
    for (kind, resource) in kinds {
        let scope = if resource.namespaced {
            "Namespaced"
        } else {
            "Cluster"
        };
        text.push_str(&format!("    {}: {scope},\n", kind.name));
    }
    text.push_str("}\n");
    text
}

fn strategic(kinds: &[(&TypeDef, &Resource)]) -> TokenStream {
    let kinds = kinds.iter().filter(|(_, resource)| resource.strategic);
    let names = kinds.map(|(kind, _)| ident(&kind.name));
    quote!(#(impl codegen::verbs::StrategicPatch for #names {})*)
}

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
