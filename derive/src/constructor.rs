//! `Widget::new("big", spec)`: a name, and a value for each field that must be there.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Field, FieldsNamed, Path};

use crate::serde_attr::Serde;
use crate::types::is_named;

pub(crate) fn expand(ident: &Ident, fields: &FieldsNamed, krate: &Path) -> TokenStream {
    let fields: Vec<&Field> = fields
        .named
        .iter()
        .filter(|field| {
            field
                .ident
                .as_ref()
                .is_some_and(|ident| ident != "metadata")
        })
        .collect();
    let (asked, filled): (Vec<&Field>, Vec<&Field>) =
        fields.into_iter().partition(|field| is_asked(field));
    let names = asked.iter().map(|field| &field.ident);
    let parameters = asked.iter().map(|field| {
        let (name, ty) = (&field.ident, &field.ty);
        quote!(#name: #ty)
    });
    let filled = filled.iter().map(|field| {
        let name = &field.ident;
        quote!(#name: #krate::codegen::core::default::Default::default())
    });
    quote! {
        #[automatically_derived]
        // A private type of a field becomes no more public here than by the struct.
        #[allow(dead_code, private_interfaces)]
        impl #ident {
            /// An object of this kind with a name, and nothing in its optional fields.
            #[must_use]
            pub fn new(
                name: impl #krate::codegen::core::convert::Into<#krate::codegen::std::string::String>,
                #(#parameters),*
            ) -> Self {
                Self {
                    metadata: #krate::codegen::meta::ObjectMeta::named(name),
                    #(#names,)*
                    #(#filled,)*
                }
            }
        }
    }
}

/// What is an `Option`, or has a default of its own, is not.
fn is_asked(field: &Field) -> bool {
    let serde = Serde::read(&field.attrs);
    !is_named(&field.ty, "Option") && !serde.has("default") && !serde.has("skip")
}
