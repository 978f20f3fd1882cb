//! Damage to a text on its way: it ends too soon, a bit of it flips, or a value has another type
//! than the schema allows.

use serde_json::{Value, json};

/// A text as it may come: every beginning of it, if it is short, else some.
pub fn cut(text: &str, at_most: usize) -> impl Iterator<Item = &str> {
    let step = text.len().div_ceil(at_most.max(1)).max(1);
    (0..text.len())
        .step_by(step)
        .filter_map(|end| text.get(..end))
}

/// The text with one to three bits turned, as often as it is still text.
pub fn flipped(text: &str, seed: u64, count: usize) -> impl Iterator<Item = String> {
    let mut rng = fastrand::Rng::with_seed(seed);
    (0..count).filter_map(move |_| {
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..rng.usize(1..4) {
            if let Some(at) = rng.choice(0..bytes.len()) {
                bytes[at] ^= 1 << rng.u8(..7);
            }
        }
        String::from_utf8(bytes).ok()
    })
}

/// The value with one member or item replaced by something of another type.
pub fn swapped(value: &Value, seed: u64, count: usize) -> impl Iterator<Item = Value> {
    let mut rng = fastrand::Rng::with_seed(seed);
    (0..count).map(move |_| {
        let mut changed = value.clone();
        let new = rng.choice(odd()).unwrap_or_default();
        // Deep places are as likely as the others.
        replace(&mut changed, &mut rng.usize(..size(value)), &new);
        changed
    })
}

fn odd() -> [Value; 15] {
    [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(1.0),
        json!(-0.5),
        json!(1e300),
        json!(""),
        json!("a\u{0}\"\\\u{1f980}"),
        json!([]),
        json!([null, [1], {"a": null}]),
        json!({}),
        json!({"a": {"b": [null]}, "": "", "name": 1}),
    ]
}

fn size(value: &Value) -> usize {
    let inside: usize = match value {
        Value::Object(members) => members.values().map(size).sum(),
        Value::Array(items) => items.iter().map(size).sum(),
        _ => 0,
    };
    1 + inside
}

/// Replaces the place that so many come before; whether it was found.
fn replace(value: &mut Value, left: &mut usize, new: &Value) -> bool {
    if *left == 0 {
        *value = new.clone();
        return true;
    }
    *left -= 1;
    match value {
        Value::Object(members) => members.values_mut().any(|value| replace(value, left, new)),
        Value::Array(items) => items.iter_mut().any(|value| replace(value, left, new)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_short_text_is_cut_everywhere_and_between_characters() {
        let cuts: Vec<&str> = cut("aü€", 100).collect();
        assert_eq!(cuts, ["", "a", "aü"]);
        assert_eq!(
            cut("abcdefghij", 3).collect::<Vec<_>>(),
            ["", "abcd", "abcdefgh"]
        );
    }

    #[test]
    fn harm_changes_one_thing_and_each_at_times() {
        let value = json!({"a": [1, {"b": 2}], "c": 3});
        let changed: BTreeSet<String> = swapped(&value, 1, 300)
            .map(|value| value.to_string())
            .collect();
        for expected in [
            "null",
            r#"{"a":[1,{"b":2}],"c":""}"#,
            r#"{"a":[1,{"b":[]}],"c":3}"#,
            r#"{"a":[true,{"b":2}],"c":3}"#,
        ] {
            assert!(changed.contains(expected), "{expected} of {changed:?}");
        }
        let text = value.to_string();
        assert!(
            flipped(&text, 1, 50).any(|flipped| flipped != text && flipped.len() == text.len())
        );
        assert_eq!(flipped("", 1, 3).count(), 3);
    }
}
