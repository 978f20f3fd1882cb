//! `fieldSelector`: equality on the few paths that a kind makes selectable.

use serde_json::{Map, Value};

use super::super::document::Document;
use super::super::key::Key;

/// Equalities joined by commas; none selects everything.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct FieldSelector(Vec<Term>);

#[derive(Debug, Clone, PartialEq)]
struct Term {
    path: String,
    value: String,
    equal: bool,
}

/// The paths that a kind lets its objects be selected by, besides name and namespace.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<'a> {
    pub(crate) paths: &'a [String],
    pub(crate) namespaced: bool,
}

impl FieldSelector {
    /// Reads the query's text and holds it against what the kind allows; an error is the sentence
    /// that the server answers with a 400.
    pub(crate) fn parse(text: &str, fields: Fields<'_>) -> Result<Self, String> {
        let terms: Vec<_> = split(text, ',')
            .into_iter()
            .filter(|term| !term.is_empty())
            .collect();
        let terms = terms
            .iter()
            .map(|term| Term::parse(term, text))
            .collect::<Result<Vec<_>, _>>()?;
        match terms.iter().find(|term| !fields.allow(&term.path)) {
            Some(term) => Err(fields.refusal(&term.path)),
            None => Ok(Self(terms)),
        }
    }

    /// A selector for one name, which is how a watch on one object is expressed.
    pub(crate) fn for_name(name: &str) -> Self {
        Self(vec![Term {
            path: "metadata.name".into(),
            value: name.into(),
            equal: true,
        }])
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the object under `key` is selected. Its content is opened only when a path asks.
    pub(crate) fn matches(&self, key: &Key, document: &Document) -> bool {
        let mut content = None;
        self.0.iter().all(|term| {
            let found = match term.path.as_str() {
                "metadata.name" => key.name().to_owned(),
                "metadata.namespace" => key.namespace().to_owned(),
                path => text_at(content.get_or_insert_with(|| document.fields()), path),
            };
            (found == term.value) == term.equal
        })
    }
}

impl Term {
    fn parse(term: &str, whole: &str) -> Result<Self, String> {
        for (operator, equal) in [("!=", false), ("==", true), ("=", true)] {
            if let Some(at) = find_unescaped(term, operator) {
                let value = unescape(&term[at + operator.len()..])?;
                return Ok(Self {
                    path: term[..at].to_owned(),
                    value,
                    equal,
                });
            }
        }
        Err(format!(
            "invalid selector: '{whole}'; can't understand '{term}'"
        ))
    }
}

impl Fields<'_> {
    fn allow(&self, path: &str) -> bool {
        match path {
            "metadata.name" => true,
            "metadata.namespace" => self.namespaced,
            path => self.paths.iter().any(|allowed| allowed == path),
        }
    }

    fn refusal(&self, path: &str) -> String {
        if self.paths.is_empty() {
            format!(
                "{path:?} is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
            )
        } else {
            format!("field label not supported: {path}")
        }
    }
}

/// The value at a dotted path as selectors compare it: text, or the zero value's text.
fn text_at(object: &Map<String, Value>, path: &str) -> String {
    let mut steps = path.split('.');
    let first = steps.next().and_then(|step| object.get(step));
    match steps
        .try_fold(first, |value, step| Some(value?.get(step)))
        .flatten()
    {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    }
}

/// Splits at a separator that no backslash escapes.
fn split(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, c) in text.char_indices() {
        if c == separator && !escaped {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(&text[start..]);
    parts
}

fn find_unescaped(text: &str, operator: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if !escaped && text[at..].starts_with(operator) {
            return Some(at);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

fn unescape(value: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(escaped @ ('\\' | ',' | '=')) => out.push(escaped),
                _ => {
                    return Err(format!(
                        "invalid field selector: invalid escape sequence in {value:?}"
                    ));
                }
            },
            ',' | '=' => {
                return Err(format!(
                    "invalid field selector: unescaped character in {value:?}"
                ));
            }
            c => out.push(c),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn terms_compare_as_text() {
        let paths = ["spec.nodeName".to_owned(), "spec.unschedulable".to_owned()];
        let fields = Fields {
            paths: &paths,
            namespaced: true,
        };
        let object = json!({"metadata": {"name": "web"}, "spec": {"nodeName": "n=1", "unschedulable": true}});
        let document = Document::new(object.as_object().unwrap());
        let key = Key::new("prod", "web");
        let cases = [
            ("", true),
            ("metadata.name=web", true),
            ("metadata.name==web,metadata.namespace=prod", true),
            ("metadata.namespace!=prod", false),
            ("spec.nodeName=n\\=1", true),
            ("spec.nodeName!=n2", true),
            ("spec.unschedulable=true", true),
        ];
        for (text, wanted) in cases {
            assert_eq!(
                FieldSelector::parse(text, fields)
                    .unwrap()
                    .matches(&key, &document),
                wanted,
                "{text}"
            );
        }
        assert_eq!(
            FieldSelector::parse("a.b=c", fields).unwrap_err(),
            "field label not supported: a.b"
        );
        assert_eq!(
            FieldSelector::parse("foo", fields).unwrap_err(),
            "invalid selector: 'foo'; can't understand 'foo'"
        );
        assert!(FieldSelector::parse("metadata.name=a\\b", fields).is_err());
    }
}
