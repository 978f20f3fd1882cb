//! Errors about a text that has few valid values.

use crate::suggest::nearest;

/// The formats that an API server of 1.37 checks; it warns of others and ignores them.
const FORMATS: [&str; 31] = [
    "bsonobjectid",
    "uri",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "cidr",
    "mac",
    "uuid",
    "uuid3",
    "uuid4",
    "uuid5",
    "isbn",
    "isbn10",
    "isbn13",
    "creditcard",
    "ssn",
    "hexcolor",
    "rgbcolor",
    "byte",
    "password",
    "date",
    "duration",
    "date-time",
    "datetime",
    "int32",
    "int64",
    "float",
    "double",
    "k8s-short-name",
    "k8s-long-name",
];

pub(crate) fn format(text: &str) -> Option<String> {
    one_of(text, "a format that the API server knows", &FORMATS)
}

pub(crate) fn list_type(text: &str) -> Option<String> {
    one_of(text, "a type of lists", &["atomic", "set", "map"])
}

pub(crate) fn map_type(text: &str) -> Option<String> {
    one_of(text, "a type of objects", &["atomic", "granular"])
}

pub(crate) fn column_type(text: &str) -> Option<String> {
    let types = ["integer", "number", "string", "boolean", "date"];
    one_of(text, "a type of columns", &types)
}

pub(crate) fn reason(text: &str) -> Option<String> {
    let reasons = [
        "FieldValueInvalid",
        "FieldValueForbidden",
        "FieldValueRequired",
        "FieldValueDuplicate",
    ];
    one_of(text, "a reason for refusing a value", &reasons)
}

/// The rest of a regular expression is for the server, which reads another dialect than Rust.
pub(crate) fn pattern(text: &str) -> Option<String> {
    text.is_empty()
        .then(|| "an empty pattern matches everything: remove it".to_owned())
}

/// A message of a rule is one line.
pub(crate) fn message(text: &str) -> Option<String> {
    match text {
        _ if text.trim().is_empty() => Some("the message is empty".to_owned()),
        _ if text.contains(['\n', '\r']) => Some("a message is one line".to_owned()),
        _ => None,
    }
}

fn one_of(text: &str, what: &str, values: &[&str]) -> Option<String> {
    if values.contains(&text) {
        return None;
    }
    Some(match nearest(text, values) {
        Some(value) => format!("{text:?} is not {what}: did you mean {value:?}?"),
        None => format!(
            "{text:?} is not {what}: expected one of {}",
            values.join(", ")
        ),
    })
}
