//! Names of enum variants.

use super::scope::{Scope, Wish};
use super::types::pascal_case;

/// Symbols that carry the meaning of a value; between words the first group only separates.
const SEPARATORS: &[(char, &str)] = &[
    (' ', "Space"),
    ('-', "Dash"),
    ('.', "Dot"),
    ('/', "Slash"),
    (':', "Colon"),
    ('_', "Underscore"),
];
const SYMBOLS: &[(char, &str)] = &[
    ('!', "Not"),
    ('#', "Hash"),
    ('$', "Dollar"),
    ('%', "Percent"),
    ('&', "And"),
    ('*', "Star"),
    ('+', "Plus"),
    ('<', "Less"),
    ('=', "Equal"),
    ('>', "Greater"),
    ('@', "At"),
    ('^', "Caret"),
    ('|', "Or"),
    ('~', "Tilde"),
];

/// Variants that an enum cannot have: the catch-all, and what Rust keeps for itself.
const RESERVED: &[&str] = &["Other", "Self"];

/// A unique identifier for each value, in the order given, which must be sorted.
///
/// A value that is an identifier keeps its spelling (`ClusterIP`, `TCP`); the empty string is
/// `Empty`; symbols are named (`!=` → `NotEqual`). If several values
/// give one name (`gzip`, `Gzip`), the locked one keeps it, or else the one spelled like it; the
/// others are numbered.
pub(crate) fn variant_names(
    values: &[&str],
    locked: impl Fn(&str) -> Option<String>,
) -> Vec<String> {
    let rule = |value: &str| {
        let name = variant_name(value);
        let natural = is_natural_variant(&name, value);
        Wish { name, natural }
    };
    Scope::reserving(RESERVED).claim_each(values, "", rule, locked)
}

/// Whether a value is spelled like its variant.
pub(crate) fn is_natural_variant(name: &str, value: &str) -> bool {
    name == value
}

fn variant_name(value: &str) -> String {
    let name = spelled(value);
    match RESERVED.contains(&name.as_str()) {
        true => format!("{name}Value"),
        false => name,
    }
}

fn spelled(value: &str) -> String {
    if value.is_empty() {
        return "Empty".to_owned();
    }
    if let Some(digits) = value.strip_prefix('-')
        && !digits.is_empty()
        && digits.chars().all(|c| c.is_ascii_digit())
    {
        return format!("Minus{digits}");
    }
    let is_identifier = value.starts_with(|c: char| c.is_ascii_uppercase())
        && value.chars().all(|c| c.is_ascii_alphanumeric());
    if is_identifier {
        return value.to_owned();
    }
    let name: String = pieces(value).iter().map(|piece| part(piece)).collect();
    let name = match name.is_empty() {
        true => value.chars().map(separator_name).collect(),
        false => name,
    };
    match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("V{name}"),
        false => name,
    }
}

/// The value cut into runs of letters and digits, and single symbols.
fn pieces(value: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut open = false;
    for c in value.chars() {
        if c.is_alphanumeric() && open {
            if let Some(last) = pieces.last_mut() {
                last.push(c);
            }
        } else {
            pieces.push(c.to_string());
        }
        open = c.is_alphanumeric();
    }
    pieces
}

/// One piece in upper camel case; separators vanish.
fn part(piece: &str) -> String {
    match piece.chars().next() {
        Some(c) if c.is_ascii_alphanumeric() && piece.is_ascii() => {
            format!("{}{}", c.to_ascii_uppercase(), &piece[1..])
        }
        Some(c) if c.is_alphanumeric() => pascal_case(piece),
        Some(c) => SYMBOLS
            .iter()
            .find(|(symbol, _)| *symbol == c)
            .map(|(_, name)| (*name).to_owned())
            .unwrap_or_else(|| match SEPARATORS.iter().any(|(symbol, _)| *symbol == c) {
                true => String::new(),
                false => format!("U{:X}", u32::from(c)),
            }),
        None => String::new(),
    }
}

fn separator_name(c: char) -> &'static str {
    SEPARATORS
        .iter()
        .find(|(symbol, _)| *symbol == c)
        .map_or("", |(_, name)| name)
}

#[cfg(test)]
mod tests {
    fn names(values: &[&str]) -> Vec<String> {
        super::variant_names(values, |_| None)
    }

    #[test]
    fn values_become_variants() {
        for (value, name) in [
            ("ClusterIP", "ClusterIP"),
            ("TCP", "TCP"),
            ("", "Empty"),
            ("digital signature", "DigitalSignature"),
            ("s/mime", "SMime"),
            ("gzip+base64", "GzipPlusBase64"),
            ("*", "Star"),
            ("=", "Equal"),
            ("!=", "NotEqual"),
            ("=~", "EqualTilde"),
            ("!~", "NotTilde"),
            ("-", "Dash"),
            (" ", "Space"),
            ("SIGRTMAX-1", "SIGRTMAX1"),
            ("SIGRTMIN+1", "SIGRTMINPlus1"),
            ("301", "V301"),
            ("-1", "Minus1"),
            ("Other", "OtherValue"),
            ("self", "SelfValue"),
            (
                "\"; std::process::exit(1);//",
                "U22U3BStdProcessExitU281U29U3B",
            ),
            ("é", "Ue9"),
            ("\n", "UA"),
        ] {
            assert_eq!(names(&[value]), [name], "{value:?}");
        }
    }

    #[test]
    fn case_twins_stay_apart() {
        assert_eq!(names(&["Gzip", "gzip"]), ["Gzip", "Gzip2"]);
        assert_eq!(names(&["HTTP", "http"]), ["HTTP", "Http"]);
        assert_eq!(names(&["Empty", ""]), ["Empty", "Empty2"]);
    }
}
