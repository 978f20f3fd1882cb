//! Selectors: read, matched and printed as the API server does it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic in a test's helper is the failure report"
)]

use kubewright::meta::{LabelSelector, Map};
use kubewright::selector::Requirement;
use kubewright::{FieldSelector, Selector};
use proptest::prelude::*;
use serde_json::json;

/// The objects that the golden table was made with.
const LABELS: [&[(&str, &str)]; 6] = [
    &[],
    &[("a", "b")],
    &[("a", "c"), ("in", "notin")],
    &[("a", "7"), ("x", "")],
    &[("example.com/a", "b"), ("x", "y")],
    &[("a", "-3")],
];
const FIELDS: [&[(&str, &str)]; 5] = [
    &[],
    &[("a", "b")],
    &[("a", "b,c"), ("x.y", "1")],
    &[("a", ""), ("x.y", "\\")],
    &[("a", "=")],
];

fn labels(of: &[(&str, &str)]) -> Map<String> {
    of.iter()
        .map(|(key, value)| (*key, (*value).to_owned()))
        .collect()
}

fn bits(matches: impl Iterator<Item = bool>) -> String {
    matches
        .map(|is_match| if is_match { '1' } else { '0' })
        .collect()
}

fn label_bits(selector: &Selector) -> String {
    bits(
        LABELS
            .iter()
            .map(|object| selector.matches(&labels(object))),
    )
}

fn field_bits(selector: &FieldSelector) -> String {
    bits(FIELDS.iter().map(|object| {
        let value_of = |field: &str| {
            object
                .iter()
                .find(|(key, _)| *key == field)
                .map(|(_, value)| *value)
        };
        selector.matches(value_of)
    }))
}

fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.push(match c {
            '\\' => match chars.next().unwrap() {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                other => other,
            },
            other => other,
        });
    }
    plain
}

fn check_label(text: &str, expected: &[&str]) {
    let [canonical, matches] = expected else {
        assert!(text.parse::<Selector>().is_err(), "{text:?} was accepted");
        return;
    };
    let selector: Selector = text
        .parse()
        .unwrap_or_else(|error| panic!("{text:?}: {error}"));
    assert_eq!(canonical.parse::<Selector>().unwrap(), selector, "{text:?}");
    assert_eq!(
        selector.to_string().parse::<Selector>().unwrap(),
        selector,
        "{text:?}"
    );
    assert_eq!(label_bits(&selector), *matches, "{text:?}");
}

fn check_field(text: &str, expected: &[&str]) {
    let [canonical, matches] = expected else {
        assert!(
            text.parse::<FieldSelector>().is_err(),
            "{text:?} was accepted"
        );
        return;
    };
    let selector: FieldSelector = text
        .parse()
        .unwrap_or_else(|error| panic!("{text:?}: {error}"));
    assert_eq!(
        unescape(canonical).parse::<FieldSelector>().unwrap(),
        selector,
        "{text:?}"
    );
    assert_eq!(field_bits(&selector), *matches, "{text:?}");
}

#[test]
fn agrees_with_apimachinery() {
    let table = include_str!("golden/selectors.tsv");
    let mut checked = 0;
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        match columns.as_slice() {
            ["label", text, expected @ ..] => check_label(&unescape(text), expected),
            ["field", text, expected @ ..] => check_field(&unescape(text), expected),
            _ => panic!("a line that says nothing: {line:?}"),
        }
        checked += 1;
    }
    assert!(checked > 400, "only {checked} lines");
}

/// Go takes any text before the operator for a field.
#[test]
fn unlike_apimachinery_a_field_must_be_a_path() {
    for text in ["=x", "!=x", "a\\,b=x", "a b=x", "metadata.name\n=x"] {
        let error = text.parse::<FieldSelector>().unwrap_err().to_string();
        assert!(error.contains("is not a field"), "{error}");
    }
    let spaced: FieldSelector = "a=b, c=d".parse().unwrap();
    assert_eq!(spaced.to_string(), "a=b,c=d");
}

