//! Rules of the house that no compiler holds: layers, absences, sizes.

#![allow(clippy::expect_used, reason = "a panic is how a test fails")]

#[path = "tidy/errors.rs"]
mod errors;
#[path = "tidy/functions.rs"]
mod functions;
#[path = "tidy/names.rs"]
mod names;
#[path = "tidy/prose.rs"]
mod prose;
#[path = "tidy/rules.rs"]
mod rules;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The wings of `dynamic`, each of which looks only at those before it.
///
/// `codegen`, the ABI of generated code, names everything and is named by nothing.
const WINGS: [&str; 7] = [
    "model",
    "wire",
    "client",
    "crd",
    "cache",
    "controller",
    "codegen",
];

/// The rooms of a wing, each of which looks only at those before it.
const ROOMS: [(&str, &[&str]); 4] = [
    (
        "model",
        &[
            "json",
            "meta",
            "api_resource",
            "names",
            "selector",
            "error",
            "object",
            "resource",
            "unstructured",
            "verbs",
            "partial",
            "list",
            "subresource",
        ],
    ),
    (
        "wire",
        &[
            "warning",
            "credential",
            "config",
            "transport",
            "rest",
            "discovery",
            "mapper",
        ],
    ),
    ("client", &["api", "watch"]),
    ("controller", &["workqueue", "events"]),
];

/// A file longer than this is more than one concept.
const MOST_LINES: usize = 600;

