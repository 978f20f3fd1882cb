//! The tables of the types against serde_json: whole objects of every kind, and what harm
//! makes of them; and the seeds of the fuzz targets of tables.

use std::fs;
use std::path::Path;

use kubewright_samples::{Fill, Temper, harm};

use crate::kinds::Kind;
use crate::{fuzzed, kinds, stock};

/// Texts of one object that were tried, and those that were taken.
#[derive(Default)]
struct Tally {
    tried: usize,
    taken: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn see(&mut self, kind: &Kind, text: &str) {
        self.tried += 1;
        match (kind.agree)(text) {
            Ok(taken) => self.taken += usize::from(taken),
            Err(error) => self
                .wrong
                .push(format!("{}: {error} of {text}", kind.resource.kind)),
        }
    }

    fn hold(&self) {
        let first: Vec<&String> = self.wrong.iter().take(5).collect();
        assert!(
            self.wrong.is_empty(),
            "{} of {} texts, among them {first:#?}",
            self.wrong.len(),
            self.tried
        );
    }
}

/// Objects of a kind; `KUBEWRIGHT_SEEDS` asks for more.
fn seeds() -> u64 {
    let asked = std::env::var("KUBEWRIGHT_SEEDS").ok();
    asked
        .and_then(|text| text.parse().ok())
        .map_or(10, |asked: u64| asked / 200)
}

fn made(kind: &Kind, fill: Fill) -> serde_json::Value {
    let resource = &kind.resource;
    let specified = stock::kinds()
        .find(&resource.group, &resource.version, &resource.kind)
        .unwrap();
    stock::kinds().make(specified, Temper::Wild, fill)
}

#[test]
fn tables_take_and_write_what_serde_does() {
    let mut tally = Tally::default();
    for kind in kinds::all() {
        let parts = (0..seeds()).map(Fill::Part);
        for fill in parts.chain([Fill::Required, Fill::Everything]) {
            tally.see(&kind, &made(&kind, fill).to_string());
        }
    }
    tally.hold();
    assert_eq!(tally.taken, tally.tried, "what a schema allows is taken");
}

#[test]
fn tables_refuse_what_serde_refuses() {
    let mut tally = Tally::default();
    for (seed, kind) in (0..).zip(kinds::all()) {
        // One object whose every beginning is tried, and a large one.
        let small = made(&kind, Fill::Required);
        let text = small.to_string();
        harm::cut(&text, usize::MAX).for_each(|text| tally.see(&kind, text));
        for value in [
            small,
            made(&kind, Fill::Everything),
            made(&kind, Fill::Part(seed)),
        ] {
            let text = value.to_string();
            harm::cut(&text, 20).for_each(|text| tally.see(&kind, text));
            harm::flipped(&text, seed, 20).for_each(|text| tally.see(&kind, &text));
            harm::swapped(&value, seed, 40).for_each(|value| tally.see(&kind, &value.to_string()));
        }
    }
    tally.hold();
    // Both outcomes were seen, and often.
    assert!(
        tally.taken * 10 > tally.tried && tally.taken * 10 < tally.tried * 9,
        "{} of {}",
        tally.taken,
        tally.tried
    );
}

#[test]
fn the_seeds_of_the_fuzz_targets_hold() {
    for (folder, property) in [
        ("table", fuzzed::text as fn(&[u8])),
        ("table_object", fuzzed::object),
    ] {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../fuzz/seeds")
            .join(folder);
        let mut tried = 0;
        for entry in fs::read_dir(seeds).unwrap() {
            let seed = fs::read(entry.unwrap().path()).unwrap();
            property(&seed);
            (0..seed.len().min(512)).for_each(|end| property(&seed[..end]));
            tried += 1;
        }
        assert!(tried > 0, "no seeds for {folder}");
    }
}
