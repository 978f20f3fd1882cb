//! Writes down a model and its names as text.
//!
//! Items are built as token trees, so that nothing from a spec can become code outside an
//! identifier or an escaped literal, and each is laid out by `prettyplease`. Nothing is
//! decided here: what the model holds is written down, in the order of the names.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::identifiers::Identifiers;
use crate::ir::{GroupVersion, Model, TypeId};
use crate::{Error, Layout, Manifest, Names, Options, Output};

mod clients;
mod crate_root;
mod docs;
mod enums;
mod imports;
mod informers;
mod manifest;
mod modules;
mod named;
mod one_file;
mod parts;
mod paths;
mod structs;
mod subresources;
mod summary;
mod tables;
mod text;
mod verbs;

use docs::Prose;
use named::{NamedModule, NamedType};
use text::File;

pub(crate) fn emit(model: &Model, names: &Identifiers, options: &Options) -> Result<Output, Error> {
    let context = Context::new(model, names, options);
    let mut files = BTreeMap::new();
    for module in context.modules() {
        modules::emit(&context, module, &mut files)?;
    }
    files.insert("src/clientset.rs".to_owned(), clients::clientset(&context)?);
    files.insert(
        "src/informers.rs".to_owned(),
        informers::extension(&context)?,
    );
    match options.layout {
        Layout::Module => files = one_file::of(&context, &files),
        Layout::Crate => add_root(&context, &options.manifest, &mut files)?,
    }
    files.insert(Names::FILE.to_owned(), lock(&context));
    let summary = summary::of(model, &files);
    let kinds = summary::kinds(&context);
    Ok(Output {
        files,
        kinds,
        summary,
    })
}

/// What was named here, for the next generation.
fn lock(context: &Context<'_>) -> String {
    let mark = context.mark("#").replace(" Do not edit.", "");
    format!("{mark}{NAMES_HEAD}{}", context.names.lock(context.model))
}

const NAMES_HEAD: &str = "\
# What has a name here keeps it when the specification changes: commit this file with the code.
# To call a type otherwise, change its last word and generate again.
";

/// What makes a crate of the modules.
fn add_root(
    context: &Context<'_>,
    manifest: &Manifest,
    files: &mut BTreeMap<String, String>,
) -> Result<(), Error> {
    manifest.check(context.model.foreign_crate.as_ref())?;
    let root = crate_root::emit(context, manifest)?;
    files.insert("src/lib.rs".to_owned(), root);
    if let Some(text) = manifest::emit(context, manifest) {
        files.insert("Cargo.toml".to_owned(), text);
    }
    Ok(())
}

/// What every emitter may ask.
struct Context<'a> {
    model: &'a Model,
    names: &'a Identifiers,
    prose: Prose,
    layout: Layout,
    types: BTreeMap<&'a GroupVersion, Vec<NamedType<'a>>>,
}

impl<'a> Context<'a> {
    fn new(model: &'a Model, names: &'a Identifiers, options: &Options) -> Self {
        let mut types: BTreeMap<&GroupVersion, Vec<NamedType<'a>>> = BTreeMap::new();
        for named in model
            .types
            .keys()
            .filter_map(|id| NamedType::of(id, model, names))
        {
            types.entry(&named.definition.home).or_default().push(named);
        }
        for list in types.values_mut() {
            list.sort_by_key(|named| named.name);
        }
        Self {
            model,
            names,
            prose: Prose(options.docs),
            layout: options.layout,
            types,
        }
    }

    /// The types of a module, by name.
    fn types_of(&self, gv: &GroupVersion) -> &[NamedType<'a>] {
        self.types.get(gv).map_or(&[], Vec::as_slice)
    }

    fn named(&self, id: &TypeId) -> Option<NamedType<'a>> {
        NamedType::of(id, self.model, self.names)
    }

    fn modules(&self) -> impl Iterator<Item = NamedModule<'a>> {
        let homes = self.model.modules.keys();
        homes.filter_map(|gv| self.module(gv))
    }

    fn module(&self, gv: &GroupVersion) -> Option<NamedModule<'a>> {
        NamedModule::of(gv, self.model, self.names)
    }

    /// The condition that a feature of the crate is on. A module has no features.
    fn gate(&self, feature: &str) -> Option<TokenStream> {
        self.gate_any(&BTreeSet::from([feature]))
    }

    /// The condition that any of some features is on.
    fn gate_any(&self, features: &BTreeSet<&str>) -> Option<TokenStream> {
        let which = features.iter().map(|feature| quote!(feature = #feature));
        let condition = match features.len() {
            1 => quote!(#(#which)*),
            _ => quote!(any(#(#which),*)),
        };
        (self.layout == Layout::Crate).then(|| quote!(#[cfg(#condition)]))
    }

    /// The first line of every file.
    fn mark(&self, comment: &str) -> String {
        let version = text::plain(&self.model.version);
        let version = match version.as_str() {
            "" => String::new(),
            version => format!(" from {version}"),
        };
        format!(
            "{comment} @generated by kubewright{version} (facts {}). Do not edit.\n",
            self.model.hash
        )
    }

    fn file(&self) -> File {
        File::new(self.mark("//"))
    }
}
