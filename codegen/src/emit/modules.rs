//! The files of one group-version: `apps_v1.rs` beside `apps_v1/`.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::text::{ident, plain};
use super::{
    Context, NamedModule, clients, enums, imports, informers, parts, structs, subresources,
};
use crate::Error;
use crate::ir::Body;

pub(super) fn emit(
    context: &Context<'_>,
    module: NamedModule<'_>,
    files: &mut BTreeMap<String, String>,
) -> Result<(), Error> {
    let own = [
        ("client", clients::group_client(context, module)?),
        ("informers", informers::group(context, module)?),
        ("subresources", subresources::file(context, module)?),
    ];
    let mut names = Vec::new();
    for (name, text) in own {
        if let Some(text) = text {
            files.insert(format!("src/{}/{name}.rs", module.name), text);
            names.push(name);
        }
    }
    for part in parts::of(context, module) {
        let path = format!("src/{}/{}.rs", module.name, part.name);
        files.insert(path, types(context, module, &part)?);
    }
    let root = root(context, module, &names)?;
    files.insert(format!("src/{}.rs", module.name), root);
    Ok(())
}

fn root(context: &Context<'_>, module: NamedModule<'_>, own: &[&str]) -> Result<String, Error> {
    let mut file = context.file();
    let home = plain(&module.gv.api_version());
    file.inner_docs(&[format!("Types and client of `{home}`.")]);
    let own_mods = own.iter().map(|name| own_mod(context, module, name));
    let parts = parts::of(context, module);
    let part_mods = parts.iter().map(|part| {
        let (gate, name) = (&part.gate, ident(part.name));
        quote!(#gate mod #name;)
    });
    file.group(quote!(#(#own_mods)* #(#part_mods)*))?;
    let client = own.contains(&"client").then(|| {
        let client = ident(&module.names.client);
        let gate = parts::gate_of_own(context, module);
        quote!(#gate pub use client::#client;)
    });
    let informers = informers::exports(context, module);
    let subresources = subresources::exports(context, module);
    let types = parts.iter().map(|part| {
        let (gate, file) = (&part.gate, ident(part.name));
        let names = part.types.iter().map(|named| ident(named.name));
        quote!(#gate pub use #file::{#(#names),*};)
    });
    file.group(quote! {
        #client
        #informers
        #subresources
        #(#types)*
    })?;
    Ok(file.finish())
}

/// A file that is there for the module's own feature alone.
fn own_mod(context: &Context<'_>, module: NamedModule<'_>, name: &str) -> TokenStream {
    let own = parts::gate_of_own(context, module);
    let gate = (name == informers::FEATURE)
        .then(|| context.gate(name))
        .flatten();
    let name = ident(name);
    quote!(#own #gate mod #name;)
}

fn types(
    context: &Context<'_>,
    module: NamedModule<'_>,
    part: &parts::File<'_>,
) -> Result<String, Error> {
    let mut file = context.file();
    file.group(imports::of_types(context, module.gv, &part.types))?;
    for named in &part.types {
        match &named.definition.body {
            Body::Struct(body) => structs::emit(context, *named, body, &mut file)?,
            Body::Enum(body) => enums::emit(context, *named, body, &mut file)?,
            Body::Alias(or, of) => structs::alias(context, *named, *or, of, &mut file)?,
        }
    }
    Ok(file.finish())
}
