//! `kubewright gen` as a program: exit codes, output, and the files it leaves.
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
    Command::new(env!("CARGO_BIN_EXE_kubewright"))
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
fn names_are_kept_in_a_lock_that_people_may_edit() {
    let folder = tempfile::tempdir().unwrap();
    let (spec, out) = (folder.path().join("spec.json"), folder.path().join("api"));
    fs::write(&spec, SPEC).unwrap();
    let arguments = ["--openapi", path(&spec), "--out", path(&out)];
    let check = [&arguments[..], &["--check"]].concat();
    assert!(generate(&arguments).status.success());
    let lock = out.join("names.lock");
    let edited = fs::read_to_string(&lock)
        .unwrap()
        .replace(r#""example/v1" "Size""#, r#""example/v1" "Extent""#);
    fs::write(&lock, &edited).unwrap();
    assert_eq!(generate(&check).status.code(), Some(1), "not yet");
    assert!(generate(&arguments).status.success());
    assert!(generate(&check).status.success());
    let types = fs::read_to_string(out.join("src/example_v1/types.rs")).unwrap();
    assert!(types.contains("pub struct Extent "), "{types}");
    fs::write(&lock, edited.replace("\"Extent\"", "\"fn\"")).unwrap();
    let broken = generate(&arguments);
    assert_eq!(broken.status.code(), Some(1));
    let said = text(&broken.stderr);
    assert!(
        said.contains("names.lock#line ") && said.contains("`fn` cannot be"),
        "{said}"
    );
    fs::remove_file(&lock).unwrap();
    assert_eq!(
        generate(&check).status.code(),
        Some(1),
        "a lock belongs to the output"
    );
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
fn a_broken_document_gives_one_clear_line_and_no_output() {
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
        &["--crate-name", "without-a-folder"],
        &["--server", "--openapi", "x.json"],
        &["--openapi", "x.json"],
        &[],
    ] {
        assert_eq!(generate(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

/// A program that was built in a checkout is still no reason to write into that.
#[test]
fn the_folder_to_write_must_be_named() {
    let told = generate(&[]);
    assert!(text(&told.stderr).contains("--out"));
}

#[test]
fn stock_kubernetes_needs_no_document() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("api");
    let arguments = ["--include", "apps/v1/Deployment", "--out", path(&out)];
    for runtime in [&["--runtime", "registry"][..], &[]] {
        let done = generate(&[&arguments[..], runtime].concat());
        assert!(done.status.success(), "{}", text(&done.stderr));
        let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
        let by_version = format!(
            "kubewright = {{ version = {:?}, default",
            env!("CARGO_PKG_VERSION")
        );
        assert_eq!(
            manifest.contains(&by_version),
            !runtime.is_empty(),
            "{manifest}"
        );
        assert_eq!(
            manifest.contains("/dynamic\""),
            runtime.is_empty(),
            "{manifest}"
        );
    }
    let types = fs::read_to_string(out.join("src/apps_v1/types.rs")).unwrap();
    assert!(types.contains("pub struct Deployment "), "{types}");
}

#[test]
fn a_program_without_kinds_says_where_they_come_from() {
    let crd = Command::new(env!("CARGO_BIN_EXE_kubewright"))
        .arg("crd")
        .output()
        .unwrap();
    assert_eq!(crd.status.code(), Some(2));
    let said = text(&crd.stderr);
    assert!(said.contains("kubewright_cli::App::new().kinds("), "{said}");
}

#[test]
fn the_help_teaches_by_example() {
    let help = text(&generate(&["--help"]).stdout);
    for part in [
        "--openapi",
        "--server",
        "--check",
        "--crate-name",
        "--runtime",
        "GROUP[/VERSION[/KIND]]",
        "Examples:",
        "kubewright gen --server --out my-api --check",
    ] {
        assert!(help.contains(part), "{part}\n{help}");
    }
}

/// The crate that `gen` writes is one that a crate of somebody else's workspace can use.
#[test]
fn another_workspace_depends_on_a_crate_that_was_generated() {
    let folder = tempfile::tempdir().unwrap();
    let crds = root().join("examples/build-script/crds");
    let out = folder.path().join("cron-api");
    let arguments = [
        "--crd",
        path(&crds),
        "--crate-name",
        "cron-api",
        "--out",
        path(&out),
    ];
    let generated = generate(&arguments);
    assert!(generated.status.success(), "{}", text(&generated.stderr));
    let said = text(&generated.stdout);
    assert!(said.contains("to use it: cron-api = { path = "), "{said}");
    let again = text(&generate(&arguments).stdout);
    assert!(!again.contains("to use it"), "only once: {again}");
    let user = folder.path().join("user");
    for (name, content) in [("Cargo.toml", USER_MANIFEST), ("src/lib.rs", USER)] {
        fs::create_dir_all(user.join("src")).unwrap();
        let content = content.replace("RUNTIME", path(&root().join("dynamic")));
        fs::write(user.join(name), content).unwrap();
    }
    fs::copy(root().join("Cargo.lock"), user.join("Cargo.lock")).unwrap();
    let checked = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet"])
        .current_dir(&user)
        .env("CARGO_TARGET_DIR", root().join("target/tests/stand-alone"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", text(&checked.stderr));
}

const USER_MANIFEST: &str = r#"[workspace]

[package]
name = "user"
version = "0.1.0"
edition = "2024"

[dependencies]
cron-api = { path = "../cron-api", features = ["example_com_v1", "informers"] }
kubewright = { path = "RUNTIME" }
"#;

const USER: &str = r#"//! Uses the generated crate.
use cron_api::example_com_v1::{CronTab, CronTabLister};
use cron_api::{Clientset, Informers as _};
use kubewright::cache::SharedInformerFactory;

pub async fn use_it(clientset: &Clientset) -> kubewright::Result<CronTabLister> {
    let tabs = clientset.example_com_v1().cron_tabs("prod");
    tabs.create(&CronTab::new("hourly").with_defaults()).await?;
    let informers = SharedInformerFactory::new(clientset.client());
    Ok(informers.example_com_v1().cron_tabs().lister())
}
"#;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
}
