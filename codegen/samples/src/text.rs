//! Texts: those that hurt readers, and those that fit a pattern or a format.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::Value;

use crate::Temper;

/// What readers have stumbled over.
const ODD: &[&str] = &[
    "",
    " ",
    "a",
    "null",
    "true",
    "0",
    "-1",
    "=",
    "*/",
    "\"quoted\" \\ and \u{0}",
    "two\nlines\r\n\t",
    "名前 🦀 \u{202e}",
    "2026-01-02T03:04:05Z",
    "https://example.com/?a=b&c=d#e",
    "\u{10ffff}\u{fffd}",
];

/// Quantities in the form that they are stored in.
const QUANTITIES: &[&str] = &[
    "0", "1", "100m", "1500m", "1Gi", "512Mi", "2k", "3e9", "1n", "-5",
];

/// Quantities in forms that only custom resources keep.
const ODD_QUANTITIES: &[&str] = &["1000m", "0.50", "1024Ki", "+1", "1e3"];

/// A text that a schema allows, if it is tame; one of its format, if it is wild.
///
/// `kept` says whether times stay as they are written, which is so of custom resources.
pub(crate) fn string(
    schema: &Value,
    temper: Temper,
    kept: bool,
    rng: &mut fastrand::Rng,
) -> String {
    let format = schema["format"].as_str().unwrap_or_default();
    if format == "date-time" {
        return time(kept, rng);
    }
    if let Some(text) = of_format(format, temper, rng) {
        return text;
    }
    match temper {
        Temper::Wild => one_of(ODD, rng),
        Temper::Tame => tame(schema, rng),
    }
}

/// A quantity as built-in kinds have it.
pub(crate) fn quantity(rng: &mut fastrand::Rng) -> String {
    one_of(QUANTITIES, rng)
}

/// A quantity as custom resources may have it: a number too, and in any form.
pub(crate) fn custom_quantity(rng: &mut fastrand::Rng) -> Value {
    match rng.u8(..4) {
        0 => rng.u32(..).into(),
        1 => one_of(ODD_QUANTITIES, rng).into(),
        _ => quantity(rng).into(),
    }
}

/// A time; with a fraction and an offset where that is kept.
fn time(kept: bool, rng: &mut fastrand::Rng) -> String {
    let zones = [
        "Z",
        "Z",
        ".5Z",
        ".120Z",
        ".000001Z",
        "+02:00",
        ".123456789-09:30",
    ];
    let zone = zones[if kept { rng.usize(..zones.len()) } else { 0 }];
    format!("20{:02}-01-02T03:04:05{zone}", rng.u8(10..90))
}

/// A key of a map, a name of a field that no schema knows.
pub(crate) fn key(temper: Temper, rng: &mut fastrand::Rng) -> String {
    match temper {
        Temper::Wild => one_of(&ODD[2..], rng),
        Temper::Tame => one_of(&["a", "b", "example.com"], rng),
    }
}

pub(crate) fn one_of(all: &[&str], rng: &mut fastrand::Rng) -> String {
    all[rng.usize(..all.len())].to_owned()
}

/// Formats that types keep: both tempers hold to them.
fn of_format(format: &str, temper: Temper, rng: &mut fastrand::Rng) -> Option<String> {
    let text = match (format, temper) {
        ("byte", _) => {
            let bytes: Vec<u8> = (0..rng.usize(..8)).map(|_| rng.u8(..)).collect();
            BASE64_STANDARD.encode(bytes)
        }
        (_, Temper::Wild) => return None,
        ("date", _) => "2026-01-02".to_owned(),
        ("duration", _) => "1h".to_owned(),
        ("ipv4", _) => "10.0.0.1".to_owned(),
        ("ipv6", _) => "fd00::1".to_owned(),
        ("cidr", _) => "10.0.0.0/8".to_owned(),
        ("uri", _) => "https://example.com/".to_owned(),
        ("hostname", _) => "example.com".to_owned(),
        ("email", _) => "a@example.com".to_owned(),
        ("uuid", _) => "0a1b2c3d-4e5f-4a7b-8c9d-0e1f2a3b4c5d".to_owned(),
        _ => return None,
    };
    Some(text)
}

/// How often a pattern is tried until lengths fit as well.
const TRIES: usize = 50;

fn tame(schema: &Value, rng: &mut fastrand::Rng) -> String {
    let bound = |word: &str, other: u64| schema[word].as_u64().unwrap_or(other);
    let (least, most) = (bound("minLength", 0), bound("maxLength", 64));
    let pattern = schema["pattern"]
        .as_str()
        .and_then(|text| regex_syntax::parse(text).ok());
    let fits = |text: &String| (least..=most).contains(&(text.chars().count() as u64));
    let Some(pattern) = pattern else {
        let length = least.max(3).min(most);
        return "abcdefghij"
            .chars()
            .cycle()
            .take(usize::try_from(length).unwrap_or(0))
            .collect();
    };
    let mut tries = (0..TRIES).map(|_| {
        let mut text = String::new();
        write(&pattern, rng, &mut text);
        text
    });
    tries.find(fits).unwrap_or_default()
}

/// Writes a text that a pattern matches; assertions inside it are hoped for.
fn write(pattern: &Hir, rng: &mut fastrand::Rng, out: &mut String) {
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => out.push(char_of(class, rng)),
        HirKind::Capture(capture) => write(&capture.sub, rng, out),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, rng, out)),
        HirKind::Alternation(parts) => write(&parts[rng.usize(..parts.len())], rng, out),
        HirKind::Repetition(repetition) => {
            let most = repetition
                .max
                .unwrap_or(u32::MAX)
                .min(repetition.min.saturating_add(3));
            for _ in 0..rng.u32(repetition.min..=most) {
                write(&repetition.sub, rng, out);
            }
        }
    }
}

/// A character of a class: a letter or digit where it has one.
fn char_of(class: &Class, rng: &mut fastrand::Rng) -> char {
    let has = |c: char| match class {
        Class::Unicode(class) => class
            .ranges()
            .iter()
            .any(|range| (range.start()..=range.end()).contains(&c)),
        Class::Bytes(class) => class
            .ranges()
            .iter()
            .any(|range| (range.start()..=range.end()).contains(&(c as u8))),
    };
    let of = |chars: &mut dyn Iterator<Item = char>| chars.filter(|c| has(*c)).collect::<Vec<_>>();
    let plain = of(&mut ('a'..='z').chain('A'..='Z').chain('0'..='9'));
    let printed = if plain.is_empty() {
        of(&mut ('!'..='~'))
    } else {
        plain
    };
    rng.choice(printed).unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tame_texts_keep_to_what_a_schema_asks() {
        let rng = &mut fastrand::Rng::with_seed(1);
        for (schema, fits) in [
            (
                json!({"pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "minLength": 2}),
                r"^[a-z0-9]",
            ),
            (json!({"pattern": r"^(\d+(h|m|s))+$"}), r"[hms]$"),
            (json!({"minLength": 40}), r"^\w{40}$"),
            (json!({"maxLength": 1}), r"^\w$"),
            (json!({"format": "ipv4"}), r"\."),
        ] {
            let made = string(&schema, Temper::Tame, false, rng);
            assert!(
                !made.is_empty() && !made.contains(' '),
                "{schema}: {made} should be {fits}"
            );
        }
    }
}
