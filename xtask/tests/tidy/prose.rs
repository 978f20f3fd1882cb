//! Words of comments and pages: plain English.

use std::collections::BTreeMap;

use regex::Regex;

use super::texts;

/// Phrases that make a reader stop, each with a plainer one.
const RIDDLES: [(&str, &str); 11] = [
    (NOT_A, "is not a …"),
    ("which is none", "say what it is instead"),
    ("anew", "again, or starts over"),
    ("in vain", "times out, or fails"),
    ("tells of", "reports"),
    ("whoever", "say who it is"),
    ("(?:for|to|by|of) who", "for a caller that …"),
    ("knows nobody", "uses none of them"),
    ("meets? an? (?:error|conflict|fault)", "gets"),
    ("what becomes? of", "say what happens to it"),
    ("unharmed", "unchanged"),
];

/// "It is no key", but neither "there is no key" nor "is no longer one".
const NOT_A: &str = r"(?:it|that|this|which|\w+s) (?:is|are|was|were) no (?:key|name|change|channel|handle|object|list|map|such)s?";

/// Words that are used too often, and how often they are left. The numbers only ever fall.
const WORN: [(&str, usize); 1] = [("tell|tells|told|telling", 15)];

#[test]
fn the_head_of_a_module_begins_with_its_noun() {
    let question =
        Regex::new("^//! (?:What|Who|How|Where|When|Which|Whether|Why) ").expect("a pattern");
    let sources = texts(&["rs"]).into_iter();
    let riddles: Vec<_> = sources
        .filter(|(_, text)| question.is_match(text))
        .map(|(path, _)| path)
        .collect();
    assert!(
        riddles.is_empty(),
        "say what it is, as \"The errors of a cache\", instead of \"What can go wrong\": {riddles:?}"
    );
}

#[test]
fn no_phrase_makes_a_reader_stop() {
    let mut found = Vec::new();
    let readable = readable();
    for (phrase, instead) in RIDDLES {
        let pattern = pattern(phrase);
        let places = readable.iter().filter(|(_, text)| pattern.is_match(text));
        found.extend(places.map(|(path, _)| format!("{path}: \"{phrase}\": {instead}")));
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn worn_words_become_fewer() {
    let readable = readable();
    for (word, most) in WORN {
        let pattern = pattern(word);
        let counts = readable
            .values()
            .map(|text| pattern.find_iter(text).count());
        let count: usize = counts.sum();
        assert!(
            count <= most,
            "\"{word}\" is used {count} times, and was {most}: find an active verb"
        );
    }
}

/// Comments and pages by their paths, each as one line. This file and the page on style name the
/// phrases.
fn readable() -> BTreeMap<String, String> {
    let mut readable = BTreeMap::new();
    for (path, text) in texts(&["rs", "md"]) {
        let is_source = path.extension().is_some_and(|extension| extension == "rs");
        let comments = text.lines().map(str::trim_start);
        let text = match is_source {
            true => comments
                .filter(|line| line.starts_with("//"))
                .map(|line| line.trim_start_matches(['/', '!']).trim())
                .collect::<Vec<_>>()
                .join(" "),
            false => text.replace('\n', " "),
        };
        if !path.ends_with("tidy/prose.rs") && !path.ends_with("docs/style.md") {
            readable.insert(path.display().to_string(), text);
        }
    }
    readable
}

fn pattern(phrase: &str) -> Regex {
    Regex::new(&format!(r"(?i)\b(?:{phrase})\b")).expect("a pattern")
}
