//! `Cargo.toml`.

use super::Context;
use super::text::literal;
use crate::Manifest;

pub(super) fn emit(context: &Context<'_>, manifest: &Manifest) -> Option<String> {
    let (package, dependencies, end) = match manifest {
        Manifest::Absent => return None,
        Manifest::Member => (
            MEMBER.to_owned(),
            MEMBER_DEPENDENCIES.to_owned(),
            MEMBER_END,
        ),
        Manifest::Standalone { runtime } => {
            let dependencies = standalone_dependencies(runtime.as_deref());
            (STANDALONE.to_owned(), dependencies, STANDALONE_END)
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

const STANDALONE: &str = r#"[package]
name = "kubewright-generated"
version = "0.1.0"
edition = "2024"
publish = false
"#;

const STANDALONE_END: &str = "# Its own workspace, wherever it lies.
[workspace]
";

fn standalone_dependencies(runtime: Option<&str>) -> String {
    let runtime = match runtime {
        Some(path) => format!("{{ version = \"0.1.0\", path = {} }}", literal(path)),
        None => "\"0.1.0\"".to_owned(),
    };
    format!(
        "[dependencies]\nkubewright-dynamic = {runtime}\nserde = {{ version = \"1\", features = [\"derive\"] }}\n"
    )
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
            let needs: Vec<String> = needs.map(|module| format!("\"{}\"", module.name)).collect();
            format!("{} = [{}]\n", module.name, needs.join(", "))
        })
        .collect();
    lines.sort_unstable();
    text.extend(lines);
    text
}
