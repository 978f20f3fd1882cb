//! The layout of the output: a crate under any name, or one file, and only what was asked for.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic is the failure report of a test"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kubewright_codegen::{Layout, Manifest, Names, Options, Output, Source, Spec, generate};

/// The golden case with two groups, one of which names types of the other.
fn run(options: &Options) -> Result<Output, kubewright_codegen::Error> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/two_groups/input.json");
    generate(&[Spec::new("two_groups", fs::read(path).unwrap())], options)
}

fn included(filters: &[&str]) -> Result<Output, kubewright_codegen::Error> {
    let mut options = Options::default();
    options.include = filters.iter().map(|text| text.parse().unwrap()).collect();
    run(&options)
}

fn standalone(name: &str, runtime: Source) -> Options {
    let mut options = Options::default();
    options.manifest = Manifest::Standalone {
        name: name.to_owned(),
        runtime,
        own_workspace: false,
    };
    options
}

fn types(output: &Output) -> BTreeSet<String> {
    let texts = output
        .files
        .iter()
        .filter(|(path, _)| path.ends_with("types.rs"));
    texts
        .flat_map(|(_, text)| text.lines())
        .filter_map(|line| line.strip_prefix("pub struct "))
        .map(|line| line.trim_end_matches([' ', '{']).to_owned())
        .collect()
}

#[test]
fn a_module_is_one_file_that_fits_anywhere() {
    let mut options = Options::default();
    options.layout = Layout::Module;
    options.manifest = Manifest::Standalone {
        name: "unused".to_owned(),
        runtime: Source::Registry,
        own_workspace: true,
    };
    let output = run(&options).unwrap();
    assert_eq!(
        output.files.keys().collect::<Vec<_>>(),
        ["api.rs", Names::FILE]
    );
    let text = &output.files["api.rs"];
    syn::parse_file(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    for absent in ["cfg(feature", "crate::", "\nmod ", "#!["] {
        let found = text
            .find(absent)
            .map(|at| &text[at..(at + 60).min(text.len())]);
        assert!(found.is_none() || absent == "\nmod ", "{found:?}");
    }
    assert!(text.contains("pub use clientset::Clientset;"));
}

#[test]
fn one_kind_brings_what_it_needs_and_nothing_else() {
    let output = included(&["right.example.com/v1beta1/Right"]).unwrap();
    let expected = ["Right", "Shared"].map(str::to_owned);
    assert_eq!(types(&output), BTreeSet::from(expected));
    assert_eq!(output.summary.resources, 1);
}

/// What one group-version names of another is compiled with it, and nothing else of that.
#[test]
fn a_feature_brings_what_its_types_reach() {
    let output = run(&standalone("a", Source::Registry)).unwrap();
    let either =
        r#"#[cfg(any(feature = "left_example_com_v1", feature = "right_example_com_v1beta1"))]"#;
    let root = &output.files["src/lib.rs"];
    assert!(root.contains(&format!(
        "{either}\n#[rustfmt::skip]\npub mod left_example_com_v1;"
    )));
    let left = &output.files["src/left_example_com_v1.rs"];
    for gated in [
        format!("{either}\nmod shared_types;"),
        format!("{either}\npub use shared_types::Shared;"),
        "#[cfg(feature = \"left_example_com_v1\")]\nmod types;".to_owned(),
        "#[cfg(feature = \"left_example_com_v1\")]\nmod client;".to_owned(),
    ] {
        assert!(left.contains(&gated), "{gated}\n{left}");
    }
    let own = &output.files["src/left_example_com_v1/types.rs"];
    assert!(own.contains("use super::Shared;"), "{own}");
    let right = &output.files["src/right_example_com_v1beta1.rs"];
    assert!(!right.contains("feature = \"right"), "{right}");
    let manifest = &output.files["Cargo.toml"];
    assert!(
        manifest.contains(
            "# `right.example.com/v1beta1`, and what that uses of `left.example.com/v1`.\n\
             right_example_com_v1beta1 = []\n"
        ),
        "{manifest}"
    );
}

#[test]
fn what_is_not_there_cannot_be_asked_for() {
    for (filter, shown) in [
        ("nowhere.example.com", "`nowhere.example.com`"),
        ("v1/Pot", "`core/v1/Pot`"),
    ] {
        let error = included(&[filter]).unwrap_err().to_string();
        assert!(error.contains(shown), "{error}");
    }
}

#[test]
fn a_stand_alone_crate_names_versions_and_no_place() {
    let output = run(&standalone("my-api", Source::Registry)).unwrap();
    let manifest = &output.files["Cargo.toml"];
    for part in [
        "name = \"my-api\"",
        "edition = \"2024\"",
        "rust-version = ",
        "[features]",
        "informers = [\"kubewright/cache\"]",
        "kubewright = { version = \"0",
    ] {
        assert!(manifest.contains(part), "{part}\n{manifest}");
    }
    assert!(
        !manifest.contains("path =") && !manifest.contains("[workspace]"),
        "{manifest}"
    );
    assert!(!output.files["src/lib.rs"].contains("kubewright_generated"));
}

#[test]
fn the_runtime_comes_from_where_one_says() {
    let git = Source::Git {
        url: "https://example.com/k.git".to_owned(),
        rev: Some("a\"b".to_owned()),
    };
    for (runtime, shown) in [
        (
            Source::Path("../dynamic".to_owned()),
            "path = \"../dynamic\"",
        ),
        (git, r#"git = "https://example.com/k.git", rev = "a\"b""#),
    ] {
        let output = run(&standalone("a", runtime)).unwrap();
        assert!(
            output.files["Cargo.toml"].contains(shown),
            "{}",
            output.files["Cargo.toml"]
        );
    }
}

#[test]
fn an_invalid_name_is_refused() {
    for name in [
        "",
        "My-Api",
        "1st",
        "a b",
        "a\"\n[x]",
        "../x",
        &"a".repeat(65),
    ] {
        let error = run(&standalone(name, Source::Registry)).unwrap_err();
        assert!(
            error.to_string().contains("not a valid name for a crate"),
            "{error}"
        );
    }
}

#[test]
fn structs_keep_what_they_do_not_know_where_that_is_asked_for() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/sensitive/input.json");
    let secrets = Spec::new("sensitive", fs::read(path).unwrap());
    let mut options = Options::default();
    let maps = |output: &Output| -> usize {
        let texts = output.files.values();
        texts.map(|text| text.matches(".. unknown").count()).sum()
    };
    assert_eq!(maps(&run(&options).unwrap()), 0);
    options.keep_unknown = true;
    let output = run(&options).unwrap();
    assert_eq!(maps(&output), types(&output).len());
    let text: String = output.files.into_values().collect();
    assert!(text.contains(r#".. unknown except "apiVersion" "kind""#));
    // What a secret does not know may be secret.
    let output = generate(&[secrets], &options).unwrap();
    let text: String = output.files.into_values().collect();
    let (_, secret) = text.split_once("    Secret {").unwrap();
    assert!(!secret.split_once('}').unwrap().0.contains("unknown"));
}
