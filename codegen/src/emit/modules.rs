//! The files of one group-version: `apps_v1.rs` beside `apps_v1/`.

use std::collections::BTreeMap;

use quote::quote;

use super::text::{ident, plain};
use super::{Context, clients, enums, imports, informers, resources, structs, subresources};
use crate::Error;
use crate::ir::{Body, GroupVersion, Module};

pub(super) fn emit(
    context: &Context<'_>,
    gv: &GroupVersion,
    module: &Module,
    files: &mut BTreeMap<String, String>,
) -> Result<(), Error> {
    let parts = [
        ("client", clients::group_client(context, gv, module)?),
        ("informers", informers::group(context, gv, module)?),
        ("resources", resources::file(context, gv)?),
        ("subresources", subresources::file(context, gv)?),
        ("types", Some(types(context, gv)?)),
    ];
    let mut names = Vec::new();
    for (name, text) in parts {
        if let Some(text) = text {
            files.insert(format!("src/{}/{name}.rs", module.name), text);
            names.push(name);
        }
    }
    let root = root(context, gv, module, &names)?;
    files.insert(format!("src/{}.rs", module.name), root);
    Ok(())
}

fn root(
    context: &Context<'_>,
    gv: &GroupVersion,
    module: &Module,
    parts: &[&str],
) -> Result<String, Error> {
    let mut file = context.file();
    let home = plain(&gv.api_version());
    file.inner_docs(&[format!("Types and client of `{home}`.")]);
    let mods = parts.iter().map(|part| {
        let gate = (*part == informers::FEATURE)
            .then(|| context.gate(part))
            .flatten();
        let name = ident(part);
        quote!(#gate mod #name;)
    });
    file.group(quote!(#(#mods)*))?;
    let client = parts.contains(&"client").then(|| {
        let client = ident(&module.client);
        quote!(pub use client::#client;)
    });
    let informers = informers::exports(context, gv, module);
    let subresources = subresources::exports(context, gv);
    let types = context
        .types_of(gv)
        .iter()
        .map(|definition| ident(&definition.name));
    file.group(quote! {
        #client
        #informers
        #subresources
        pub use types::{#(#types),*};
    })?;
    Ok(file.finish())
}

fn types(context: &Context<'_>, gv: &GroupVersion) -> Result<String, Error> {
    let mut file = context.file();
    file.group(imports::of_types(context, gv))?;
    for definition in context.types_of(gv) {
        match &definition.body {
            Body::Struct(body) => structs::emit(context, definition, body, &mut file)?,
            Body::Enum(body) => enums::emit(context, definition, body, &mut file)?,
            Body::Alias(or, of) => structs::alias(context, definition, *or, of, &mut file)?,
        }
    }
    Ok(file.finish())
}
