//! `#[derive(Resource)]`: from a struct with `metadata` to a Kubernetes resource.

use proc_macro::TokenStream;

/// To be written.
#[proc_macro_derive(Resource, attributes(resource))]
pub fn derive_resource(_input: TokenStream) -> TokenStream {
    TokenStream::new()
}
