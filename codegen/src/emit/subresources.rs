//! `subresources.rs` of a group-version: marker types of subresources that have a body of
//! their own, and of those that speak text or streams.

mod streams;

use proc_macro2::TokenStream;
use quote::quote;

use super::text::{File, ident, plain};
use super::{Context, NamedModule, NamedType, docs, parts};
use crate::Error;
use crate::ir::{GroupVersion, Resource, Subresource, SubresourceVerb, Ty};

/// A subresource with the type that it belongs to.
struct Marker<'a> {
    parent: NamedType<'a>,
    resource: &'a Resource,
    subresource: &'a Subresource,
    name: &'a str,
}

/// The file, where the group-version has such subresources.
pub(super) fn file(
    context: &Context<'_>,
    module: NamedModule<'_>,
) -> Result<Option<String>, Error> {
    let (markers, streams) = (markers(context, module), streams::of(context, module));
    if markers.is_empty() && streams.is_empty() {
        return Ok(None);
    }
    let mut file = context.file();
    for marker in &markers {
        emit(context, marker, &mut file)?;
    }
    for stream in &streams {
        streams::emit(context, stream, &mut file)?;
    }
    Ok(Some(file.finish()))
}

/// What the module above exports of the file.
pub(super) fn exports(context: &Context<'_>, module: NamedModule<'_>) -> TokenStream {
    let own = parts::gate_of_own(context, module);
    let own = own.as_ref();
    let exports = markers(context, module).into_iter().map(|marker| {
        let name = ident(marker.name);
        let gate = gate(context, module.gv, marker.subresource);
        quote!(#own #gate pub use subresources::#name;)
    });
    let streams = streams::of(context, module).into_iter().map(|found| {
        let (name, options) = (ident(&found.names.marker), ident(&found.names.options));
        quote!(#own pub use subresources::{#name, #options};)
    });
    quote!(#(#exports)* #(#streams)*)
}

fn markers<'a>(context: &Context<'a>, module: NamedModule<'_>) -> Vec<Marker<'a>> {
    let mut markers = Vec::new();
    for parent in context.types_of(module.gv) {
        if let Some(resource) = parent.resource() {
            markers.extend(parent.subresources().map(|(subresource, name)| Marker {
                parent: *parent,
                resource,
                subresource,
                name,
            }));
        }
    }
    markers
}

fn emit(context: &Context<'_>, marker: &Marker<'_>, file: &mut File) -> Result<(), Error> {
    let Marker {
        parent,
        resource,
        subresource,
        name,
    } = marker;
    let name = ident(name);
    let wire = &subresource.wire;
    let parent_name = ident(parent.name);
    let body = body(context, subresource);
    let (api_version, kind) = (subresource.group_version.api_version(), &subresource.kind);
    let path = format!("{}/{wire}", resource.plural);
    let docs = docs::line(&format!("{}.", docs::code(&plain(&path))));
    let gate = gate(context, &parent.definition.home, subresource);
    let verbs = subresource.verbs.iter().map(|verb| {
        let verb = ident(verb_trait(*verb));
        quote!(#gate impl kubewright::codegen::verbs::#verb for #name {})
    });
    file.items(quote! {
        #docs
        #gate
        #[derive(Clone, Copy, Debug)]
        pub struct #name;
        #gate
        impl kubewright::codegen::Subresource for #name {
            type Parent = super::#parent_name;
            type Body = #body;
            const NAME: &'static str = #wire;
            const API_VERSION: &'static str = #api_version;
            const KIND: &'static str = #kind;
        }
    })?;
    file.group(quote!(#(#verbs)*))
}

/// Paths are spelled out: an import would be unused where a gate hides what needs it.
fn body(context: &Context<'_>, subresource: &Subresource) -> TokenStream {
    if let Ty::Meta(name) = &subresource.body {
        let name = ident(name);
        return quote!(kubewright::codegen::meta::#name);
    }
    let named = subresource.body.named().and_then(|id| context.named(id));
    let module = named.and_then(|named| context.module(&named.definition.home));
    match (named, module) {
        (Some(named), Some(module)) => {
            let (module, name) = (ident(module.name), ident(named.name));
            quote!(super::super::#module::#name)
        }
        _ => quote!(kubewright::codegen::Json),
    }
}

/// A body from another group-version is there when its feature is: a subresource is no
/// reason to compile that one.
fn gate(
    context: &Context<'_>,
    home: &GroupVersion,
    subresource: &Subresource,
) -> Option<TokenStream> {
    let body = context.model.types.get(subresource.body.named()?)?;
    let module = context.module(&body.home)?;
    (body.home != *home).then(|| context.gate(module.name))?
}

fn verb_trait(verb: SubresourceVerb) -> &'static str {
    match verb {
        SubresourceVerb::Get => "Get",
        SubresourceVerb::Create => "Create",
        SubresourceVerb::Replace => "Replace",
        SubresourceVerb::Patch => "Patch",
    }
}
