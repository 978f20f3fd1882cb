//! `Clientset` and the client of each group-version.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::docs;
use super::text::{ident, plain};
use crate::Error;
use crate::ir::{GroupVersion, Module, Resource, TypeDef, Verb};

/// `src/clientset.rs`.
pub(super) fn clientset(context: &Context<'_>) -> Result<String, Error> {
    let mut file = context.file();
    let modules: Vec<(&GroupVersion, &Module)> = context
        .model
        .modules
        .iter()
        .filter(|(gv, _)| !resources(context, gv).is_empty())
        .collect();
    file.group(quote!(
        use kubewright::codegen::Client;
    ))?;
    let methods = modules.into_iter().map(|(gv, module)| {
        let (name, client) = (ident(&module.name), ident(&module.client));
        let gate = context.gate(&module.name);
        let docs = docs::line(&format!("The resources of `{}`.", plain(&gv.api_version())));
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
    gv: &GroupVersion,
    module: &Module,
) -> Result<Option<String>, Error> {
    let resources = resources(context, gv);
    if resources.is_empty() {
        return Ok(None);
    }
    let mut file = context.file();
    let kinds = resources
        .iter()
        .map(|(definition, _)| ident(&definition.name));
    file.group(quote! {
        use kubewright::codegen::{Api, Client};
        use super::{#(#kinds),*};
    })?;
    let methods = resources
        .iter()
        .map(|(definition, resource)| methods(definition, resource));
    let name = ident(&module.client);
    let docs = docs::line(&format!(
        "The resources of `{}`. Cheap to clone.",
        plain(&gv.api_version())
    ));
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

fn methods(definition: &TypeDef, resource: &Resource) -> TokenStream {
    let kind = ident(&definition.name);
    let name = ident(&resource.method);
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
    let across = resource.method_across.as_ref().map(|name| {
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
pub(super) fn any_reader<'a>(context: &Context<'a>, gv: &GroupVersion) -> Option<&'a str> {
    let of_gv = resources(context, gv);
    let readable = |resource: &&Resource| {
        resource.namespaced && resource.status && resource.verbs.contains(&Verb::Get)
    };
    let mut readable = of_gv.iter().map(|(_, resource)| *resource).filter(readable);
    let best = readable
        .clone()
        .find(|resource| resource.scale)
        .or(readable.next())?;
    Some(&best.method)
}

/// The resources of a group-version that were asked for, by plural.
pub(super) fn resources<'a>(
    context: &Context<'a>,
    gv: &GroupVersion,
) -> Vec<(&'a TypeDef, &'a Resource)> {
    let mut found: Vec<_> = context
        .types_of(gv)
        .iter()
        .filter_map(|definition| Some((*definition, definition.resource()?)))
        .filter(|(_, resource)| resource.client)
        .collect();
    found.sort_by(|a, b| a.1.plural.cmp(&b.1.plural));
    found
}
