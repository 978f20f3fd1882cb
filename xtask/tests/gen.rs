//! `cargo xtask gen` as a program: exit codes, what it says, what it leaves behind.
#![allow(
    clippy::unwrap_used,
    reason = "a panic is the failure report of a test"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const SPEC: &str = r##"{"swagger": "2.0", "info": {"version": "v1"}, "definitions": {
    "com.example.v1.Size": {"type": "object", "description": "How big.", "properties": {"width": {"type": "integer"}}}
}}"##;

fn generate(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("gen")
        .args(arguments)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn writing_then_checking_is_fresh_and_a_touched_file_is_stale() {
    let folder = tempfile::tempdir().unwrap();
    let (spec, out) = (folder.path().join("spec.json"), folder.path().join("api"));
    fs::write(&spec, SPEC).unwrap();
    let arguments = ["--openapi", path(&spec), "--out", path(&out)];
    let check = [&arguments[..], &["--check"]].concat();
    assert_eq!(
        generate(&check).status.code(),
        Some(1),
        "nothing is there yet"
    );
    assert!(!out.exists(), "checking writes nothing");
    assert!(generate(&arguments).status.success());
    assert!(generate(&check).status.success());
    let types = out.join("src/example_v1/types.rs");
    let touched = fs::read_to_string(&types)
        .unwrap()
        .replace("width", "height");
    fs::write(&types, &touched).unwrap();
    let stale = generate(&check);
    assert_eq!(stale.status.code(), Some(1));
    let shown = text(&stale.stdout);
    assert!(shown.contains("changed src/example_v1/types.rs"), "{shown}");
    assert!(shown.contains("pub width: Option<i64>,"), "{shown}");
    assert!(text(&stale.stderr).contains("without --check"));
    assert!(
        !shown.contains('\u{1b}'),
        "no colours where no terminal looks"
    );
    assert_eq!(fs::read_to_string(&types).unwrap(), touched);
}

#[test]
fn docs_are_upstreams_words_or_none_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let (spec, out) = (folder.path().join("spec.json"), folder.path().join("api"));
    fs::write(&spec, SPEC).unwrap();
    for (docs, expected) in [("none", false), ("full", true)] {
        let arguments = [
            "--openapi",
            path(&spec),
            "--out",
            path(&out),
            "--docs",
            docs,
        ];
        assert!(generate(&arguments).status.success());
        let types = fs::read_to_string(out.join("src/example_v1/types.rs")).unwrap();
        assert_eq!(types.contains("How big."), expected, "{docs}");
    }
}

#[test]
fn a_broken_document_is_one_clear_line_and_no_output() {
    let folder = tempfile::tempdir().unwrap();
    let (spec, out) = (folder.path().join("torn.json"), folder.path().join("api"));
    fs::write(&spec, &SPEC[..100]).unwrap();
    let failed = generate(&["--openapi", path(&spec), "--out", path(&out)]);
    assert_eq!(failed.status.code(), Some(1));
    let said = text(&failed.stderr);
    assert!(
        said.starts_with("error: ") && said.contains("torn.json"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(!out.exists());
}

#[test]
fn what_cannot_be_meant_is_a_usage_error() {
    for arguments in [
        &["--include", "a/b/c"][..],
        &["--docs", "some"],
        &["--server", "--openapi", "x.json"],
    ] {
        assert_eq!(generate(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn the_help_teaches_by_example() {
    let help = text(&generate(&["--help"]).stdout);
    for part in [
        "--openapi",
        "--server",
        "--check",
        "Examples:",
        "cargo xtask gen --check",
    ] {
        assert!(help.contains(part), "{part}\n{help}");
    }
}
