//! Subresources that speak text or streams: a marker and a struct of parameters for each.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::text::{File, ident, plain};
use super::super::{Context, NamedModule, NamedType, docs};
use crate::Error;
use crate::identifiers::StreamNames;
use crate::ir::{Resource, Stream, StreamParameter, Ty};

/// A stream with the kind that it belongs to.
pub(super) struct Found<'a> {
    pub(super) names: &'a StreamNames,
    stream: &'a Stream,
    parent: NamedType<'a>,
    resource: &'a Resource,
}

pub(super) fn of<'a>(context: &Context<'a>, module: NamedModule<'_>) -> Vec<Found<'a>> {
    let kinds = context.types_of(module.gv).iter();
    let resources = kinds.filter_map(|parent| Some((*parent, parent.resource()?)));
    resources
        .flat_map(|(parent, resource)| {
            parent.streams().map(move |(stream, names)| Found {
                names,
                stream,
                parent,
                resource,
            })
        })
        .collect()
}

pub(super) fn emit(context: &Context<'_>, found: &Found<'_>, file: &mut File) -> Result<(), Error> {
    let Found {
        names,
        stream,
        parent,
        resource,
    } = found;
    let path = docs::code(&plain(&format!("{}/{}", resource.plural, stream.wire)));
    let docs = docs::line(&match stream.readable {
        true => format!("{path}, answered with text."),
        false => format!("{path}, a stream over a connection of its own."),
    });
    let options_docs = docs::line(&format!("Query parameters of {path}."));
    let (name, options) = (ident(&names.marker), ident(&names.options));
    let (wire, parent) = (&stream.wire, ident(parent.name));
    let parameters = || stream.parameters.iter().zip(&names.parameters);
    let fields = parameters().map(|(parameter, name)| field(context, parameter, name));
    let each = each(parameters());
    let method = (stream.method != "GET").then(|| {
        let method = stream.method;
        quote!(const METHOD: &'static str = #method;)
    });
    file.items(quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #name;

        impl kubewright::codegen::Connect for #name {
            type Parent = super::#parent;
            type Options = #options;
            const NAME: &'static str = #wire;
            #method
        }

        #options_docs
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct #options {
            #(#fields)*
        }

        impl kubewright::codegen::Parameters for #options {
            #each
        }
    })?;
    let text = stream
        .readable
        .then(|| quote!(impl kubewright::codegen::Text for #name {}));
    file.group(quote!(#text))?;
    if stream.readable && *wire == "log" {
        file.items(quote! {
            impl kubewright::codegen::HasLog for super::#parent {
                type Log = #name;
            }
        })?;
    }
    Ok(())
}

fn field(context: &Context<'_>, parameter: &StreamParameter, name: &str) -> TokenStream {
    let docs = context.prose.of_parameter(parameter);
    let name = ident(name);
    let ty = match parameter.ty {
        Ty::Bool => quote!(bool),
        Ty::I64 => quote!(i64),
        _ => quote!(String),
    };
    match parameter.repeated {
        true => quote!(#docs pub #name: Vec<#ty>,),
        false => quote!(#docs pub #name: Option<#ty>,),
    }
}

/// Options and lists are walked alike.
fn each<'a>(
    parameters: impl ExactSizeIterator<Item = (&'a StreamParameter, &'a String)>,
) -> TokenStream {
    let add = match parameters.len() {
        0 => quote!(_add),
        _ => quote!(add),
    };
    let fields = parameters.map(|(parameter, name)| {
        let (name, wire) = (ident(name), &parameter.wire);
        quote!(self.#name.iter().for_each(|value| add(#wire, value));)
    });
    quote! {
        fn each(&self, #add: &mut dyn FnMut(&'static str, &dyn std::fmt::Display)) {
            #(#fields)*
        }
    }
}
