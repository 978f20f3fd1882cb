//! Text from a server, made safe for a terminal.

use std::borrow::Cow;
use std::fmt::Write;

use serde_json::Value;

/// One cell of a table.
pub(super) fn text(cell: &Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) => line(text),
        other => line(&other.to_string()),
    }
}

/// A text as one line: what follows a line break is cut, and `...` says so.
pub(super) fn line(text: &str) -> String {
    match text.split_once(['\n', '\r', '\x0c']) {
        Some((line, _)) => format!("{}...", visible(line)),
        None => visible(text).into_owned(),
    }
}

/// The text with control characters in a form that a terminal shows and does not obey.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_commanding) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::new();
    for c in text.chars() {
        // Writing to a string does not fail.
        let _ = match c {
            '\t' | '\n' => write!(shown, "{c}"),
            '\0'..='\x1f' => write!(shown, "^{}", char::from(c as u8 + b'@')),
            c if is_commanding(c) => write!(shown, "{}", c.escape_unicode()),
            c => write!(shown, "{c}"),
        };
    }
    Cow::Owned(shown)
}

/// Controls, and what turns the direction of writing around.
fn is_commanding(c: char) -> bool {
    c.is_control() && c != '\t' && c != '\n'
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn cells_are_single_lines_of_plain_text() {
        for (cell, expected) in [
            (json!(null), ""),
            (json!("web"), "web"),
            (json!(3), "3"),
            (json!(1.5), "1.5"),
            (json!(true), "true"),
            (json!(["a"]), r#"["a"]"#),
            (json!("one\ntwo"), "one..."),
            (json!("\u{1b}[31mred\u{7f}"), "^[[31mred\\u{7f}"),
            (json!("a\u{202e}b\u{9b}c"), "a\\u{202e}b\\u{9b}c"),
            (json!("größe"), "größe"),
        ] {
            assert_eq!(text(&cell), expected, "{cell}");
        }
    }
}
