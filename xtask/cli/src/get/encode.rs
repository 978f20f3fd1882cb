//! JSON and YAML as kubectl writes them: keys sorted, JSON four spaces deep, lists in YAML at
//! the depth of their key.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::PrettyFormatter;

/// A value as JSON, without a line break at its end.
pub(super) fn json(value: &Value) -> io::Result<String> {
    let mut text = Vec::new();
    let formatter = PrettyFormatter::with_indent(b"    ");
    value.serialize(&mut serde_json::Serializer::with_formatter(
        &mut text, formatter,
    ))?;
    String::from_utf8(text).map_err(io::Error::other)
}

/// A value as a YAML document.
pub(super) fn yaml(value: &Value) -> io::Result<String> {
    // Long lines stay lines: folded ones are hard to search and to copy.
    let options = serde_saphyr::ser_options! { folded_wrap_chars: usize::MAX };
    serde_saphyr::to_string_with_options(value, options).map_err(io::Error::other)
}

/// A `v1` `List` in JSON, written item by item.
pub(super) fn json_list(out: &mut dyn Write, items: impl Iterator<Item = Value>) -> io::Result<()> {
    write!(out, "{{\n    \"apiVersion\": \"v1\",\n    \"items\": [")?;
    let mut before = "";
    for item in items {
        let item = json(&item)?.replace('\n', "\n        ");
        write!(out, "{before}\n        {item}")?;
        before = ",";
    }
    let end = if before.is_empty() { "" } else { "\n    " };
    writeln!(
        out,
        "{end}],\n    \"kind\": \"List\",\n    \"metadata\": {{\n        \"resourceVersion\": \"\"\n    }}\n}}"
    )
}

/// A `v1` `List` in YAML, written item by item.
pub(super) fn yaml_list(out: &mut dyn Write, items: impl Iterator<Item = Value>) -> io::Result<()> {
    let mut items = items.peekable();
    let empty = if items.peek().is_none() { " []" } else { "" };
    writeln!(out, "apiVersion: v1\nitems:{empty}")?;
    for item in items {
        let mut dash = "- ";
        for line in yaml(&item)?.lines() {
            // What is empty stays so: in a block of text, spaces would be content.
            let indent = if line.is_empty() { "" } else { dash };
            writeln!(out, "{indent}{line}")?;
            dash = "  ";
        }
    }
    writeln!(out, "kind: List\nmetadata:\n  resourceVersion: \"\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn awkward() -> Vec<Value> {
        vec![
            json!({"data": {"yes": "no", "null": "null", "one": "1", "float": "1.0", "octal": "0o7",
                "block": "a\n\n  b\n", "lead": " a", "colon": "a: b", "hash": "a #b", "dash": "- a",
                "escape": "\u{1b}[31m\t", "empty": "", "tilde": "~", "date": "2026-11-23",
                "long": "word ".repeat(60), "trailing": "a\n\n", "end": "---", "crlf": "a\r\nb"}}),
            json!({"list": [[1, 2], {"a": []}, {}], "n": 1.5, "big": u64::MAX, "yes": true, "no": null}),
        ]
    }

    #[test]
    fn lists_read_back_as_they_were_and_are_what_a_whole_tree_would_print() {
        let list = json!({"apiVersion": "v1", "kind": "List", "items": awkward(),
            "metadata": {"resourceVersion": ""}});
        let text = written(|out| json_list(out, awkward().into_iter()));
        assert_eq!(text, format!("{}\n", json(&list).unwrap()));
        let text = written(|out| yaml_list(out, awkward().into_iter()));
        assert_eq!(
            serde_saphyr::from_str::<Value>(&text).unwrap(),
            list,
            "{text}"
        );
    }

    #[test]
    fn empty_lists_are_lists() {
        let none = || std::iter::empty::<Value>();
        let text = written(|out| json_list(out, none()));
        assert!(text.contains("\"items\": [],\n"), "{text}");
        let text = written(|out| yaml_list(out, none()));
        assert!(text.contains("items: []\n"), "{text}");
    }

    #[test]
    fn strings_that_look_like_something_else_are_quoted() {
        let text = yaml(&awkward()[0]).unwrap();
        for line in [
            "  \"yes\": \"no\"\n",
            "  one: \"1\"\n",
            "  \"null\": \"null\"\n",
        ] {
            assert!(text.contains(line), "{text}");
        }
        assert!(!text.contains('\u{1b}'), "{text}");
    }
}
