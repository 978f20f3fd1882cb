//! Distinguished names: whether one is well-formed, and how it is shown.

use super::der::{self, Reader, SEQUENCE, SET};

const UTF8: u8 = 0x0c;
const NUMERIC: u8 = 0x12;
const PRINTABLE: u8 = 0x13;
const T61: u8 = 0x14;
const IA5: u8 = 0x16;
const BMP: u8 = 0x1e;

/// A longer name or list of names is cut: the other side chose it.
const MOST_SHOWN: usize = 200;

/// Reads a name to its end.
pub(super) fn check(mut name: Reader<'_>) -> Option<()> {
    while !name.is_empty() {
        let mut set = name.open(SET)?;
        while !set.is_empty() {
            let mut attribute = set.open(SEQUENCE)?;
            attribute.oid()?;
            let value = attribute.any()?;
            attribute.end()?;
            if !is_string(value.tag, value.body) {
                return None;
            }
        }
    }
    Some(())
}

fn is_string(tag: u8, body: &[u8]) -> bool {
    match tag {
        T61 => true,
        UTF8 => std::str::from_utf8(body).is_ok(),
        IA5 => body.is_ascii(),
        NUMERIC => body.iter().all(|b| b.is_ascii_digit() || *b == b' '),
        PRINTABLE => body.iter().all(|b| is_printable(*b)),
        BMP => bmp(body).is_some(),
        _ => false,
    }
}

/// The characters of a `PrintableString`, and `*` and `&`, which authorities use as well.
fn is_printable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=?*&".contains(&byte)
}

/// Characters of two bytes each: none is half a pair or reserved.
fn bmp(body: &[u8]) -> Option<String> {
    let body = body.strip_suffix(&[0, 0]).unwrap_or(body);
    let pairs = body.chunks(2).map(|pair| match pair {
        [high, low] => {
            let point = u32::from(u16::from_be_bytes([*high, *low]));
            let is_reserved = matches!(point, 0xfdd0..=0xfdef | 0xfffe | 0xffff);
            char::from_u32(point).filter(|_| !is_reserved)
        }
        _ => None,
    });
    pairs.collect()
}

/// A name such as `CN=kubernetes, O=example`, safe to print.
pub(super) fn shown(name: &[u8]) -> String {
    let mut parts = Vec::new();
    let mut sets = der::only(name, SEQUENCE).unwrap_or(Reader::new(&[]));
    while let Some(mut set) = sets.open(SET) {
        while let Some(mut attribute) = set.open(SEQUENCE) {
            if let (Some(oid), Some(value)) = (attribute.oid(), attribute.any()) {
                let text = text(value.tag, value.body);
                parts.push(format!("{}={text}", label(oid)));
            }
        }
    }
    match parts.is_empty() {
        true => "no subject".to_owned(),
        false => printable(&parts.join(", ")),
    }
}

fn label(oid: &[u8]) -> String {
    match oid {
        [0x55, 4, 3] => "CN".to_owned(),
        [0x55, 4, 5] => "serialNumber".to_owned(),
        [0x55, 4, 6] => "C".to_owned(),
        [0x55, 4, 7] => "L".to_owned(),
        [0x55, 4, 8] => "ST".to_owned(),
        [0x55, 4, 10] => "O".to_owned(),
        [0x55, 4, 11] => "OU".to_owned(),
        other => der::shown(other),
    }
}

fn text(tag: u8, body: &[u8]) -> String {
    match tag {
        T61 => body.iter().map(|byte| char::from(*byte)).collect(),
        BMP => bmp(body).unwrap_or_default(),
        _ => String::from_utf8_lossy(body).into_owned(),
    }
}

/// A text that somebody else chose: without what could act on a terminal, and not too long.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        if shown.len() >= MOST_SHOWN {
            shown.push('…');
            break;
        }
        match is_harmless(c) {
            true => shown.push(c),
            false => shown.extend(c.escape_unicode()),
        }
    }
    shown
}

/// Neither a control character nor one that turns or hides others.
fn is_harmless(c: char) -> bool {
    let is_invisible = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    !c.is_control() && !is_invisible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_hold_what_their_type_allows() {
        for (tag, body, expected) in [
            (PRINTABLE, &b"*.a & b"[..], true),
            (PRINTABLE, b"a_b", false),
            (PRINTABLE, b"a@b", false),
            (UTF8, "é".as_bytes(), true),
            (UTF8, b"\xff", false),
            (IA5, b"a@b", true),
            (IA5, b"\xe9", false),
            (T61, b"\xe9", true),
            (NUMERIC, b"1 2", true),
            (NUMERIC, b"1a", false),
            (BMP, b"\0a\0b", true),
            (BMP, b"\0a\0", false),
            (BMP, b"\xd8\0", false),
            (BMP, b"\xff\xfe", false),
            // A universal string, and an octet string.
            (0x1c, b"\0\0\0a", false),
            (0x04, b"a", false),
        ] {
            assert_eq!(is_string(tag, body), expected, "{tag:#x} {body:?}");
        }
    }

    #[test]
    fn names_are_shown_without_their_tricks() {
        assert_eq!(printable("a\u{1b}[2Jb\n"), "a\\u{1b}[2Jb\\u{a}");
        assert_eq!(printable("a\u{202e}b"), "a\\u{202e}b");
        assert_eq!(printable(&"x".repeat(1000)).chars().count(), MOST_SHOWN + 1);
    }
}
