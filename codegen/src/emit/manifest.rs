//! `Cargo.toml`.

use super::{Context, NamedModule, crate_root};
use crate::options::ForeignCrate;
use crate::{Manifest, Source};

pub(super) fn emit(context: &Context<'_>, manifest: &Manifest) -> Option<String> {
    let (package, dependencies, end) = match manifest {
        Manifest::Absent => return None,
        Manifest::Member => (
            MEMBER.to_owned(),
            MEMBER_DEPENDENCIES.to_owned(),
            MEMBER_END,
        ),
        Manifest::Standalone {
            name,
            runtime,
            own_workspace,
        } => {
            let end = if *own_workspace { OWN_WORKSPACE } else { "" };
            let mut dependencies = dependencies(runtime);
            dependencies.extend(context.model.foreign_crate.as_ref().map(foreign));
            (package(name), dependencies, end)
        }
    };
    let mark = context.mark("#");
    let features = features(context);
    let parts = [mark, package, features, dependencies, end.to_owned()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Some(parts.join("\n"))
}

const MEMBER: &str = r#"[package]
name = "kubewright-generated"
description = "Types and clients of stock Kubernetes, generated from its own OpenAPI."
version.workspace = true
edition.workspace = true
rust-version.workspace = true
license.workspace = true
readme = "README.md"
keywords.workspace = true
categories.workspace = true

[package.metadata.docs.rs]
all-features = true
"#;

const MEMBER_DEPENDENCIES: &str = r#"[dependencies]
kubewright.workspace = true

[dev-dependencies]
arbitrary.workspace = true
fastrand.workspace = true
schemars = { workspace = true, features = ["derive"] }
serde.workspace = true
serde_json.workspace = true
tokio.workspace = true
"#;

const MEMBER_END: &str = "[lints]
workspace = true
";

const OWN_WORKSPACE: &str = "# No part of the workspace around it.
[workspace]
";

/// What this generator and its output are made with.
const VERSION: &str = env!("CARGO_PKG_VERSION");
const RUST_VERSION: &str = env!("CARGO_PKG_RUST_VERSION");

fn package(name: &str) -> String {
    format!(
        "[package]
name = {}
description = \"Types and clients of a Kubernetes API, generated from its own description.\"
version = \"0.1.0\"
edition = \"2024\"
rust-version = \"{RUST_VERSION}\"

[package.metadata.docs.rs]
all-features = true
",
        text(name)
    )
}

fn dependencies(runtime: &Source) -> String {
    let runtime = source(runtime);
    format!("[dependencies]\nkubewright = {{ {runtime}, default-features = false }}\n")
}

/// The crate that holds the types of stock Kubernetes: of it, what the features name.
fn foreign(found_in: &ForeignCrate) -> String {
    format!(
        "{} = {{ {}, default-features = false }}\n",
        found_in.package,
        source(&found_in.source)
    )
}

fn source(source: &Source) -> String {
    let place = match source {
        Source::Registry => String::new(),
        Source::Path(path) => format!(", path = {}", text(path)),
        Source::Git { url, rev: None } => format!(", git = {}", text(url)),
        Source::Git {
            url,
            rev: Some(rev),
        } => format!(", git = {}, rev = {}", text(url), text(rev)),
    };
    format!("version = \"{VERSION}\"{place}")
}

/// A basic string of TOML, which takes every escape that JSON writes.
fn text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// What is not of a group-version; the runtime's macros know what the last two bring.
const EXTRAS: &str = r#"]
# Informers and listers by name.
informers = ["kubewright/cache"]
# `schemars::JsonSchema` for every type.
schemars = ["kubewright/schemars"]
# `arbitrary::Arbitrary` for every type.
arbitrary = ["kubewright/arbitrary"]
"#;

/// One feature for each group-version. The types of others that it uses are compiled with it
/// because of the conditions on them, so the feature need not name others.
fn features(context: &Context<'_>) -> String {
    let modules: Vec<_> = context.modules().collect();
    let mut text = String::from("[features]\ndefault = []\n# Every group-version.\nfull = [\n");
    let mut names: Vec<&str> = modules.iter().map(|module| module.name).collect();
    names.sort_unstable();
    for name in names {
        text.push_str(&format!("    \"{name}\",\n"));
    }
    text.push_str(EXTRAS);
    let mut lines: Vec<(&str, String)> = modules
        .into_iter()
        .map(|module| {
            let needs = foreign_features(context, module);
            let needs: Vec<String> = needs.map(|name| format!("\"{name}\"")).collect();
            let brings = crate_root::what_it_brings(context, module);
            let line = format!("# {brings}.\n{} = [{}]\n", module.name, needs.join(", "));
            (module.name, line)
        })
        .collect();
    lines.sort_unstable();
    text.extend(lines.into_iter().map(|(_, line)| line));
    text
}

fn foreign_features<'a>(
    context: &'a Context<'_>,
    module: NamedModule<'a>,
) -> impl Iterator<Item = String> + 'a {
    let package = context.model.foreign_crate.iter();
    package.flat_map(move |found_in| {
        let needs = module.module.foreign_needs.iter();
        needs.map(|feature| format!("{}/{feature}", found_in.package))
    })
}
