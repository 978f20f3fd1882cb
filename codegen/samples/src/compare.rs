//! The differences between two JSON values, with their locations.

use serde_json::{Map, Value};

/// Every place where two values differ, as JSON pointer and both sides; none when they say
/// the same.
///
/// Nothing is forgiven: a missing member is not a null one, an empty list is not a missing
/// one, and `1` is not `1.0`, since a server keeps the two apart.
#[must_use]
pub fn differences(left: &Value, right: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare("", Some(left), Some(right), &mut found);
    found
}

fn compare(at: &str, left: Option<&Value>, right: Option<&Value>, found: &mut Vec<String>) {
    match (left, right) {
        (Some(Value::Object(left)), Some(Value::Object(right))) => members(at, left, right, found),
        (Some(Value::Array(left)), Some(Value::Array(right))) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                compare(&format!("{at}/{index}"), Some(left), Some(right), found);
            }
        }
        (left, right) if left == right => {}
        (left, right) => found.push(format!("{at}: {} became {}", shown(left), shown(right))),
    }
}

fn members(
    at: &str,
    left: &Map<String, Value>,
    right: &Map<String, Value>,
    found: &mut Vec<String>,
) {
    let more = right.keys().filter(|key| !left.contains_key(*key));
    for key in left.keys().chain(more) {
        let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        compare(&at, left.get(key), right.get(key), found);
    }
}

fn shown(value: Option<&Value>) -> String {
    let text = value.map_or_else(|| "nothing".to_owned(), Value::to_string);
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn differences_are_reported_with_their_location() {
        let left = json!({"a": {"b/c": [1, 2.0, null]}, "d": null, "e": []});
        assert_eq!(differences(&left, &left), Vec::<String>::new());
        let right = json!({"a": {"b/c": [1.0, 2.0, false]}, "f": {}});
        assert_eq!(
            differences(&left, &right),
            [
                "/a/b~1c/0: 1 became 1.0",
                "/a/b~1c/2: null became false",
                "/d: null became nothing",
                "/e: [] became nothing",
                "/f: nothing became {}",
            ]
        );
        let large = [
            json!(9_007_199_254_740_993_i64),
            json!(9_007_199_254_740_992_i64),
        ];
        assert_eq!(
            differences(&large[0], &large[1]).len(),
            1,
            "no rounding between integers"
        );
    }
}
