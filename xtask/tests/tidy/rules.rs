//! The rules of `docs/semantics.md`: each is numbered once and names the tests that show it,
//! and every number that is cited exists, and is cited in one form.
//!
//! Comments cite a rule as "rule W3", several as "rules W3, W4 and F2 to F5". Documentation of
//! the library states the rule and links to it, which the number alone does not:
//! `([rule W3](crate::semantics#w3))`. Numbers in backquotes are not citations.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::{root, texts};

/// One entry of the page.
struct Rule {
    /// Files and functions, as `dynamic/tests/wire/tls.rs` and `a_header_of_the_caller_stays`.
    tests: Vec<(String, String)>,
    has_source: bool,
    is_built: bool,
}

/// A number in a comment or a page.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Citation {
    number: String,
    form: Form,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// `rule W3`
    Words,
    /// `[rule W3](crate::semantics#w3)`, with what is in the parentheses.
    Link(String),
    /// `W3`
    Bare,
}

#[test]
fn every_rule_has_a_source_and_names_its_tests_or_says_that_it_is_not_built() {
    let mut wrong = Vec::new();
    for (number, rule) in rules() {
        if !rule.has_source {
            wrong.push(format!("{number} has no source"));
        }
        if rule.is_built == rule.tests.is_empty() {
            wrong.push(format!("{number}: either tests or \"Not built yet\""));
        }
        for (path, name) in rule.tests {
            let text = fs::read_to_string(root().join(&path)).unwrap_or_default();
            if !has_test(&text, &name) {
                wrong.push(format!("{number}: there is no test `{path}::{name}`"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_rule_that_is_cited_exists_and_is_cited_in_one_form() {
    let rules = rules();
    let mut wrong = Vec::new();
    for (path, text) in texts(&["rs", "md", "http"]) {
        let shown = path.display();
        for passage in passages(&path, &text) {
            for citation in citations(&passage.text) {
                let number = &citation.number;
                if !rules.contains_key(number) {
                    wrong.push(format!("{shown}: there is no rule {number}"));
                }
                match citation.form {
                    Form::Bare => wrong.push(format!("{shown}: write \"rule {number}\"")),
                    Form::Words if passage.is_documentation => wrong.push(format!(
                        "{shown}: link it, ([rule {number}](crate::semantics#{}))",
                        number.to_lowercase()
                    )),
                    Form::Link(target)
                        if !target.ends_with(&format!("#{}", number.to_lowercase())) =>
                    {
                        wrong.push(format!("{shown}: {number} links to {target}"));
                    }
                    _ => {}
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_test_claims_to_show_a_rule_that_is_not_built() {
    let rules = rules();
    let mut wrong = BTreeSet::new();
    for (path, text) in texts(&["rs", "http"]) {
        for passage in passages(&path, &text) {
            for citation in citations(&passage.text) {
                let rule = rules.get(&citation.number);
                if passage.is_test && rule.is_some_and(|rule| !rule.is_built) {
                    wrong.insert(format!("{}: {}", path.display(), citation.number));
                }
            }
        }
    }
    assert_eq!(wrong, BTreeSet::new());
}

#[test]
fn a_citation_is_distinguished_from_other_words() {
    let forms = |text: &str| {
        let found = citations(text).into_iter();
        let mut found: Vec<_> = found.map(|found| (found.number, found.form)).collect();
        found.sort();
        found
    };
    let number = |number: &str, form| (number.to_owned(), form);
    assert_eq!(
        forms("Rules W1, W2 and FA3 to FA5: `V1()` is code"),
        [
            number("FA3", Form::Words),
            number("FA5", Form::Words),
            number("W1", Form::Words),
            number("W2", Form::Words),
        ]
    );
    assert_eq!(
        forms("it ([rule W3](crate::semantics#w3), [W4](crate::semantics#w4))"),
        [
            number("W3", Form::Link("crate::semantics#w3".to_owned())),
            number("W4", Form::Link("crate::semantics#w4".to_owned())),
        ]
    );
    assert_eq!(forms("(semantics W3)"), [number("W3", Form::Bare)]);
    assert_eq!(forms("KEP-3157, U+1F600, i64, W300 and rule 3"), []);
}

/// Whether a source has a test of this name: a function under an attribute, or a case of the
/// conformance suite.
fn has_test(text: &str, name: &str) -> bool {
    let Some((before, _)) = text.split_once(&format!("fn {name}(")) else {
        return false;
    };
    let attributes = before.rsplit_once("}\n").map_or(before, |(_, last)| last);
    let cases = text.split("cases![").nth(1).unwrap_or_default();
    let cases = cases.split(']').next().unwrap_or_default();
    let mut words = cases.split(|c: char| !c.is_alphanumeric() && c != '_');
    attributes.contains("test]") || attributes.contains("::test(") || words.any(|word| word == name)
}

/// The entries of the page by their numbers.
fn rules() -> BTreeMap<String, Rule> {
    let page = fs::read_to_string(root().join("docs/semantics.md")).expect("the page of rules");
    let test = Regex::new(r"`([a-z_/]+\.rs)::(\w+)`").expect("a pattern");
    let mut rules = BTreeMap::new();
    for entry in page.split("<a id=\"").skip(1) {
        let (anchor, entry) = entry.split_once("\"></a>\n**").expect("an entry");
        let (number, entry) = entry.split_once(".** ").expect("its number");
        assert_eq!(anchor, number.to_lowercase(), "the anchor of {number}");
        // Headings end a section, and the last entry of it.
        let entry = entry.split("\n## ").next().unwrap_or_default();
        let rule = Rule {
            tests: test
                .captures_iter(entry)
                .map(|found| (found[1].to_owned(), found[2].to_owned()))
                .collect(),
            has_source: entry.contains("\n- Source: "),
            is_built: !entry.contains("\n- Not built yet"),
        };
        assert!(
            rules.insert(number.to_owned(), rule).is_none(),
            "{number} is there twice"
        );
    }
    assert!(rules.len() > 200, "the page has {} rules", rules.len());
    rules
}

/// A comment, or a page.
struct Passage {
    text: String,
    /// Rustdoc of the library, outside of its tests.
    is_documentation: bool,
    is_test: bool,
}

fn passages(path: &Path, text: &str) -> Vec<Passage> {
    let is_test = is_test_file(path);
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("rs") => comments(text, path.starts_with("dynamic/src"), is_test),
        Some("http") => {
            let lines = text.lines().filter(|line| line.starts_with('#'));
            vec![Passage {
                text: lines.collect::<Vec<_>>().join("\n"),
                is_documentation: false,
                is_test: true,
            }]
        }
        _ => vec![Passage {
            text: text.to_owned(),
            is_documentation: false,
            is_test: false,
        }],
    }
}

fn is_test_file(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs")
}

/// The comments of a source, those of neighbouring lines together. What is in the middle of a
/// line is code or a string as often as a comment, and left out.
fn comments(text: &str, is_library: bool, is_test_file: bool) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut is_test = is_test_file;
    let mut last = None;
    for line in text.lines() {
        is_test |= line == "mod tests {";
        let comment = line.trim_start();
        let marker = ["///", "//!", "//"]
            .into_iter()
            .find(|marker| comment.starts_with(marker));
        if let Some(marker) = marker {
            let words = &comment[marker.len()..];
            match passages.last_mut().filter(|_| last == Some(marker)) {
                Some(passage) => passage.text = format!("{}\n{words}", passage.text),
                None => passages.push(Passage {
                    text: words.to_owned(),
                    is_documentation: is_library && !is_test && marker != "//",
                    is_test,
                }),
            }
        }
        last = marker;
    }
    passages
}

/// The numbers in a text that look like those of rules.
fn citations(text: &str) -> Vec<Citation> {
    static PATTERNS: LazyLock<Patterns> = LazyLock::new(Patterns::new);
    let patterns = &*PATTERNS;
    let mut found = Vec::new();
    let text = patterns.no_citation.replace_all(text, "");
    for link in patterns.link.captures_iter(&text) {
        found.push(Citation {
            number: link[1].to_owned(),
            form: Form::Link(link[2].to_owned()),
        });
    }
    let text = patterns.link.replace_all(&text, "");
    for words in patterns.words.find_iter(&text) {
        let numbers = patterns.number.find_iter(words.as_str());
        found.extend(numbers.map(|number| Citation {
            number: number.as_str().to_owned(),
            form: Form::Words,
        }));
    }
    let text = patterns.words.replace_all(&text, "");
    found.extend(patterns.number.find_iter(&text).map(|number| Citation {
        number: number.as_str().to_owned(),
        form: Form::Bare,
    }));
    found
}

struct Patterns {
    /// Code, and the heads of the entries of the page.
    no_citation: Regex,
    link: Regex,
    words: Regex,
    number: Regex,
}

impl Patterns {
    fn new() -> Self {
        const NUMBER: &str = r"\b(?:FA|FC|CR|[UREWFQSIKLVCDMXPZ])[0-9]{1,2}\b";
        let pattern = |pattern: String| Regex::new(&pattern).expect("a pattern");
        Patterns {
            no_citation: pattern(format!(r"(?s)```.*?```|`[^`]*`|\n\*\*{NUMBER}\.\*\*")),
            link: pattern(format!(r"\[(?:[Rr]ule\s+)?({NUMBER})\]\(([^)]*)\)")),
            words: pattern(format!(
                r"\b[Rr]ules?\s+{NUMBER}(?:(?:,|\s+and|\s+or|\s+to)\s+{NUMBER})*"
            )),
            number: pattern(NUMBER.to_owned()),
        }
    }
}
