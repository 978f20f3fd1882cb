//! Limits, places and writing.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::problem::YamlProblem;
use super::*;

fn value(text: &str) -> Result<Value, YamlProblem> {
    read(&compose(text)?.root)
}

/// No text may cost more than a moment, in a build without optimization too.
fn at_once<T>(work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let result = work();
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "{:?}",
        started.elapsed()
    );
    result
}

#[test]
fn depth_is_bounded() {
    for bracket in ["[", "{a: ", "- ", "[{a: "] {
        let problem = at_once(|| value(&bracket.repeat(100_000))).unwrap_err();
        assert_eq!(problem, YamlProblem::TooDeep { line: 1 }, "{bracket}");
    }
    let nested = |levels| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(value(&nested(DEEPEST)).is_ok());
    assert!(value(&nested(DEEPEST + 1)).is_err());
}

#[test]
fn aliases_do_not_add_up_to_any_depth() {
    let mut text = "a0: &a0 [x]\n".to_owned();
    for level in 1..100 {
        let last = level - 1;
        text += &format!("a{level}: &a{level} [*a{last}]\n");
    }
    assert!(matches!(
        value(&text).unwrap_err(),
        YamlProblem::TooDeep { .. }
    ));
}

#[test]
fn aliases_do_not_add_up_to_any_size() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let last = level - 1;
        let many = vec![format!("*a{last}"); 10].join(", ");
        text += &format!("a{level}: &a{level} [{many}]\n");
    }
    assert_eq!(at_once(|| value(&text)), Err(YamlProblem::TooMany));
    let mut merges = "a: &a {".to_owned();
    for key in 0..5_000 {
        merges += &format!("k{key}: 1, ");
    }
    merges += "}\nb: {<<: [";
    merges += &"*a, ".repeat(5_000);
    merges += "]}\n";
    assert_eq!(at_once(|| value(&merges)), Err(YamlProblem::TooMany));
}

#[test]
fn size_is_bounded() {
    let large = "a".repeat(LARGEST_TEXT + 1);
    assert_eq!(at_once(|| value(&large)), Err(YamlProblem::TooLarge));
    let many = format!("[{}]", "a,".repeat(MOST_NODES + 1));
    assert_eq!(at_once(|| value(&many)), Err(YamlProblem::TooMany));
    for hostile in [
        "a: ", "'", "\"", "&a ", "!!", "%", "# ", "|", ">\n", "*a ", "a\n", "\t", ": ", "- -\n",
    ] {
        let text = hostile.repeat(100_000);
        let _ = at_once(|| value(&text));
    }
}

#[test]
fn the_last_key_counts_with_a_warning() {
    let document = compose("a: 1\nb: 2\na: 3\n---\nc: 4\n").unwrap();
    assert_eq!(
        read::<Value>(&document.root).unwrap(),
        json!({"a": 3, "b": 2})
    );
    assert_eq!(
        document.warnings,
        [
            YamlWarning::DuplicateKey {
                key: "a".to_owned(),
                line: 3
            },
            YamlWarning::SecondDocument { line: 4 },
        ]
    );
}

#[test]
fn texts_mean_what_go_says() {
    for (text, expected) in [
        ("v: !team 5", json!("5")),
        ("v: ! 5", json!("5")),
        ("v: !!str 5", json!("5")),
        ("v: !!int '5'", json!(5)),
        ("v: !!bool yes", json!(true)),
        ("v: !!binary aGk=", json!("hi")),
        ("v: |\n  a", json!("a")),
        ("v: |\n  a\n", json!("a\n")),
        ("v: >\n  a\n  b\n", json!("a b\n")),
        ("v: 'it''s'", json!("it's")),
        ("v: a#b # c", json!("a#b")),
        ("v: [\na,\nb\n]", json!(["a", "b"])),
        ("v:\n- a\n- b", json!(["a", "b"])),
        ("v: 2001-01-01", json!("2001-01-01")),
        ("v: 1:30", json!("1:30")),
        ("v: \"https:\\/\\/k\"", json!("https://k")),
        ("v: &a x\nw: *a", json!("x")),
        ("w: &a {v: 1}\n<<: *a", json!(1)),
        ("w: &a {v: 1}\n<<: *a\nv: 2", json!(2)),
    ] {
        assert_eq!(value(text).unwrap()["v"], expected, "{text}");
    }
}

#[test]
fn an_error_names_the_path_and_the_line() {
    #[derive(Debug, Default, serde::Deserialize)]
    #[serde(default)]
    struct Inner {
        flag: bool,
        name: String,
        path: Option<std::path::PathBuf>,
        list: Vec<String>,
    }
    #[derive(Debug, serde::Deserialize)]
    struct Outer {
        #[allow(dead_code)]
        items: Vec<Inner>,
    }
    for (text, expected) in [
        (
            "items:\n- flag: hunter2\n",
            "`items[0].flag` (line 2) must be true or false, found a string: remove the quotes",
        ),
        (
            "items:\n- {}\n- name:\n    [hunter2]\n",
            "`items[1].name` (line 4) must be a string, found a list",
        ),
        (
            "items:\n- name: 7\n",
            "`items[0].name` (line 2) must be a string, found a number: put it in quotes",
        ),
        (
            "items:\n- path: {}\n",
            "`items[0].path` (line 2) must be a string, found a mapping",
        ),
        (
            "items:\n- list: x\n",
            "`items[0].list` (line 2) must be a list, found a string",
        ),
        (
            "items:\n- list: [a, [b]]\n",
            "`items[0].list[1]` (line 2) must be a string, found a list",
        ),
        (
            "items: 7",
            "`items` (line 1) must be a list, found a number",
        ),
        (
            "items:\n- 7",
            "`items[0]` (line 2) must be a mapping, found a number",
        ),
        (
            "[]",
            "the document (line 1) must be a mapping, found a list",
        ),
    ] {
        let document = compose(text).unwrap();
        let problem = read::<Outer>(&document.root).unwrap_err();
        assert_eq!(problem.to_string(), expected);
    }
}

#[test]
fn strings_that_look_like_something_else_are_written_in_quotes() {
    for text in [
        "",
        " ",
        "~",
        "null",
        "yes",
        "No",
        "on",
        "y",
        "true",
        "1",
        "1.5",
        "0x1f",
        "1e3",
        "1:30",
        "2024-01-01",
        "- a",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "'a'",
        "\"a\"",
        "a\nb",
        "a\tb",
        "!a",
        "&a",
        "*a",
        "<<",
        "=",
        "{a}",
        "[a]",
        "%a",
        "@a",
        "`a`",
        "|",
        ">",
        "größe",
        "\u{1}",
        "\u{feff}a",
        "/path",
        "a/b.c:d@e",
        "https://k:6443",
        "sha256~a-b_c",
        "+",
        "-",
        ".",
        "..",
    ] {
        let mut document = Map::new();
        document.insert(text.to_owned(), text.into());
        document.insert(
            "list".to_owned(),
            json!([text, [text], {"a": text}, {}, []]),
        );
        let written = write(&document);
        assert_eq!(value(&written), Ok(Value::Object(document)), "{written}");
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        "[a-zA-Z0-9:./ #'\"-]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        let key = "[^\0]{0,12}";
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read(entries in prop::collection::btree_map(".{0,12}", any_value(), 0..6)) {
        let document: Map<String, Value> = entries.into_iter().collect();
        let written = write(&document);
        prop_assert_eq!(value(&written), Ok(Value::Object(document)), "{}", written);
    }

    #[test]
    fn no_text_is_a_panic(text in ".{0,200}") {
        let _ = value(&text);
    }
}
