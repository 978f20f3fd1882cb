//! Writes structs as JSON text.

use std::fmt::{self, Write as _};

use crate::Datum;
use crate::place::{MapRef, RecordRef, View};
use crate::scan::plain_end;

/// Writes a struct with some members in front of its own.
pub(super) fn whole(record: RecordRef<'_>, head: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(256);
    out.push('{');
    for (key, text) in head {
        self::key(&mut out, key);
        string(&mut out, text);
    }
    members(&mut out, record);
    out.push('}');
    out
}

fn value(out: &mut String, value: View<'_>) {
    match value {
        View::Text(text) => string(out, text),
        View::Leaf(leaf) => datum(out, leaf.datum()),
        View::Enum(value) => string(out, value.text()),
        View::Record(record) | View::Either(Ok(record)) => object(out, record),
        View::Nested(inner) | View::Either(Err(inner)) => self::value(out, inner.open()),
        View::Absent => out.push_str("null"),
        View::List(list) => {
            out.push('[');
            for (index, item) in list.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                self::value(out, item.open());
            }
            out.push(']');
        }
        View::Map(map) => {
            out.push('{');
            entries(out, map);
            out.push('}');
        }
    }
}

fn object(out: &mut String, record: RecordRef<'_>) {
    out.push('{');
    members(out, record);
    out.push('}');
}

fn members(out: &mut String, record: RecordRef<'_>) {
    for (index, field) in record.desc.named().iter().enumerate() {
        let value = record.field(index).open();
        if field.flags.always || !value.is_absent() {
            key(out, field.name);
            self::value(out, value);
        }
    }
    if let Some(rest) = record.rest() {
        entries(out, rest);
    }
}

fn entries(out: &mut String, map: MapRef<'_>) {
    for (own, value) in map.iter() {
        key(out, own);
        self::value(out, value.open());
    }
}

fn key(out: &mut String, key: &str) {
    if !out.ends_with('{') {
        out.push(',');
    }
    string(out, key);
    out.push(':');
}

pub(crate) fn datum(out: &mut String, datum: Datum<'_>) {
    // Writing into a string does not fail.
    let _ = match datum {
        Datum::Null => out.write_str("null"),
        Datum::Bool(value) => write!(out, "{value}"),
        Datum::Int(number) => write!(out, "{number}"),
        Datum::Uint(number) => write!(out, "{number}"),
        Datum::Float(number) => float(out, number),
        Datum::Text(text) => {
            string(out, &text);
            Ok(())
        }
        Datum::Json(text) => out.write_str(&text),
        Datum::Tree(tree) => write!(out, "{tree}"),
    };
}

/// Writes a number as the API server does: the shortest digits that read back equal, whole
/// numbers without a point, exponents where Go's encoder has them.
fn float(out: &mut String, number: f64) -> fmt::Result {
    let size = number.abs();
    match size {
        _ if !number.is_finite() => out.write_str("null"),
        1e21.. => {
            let text = format!("{number:e}");
            out.write_str(&text.replace('e', "e+"))
        }
        _ if size > 0.0 && size < 1e-6 => write!(out, "{number:e}"),
        _ => write!(out, "{number}"),
    }
}

fn string(out: &mut String, text: &str) {
    let end = plain_end(text.as_bytes(), 0);
    out.push('"');
    match end == text.len() {
        true => out.push_str(text),
        false => with_escapes(out, text, end),
    }
    out.push('"');
}

/// Writes a text whose first special byte is at `at`.
#[cold]
fn with_escapes(out: &mut String, text: &str, mut at: usize) {
    let mut from = 0;
    while let Some(special) = text.as_bytes().get(at) {
        out.push_str(text.get(from..at).unwrap_or_default());
        escape(out, *special);
        from = at + 1;
        at = plain_end(text.as_bytes(), from);
    }
    out.push_str(text.get(from..).unwrap_or_default());
}

fn escape(out: &mut String, byte: u8) {
    match byte {
        b'"' => out.push_str("\\\""),
        b'\\' => out.push_str("\\\\"),
        b'\n' => out.push_str("\\n"),
        b'\r' => out.push_str("\\r"),
        b'\t' => out.push_str("\\t"),
        0x8 => out.push_str("\\b"),
        0xc => out.push_str("\\f"),
        // Writing into a string does not fail.
        _ => drop(write!(out, "\\u{byte:04x}")),
    }
}
