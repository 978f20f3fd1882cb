//! The files of a module's types, and the features that compile them.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

use super::{Context, NamedModule, NamedType};
use crate::Layout;
use crate::ir::GroupVersion;

/// A file of types.
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    pub(super) types: Vec<NamedType<'a>>,
    /// The condition under which it is compiled, inside its module.
    pub(super) gate: Option<TokenStream>,
}

/// The files, the module's own types first. A module without features has one.
pub(super) fn of<'a>(context: &Context<'a>, module: NamedModule<'a>) -> Vec<File<'a>> {
    if context.layout == Layout::Module {
        return vec![File {
            name: "types",
            types: context.types_of(module.gv).to_vec(),
            gate: None,
        }];
    }
    let parts = module.module.parts.iter().zip(&module.names.files);
    let parts = parts.map(|(part, name)| {
        let types = part.types.iter().filter_map(|id| context.named(id));
        let mut types: Vec<NamedType<'_>> = types.collect();
        types.sort_by_key(|named| named.name);
        let features = features(context, module, &part.users);
        let gate = context.gate_any(&features);
        File {
            name,
            types,
            gate: gate.filter(|_| is_shared(module)),
        }
    });
    parts.collect()
}

/// The condition under which any of a module is compiled.
pub(super) fn gate_of_module(
    context: &Context<'_>,
    module: NamedModule<'_>,
) -> Option<TokenStream> {
    let users = module.module.parts.iter().flat_map(|part| &part.users);
    context.gate_any(&features(context, module, users))
}

/// The condition for the part of a module that only its own feature brings.
pub(super) fn gate_of_own(context: &Context<'_>, module: NamedModule<'_>) -> Option<TokenStream> {
    is_shared(module).then(|| context.gate(module.name))?
}

/// Whether other features compile something of the module.
fn is_shared(module: NamedModule<'_>) -> bool {
    module
        .module
        .parts
        .iter()
        .any(|part| !part.users.is_empty())
}

fn features<'a>(
    context: &Context<'a>,
    module: NamedModule<'a>,
    users: impl IntoIterator<Item = &'a GroupVersion>,
) -> BTreeSet<&'a str> {
    let users = users.into_iter().filter_map(|user| context.module(user));
    let names = users.map(|user| user.name);
    names.chain([module.name]).collect()
}
