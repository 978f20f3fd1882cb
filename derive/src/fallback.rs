//! Stand-ins for the implementations after an error, so that one mistake gives one message.
//!
//! The program does not compile anyway; this keeps the compiler from saying, at each use of
//! the struct, that it is not a resource.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{DeriveInput, Field, Path};

use crate::ast::fields_of;
use crate::attr::Options;
use crate::constructor;
use crate::expand::{implement_markers, scope};
use crate::types::is_named;
use crate::verb::Verb;

/// What is known of a resource in spite of its mistakes.
pub(crate) struct Fallback {
    krate: Path,
    is_namespaced: bool,
}

impl Fallback {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            krate: options.krate(),
            is_namespaced: options.is_namespaced(),
        }
    }

    pub(crate) fn expand(&self, input: &DeriveInput) -> TokenStream {
        if !input.generics.params.is_empty() {
            // Without bounds these would bring faults of their own.
            return TokenStream::new();
        }
        let resource = self.resource(&input.ident);
        let definition = self.definition(input);
        quote!(#resource #definition)
    }

    fn resource(&self, ident: &Ident) -> TokenStream {
        let krate = &self.krate;
        let scope = scope(self.is_namespaced);
        let mut markers = Verb::ALL.map(Verb::marker).to_vec();
        markers.extend(["HasStatus", "HasScale"].map(|name| Ident::new(name, Span::call_site())));
        let markers = implement_markers(ident, krate, &markers);
        quote! {
            impl #krate::codegen::HasMetadata for #ident {
                fn metadata(&self) -> &#krate::codegen::meta::ObjectMeta {
                    #krate::codegen::core::unimplemented!()
                }
                fn metadata_mut(&mut self) -> &mut #krate::codegen::meta::ObjectMeta {
                    #krate::codegen::core::unimplemented!()
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

    /// What a definition would have brought; without metadata there is not even that.
    fn definition(&self, input: &DeriveInput) -> Option<TokenStream> {
        let fields = fields_of(input)?;
        let is_metadata = |field: &Field| {
            field
                .ident
                .as_ref()
                .is_some_and(|ident| ident == "metadata")
                && is_named(&field.ty, "ObjectMeta")
        };
        let has_metadata = fields.named.iter().any(is_metadata);
        let (ident, krate) = (&input.ident, &self.krate);
        let crd = quote!(#krate::codegen::crd);
        let constructor = has_metadata.then(|| constructor::expand(ident, fields, krate));
        Some(quote! {
            impl #crd::Schema for #ident {
                const SHAPE: #crd::Shape = #crd::Shape::any();
            }
            #[allow(dead_code)]
            impl #ident {
                pub fn crd() -> #crd::CustomResourceDefinition {
                    #krate::codegen::core::unimplemented!()
                }
                pub fn install(_: &#krate::codegen::Client) -> #crd::Install {
                    #krate::codegen::core::unimplemented!()
                }
            }
            #constructor
        })
    }
}
