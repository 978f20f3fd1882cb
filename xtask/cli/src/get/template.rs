//! kubectl's jsonpath templates, as far as they say where something is: text, `{.path}` and
//! `{"\n"}`.

use std::fmt::Write;
use std::str::FromStr;

use serde_json::Value;

use super::path::Path;

/// Text with paths in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Path(Path),
}

impl Template {
    /// The text with the values in the places of their paths; a missing one is empty.
    pub(super) fn fill(&self, value: &Value) -> String {
        let mut filled = String::new();
        for part in &self.parts {
            // Writing to a string does not fail.
            let _ = match part {
                Part::Text(text) => write!(filled, "{text}"),
                Part::Path(path) => write!(filled, "{}", path.text(value)),
            };
        }
        filled
    }
}

impl FromStr for Template {
    type Err = String;

    /// A template without braces that begins as a path does is taken for that path.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.starts_with(['.', '$', '[']) && !text.contains('{') {
            let path = text.parse()?;
            return Ok(Template {
                parts: vec![Part::Path(path)],
            });
        }
        let (mut parts, mut rest) = (Vec::new(), text);
        while let Some((before, behind)) = rest.split_once('{') {
            let end = closing(behind).ok_or(format!("the template `{text}` has an open brace"))?;
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(part(&behind[..end])?);
            rest = &behind[end + 1..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        if parts.is_empty() {
            return Err("the template is empty: expected one such as {.spec.replicas}".to_owned());
        }
        Ok(Template { parts })
    }
}

/// The closing brace, which does not count inside quotes.
fn closing(text: &str) -> Option<usize> {
    let (mut quote, mut escaped) = (None, false);
    for (at, next) in text.char_indices() {
        match (quote, next) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if open == next => quote = None,
            (None, '"' | '\'') => quote = Some(next),
            (None, '}') => return Some(at),
            _ => {}
        }
    }
    None
}

fn part(inside: &str) -> Result<Part, String> {
    let inside = inside.trim();
    let word = inside.split_whitespace().next().unwrap_or_default();
    if matches!(word, "range" | "end") {
        return Err(
            "{range} is not known here: -o path=.metadata.name prints a line for each object"
                .to_owned(),
        );
    }
    if inside.starts_with('"') {
        return serde_json::from_str(inside)
            .map(Part::Text)
            .map_err(|_| format!("{{{inside}}} is not a quoted text"));
    }
    inside.parse().map(Part::Path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn filled(template: &str) -> String {
        let value = json!({"items": [{"name": "a"}, {"name": "b"}], "n": 3, "a}b": true});
        template.parse::<Template>().unwrap().fill(&value)
    }

    #[test]
    fn values_stand_in_the_places_of_their_paths() {
        for (template, expected) in [
            ("{.n}", "3"),
            (".n", "3"),
            ("n={.n}, {.items[*].name}{\"\\n\"}", "n=3, a b\n"),
            ("{ .n }{.missing}!", "3!"),
            ("{['a}b']}", "true"),
            ("{@.n}", "3"),
            ("text", "text"),
        ] {
            assert_eq!(filled(template), expected, "{template}");
        }
    }

    #[test]
    fn what_is_more_than_a_template_is_refused() {
        for template in [
            "",
            "{.n",
            "{range .items[*]}{.name}{end}",
            "{\"open}",
            "{}",
            "{.a[?(@.b)]}",
        ] {
            assert!(template.parse::<Template>().is_err(), "{template}");
        }
        let error = "{range .items[*]}".parse::<Template>().unwrap_err();
        assert!(error.contains("-o path="), "{error}");
    }
}
