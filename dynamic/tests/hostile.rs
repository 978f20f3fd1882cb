//! The properties that are fuzzed, on the seeds and on what once broke one of them.
//!
//! `cargo +nightly fuzz run watch fuzz/corpus/watch fuzz/seeds/watch` looks for more; what
//! it finds becomes a seed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a panic is the failure report"
)]

use std::path::PathBuf;

#[path = "../../fuzz/properties.rs"]
mod properties;

fn hold(property: fn(&[u8]), seeds: &str) {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds"));
    let mut tried = 0;
    for entry in std::fs::read_dir(root.join(seeds)).unwrap() {
        let seed = std::fs::read(entry.unwrap().path()).unwrap();
        property(&seed);
        // Every beginning of a seed is a text that a connection may have cut short.
        (0..seed.len().min(512)).for_each(|end| property(&seed[..end]));
        tried += 1;
    }
    assert!(tried > 0, "no seeds for {seeds}");
}

#[test]
fn watches() {
    hold(properties::watch, "watch");
}

#[test]
fn objects() {
    hold(properties::unstructured, "unstructured");
}

#[test]
fn lists() {
    hold(properties::list, "list");
}

#[test]
fn kubeconfigs() {
    hold(properties::kubeconfig, "kubeconfig");
}

#[test]
fn quantities() {
    hold(properties::quantity, "quantity");
}

#[test]
fn selectors() {
    hold(properties::selector, "selector");
}
