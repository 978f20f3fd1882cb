//! The files of a module's types, and which features compile them.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

use super::Context;
use crate::Layout;
use crate::ir::{GroupVersion, Module, TypeDef};

/// A file of types.
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    pub(super) types: Vec<&'a TypeDef>,
    /// What hides it where nobody needs it, inside its module.
    pub(super) gate: Option<TokenStream>,
}

/// The files, the module's own types first. A module without features has one.
pub(super) fn of<'a>(context: &Context<'a>, gv: &GroupVersion) -> Vec<File<'a>> {
    let Some(module) = context.module(gv) else {
        return Vec::new();
    };
    if context.layout == Layout::Module {
        return vec![File {
            name: "types",
            types: context.types_of(gv).to_vec(),
            gate: None,
        }];
    }
    let parts = module.parts.iter().map(|part| {
        let mut types: Vec<&TypeDef> = part
            .types
            .iter()
            .filter_map(|id| context.model.types.get(id))
            .collect();
        types.sort_by(|a, b| a.name.cmp(&b.name));
        let features = features(context, module, &part.users);
        let gate = context.gate_any(&features);
        File {
            name: &part.file,
            types,
            gate: gate.filter(|_| is_shared(module)),
        }
    });
    parts.collect()
}

/// What hides the module where none of its types is needed.
pub(super) fn gate_of_module(context: &Context<'_>, module: &Module) -> Option<TokenStream> {
    let users = module.parts.iter().flat_map(|part| &part.users);
    context.gate_any(&features(context, module, users))
}

/// What hides that of a module which only its own feature brings.
pub(super) fn gate_of_own(context: &Context<'_>, module: &Module) -> Option<TokenStream> {
    is_shared(module).then(|| context.gate(&module.name))?
}

/// Whether other features compile something of the module.
fn is_shared(module: &Module) -> bool {
    module.parts.iter().any(|part| !part.users.is_empty())
}

fn features<'a>(
    context: &Context<'a>,
    module: &'a Module,
    users: impl IntoIterator<Item = &'a GroupVersion>,
) -> BTreeSet<&'a str> {
    let users = users.into_iter().filter_map(|user| context.module(user));
    let names = users.map(|user| user.name.as_str());
    names.chain([module.name.as_str()]).collect()
}
