//! `src/lib.rs`.

use quote::quote;

use super::text::{ident, plain};
use super::{Context, clients};
use crate::{Error, Manifest};

/// A first request, for the crate's documentation.
const EXAMPLE: &str = include_str!("crate_root/example.rs.txt");

/// Lints that generated code cannot keep: names, shapes and texts are upstream's.
pub(super) const LINTS: &str = "\
    clippy::doc_markdown, clippy::large_enum_variant, clippy::struct_excessive_bools, \
    clippy::struct_field_names, clippy::upper_case_acronyms, clippy::enum_variant_names, \
    clippy::module_name_repetitions, clippy::too_long_first_doc_paragraph, \
    clippy::doc_lazy_continuation";

pub(super) fn emit(context: &Context<'_>, manifest: &Manifest) -> Result<String, Error> {
    let mut file = context.file();
    file.inner_docs(&intro(context));
    file.block(&attributes(context, manifest));
    file.group(quote! {
        #[rustfmt::skip]
        mod clientset;
    })?;
    file.group(quote! {
        #[cfg(feature = "informers")]
        #[rustfmt::skip]
        mod informers;
    })?;
    for module in context.model.modules.values() {
        let (feature, name) = (&module.name, ident(&module.name));
        file.group(quote! {
            #[cfg(feature = #feature)]
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
        "Each group-version is a module behind a feature of its name, and enables the".to_owned(),
        "group-versions that its types refer to; `full` enables all. `informers` adds caches and"
            .to_owned(),
        "listers by name, `schemars` and `arbitrary` implement `JsonSchema` and `Arbitrary` for every"
            .to_owned(),
        "type; they cost nothing where they are off.".to_owned(),
        String::new(),
    ];
    for (gv, module) in &context.model.modules {
        lines.push(format!(
            "- `{}`: `{}`",
            module.name,
            plain(&gv.api_version())
        ));
    }
    lines
}

/// The example, as attributes so that it is compiled when its feature is on, and the lints.
fn attributes(context: &Context<'_>, manifest: &Manifest) -> String {
    let example = context
        .model
        .modules
        .iter()
        .filter_map(|(gv, module)| Some((module, clients::any_reader(context, gv)?)))
        .min_by_key(|(module, _)| (module.name != "apps_v1", &module.name));
    let example = example.map(|(module, method)| {
        EXAMPLE
            .replace("CRATE", &manifest.crate_name().replace('-', "_"))
            .replace("FEATURE", &module.name)
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
