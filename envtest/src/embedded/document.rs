//! One stored object as JSON text.
//!
//! At rest an object is two runs of text, its metadata and the rest, without what a reply decides:
//! `apiVersion` and `kind` (one stored object may be served in several versions) and
//! `resourceVersion` (it belongs to the write, not to the content). So a LIST is concatenation, a
//! metadata-only reply copies one run, and a write that changes nothing is seen by comparing text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value};

/// Labels of an object, kept beside its text for selectors.
pub(crate) type Labels = BTreeMap<String, String>;

/// The content of an object; equality is equality of content.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Document {
    metadata: Box<str>,
    rest: Box<str>,
    labels: Labels,
}

/// `apiVersion` and `kind` as a reply writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypeMeta {
    pub(crate) api_version: String,
    pub(crate) kind: String,
}

impl Document {
    /// Takes the content of `object`, leaving out what does not belong at rest.
    pub(crate) fn new(object: &Map<String, Value>) -> Self {
        let empty = Map::new();
        let metadata = object
            .get("metadata")
            .and_then(Value::as_object)
            .unwrap_or(&empty);
        let labels = labels_of(metadata);
        let rest = without(object, &["apiVersion", "kind", "metadata"]);
        let metadata = without(metadata, &["resourceVersion"]);
        Self {
            metadata: inner_text(&metadata),
            rest: inner_text(&rest),
            labels,
        }
    }

    pub(crate) fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Appends the object as JSON; a dry run has no revision.
    pub(crate) fn write(&self, kind: Option<&TypeMeta>, revision: Option<u64>, out: &mut String) {
        self.write_metadata(kind, revision, out);
        push_member(out, &self.rest);
        out.push('}');
    }

    /// Appends only type and metadata, as PartialObjectMetadata wants them.
    pub(crate) fn write_partial(
        &self,
        kind: Option<&TypeMeta>,
        revision: Option<u64>,
        out: &mut String,
    ) {
        self.write_metadata(kind, revision, out);
        out.push('}');
    }

    /// The object as a map, for everything that has to look inside or change it.
    pub(crate) fn to_object(&self, kind: &TypeMeta, revision: Option<u64>) -> Map<String, Value> {
        let mut text = String::with_capacity(self.rest.len() + self.metadata.len() + 128);
        self.write(Some(kind), revision, &mut text);
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// The members other than metadata, for selectors on fields.
    pub(crate) fn fields(&self) -> Map<String, Value> {
        serde_json::from_str(&format!("{{{}}}", self.rest)).unwrap_or_default()
    }

    fn write_metadata(&self, kind: Option<&TypeMeta>, revision: Option<u64>, out: &mut String) {
        out.push('{');
        if let Some(kind) = kind {
            // Both came from a discovery document or a validated CRD: no character needs escaping.
            let _ = write!(
                out,
                r#""apiVersion":"{}","kind":"{}","#,
                kind.api_version, kind.kind
            );
        }
        out.push_str(r#""metadata":{"#);
        if let Some(revision) = revision {
            let _ = write!(out, r#""resourceVersion":"{revision}""#);
        }
        push_member(out, &self.metadata);
        out.push('}');
    }
}

fn push_member(out: &mut String, members: &str) {
    if !members.is_empty() {
        if !out.ends_with('{') {
            out.push(',');
        }
        out.push_str(members);
    }
}

fn without(map: &Map<String, Value>, names: &[&str]) -> Map<String, Value> {
    map.iter()
        .filter(|(k, _)| !names.contains(&k.as_str()))
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect()
}

/// The text of a JSON object without its braces.
fn inner_text(map: &Map<String, Value>) -> Box<str> {
    let text = serde_json::to_string(map).unwrap_or_default();
    text.get(1..text.len().saturating_sub(1))
        .unwrap_or_default()
        .into()
}

fn labels_of(metadata: &Map<String, Value>) -> Labels {
    let labels = metadata
        .get("labels")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    labels
        .filter_map(|(k, v)| Some((k.clone(), v.as_str()?.to_owned())))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(value: &Value) -> Document {
        Document::new(value.as_object().unwrap())
    }

    fn text(document: &Document, kind: Option<&TypeMeta>, revision: Option<u64>) -> Value {
        let mut out = String::new();
        document.write(kind, revision, &mut out);
        serde_json::from_str(&out).unwrap()
    }

    #[test]
    fn the_reply_decides_type_and_revision() {
        let stored = document(&json!({
            "apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "b"},
            "metadata": {"name": "x", "resourceVersion": "3", "labels": {"l": "m"}},
        }));
        let v2 = TypeMeta {
            api_version: "g/v2".into(),
            kind: "Other".into(),
        };
        assert_eq!(
            text(&stored, Some(&v2), Some(9)),
            json!({
                "apiVersion": "g/v2", "kind": "Other", "data": {"a": "b"},
                "metadata": {"name": "x", "resourceVersion": "9", "labels": {"l": "m"}},
            })
        );
        assert_eq!(stored.labels()["l"], "m");
    }

    #[test]
    fn an_object_of_metadata_alone_is_still_json() {
        let stored = document(&json!({"metadata": {}}));
        assert_eq!(text(&stored, None, None), json!({"metadata": {}}));
        assert_eq!(
            text(&stored, None, Some(1)),
            json!({"metadata": {"resourceVersion": "1"}})
        );
    }

    #[test]
    fn content_is_equal_whatever_the_revision() {
        let one = document(
            &json!({"metadata": {"name": "x", "resourceVersion": "1"}, "spec": {"b": 1, "a": 2}}),
        );
        let two = document(
            &json!({"metadata": {"resourceVersion": "2", "name": "x"}, "spec": {"a": 2, "b": 1}}),
        );
        assert_eq!(one, two);
    }
}
