//! Made-up objects: of each kind one with all fields, and many with some.

use kubewright_samples::{Fill, Temper, differences};
use serde_json::Value;

use crate::{kinds, stock};

/// Objects of each kind; `KUBEWRIGHT_SEEDS` asks for more.
fn seeds() -> u64 {
    let asked = std::env::var("KUBEWRIGHT_SEEDS").ok();
    asked
        .and_then(|text| text.parse().ok())
        .map_or(50, |asked: u64| asked / 10)
}

#[test]
fn every_kind_of_the_specification_is_proven() {
    let specified = stock::kinds()
        .all
        .iter()
        .map(|kind| (kind.api_version(), kind.kind.clone()));
    let proven = kinds::all()
        .into_iter()
        .map(|kind| (kind.resource.api_version(), kind.resource.kind.into_owned()));
    let (mut specified, mut proven): (Vec<_>, Vec<_>) = (specified.collect(), proven.collect());
    specified.sort();
    proven.sort();
    assert_eq!(proven, specified);
}

#[test]
fn what_a_schema_allows_is_read_and_written_again() {
    let mut wrong = Vec::new();
    for kind in kinds::all() {
        let resource = &kind.resource;
        let specified = stock::kinds()
            .find(&resource.group, &resource.version, &resource.kind)
            .unwrap();
        let parts = (0..seeds()).map(Fill::Part);
        for fill in parts.chain([Fill::Required, Fill::Everything]) {
            let made = stock::kinds().make(specified, Temper::Wild, fill);
            match (kind.rewrite)(&made.to_string()) {
                Ok(text) => {
                    let written: Value = serde_json::from_str(&text).unwrap();
                    wrong.extend(
                        differences(&made, &written)
                            .first()
                            .map(|first| format!("{} {fill:?}: {first}", resource.kind)),
                    );
                }
                Err(error) => wrong.push(format!("{} {fill:?}: {error}\n{made}", resource.kind)),
            }
        }
    }
    let first: Vec<&String> = wrong.iter().take(20).collect();
    assert!(
        wrong.is_empty(),
        "{} objects changed, among them {first:#?}",
        wrong.len()
    );
}
