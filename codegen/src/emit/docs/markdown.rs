//! Foreign text as rustdoc, escaped so that it cannot be markup.

use crate::error::is_invisible;

/// A name as a code span, whatever is in it.
pub(in crate::emit) fn code(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        if c == '`' || c.is_control() || is_invisible(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    let padded = shown.starts_with(' ') || shown.ends_with(' ') || shown.is_empty();
    match padded {
        true => format!("`\"{shown}\"`"),
        false => format!("`{shown}`"),
    }
}

/// Upstream prose as lines of rustdoc.
///
/// Links are only what starts with http(s); brackets, angle brackets and stars are text; a
/// block that upstream indented or fenced becomes a `text` block, so that nothing is compiled
/// as a doc test.
pub(super) fn safe_lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut fenced = false;
    for raw in text.lines() {
        let line = clean(raw);
        if line.trim_start().starts_with("```") {
            lines.push(if fenced { "```" } else { "```text" }.to_owned());
            fenced = !fenced;
        } else if fenced {
            lines.push(line);
        } else {
            lines.push(match line.trim().strip_prefix("* ") {
                Some(item) => format!("- {}", prose_line(item)),
                None => prose_line(line.trim()),
            });
        }
    }
    if fenced {
        lines.push("```".to_owned());
    }
    trim_blank(lines)
}

/// Without characters that hide or reorder others; tabs as spaces.
fn clean(line: &str) -> String {
    line.chars()
        .filter(|c| !is_invisible(*c) && (!c.is_control() || *c == '\t'))
        .map(|c| if c == '\t' { ' ' } else { c })
        .collect::<String>()
        .trim_end()
        .to_owned()
}

fn trim_blank(mut lines: Vec<String>) -> Vec<String> {
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let start = lines.iter().take_while(|line| line.is_empty()).count();
    lines.split_off(start)
}

/// A line outside of blocks. Code spans stay where backticks pair up.
fn prose_line(line: &str) -> String {
    let pairs = line.matches('`').count();
    if pairs % 2 == 1 {
        return escape_start(&words(&line.replace('`', "'")));
    }
    let mut out = String::new();
    for (index, part) in line.split('`').enumerate() {
        match index % 2 {
            0 => out.push_str(&words(part)),
            _ if part.is_empty() => {}
            _ => out.push_str(&format!("`{part}`")),
        }
    }
    escape_start(&out)
}

/// Text outside of code spans, word by word: URLs become links, the rest is escaped.
fn words(text: &str) -> String {
    let mut out = String::new();
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        out.push_str(&escape_word(word));
    }
    out
}

fn escape_word(word: &str) -> String {
    let start = word.find("https://").or_else(|| word.find("http://"));
    let Some(start) = start else {
        return escape(word);
    };
    let (before, url) = word.split_at(start);
    let length = url.find([
        '<', '>', '"', '\'', '\\', '[', ']', ')', '(', '{', '}', '|', '*',
    ]);
    let (url, after) = url.split_at(length.unwrap_or(url.len()));
    let trimmed = url.trim_end_matches(['.', ',', ';', ':', '!', '?']);
    let tail = &url[trimmed.len()..];
    format!(
        "{}<{trimmed}>{}{}",
        escape(before),
        escape(tail),
        escape(after)
    )
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(
            c,
            '[' | ']' | '<' | '>' | '*' | '\\' | '|' | '_' | '~' | '&' | '$'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What opens a heading, quote, rule or list at the start of a line is text here; `-` lists
/// are kept, they read as such.
fn escape_start(line: &str) -> String {
    match line.starts_with(['#', '>', '=', '+', ':']) {
        true => format!("\\{line}"),
        false => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{code, safe_lines};

    #[test]
    fn foreign_text_says_no_more_than_itself() {
        for (text, lines) in [
            (
                "See https://kubernetes.io/docs/a_b.",
                vec!["See <https://kubernetes.io/docs/a_b>."],
            ),
            ("(http://x.y/z)", vec!["(<http://x.y/z>)"]),
            (
                "a [link](x) and <b>html</b>",
                vec![r"a \[link\](x) and \<b\>html\</b\>"],
            ),
            ("a `code [x]` span", vec!["a `code [x]` span"]),
            ("one ` tick", vec!["one ' tick"]),
            ("    indented code", vec!["indented code"]),
            ("```\nlet x = 1;\n```", vec!["```text", "let x = 1;", "```"]),
            (
                "```rust\nnever closed",
                vec!["```text", "never closed", "```"],
            ),
            ("* a *b*", vec![r"- a \*b\*"]),
            ("\n\n# heading\n\n", vec![r"\# heading"]),
            ("a\u{202e}b\rc", vec!["abc"]),
            ("", vec![]),
        ] {
            assert_eq!(safe_lines(text), lines, "{text:?}");
        }
    }

    #[test]
    fn code_spans_cannot_be_closed_from_inside() {
        assert_eq!(code("a`b"), r"`a\u{60}b`");
        assert_eq!(code(""), "`\"\"`");
        assert_eq!(code("\n"), r"`\u{a}`");
    }
}
