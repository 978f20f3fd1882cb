//! The scanner against `serde_json`.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// Checks that `text` is exactly one JSON value that `serde_json` can open.
fn check(text: &str) -> Result<(), JsonError> {
    let mut scanner = Scanner::new(text);
    scanner.value()?;
    scanner.end()
}

#[test]
fn accepts_what_serde_json_opens() {
    for text in [
        "{}",
        "[]",
        " { } ",
        "null",
        "-0",
        "0.5e+3",
        "[1,2,[3]]",
        r#"{"a":{"b":[]}}"#,
        r#""\u00e9\ud83d\ude00""#,
        "\"\u{7f}é\"",
        "12345678901234567890123",
    ] {
        assert_eq!(check(text), Ok(()), "{text}");
    }
}

#[test]
fn refuses_with_a_place_and_a_reason() {
    for (text, offset, problem) in [
        ("{,}", 1, "expected a key in quotes"),
        (r#"{"a" 1}"#, 5, "expected `:`"),
        ("[1 2]", 3, "expected `,` or `]`"),
        ("[1}", 2, "expected `,` or `]`"),
        ("01", 1, "text after the value"),
        ("1e400", 0, "the number is out of range"),
        (&"9".repeat(400), 0, "the number is out of range"),
        (r#""\ud800""#, 7, "lone surrogate in a string"),
        (r#""\udc00""#, 7, "lone surrogate in a string"),
        (r#""\u00g0""#, 5, "expected four hex digits"),
        (r#""\x""#, 2, "unknown escape in a string"),
        ("\"\t\"", 1, "control character in a string"),
        ("nul!", 0, "expected a value"),
    ] {
        let error = check(text).unwrap_err();
        assert_eq!((error.offset, error.problem()), (offset, problem), "{text}");
        assert!(!error.is_truncated(), "{text}");
    }
}

#[test]
fn says_when_more_text_could_help() {
    for text in [
        "",
        "{",
        r#"{"a"#,
        r#"{"a":"#,
        "[1",
        "tru",
        "-",
        "1.",
        "1e",
        r#""\u12"#,
        r#""\ud83d"#,
    ] {
        assert!(check(text).unwrap_err().is_truncated(), "{text}");
    }
}

#[test]
fn depth_ends_where_serde_json_ends() {
    for (depth, fine) in [(127, true), (128, false), (100_000, false)] {
        let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(check(&text).is_ok(), fine, "{depth}");
        assert_eq!(
            serde_json::from_str::<Value>(&text).is_ok(),
            fine,
            "{depth}"
        );
        let text = format!("{}1{}", r#"{"a":"#.repeat(depth), "}".repeat(depth));
        assert_eq!(check(&text).is_ok(), fine, "{depth}");
    }
}

#[test]
fn depth_is_of_what_is_open_and_not_of_what_was() {
    let array = format!("[{}]", vec!["[[]]"; 300].join(","));
    let mut scanner = Scanner::new(&array);
    let passed = scanner.array(|scanner| scanner.array(|scanner| scanner.value().map(drop)));
    assert_eq!(passed.and_then(|()| scanner.end()), Ok(()));
    let object = format!("{{{}}}", vec![r#""a":{"b":{}}"#; 300].join(","));
    let mut scanner = Scanner::new(&object);
    let passed =
        scanner.object(|scanner, _| scanner.object(|scanner, _| scanner.value().map(drop)));
    assert_eq!(passed.and_then(|()| scanner.end()), Ok(()));
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

#[test]
fn a_zero_keeps_its_sign() {
    for text in ["0", "-0", "-0.0", "0.0"] {
        let datum = Scanner::new(text).datum().unwrap();
        let expected: Value = serde_json::from_str(text).unwrap();
        assert_eq!(datum.into_value().unwrap(), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn every_document_passes(value in json(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        prop_assert_eq!(check(&text.unwrap()), Ok(()));
    }

    /// One mutated byte: the scanner and serde_json must agree whether it is still JSON.
    #[test]
    fn agrees_with_serde_json_on_damaged_text(value in json(), at: prop::sample::Index, byte in 0u8..128) {
        let mut bytes = serde_json::to_vec(&value).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes) {
            prop_assert_eq!(check(&text).is_ok(), serde_json::from_str::<Value>(&text).is_ok(), "{}", text);
        }
    }

    #[test]
    fn eight_at_a_time_finds_what_one_at_a_time_does(text in "[ -~\\x00-\\x1f\"\\\\ü€\\U0001F600]{0,40}") {
        for at in 0..=text.len() {
            let expected = text.as_bytes()[at..].iter().position(is_special).map_or(text.len(), |n| at + n);
            prop_assert_eq!(plain_end(text.as_bytes(), at), expected);
        }
    }

    /// Strings are decoded as serde_json decodes them, and refused as it refuses them.
    #[test]
    fn strings_are_decoded_as_serde_json_does(inside in r#"(\\(["\\/bfnrt]|u[0-9a-fA-F]{4}|ud83d\\ude0[0-9]|.)|[ -~é€\t]){0,12}"#) {
        let text = format!("\"{inside}\"");
        let expected = serde_json::from_str::<String>(&text);
        let mut scanner = Scanner::new(&text);
        let found = scanner.text().and_then(|value| scanner.end().map(|()| value));
        prop_assert_eq!(found.as_deref().ok(), expected.as_deref().ok(), "{}", text);
        let mut scanner = Scanner::new(&text);
        let passed = scanner.string().and_then(|string| scanner.end().map(|()| string.value()));
        prop_assert_eq!(passed.as_deref().ok(), expected.as_deref().ok(), "{}", text);
    }

    /// So are numbers, whatever is written as one.
    #[test]
    fn numbers_are_read_as_serde_json_does(text in "-?[0-9]{0,25}(\\.[0-9]{0,20})?([eE][+-]?[0-9]{0,4})?") {
        let expected = serde_json::from_str::<Value>(&text).ok();
        let mut scanner = Scanner::new(&text);
        let found = scanner.datum().and_then(|datum| scanner.end().map(|()| datum));
        let found = found.ok().map(|datum| datum.into_value().unwrap());
        prop_assert_eq!(check(&text).is_ok(), expected.is_some(), "{}", text);
        prop_assert_eq!(found, expected, "{}", text);
    }
}
