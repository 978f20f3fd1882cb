//! Small specifications and the whole modules that they become: how generated code is laid out.
//!
//! The Rust type of a single schema is a line of `constructs/main.rs` instead.
//!
//! `UPDATE_GOLDEN=1 cargo test -p kubewright-codegen --test golden` writes the outputs again;
//! the tests of `generated/` compile them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic is the failure report of a test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use kubewright_codegen::{Docs, Options, Spec, generate};
use similar::TextDiff;

/// Generates a case and compares it with its golden output.
fn verify(case: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(case);
    let spec = ["input.json", "input.yaml"]
        .iter()
        .find_map(|name| Some(Spec::new(*name, fs::read(folder.join(name)).ok()?)))
        .unwrap();
    let mut options = Options::default();
    options.docs = Docs::Full;
    let output = generate(&[spec], &options).unwrap();
    let found = one_file(&output.files);
    let golden = folder.join("output.rs");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&golden, &found).unwrap();
        return;
    }
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    let diff = TextDiff::from_lines(&expected, &found);
    assert!(
        expected == found,
        "{case} changed; UPDATE_GOLDEN=1 accepts it\n{}",
        diff.unified_diff()
    );
}

/// The modules of a crate as one file: what `mod` names is put in its place.
fn one_file(files: &BTreeMap<String, String>) -> String {
    let mut text = String::new();
    for (path, content) in files {
        let Some(module) = path
            .strip_prefix("src/")
            .and_then(|path| path.strip_suffix(".rs"))
        else {
            continue;
        };
        if module.contains('/') || ["lib", "clientset", "informers"].contains(&module) {
            continue;
        }
        let mut content = without_gates(&without_mark(content), module);
        for (path, inner) in files {
            let part = path.strip_prefix(&format!("src/{module}/"));
            if let Some(part) = part.and_then(|part| part.strip_suffix(".rs")) {
                let inner = format!("mod {part} {{\n{}}}\n", indented(&without_mark(inner)));
                content = content.replacen(&format!("mod {part};\n"), &inner, 1);
            }
        }
        text.push_str(&format!("pub mod {module} {{\n{}}}\n", indented(&content)));
    }
    text
}

/// The features of a case are not features of the crate that compiles it.
fn without_gates(text: &str, module: &str) -> String {
    let own = format!("#[cfg(feature = \"{module}\")]");
    let mut kept = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let is_of_some = line == "#[cfg(" || line.starts_with("#[cfg(any(");
        if is_of_some && !line.ends_with(")]") {
            lines.by_ref().find(|line| line.ends_with(")]"));
        } else if !is_of_some && line != own {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// The mark carries a hash of the input, which says nothing here.
fn without_mark(text: &str) -> String {
    text.lines()
        .skip(1)
        .map(|line| format!("{line}\n"))
        .collect()
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| match line.is_empty() {
            true => "\n".to_owned(),
            false => format!("    {line}\n"),
        })
        .collect()
}

macro_rules! cases {
    ($($case:ident),* $(,)?) => {
        $(
            #[test]
            fn $case() {
                verify(stringify!($case));
            }
        )*

        #[test]
        fn every_case_is_verified() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
            let mut found: Vec<String> = fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            found.sort();
            assert_eq!(found, [$(stringify!($case)),*]);
        }
    };
}

/// `constructs.md` says which case shows a construct, and by what.
#[test]
fn every_construct_is_shown_by_a_case() {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        // The outputs are being written meanwhile.
        return;
    }
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let list = fs::read_to_string(tests.join("constructs.md")).unwrap();
    let rows = list.lines().filter(|line| line.ends_with("` |"));
    let mut shown = 0;
    for row in rows {
        let (left, piece) = row.split_once(" | `").unwrap();
        let (_, case) = left.rsplit_once("| ").unwrap();
        let piece = piece.strip_suffix("` |").unwrap();
        let output = tests.join("cases").join(case).join("output.rs");
        let output = fs::read_to_string(output).unwrap_or_else(|error| panic!("{case}: {error}"));
        assert!(output.contains(piece), "{case} does not show {row}");
        shown += 1;
    }
    assert!(shown > 20, "{shown} constructs");
}

cases! {
    aliases,
    collections,
    collisions,
    custom_resources,
    defaults,
    described_enums,
    docs,
    embedded_kinds,
    exact_values,
    field_names,
    inline_objects,
    int_or_string,
    limits,
    many_kinds,
    nullability,
    odd_constructs,
    open_enums,
    patch_kinds,
    presence,
    recursion,
    resources,
    scalars,
    schema_or,
    sensitive,
    shared_enums,
    shared_shapes,
    streams,
    structural,
    two_groups,
    unknown_fields,
    without_actions,
}
