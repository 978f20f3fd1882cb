//! What stands in for the implementations after an error.
//!
//! The program does not compile anyway; this keeps the compiler from saying, at each use of
//! the struct, that it is no resource.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::DeriveInput;

use crate::attr::Options;
use crate::expand::{implement_markers, scope};
use crate::verb::Verb;

pub(crate) fn expand(input: &DeriveInput, options: &Options) -> TokenStream {
    if !input.generics.params.is_empty() {
        // Without bounds these would bring faults of their own.
        return TokenStream::new();
    }
    let ident = &input.ident;
    let krate = options.krate();
    let scope = scope(options.is_namespaced());
    let mut markers = Verb::ALL.map(Verb::marker).to_vec();
    markers.extend(["HasStatus", "HasScale"].map(|name| Ident::new(name, Span::call_site())));
    let markers = implement_markers(ident, &krate, &markers);
    quote! {
        impl #krate::codegen::HasMetadata for #ident {
            fn metadata(&self) -> &#krate::codegen::meta::ObjectMeta {
                ::core::unimplemented!()
            }
            fn metadata_mut(&mut self) -> &mut #krate::codegen::meta::ObjectMeta {
                ::core::unimplemented!()
            }
        }
        impl #krate::codegen::Resource for #ident
        where
            for<'object> Self: #krate::codegen::Object,
        {
            type Scope = #krate::codegen::#scope;
            const GROUP: &'static str = "";
            const VERSION: &'static str = "";
            const KIND: &'static str = "";
            const PLURAL: &'static str = "";
        }
        #markers
    }
}
