//! `src/lib.rs`.

use quote::quote;

use super::text::{ident, plain};
use super::{Context, NamedModule, clients, docs, parts};
use crate::ir::GroupVersion;
use crate::{Error, Manifest};

/// A first request, for the crate's documentation.
const EXAMPLE: &str = include_str!("crate_root/example.rs.txt");

/// Lints that generated code cannot keep: names, shapes and texts are upstream's.
pub(super) const LINTS: &str = "\
    clippy::doc_markdown, clippy::large_enum_variant, clippy::struct_excessive_bools, \
    clippy::struct_field_names, clippy::upper_case_acronyms, clippy::enum_variant_names, \
    clippy::module_name_repetitions, clippy::too_long_first_doc_paragraph, \
    clippy::doc_lazy_continuation";

/// For whose macros this is written: another runtime says so before it stumbles over the rest.
pub(super) const EMITTED: &str = "kubewright::codegen::emitted!(1);\n";

pub(super) fn emit(context: &Context<'_>, manifest: &Manifest) -> Result<String, Error> {
    let mut file = context.file();
    file.inner_docs(&intro(context));
    file.block(&attributes(context, manifest));
    file.block(EMITTED);
    file.group(quote! {
        #[rustfmt::skip]
        mod clientset;
    })?;
    file.group(quote! {
        #[cfg(feature = "informers")]
        #[rustfmt::skip]
        mod informers;
    })?;
    for module in context.modules() {
        let (gate, name) = (parts::gate_of_module(context, module), ident(module.name));
        file.group(quote! {
            #gate
            #[rustfmt::skip]
            pub mod #name;
        })?;
    }
    file.group(quote! {
        pub use clientset::Clientset;
        #[cfg(feature = "informers")]
        pub use informers::Informers;
    })?;
    Ok(file.finish())
}

fn intro(context: &Context<'_>) -> Vec<String> {
    let mut lines = vec![
        "Types and clients of a Kubernetes API, generated from its OpenAPI.".to_owned(),
        String::new(),
        "Each group-version is a module behind a feature of its name; `full` enables all. Where"
            .to_owned(),
        "its types refer to types of another, those are there as well, in their own module, and"
            .to_owned(),
        "nothing else of it. `informers` adds caches and listers by name, `schemars` and"
            .to_owned(),
        "`arbitrary` implement `JsonSchema` and `Arbitrary` for every type; they cost nothing"
            .to_owned(),
        "where they are off.".to_owned(),
        String::new(),
    ];
    for module in context.modules() {
        let brings = what_it_brings(context, module);
        lines.push(format!("- `{}`: {brings}", module.name));
    }
    lines
}

/// A group-version, and the others that a part is compiled of with it.
pub(super) fn what_it_brings(context: &Context<'_>, module: NamedModule<'_>) -> String {
    let code = |gv: &GroupVersion| docs::code(&plain(&gv.api_version()));
    let needs = module.module.needs.iter();
    let needs: Vec<String> = needs
        .filter(|home| context.module(home).is_some())
        .map(code)
        .collect();
    match needs.is_empty() {
        true => code(module.gv),
        false => format!(
            "{}, and what that uses of {}",
            code(module.gv),
            needs.join(", ")
        ),
    }
}

/// The example, as attributes so that it is compiled when its feature is on, and the lints.
fn attributes(context: &Context<'_>, manifest: &Manifest) -> String {
    let example = context
        .modules()
        .filter_map(|module| Some((module, clients::any_reader(context, module)?)))
        .min_by_key(|(module, _)| (module.name != "apps_v1", module.name));
    let example = example.map(|(module, method)| {
        EXAMPLE
            .replace("CRATE", &manifest.crate_name().replace('-', "_"))
            .replace("FEATURE", module.name)
            .replace("METHOD", method)
    });
    format!("{}{}", example.unwrap_or_default(), allowed())
}

fn allowed() -> String {
    let lints = LINTS.replace(", ", ",\n    ");
    format!(
        "#![allow(\n    {lints},\n    reason = \"names, shapes and texts are upstream's\"\n)]\n"
    )
}