#[test]
fn errors_say_what_was_expected_and_where() {
    for (text, expected) in [
        (
            "a=b,c in d",
            r#"expected '(' and the values, found "d" (column 10 of the selector "a=b,c in d")"#,
        ),
        (
            "a,,b",
            r#"expected a label's key or '!', found ',' (column 3 of the selector "a,,b")"#,
        ),
        (
            "a in (b",
            r#"expected ',' or ')', found the end (column 8 of the selector "a in (b")"#,
        ),
        (
            "a>x",
            r#"expected a whole number, found "x" (column 3 of the selector "a>x")"#,
        ),
        (
            "a ~ b",
            r#"expected one of = == != > < in notin, ',' or the end, found "~" (column 3 of the selector "a ~ b")"#,
        ),
    ] {
        assert_eq!(text.parse::<Selector>().unwrap_err().to_string(), expected);
    }
    let error = "ok=1,é=a".parse::<Selector>().unwrap_err().to_string();
    assert!(error.starts_with(r#""é" is not a label's key"#), "{error}");
    assert!(error.contains("column 6"), "{error}");
    let error = "a=b,status"
        .parse::<FieldSelector>()
        .unwrap_err()
        .to_string();
    assert!(
        error.contains(r#""status" does not compare anything"#) && error.contains("column 5"),
        "{error}"
    );
}

#[test]
fn an_error_about_long_input_is_short() {
    let long = "é".repeat(1 << 16);
    for text in [
        long.clone(),
        format!("a={long}"),
        format!("a in (b) {long}"),
    ] {
        assert!(text.parse::<Selector>().unwrap_err().to_string().len() < 1000);
        assert!(text.parse::<FieldSelector>().is_err() || text.starts_with("a="));
    }
}

#[test]
fn printing_sorts_and_drops_repeats() {
    let selector: Selector = "z,a=b,!m,a=b,k in (y,x)".parse().unwrap();
    assert_eq!(selector.to_string(), "a=b,k in (x,y),!m,z");
    assert_eq!(selector.requirements().len(), 4);
}

/// Rule S11: everything reads no labels, nothing reads no objects.
#[test]
fn everything_and_nothing_differ_also_in_print() {
    let (everything, nothing) = (Selector::everything(), Selector::nothing());
    assert!(everything.is_everything() && !everything.is_nothing());
    assert!(nothing.is_nothing() && !nothing.is_everything());
    assert_eq!(label_bits(&everything), "111111");
    assert_eq!(label_bits(&nothing), "000000");
    assert_eq!(everything.to_string(), "");
    let printed: Selector = nothing.to_string().parse().unwrap();
    for object in [&[][..], &[("none", "")]] {
        assert!(!printed.matches(&labels(object)));
    }
    assert!(nothing.equals("a", "b").unwrap().is_nothing());
}

#[test]
fn a_spec_becomes_a_query() {
    let spec: LabelSelector = serde_json::from_value(json!({
        "matchLabels": {"app": "web"},
        "matchExpressions": [
            {"key": "tier", "operator": "NotIn", "values": ["back"]},
            {"key": "canary", "operator": "DoesNotExist"},
        ],
    }))
    .unwrap();
    let selector = Selector::try_from(&spec).unwrap();
    assert_eq!(selector.to_string(), "app=web,!canary,tier notin (back)");
    assert!(
        Selector::try_from(&LabelSelector::default())
            .unwrap()
            .is_everything()
    );
}

#[test]
fn a_spec_at_fault_is_an_error() {
    for (operator, values, expected) in [
        ("Has", json!([]), "is not an operator"),
        ("In", json!([]), "at least one value"),
        ("Exists", json!(["x"]), "takes no values"),
        ("In", json!(["not a value"]), "is not a label's value"),
    ] {
        let requirement = json!({"key": "a", "operator": operator, "values": values});
        let spec = json!({"matchExpressions": [requirement]});
        let spec: LabelSelector = serde_json::from_value(spec).unwrap();
        let error = Selector::try_from(&spec).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn a_required_value_can_be_asked_for() {
    let selector: FieldSelector = "metadata.name=web,spec.nodeName!=n1".parse().unwrap();
    assert_eq!(selector.required_value("metadata.name"), Some("web"));
    assert_eq!(selector.required_value("spec.nodeName"), None);
}

fn keys() -> impl Strategy<Value = String> {
    "([a-z]([a-z0-9-]{0,3}[a-z0-9])?(\\.[a-z]{1,3})?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,4}[A-Za-z0-9])?|in|notin"
}

fn values() -> impl Strategy<Value = String> {
    "([A-Za-z0-9]([A-Za-z0-9._-]{0,4}[A-Za-z0-9])?)?|in|notin"
}

fn requirements() -> impl Strategy<Value = Requirement> {
    let set = prop::collection::vec(values(), 1..4);
    (keys(), values(), set, 0..i64::MAX, 0..8).prop_map(|(key, value, set, number, which)| {
        match which {
            0 => Requirement::exists(key),
            1 => Requirement::does_not_exist(key),
            2 => Requirement::equals(key, value),
            3 => Requirement::not_equals(key, value),
            4 => Requirement::is_in(key, set),
            5 => Requirement::not_in(key, set),
            6 => Requirement::greater_than(key, number),
            _ => Requirement::less_than(key, number),
        }
        .unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_printed_reads_back_equal(requirements in prop::collection::vec(requirements(), 0..6)) {
        let built: Selector = requirements.iter().cloned().collect();
        prop_assert_eq!(&built.to_string().parse::<Selector>().unwrap(), &built);
        let added = requirements.into_iter().fold(Selector::everything(), Selector::and);
        prop_assert_eq!(added, built);
    }

    #[test]
    fn fields_printed_read_back_equal(
        terms in prop::collection::vec(("[a-zA-Z0-9._/\\[\\]-]{1,6}", "\\PC{0,6}|[\\\\,=!]{0,4}", any::<bool>()), 0..5),
    ) {
        let mut selector = FieldSelector::everything();
        for (field, value, is_equal) in terms {
            selector = match is_equal {
                true => selector.equals(field, value),
                false => selector.not_equals(field, value),
            }.unwrap();
        }
        prop_assert_eq!(selector.to_string().parse::<FieldSelector>().unwrap(), selector);
    }

    #[test]
    fn no_text_panics(text in "[a!=(),<> \\\\in]{0,12}|\\PC{0,8}") {
        if let Ok(selector) = text.parse::<Selector>() {
            prop_assert_eq!(selector.to_string().parse::<Selector>().unwrap(), selector);
        }
        if let Ok(selector) = text.parse::<FieldSelector>() {
            prop_assert_eq!(selector.to_string().parse::<FieldSelector>().unwrap(), selector);
        }
    }
}
