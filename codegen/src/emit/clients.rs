//! `Clientset` and the client of each group-version.

use proc_macro2::TokenStream;
use quote::quote;

use super::text::{ident, plain};
use super::{Context, NamedModule, NamedType, docs};
use crate::Error;
use crate::ir::{Resource, Verb};

/// `src/clientset.rs`.
pub(super) fn clientset(context: &Context<'_>) -> Result<String, Error> {
    let mut file = context.file();
    let modules = context.modules();
    let modules = modules.filter(|module| !resources(context, *module).is_empty());
    file.group(quote!(
        use kubewright::codegen::Client;
    ))?;
    let methods = modules.map(|module| {
        let (name, client) = (ident(module.name), ident(&module.names.client));
        let gate = context.gate(module.name);
        let home = plain(&module.gv.api_version());
        let docs = docs::line(&format!("The resources of `{home}`."));
        quote! {
            #docs
            #gate
            #[inline]
            #[must_use]
            pub fn #name(&self) -> super::#name::#client {
                super::#name::#client::new(self.client.clone())
            }
        }
    });
    file.items(quote! {
        /// Typed access to every resource, by group-version. Cheap to clone.
        #[derive(Clone, Debug)]
        pub struct Clientset {
            client: Client,
        }

        impl Clientset {
            /// A clientset that sends its requests through `client`.
            #[inline]
            #[must_use]
            pub fn new(client: Client) -> Self {
                Self { client }
            }

            /// The client underneath, which reaches any resource.
            #[inline]
            #[must_use]
            pub fn client(&self) -> &Client {
                &self.client
            }

            #(#methods)*
        }
    })?;
    Ok(file.finish())
}

/// `client.rs` of a group-version, where it has resources.
pub(super) fn group_client(
    context: &Context<'_>,
    module: NamedModule<'_>,
) -> Result<Option<String>, Error> {
    let resources = resources(context, module);
    if resources.is_empty() {
        return Ok(None);
    }
    let mut file = context.file();
    let kinds = resources.iter().map(|(kind, _)| ident(kind.name));
    file.group(quote! {
        use kubewright::codegen::{Api, Client};
        use super::{#(#kinds),*};
    })?;
    let methods = resources
        .iter()
        .map(|(kind, resource)| methods(*kind, resource));
    let name = ident(&module.names.client);
    let home = plain(&module.gv.api_version());
    let docs = docs::line(&format!("The resources of `{home}`. Cheap to clone."));
    file.items(quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name {
            client: Client,
        }

        impl #name {
            /// A client that sends its requests through `client`.
            #[inline]
            #[must_use]
            pub fn new(client: Client) -> Self {
                Self { client }
            }

            /// The client underneath, which reaches any resource.
            #[inline]
            #[must_use]
            pub fn client(&self) -> &Client {
                &self.client
            }

            #(#methods)*
        }
    })?;
    Ok(Some(file.finish()))
}

fn methods(named: NamedType<'_>, resource: &Resource) -> TokenStream {
    let Some(name) = named.names.method.as_deref().map(ident) else {
        return TokenStream::new();
    };
    let kind = ident(named.name);
    let plural = docs::code(&plain(&resource.plural));
    if !resource.namespaced {
        let docs = docs::line(&format!("{plural}."));
        return quote! {
            #docs
            #[inline]
            #[must_use]
            pub fn #name(&self) -> Api<#kind> {
                Api::cluster(self.client.clone())
            }
        };
    }
    let docs = docs::line(&format!("{plural} of one namespace."));
    let across = named.names.method_across.as_ref().map(|name| {
        let docs = docs::line(&format!("{plural} of all namespaces."));
        let name = ident(name);
        quote! {
            #docs
            #[inline]
            #[must_use]
            pub fn #name(&self) -> Api<#kind> {
                Api::all(self.client.clone())
            }
        }
    });
    quote! {
        #docs
        #[inline]
        #[must_use]
        pub fn #name(&self, namespace: &str) -> Api<#kind> {
            Api::namespaced(self.client.clone(), namespace)
        }
        #across
    }
}

/// The method that leads to some namespaced resource that can be read, for an example.
pub(super) fn any_reader<'a>(context: &Context<'a>, module: NamedModule<'_>) -> Option<&'a str> {
    let readable = |(_, resource): &(NamedType<'_>, &Resource)| {
        resource.namespaced && resource.status && resource.verbs.contains(&Verb::Get)
    };
    let mut found = resources(context, module);
    found.retain(readable);
    let scaled = found.iter().find(|(_, resource)| resource.scale);
    let (best, _) = scaled.or(found.first())?;
    best.names.method.as_deref()
}

/// The resources of a group-version that were asked for, by plural.
pub(super) fn resources<'a>(
    context: &Context<'a>,
    module: NamedModule<'_>,
) -> Vec<(NamedType<'a>, &'a Resource)> {
    let mut found: Vec<_> = context
        .types_of(module.gv)
        .iter()
        .filter_map(|kind| Some((*kind, kind.resource()?)))
        .filter(|(_, resource)| resource.client)
        .collect();
    found.sort_by(|a, b| a.1.plural.cmp(&b.1.plural));
    found
}
