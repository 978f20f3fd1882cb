//! The output as one file, to be included in a crate that a person wrote.
//!
//! What `mod` names is put in its place. Paths between the modules are relative, so the file
//! may be included at any depth.

use std::collections::BTreeMap;

use super::Context;
use super::crate_root::{EMITTED, LINTS};

/// The name of the file.
const NAME: &str = "api.rs";

/// The files of a crate, but its root, as one.
pub(super) fn of(
    context: &Context<'_>,
    files: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let mut text = format!("{}\n{EMITTED}", context.mark("//"));
    for name in ["clientset", "informers"] {
        text.push_str(&module("", name, files));
    }
    for part in context.modules() {
        text.push_str(&module("pub ", part.name, files));
    }
    text.push_str("\npub use clientset::Clientset;\npub use informers::Informers;\n");
    BTreeMap::from([(NAME.to_owned(), text)])
}

/// Unused items are not a mistake here. Each module says so, because an included file cannot.
fn module(visibility: &str, name: &str, files: &BTreeMap<String, String>) -> String {
    let body = inlined(&format!("src/{name}"), files);
    format!("\n#[allow(dead_code, unused_imports, {LINTS})]\n{visibility}mod {name} {{\n{body}}}\n")
}

/// A file below its mark, with the files that its `mod` items name.
fn inlined(stem: &str, files: &BTreeMap<String, String>) -> String {
    let Some(text) = files.get(&format!("{stem}.rs")) else {
        return String::new();
    };
    let mut inlined_text = String::new();
    for line in text.lines().skip(1) {
        let part = line
            .strip_prefix("mod ")
            .and_then(|rest| rest.strip_suffix(';'));
        match part {
            Some(part) => {
                let inner = inlined(&format!("{stem}/{part}"), files);
                inlined_text.push_str(&format!("    mod {part} {{\n{}    }}\n", indented(&inner)));
            }
            None if line.is_empty() => inlined_text.push('\n'),
            None => inlined_text.push_str(&format!("    {line}\n")),
        }
    }
    inlined_text
}

/// Literals hold no line breaks, so every line is one of code.
fn indented(text: &str) -> String {
    text.lines()
        .map(|line| match line.is_empty() {
            true => "\n".to_owned(),
            false => format!("    {line}\n"),
        })
        .collect()
}
