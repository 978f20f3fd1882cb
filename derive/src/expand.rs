//! The implementations.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use crate::ast::Subject;
use crate::attr::Resource;

pub(crate) fn expand(subject: &Subject<'_>, resource: &Resource) -> TokenStream {
    let metadata = has_metadata(subject, &resource.krate);
    let constants = constants(subject.ident, resource);
    let markers = markers(subject, resource);
    quote! { #metadata #constants #markers }
}

fn has_metadata(subject: &Subject<'_>, krate: &Path) -> TokenStream {
    let ident = subject.ident;
    // A field of another type is reported at its type.
    let at = subject.metadata.ty.span();
    let get = quote_spanned! { at=> &self.metadata };
    let get_mut = quote_spanned! { at=> &mut self.metadata };
    quote! {
        #[automatically_derived]
        impl #krate::codegen::HasMetadata for #ident {
            fn metadata(&self) -> &#krate::codegen::meta::ObjectMeta {
                #get
            }
            fn metadata_mut(&mut self) -> &mut #krate::codegen::meta::ObjectMeta {
                #get_mut
            }
        }
    }
}

fn constants(ident: &Ident, resource: &Resource) -> TokenStream {
    let Resource {
        krate,
        group,
        version,
        kind,
        plural,
        ..
    } = resource;
    let scope = scope(resource.is_namespaced);
    quote! {
        #[automatically_derived]
        impl #krate::codegen::Resource for #ident {
            type Scope = #krate::codegen::#scope;
            const GROUP: &'static #krate::codegen::str = #group;
            const VERSION: &'static #krate::codegen::str = #version;
            const KIND: &'static #krate::codegen::str = #kind;
            const PLURAL: &'static #krate::codegen::str = #plural;
        }
    }
}

/// The type that stands for a scope.
pub(crate) fn scope(is_namespaced: bool) -> Ident {
    let name = if is_namespaced {
        "Namespaced"
    } else {
        "Cluster"
    };
    Ident::new(name, Span::call_site())
}

fn markers(subject: &Subject<'_>, resource: &Resource) -> TokenStream {
    let Subject {
        ident, has_status, ..
    } = subject;
    let mut markers: Vec<Ident> = resource.verbs.iter().map(|verb| verb.marker()).collect();
    if resource.has_status.unwrap_or(*has_status) {
        markers.push(Ident::new("HasStatus", Span::call_site()));
    }
    if resource.has_scale {
        markers.push(Ident::new("HasScale", Span::call_site()));
    }
    implement_markers(ident, &resource.krate, &markers)
}

/// One `impl` a marker.
///
/// The bound holds where the struct is a resource. Where it is not, because it lacks `Clone` for
/// example, the compiler reports that at `impl Resource`: a bound over a lifetime is checked
/// only where it is used.
pub(crate) fn implement_markers(ident: &Ident, krate: &Path, markers: &[Ident]) -> TokenStream {
    quote! {
        #(
            #[automatically_derived]
            impl #krate::codegen::verbs::#markers for #ident
            where
                for<'object> Self: #krate::codegen::Object,
            {}
        )*
    }
}
