//! `Cargo.toml`.

use super::Context;
use super::text::literal;
use crate::Manifest;
use crate::ir::{ForeignCrate, Module};

pub(super) fn emit(context: &Context<'_>, manifest: &Manifest) -> Option<String> {
    let (package, dependencies, end) = match manifest {
        Manifest::Absent => return None,
        Manifest::Member => (
            MEMBER.to_owned(),
            MEMBER_DEPENDENCIES.to_owned(),
            MEMBER_END,
        ),
        Manifest::Standalone { runtime } => {
            let mut dependencies = standalone_dependencies(runtime.as_deref());
            dependencies.extend(context.model.foreign_crate.as_ref().map(foreign));
            (standalone(context), dependencies, STANDALONE_END)
        }
    };
    let mark = context.mark("#");
    let features = features(context);
    Some(format!(
        "{mark}\n{package}\n{features}\n{dependencies}\n{end}"
    ))
}

const MEMBER: &str = r#"[package]
name = "kubewright-generated"
description = "Types and clients of stock Kubernetes, generated from its own OpenAPI."
version.workspace = true
edition.workspace = true
rust-version.workspace = true
license.workspace = true
keywords.workspace = true
categories.workspace = true

[package.metadata.docs.rs]
all-features = true
"#;

const MEMBER_DEPENDENCIES: &str = "[dependencies]
kubewright-dynamic.workspace = true
serde.workspace = true

[dev-dependencies]
serde_json.workspace = true
tokio.workspace = true
";

const MEMBER_END: &str = "[lints]
workspace = true
";

/// A crate cannot be called as the one that it takes types from.
fn standalone(context: &Context<'_>) -> String {
    let name = match context.model.foreign_crate {
        Some(_) => "kubewright-custom-resources",
        None => "kubewright-generated",
    };
    format!("[package]\nname = \"{name}\"\n{STANDALONE}")
}

const STANDALONE: &str = r#"version = "0.1.0"
edition = "2024"
publish = false
"#;

const STANDALONE_END: &str = "# Its own workspace, wherever it lies.
[workspace]
";

fn standalone_dependencies(runtime: Option<&str>) -> String {
    let runtime = source(runtime);
    format!(
        "[dependencies]\nkubewright-dynamic = {{ {runtime} }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\n"
    )
}

/// The crate that holds the types of stock Kubernetes: of it, what the features name.
fn foreign(found_in: &ForeignCrate) -> String {
    let source = source(found_in.path.as_deref());
    format!(
        "{} = {{ {source}, default-features = false }}\n",
        found_in.package
    )
}

fn source(path: Option<&str>) -> String {
    let path = path.map(|path| format!(", path = {}", literal(path)));
    format!("version = \"0.1.0\"{}", path.unwrap_or_default())
}

/// One feature a group-version, with the group-versions that its types name.
fn features(context: &Context<'_>) -> String {
    let modules = context.model.modules.values();
    let mut text = String::from("[features]\ndefault = []\n# Every group-version.\nfull = [\n");
    let mut names: Vec<&str> = modules.clone().map(|module| module.name.as_str()).collect();
    names.sort_unstable();
    for name in names {
        text.push_str(&format!("    \"{name}\",\n"));
    }
    text.push_str("]\n# Informers and listers by name.\ninformers = []\n");
    let mut lines: Vec<String> = modules
        .map(|module| {
            let needs = module.needs.iter().filter_map(|gv| context.module(gv));
            let needs = needs.map(|module| module.name.clone());
            let needs = needs.chain(foreign_features(context, module));
            let needs: Vec<String> = needs.map(|name| format!("\"{name}\"")).collect();
            format!("{} = [{}]\n", module.name, needs.join(", "))
        })
        .collect();
    lines.sort_unstable();
    text.extend(lines);
    text
}

fn foreign_features<'a>(
    context: &'a Context<'_>,
    module: &'a Module,
) -> impl Iterator<Item = String> + 'a {
    let package = context.model.foreign_crate.iter();
    package.flat_map(|found_in| {
        let needs = module.foreign_needs.iter();
        needs.map(|feature| format!("{}/{feature}", found_in.package))
    })
}
