//! From JSON to YAML, in the layout of kubectl.

use serde_json::{Map, Value};

use super::{NodeValue, scalar};

/// Writes a mapping as a document.
pub(in super::super) fn write(document: &Map<String, Value>) -> String {
    if document.is_empty() {
        return "{}\n".to_owned();
    }
    let mut text = String::new();
    mapping(&mut text, document, 0);
    text
}

fn mapping(text: &mut String, entries: &Map<String, Value>, indent: usize) {
    for (position, (key, value)) in entries.iter().enumerate() {
        if position > 0 {
            margin(text, indent);
        }
        *text += &string(key);
        text.push(':');
        entry(text, value, indent);
    }
}

/// What follows the colon of a key.
fn entry(text: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            text.push('\n');
            margin(text, indent + 2);
            mapping(text, entries, indent + 2);
        }
        Value::Array(items) if !items.is_empty() => {
            text.push('\n');
            margin(text, indent);
            sequence(text, items, indent);
        }
        _ => {
            text.push(' ');
            *text += &scalar_text(value);
            text.push('\n');
        }
    }
}

fn sequence(text: &mut String, items: &[Value], indent: usize) {
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            margin(text, indent);
        }
        *text += "- ";
        match item {
            Value::Object(entries) if !entries.is_empty() => mapping(text, entries, indent + 2),
            Value::Array(items) if !items.is_empty() => sequence(text, items, indent + 2),
            _ => {
                *text += &scalar_text(item);
                text.push('\n');
            }
        }
    }
}

fn margin(text: &mut String, indent: usize) {
    text.extend(std::iter::repeat_n(' ', indent));
}

fn scalar_text(value: &Value) -> String {
    match value {
        Value::String(value) => string(value),
        // Null, numbers, booleans and empty collections are the same in both.
        _ => value.to_string(),
    }
}

/// A plain scalar where every reader of YAML takes it for a string, else one in quotes.
fn string(value: &str) -> String {
    let first = value.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/');
    let known = value
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"./_-:@+=".contains(&byte));
    let plain = first
        && known
        && !value.ends_with(':')
        && matches!(scalar::resolve(value), NodeValue::String(_));
    if plain {
        return value.to_owned();
    }
    // A string of JSON is one of YAML, but for what YAML calls not printable or a line break.
    let mut quoted = String::new();
    for one in Value::from(value).to_string().chars() {
        if matches!(
            one,
            '\u{7f}'..='\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        ) {
            quoted += &format!("\\u{:04x}", u32::from(one));
        } else {
            quoted.push(one);
        }
    }
    quoted
}