#[test]
fn the_wings_of_dynamic_look_only_to_their_left() {
    let mut wrong = Vec::new();
    for (path, text) in sources("dynamic/src") {
        let (wing, room) = place_of(&path);
        if wing == "lib" || wing == "messages" {
            continue;
        }
        let rank = rank(&WINGS, &wing);
        assert!(rank.is_some(), "{}: in no wing", path.display());
        for (used, inside) in modules_used(&text) {
            let above = crate::rank(&WINGS, &used) > rank;
            let beside = used == wing && looks_right(&wing, room.as_deref(), &inside);
            if above || beside {
                wrong.push(format!("{} uses crate::{used}::{inside}", path.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Whether `room` of a wing names a room after it. The head of a wing, which has no room,
/// may name all of them.
fn looks_right(wing: &str, room: Option<&str>, used: &str) -> bool {
    let Some((_, rooms)) = ROOMS.iter().find(|(name, _)| *name == wing) else {
        return false;
    };
    let of = |name| rank(rooms, name);
    match (room.and_then(of), of(used)) {
        (Some(at), Some(used)) => used > at,
        _ => false,
    }
}

fn rank(order: &[&str], name: &str) -> Option<usize> {
    order.iter().position(|known| *known == name)
}

#[test]
fn pure_modules_await_nothing_and_touch_no_file() {
    const PURE: [&str; 19] = [
        "codegen/src",
        "dynamic/table/src",
        "dynamic/src/model/json",
        "dynamic/src/wire/rest",
        "dynamic/src/model/names",
        "dynamic/src/model/selector",
        "dynamic/src/wire/discovery",
        "dynamic/src/wire/credential/held.rs",
        "dynamic/src/wire/credential/state.rs",
        "dynamic/src/model/list/decoder",
        "dynamic/src/model/list/decoder.rs",
        "dynamic/src/client/watch/decoder.rs",
        "dynamic/src/cache/reflector",
        "dynamic/src/cache/reflector.rs",
        "dynamic/src/controller/events/correlator",
        "dynamic/src/controller/events/correlator.rs",
        "dynamic/src/controller/workqueue/limiter",
        "dynamic/src/controller/workqueue/limiter.rs",
        "dynamic/src/controller/workqueue/state.rs",
    ];
    for (path, text) in PURE.iter().flat_map(|folder| sources(folder)) {
        let text = code_of(&text);
        for word in [".await", "std::fs", "std::net", "tokio::", "std::env"] {
            assert!(!text.contains(word), "{} has {word}", path.display());
        }
    }
}

#[test]
fn unsafe_code_is_in_one_module_and_the_macros_that_feed_it() {
    for (path, text) in people_write() {
        let text = code_of(&text);
        let forms = ["{", "impl", "fn", "trait", "extern"].map(|next| format!("unsafe {next}"));
        // What may not have it may not allow it either.
        let has_unsafe = forms.iter().any(|form| text.contains(form))
            || (text.contains("allow(") && text.contains("(unsafe_code"));
        let path = path.strip_prefix(root()).expect("a path of ours");
        // Of the macros only `unsafe impl`: no token of a caller stands in an unsafe block.
        let is_macros =
            path == Path::new("dynamic/table/src/macros.rs") && !text.contains("unsafe {");
        let may = is_macros
            // What does not compile, as a test shows.
            || path.starts_with("dynamic/table/tests/ui")
            || path.starts_with("dynamic/table/src/place")
            || path == Path::new("dynamic/table/src/place.rs");
        assert!(may || !has_unsafe, "{} has unsafe code", path.display());
    }
}

/// What a macro names lies in the crate of the macro: at `::std` in the crate of a caller there
/// may be anything (`docs/soundness.md`).
#[test]
fn macros_name_everything_through_their_crate() {
    for folder in ["dynamic/table/src", "dynamic/src/codegen", "derive/src"] {
        for (path, text) in sources(folder) {
            let code = code_of(&text);
            for (at, _) in ["::std::", "::core::"]
                .iter()
                .flat_map(|root| code.match_indices(root))
            {
                let is_ours = ["abi", "codegen"]
                    .iter()
                    .any(|ours| code[..at].ends_with(ours));
                let line = code[at..].lines().next().unwrap_or_default();
                assert!(is_ours, "{}: {line}", path.display());
            }
        }
    }
}

#[test]
fn the_embedded_server_shares_no_type_with_the_client() {
    for (path, text) in sources("envtest/src/embedded") {
        let uses = text.matches("kubewright").count();
        assert_eq!(uses, 0, "{}", path.display());
    }
}

#[test]
fn files_are_one_concept_and_say_which() {
    for (path, text) in people_write() {
        let lines = text.lines().count();
        assert!(lines <= MOST_LINES, "{} has {lines} lines", path.display());
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        assert!(
            !matches!(
                name,
                "mod.rs" | "utils.rs" | "util.rs" | "helpers.rs" | "common.rs"
            ),
            "{}",
            path.display()
        );
        let is_module = path.components().any(|part| part.as_os_str() == "src");
        assert!(
            !is_module || text.starts_with("//!"),
            "{} does not say what it is",
            path.display()
        );
    }
}

#[test]
fn generated_files_are_marked() {
    for (path, text) in sources("generated/src") {
        assert!(
            text.starts_with("// @generated by kubewright"),
            "{}",
            path.display()
        );
    }
}

fn people_write() -> BTreeMap<PathBuf, String> {
    [
        "dynamic/table",
        "dynamic",
        "codegen",
        "codegen/samples",
        "derive",
        "envtest",
        "xtask",
        "xtask/cli",
        "examples",
        "examples/build-script",
        "examples/sites",
    ]
    .iter()
    .flat_map(|folder| sources(&format!("{folder}/src")))
    .collect()
}

/// `(client, Some(api))` for `dynamic/src/client/api.rs` and for all below `client/api/`.
fn place_of(path: &Path) -> (String, Option<String>) {
    let below = path
        .strip_prefix(root().join("dynamic/src"))
        .expect("a path in dynamic");
    let mut parts = below.components().map(|part| {
        part.as_os_str()
            .to_string_lossy()
            .trim_end_matches(".rs")
            .to_owned()
    });
    (parts.next().expect("a file"), parts.next())
}

/// The modules that a file names, with what follows in the path. Tests and comments are left
/// out: these may look anywhere.
fn modules_used(text: &str) -> Vec<(String, String)> {
    let code = code_of(text.split("#[cfg(test)]").next().unwrap_or_default());
    let names = code.split("crate::").skip(1).map(|rest| {
        let mut path = rest.split("::").map(|part| {
            part.chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                .collect::<String>()
        });
        (
            path.next().unwrap_or_default(),
            path.next().unwrap_or_default(),
        )
    });
    names.filter(|(name, _)| !name.is_empty()).collect()
}

/// A file without its comments, whose examples may show anything.
fn code_of(text: &str) -> String {
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

/// Every text of these extensions that people write in the repository, by its path in there.
fn texts(extensions: &[&str]) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    read_texts(Path::new(""), extensions, &mut found);
    assert!(found.len() > 10, "{extensions:?}: {} files", found.len());
    found
}

fn read_texts(folder: &Path, extensions: &[&str], found: &mut BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(root().join(folder)).expect("a readable folder") {
        let entry = entry.expect("an entry");
        let path = folder.join(entry.file_name());
        let kind = entry.file_type().expect("what it is");
        let name = entry.file_name();
        let is_made = name == "target" || name.to_string_lossy().starts_with('.');
        if kind.is_dir() && !is_made {
            read_texts(&path, extensions, found);
        }
        let extension = path.extension().unwrap_or_default();
        if kind.is_file() && extensions.iter().any(|wanted| extension == *wanted) {
            let text = fs::read_to_string(entry.path()).expect("a readable text");
            if !text.starts_with("// @generated") {
                found.insert(path, text);
            }
        }
    }
}

fn sources(folder: &str) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    collect(&root().join(folder), &mut found);
    assert!(!found.is_empty(), "{folder} has no sources");
    found
}

fn collect(path: &Path, found: &mut BTreeMap<PathBuf, String>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a readable folder") {
            collect(&entry.expect("an entry").path(), found);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        found.insert(
            path.to_owned(),
            fs::read_to_string(path).expect("a readable file"),
        );
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("a workspace")
        .to_owned()
}
