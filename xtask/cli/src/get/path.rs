//! Paths into objects: `.spec.ports[0].port`, `.items[*].metadata.name`, `/spec/replicas`.
//!
//! The part of kubectl's jsonpath that says where something is. What computes (filters,
//! slices, recursive descent) is refused: `-o json` and a tool made for it do that better.

use std::str::{Chars, FromStr};

use serde_json::Value;

/// A way from an object to values inside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path {
    segments: Vec<Segment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Key(String),
    /// Negative ones count from the end.
    Index(i64),
    /// A segment of a JSON pointer: a key of an object, an index of an array.
    Either(String),
    Every,
}

impl Path {
    /// What stands at the end; nothing where the way is missing or null.
    pub(super) fn find<'a>(&self, value: &'a Value) -> Vec<&'a Value> {
        let here = self.segments.iter().fold(vec![value], |here, segment| {
            here.into_iter()
                .flat_map(|value| segment.of(value))
                .collect()
        });
        here.into_iter().filter(|value| !value.is_null()).collect()
    }

    /// The values as people read them: strings bare, the rest as JSON, a space between.
    pub(super) fn text(&self, value: &Value) -> String {
        let found = self.find(value).into_iter().map(bare);
        found.collect::<Vec<_>>().join(" ")
    }
}

fn bare(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl Segment {
    fn of<'a>(&self, value: &'a Value) -> Vec<&'a Value> {
        match (self, value) {
            (Segment::Key(key) | Segment::Either(key), Value::Object(map)) => {
                map.get(key).into_iter().collect()
            }
            (Segment::Either(index), Value::Array(items)) => index
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get(index))
                .into_iter()
                .collect(),
            (Segment::Index(index), Value::Array(items)) => at(items, *index).into_iter().collect(),
            (Segment::Every, Value::Array(items)) => items.iter().collect(),
            (Segment::Every, Value::Object(map)) => map.values().collect(),
            _ => Vec::new(),
        }
    }
}

fn at(items: &[Value], index: i64) -> Option<&Value> {
    let back = usize::try_from(index.unsigned_abs()).ok()?;
    let index = if index < 0 {
        items.len().checked_sub(back)?
    } else {
        back
    };
    items.get(index)
}

impl FromStr for Path {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("the path is empty: expected one such as .spec.replicas".to_owned());
        }
        let segments = match text.strip_prefix('/') {
            Some(pointer) => Ok(pointer.split('/').map(unescaped).collect()),
            None => Reader(text.chars()).segments(),
        };
        let segments = segments.map_err(|fault| format!("the path `{text}` {fault}"))?;
        Ok(Path { segments })
    }
}

/// A token of a JSON pointer (RFC 6901).
fn unescaped(token: &str) -> Segment {
    Segment::Either(token.replace("~1", "/").replace("~0", "~"))
}

struct Reader<'a>(Chars<'a>);

const TOO_MUCH: &str = "computes; only keys, indexes and [*] are known here (see -o json)";

impl Reader<'_> {
    /// The root may be written (`$`, `@`), and the first dot left out.
    fn segments(mut self) -> Result<Vec<Segment>, String> {
        let mut segments = Vec::new();
        if matches!(self.peek(), Some('$' | '@')) {
            self.0.next();
        }
        if !matches!(self.peek(), None | Some('.' | '[')) {
            segments.push(self.key()?);
        }
        while let Some(next) = self.0.next() {
            match next {
                '.' if matches!(self.peek(), None | Some('[')) && segments.is_empty() => {}
                '.' => segments.push(self.key()?),
                '[' => segments.push(self.bracket()?),
                other => return Err(format!("has a stray `{}`", other.escape_debug())),
            }
        }
        Ok(segments)
    }

    fn peek(&self) -> Option<char> {
        self.0.clone().next()
    }

    /// A name up to the next dot or bracket; a backslash keeps what follows it.
    fn key(&mut self) -> Result<Segment, String> {
        let mut key = String::new();
        while let Some(next) = self.peek().filter(|next| !".[".contains(*next)) {
            self.0.next();
            match next {
                '\\' => key.push(self.0.next().ok_or("ends in a backslash")?),
                other => key.push(other),
            }
        }
        match &*key {
            "" if self.peek() == Some('.') => Err(TOO_MUCH.to_owned()),
            "" => Err("has a segment without a name".to_owned()),
            "*" => Ok(Segment::Every),
            _ => Ok(Segment::Key(key)),
        }
    }

    fn bracket(&mut self) -> Result<Segment, String> {
        if let Some(quote) = self.peek().filter(|quote| "'\"".contains(*quote)) {
            self.0.next();
            return self.quoted(quote);
        }
        let (inside, rest) = self
            .0
            .as_str()
            .split_once(']')
            .ok_or("has an open bracket")?;
        self.0 = rest.chars();
        match inside {
            "*" => Ok(Segment::Every),
            _ => inside
                .parse()
                .map(Segment::Index)
                .map_err(|_| TOO_MUCH.to_owned()),
        }
    }

    fn quoted(&mut self, quote: char) -> Result<Segment, String> {
        let mut key = String::new();
        loop {
            match self.0.next().ok_or("has an open quote")? {
                '\\' => key.push(self.0.next().ok_or("ends in a backslash")?),
                next if next == quote => break,
                other => key.push(other),
            }
        }
        match self.0.next() {
            Some(']') => Ok(Segment::Key(key)),
            _ => Err("needs a `]` after the quoted name".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn text(path: &str) -> String {
        let value = json!({
            "metadata": {"name": "web", "labels": {"app.io/name": "shop", "a/b": "c"}},
            "spec": {"replicas": 3, "none": null, "ports": [{"port": 80}, {"port": 443}]},
        });
        path.parse::<Path>().unwrap().text(&value)
    }

    #[test]
    fn paths_lead_through_keys_indexes_and_everything() {
        for (path, expected) in [
            (".metadata.name", "web"),
            ("metadata.name", "web"),
            ("$.metadata.name", "web"),
            (".spec.replicas", "3"),
            (".spec.ports[0].port", "80"),
            (".spec.ports[-1].port", "443"),
            (".spec.ports[-3].port", ""),
            (".spec.ports[*].port", "80 443"),
            (".spec.ports.*.port", "80 443"),
            (".spec.ports[0]", r#"{"port":80}"#),
            (r".metadata.labels.app\.io/name", "shop"),
            (".metadata.labels['app.io/name']", "shop"),
            (r#".metadata.labels["app.io/name"]"#, "shop"),
            (".metadata.labels['a/b']", "c"),
            ("/metadata/labels/a~1b", "c"),
            ("/spec/ports/1/port", "443"),
            (".spec.none", ""),
            (".spec.none.deeper", ""),
            (".nothing[0].here", ""),
        ] {
            assert_eq!(text(path), expected, "{path}");
        }
        assert!(text(".").starts_with(r#"{"metadata""#));
        assert!(text("$").starts_with(r#"{"metadata""#));
    }

    #[test]
    fn what_computes_or_is_broken_is_refused_with_the_path() {
        for path in [
            "",
            "..name",
            ".spec..name",
            ".items[?(@.a==1)]",
            ".items[0:2]",
            ".items[",
            ".items['a",
            ".items['a'",
            ".a.",
            ".a\\",
            ".items[0]x",
        ] {
            let error = path.parse::<Path>().unwrap_err();
            assert!(
                error.contains(&format!("`{path}`")) || path.is_empty(),
                "{error}"
            );
        }
        let error = ".items[?(@.a==1)]".parse::<Path>().unwrap_err();
        assert!(error.contains("-o json"), "{error}");
    }
}
