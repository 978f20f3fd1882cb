//! The meaning of plain scalars, by the rules of Go's YAML 1.1.

use serde_json::Number;

use super::NodeValue;

/// The value of a scalar without quotes and without a tag.
pub(super) fn resolve(text: &str) -> NodeValue {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => NodeValue::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            NodeValue::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            NodeValue::Bool(false)
        }
        _ => match number(text) {
            Some(number) => NodeValue::Number(number),
            None => NodeValue::String(text.to_owned()),
        },
    }
}

fn number(text: &str) -> Option<Number> {
    if !text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) {
        return None;
    }
    let plain = text.replace('_', "");
    integer(&plain).or_else(|| float(&plain))
}

fn integer(text: &str) -> Option<Number> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let magnitude = magnitude(digits)?;
    if negative {
        let value = 0_i64.checked_sub_unsigned(magnitude)?;
        return Some(Number::from(value));
    }
    Some(Number::from(magnitude))
}

/// Digits in the base that their prefix says.
fn magnitude(digits: &str) -> Option<u64> {
    let (base, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    // A second sign is not a digit.
    let first = digits.chars().next()?;
    first
        .is_digit(base)
        .then(|| u64::from_str_radix(digits, base).ok())?
}

fn float(text: &str) -> Option<Number> {
    let known = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    if !known {
        return None;
    }
    text.parse().ok().and_then(Number::from_f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_mean_what_go_says() {
        for (text, expected) in [
            ("17", Some("17")),
            ("-17", Some("-17")),
            ("+1", Some("1")),
            ("017", Some("15")),
            ("0x1f", Some("31")),
            ("0b11", Some("3")),
            ("0o17", Some("15")),
            ("1_000", Some("1000")),
            ("1.5", Some("1.5")),
            (".5", Some("0.5")),
            ("1e3", Some("1000.0")),
            ("18446744073709551615", Some("18446744073709551615")),
            ("-9223372036854775808", Some("-9223372036854775808")),
            ("089", Some("89.0")),
            ("1.2.3", None),
            ("2001-01-01", None),
            ("12h", None),
            ("--1", None),
            ("-", None),
            (".", None),
            ("0x", None),
        ] {
            let found = number(text).map(|number| number.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn words_are_booleans_as_in_yaml_1_1() {
        assert!(matches!(resolve("yes"), NodeValue::Bool(true)));
        assert!(matches!(resolve("Off"), NodeValue::Bool(false)));
        assert!(matches!(resolve("~"), NodeValue::Null));
        assert!(matches!(resolve("yES"), NodeValue::String(_)));
    }
}
