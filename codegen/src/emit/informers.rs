//! Informers and listers by name: `informers.apps_v1().deployments()`, `DeploymentLister`.
//!
//! All of it is names for what the runtime's factory does for any kind, behind the feature
//! `informers`: the factory is extended by a trait, whose methods lead to one struct for each
//! group-version.

use proc_macro2::TokenStream;
use quote::quote;

use super::text::{ident, plain};
use super::{Context, NamedModule, NamedType, clients, docs, parts};
use crate::Error;
use crate::ir::Resource;

/// The feature, and the name of the files.
pub(super) const FEATURE: &str = "informers";

/// `src/informers.rs`: the trait that extends the factory.
pub(super) fn extension(context: &Context<'_>) -> Result<String, Error> {
    let mut file = context.file();
    let modules: Vec<_> = context
        .modules()
        .filter(|module| !cacheable(context, *module).is_empty())
        .collect();
    let declared = modules.iter().map(|module| {
        let home = plain(&module.gv.api_version());
        let docs = docs::line(&format!("The informers of `{home}`."));
        let signature = signature(context, *module);
        quote!(#docs #signature;)
    });
    let defined = modules.iter().map(|module| {
        let (signature, name, informers) = (
            signature(context, *module),
            ident(module.name),
            ident(&module.names.informers),
        );
        quote!(#signature { super::#name::#informers::new(self) })
    });
    file.group(quote!(
        use kubewright::codegen::SharedInformerFactory;
    ))?;
    file.items(quote! {
        /// The informers of every resource, by group-version, on a `SharedInformerFactory`.
        ///
        /// They are the factory's own: one watch and one cache for each resource.
        pub trait Informers {
            #(#declared)*
        }

        impl Informers for SharedInformerFactory {
            #(#defined)*
        }
    })?;
    Ok(file.finish())
}

fn signature(context: &Context<'_>, module: NamedModule<'_>) -> TokenStream {
    let (name, informers) = (ident(module.name), ident(&module.names.informers));
    let gate = context.gate(module.name);
    quote! {
        #gate
        fn #name(&self) -> super::#name::#informers<'_>
    }
}

/// `informers.rs` of a group-version, where it has resources that can be cached.
pub(super) fn group(
    context: &Context<'_>,
    module: NamedModule<'_>,
) -> Result<Option<String>, Error> {
    let resources = cacheable(context, module);
    if resources.is_empty() {
        return Ok(None);
    }
    let mut file = context.file();
    let kinds = resources.iter().map(|(kind, _)| ident(kind.name));
    file.group(quote! {
        use kubewright::codegen::{Lister, SharedInformer, SharedInformerFactory};
        use super::{#(#kinds),*};
    })?;
    let listers = resources
        .iter()
        .map(|(kind, resource)| lister(*kind, resource));
    let methods = resources
        .iter()
        .map(|(kind, resource)| method(*kind, resource));
    let name = ident(&module.names.informers);
    let home = plain(&module.gv.api_version());
    let docs = docs::line(&format!("The informers of `{home}`."));
    file.items(quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'a> {
            factory: &'a SharedInformerFactory,
        }

        impl<'a> #name<'a> {
            pub(crate) fn new(factory: &'a SharedInformerFactory) -> Self {
                Self { factory }
            }

            #(#methods)*
        }

        #(#listers)*
    })?;
    Ok(Some(file.finish()))
}

/// What the module above exports of the file.
pub(super) fn exports(context: &Context<'_>, module: NamedModule<'_>) -> TokenStream {
    let resources = cacheable(context, module);
    if resources.is_empty() {
        return TokenStream::new();
    }
    let informers = ident(&module.names.informers);
    let listers = resources.iter();
    let listers = listers.filter_map(|(kind, _)| kind.names.lister.as_deref().map(ident));
    let own = parts::gate_of_own(context, module);
    let gate = context.gate(FEATURE);
    quote! {
        #own
        #gate
        pub use informers::{#informers, #(#listers),*};
    }
}

/// Inlined, so that the machinery of a cache is compiled for a kind where it is asked for,
/// and not for every kind here.
fn method(named: NamedType<'_>, resource: &Resource) -> Option<TokenStream> {
    let (kind, name) = (ident(named.name), ident(named.names.method.as_deref()?));
    let docs = docs::line(&format!("{}.", docs::code(&plain(&resource.plural))));
    Some(quote! {
        #docs
        #[inline]
        #[must_use]
        pub fn #name(&self) -> SharedInformer<#kind> {
            self.factory.informer()
        }
    })
}

fn lister(named: NamedType<'_>, resource: &Resource) -> Option<TokenStream> {
    let plural = docs::code(&plain(&resource.plural));
    let docs = docs::line(&format!("Reads {plural} from the cache of their informer."));
    let (kind, name) = (ident(named.name), ident(named.names.lister.as_deref()?));
    Some(quote!(#docs pub type #name = Lister<#kind>;))
}

fn cacheable<'a>(
    context: &Context<'a>,
    module: NamedModule<'_>,
) -> Vec<(NamedType<'a>, &'a Resource)> {
    let mut resources = clients::resources(context, module);
    resources.retain(|(_, resource)| resource.is_cacheable());
    resources
}
