//! The paths of printer columns: `.status.conditions[?(@.type=="Ready")].status` and simpler.
//!
//! A small part of JSONPath: members, indices, `[*]`, quoted members and equality filters. What
//! cannot be read finds nothing, which shows as an empty cell.

use serde_json::Value;

use super::super::object::Object;

/// Everything that a path leads to.
pub(super) fn find<'a>(path: &str, object: &'a Object) -> Vec<&'a Value> {
    let mut segments = segments(path).into_iter();
    let Some(Segment::Member(first)) = segments.next() else {
        return Vec::new();
    };
    let start: Vec<&Value> = object.get(&first).into_iter().collect();
    let found = segments.fold(start, |found, segment| {
        found
            .into_iter()
            .flat_map(|value| segment.apply(value))
            .collect()
    });
    found.into_iter().filter(|value| !value.is_null()).collect()
}

enum Segment {
    Member(String),
    Index(i64),
    All,
    Where { path: String, equals: String },
    Unreadable,
}

impl Segment {
    fn apply<'a>(&self, value: &'a Value) -> Vec<&'a Value> {
        match self {
            Self::Member(name) => value.get(name).into_iter().collect(),
            Self::Index(at) => index(value, *at).into_iter().collect(),
            Self::All => match value {
                Value::Array(list) => list.iter().collect(),
                Value::Object(map) => map.values().collect(),
                _ => Vec::new(),
            },
            Self::Where { path, equals } => {
                let holds = |item: &&Value| {
                    let found = item
                        .as_object()
                        .map(|item| find(path, item))
                        .unwrap_or_default();
                    found
                        .first()
                        .is_some_and(|value| super::plain(value) == *equals)
                };
                value
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter(holds)
                    .collect()
            }
            Self::Unreadable => Vec::new(),
        }
    }

    /// The inside of a pair of brackets.
    fn bracket(text: &str) -> Self {
        let quoted = |text: &str| text.trim_matches(['\'', '"']).to_owned();
        if text == "*" {
            return Self::All;
        }
        if let Ok(at) = text.parse() {
            return Self::Index(at);
        }
        if text.starts_with(['\'', '"']) {
            return Self::Member(quoted(text));
        }
        let filter = text
            .strip_prefix("?(@")
            .and_then(|text| text.strip_suffix(')'));
        match filter.and_then(|filter| filter.split_once("==")) {
            Some((path, value)) => Self::Where {
                path: path.trim().to_owned(),
                equals: quoted(value.trim()),
            },
            None => Self::Unreadable,
        }
    }
}

fn index(value: &Value, at: i64) -> Option<&Value> {
    let list = value.as_array()?;
    let at = if at < 0 {
        at + i64::try_from(list.len()).ok()?
    } else {
        at
    };
    list.get(usize::try_from(at).ok()?)
}

fn segments(path: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut rest = path.trim_matches(['{', '}']).trim_start_matches('$');
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('[') {
            let end = closing(inside);
            segments.push(Segment::bracket(
                inside.get(..end).unwrap_or_default().trim(),
            ));
            rest = inside.get(end + 1..).unwrap_or_default();
        } else {
            let name = rest.strip_prefix('.').unwrap_or(rest);
            let end = member_end(name);
            segments.push(Segment::Member(name[..end].replace("\\.", ".")));
            rest = &name[end..];
        }
    }
    segments
}

/// Where a bracket ends, brackets and dots inside quotes aside.
fn closing(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, ']') => return at,
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    text.len()
}

fn member_end(name: &str) -> usize {
    let mut escaped = false;
    for (at, c) in name.char_indices() {
        if (c == '.' || c == '[') && !escaped {
            return at;
        }
        escaped = c == '\\';
    }
    name.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn paths_of_columns_are_followed() {
        let object = json!({
            "metadata": {"labels": {"app.io/name": "x"}},
            "spec": {"list": [{"a": 1}, {"a": 2}]},
            "status": {"conditions": [{"type": "Ready", "status": "True"}, {"type": "Done", "status": "False"}]},
        });
        let object = object.as_object().unwrap();
        let cases = [
            (".spec.list[1].a", vec![json!(2)]),
            (".spec.list[-1].a", vec![json!(2)]),
            (".spec.list[*].a", vec![json!(1), json!(2)]),
            (".metadata.labels['app.io/name']", vec![json!("x")]),
            (".metadata.labels.app\\.io/name", vec![json!("x")]),
            (
                ".status.conditions[?(@.type==\"Ready\")].status",
                vec![json!("True")],
            ),
            (
                ".status.conditions[?(@.type=='Done')].status",
                vec![json!("False")],
            ),
            (".spec.nothing.there", vec![]),
            (".spec.list[", vec![]),
        ];
        for (path, wanted) in cases {
            assert_eq!(
                find(path, object),
                wanted.iter().collect::<Vec<_>>(),
                "{path}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_path_is_too_strange(path in "[.\\[\\]?()@='\"a-c*\\\\{}$0-9-]{0,40}") {
            find(&path, json!({"a": [{"b": "c"}]}).as_object().unwrap());
        }
    }
}
