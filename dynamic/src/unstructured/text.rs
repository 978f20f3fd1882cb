//! The text of an object, checked, with its head and, once asked for, its map.

use std::sync::OnceLock;

use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::json::{Head, JsonError, Scanned};

/// Checked text: it is one JSON object, `serde_json` opens it, and the strings of its head
/// stand unescaped where the head says.
#[derive(Clone)]
pub(super) struct Text {
    text: Box<str>,
    head: Head,
    /// Built on first need. Boxed: most objects of a cache are never opened.
    map: OnceLock<Box<Map<String, Value>>>,
}

impl Text {
    pub(super) fn new(text: String) -> Result<Self> {
        if text.is_empty() {
            return Err(Error::empty());
        }
        match Head::scan(&text).map_err(not_an_object)? {
            Scanned::Plain(head) => Ok(Text::scanned(text, head)),
            Scanned::Escaped => Text::rewritten(&text),
        }
    }

    fn scanned(text: String, head: Head) -> Self {
        Text {
            text: text.into_boxed_str(),
            head,
            map: OnceLock::new(),
        }
    }

    /// A name may be spelled with escapes; written anew, only quotes, backslashes and
    /// control characters still are, which no API server lets into a head.
    fn rewritten(text: &str) -> Result<Self> {
        let text = serde_json::from_str::<Value>(text).map(|value| value.to_string());
        let text = text.map_err(|error| Error::decode(error.to_string()))?;
        match Head::scan(&text).map_err(not_an_object)? {
            Scanned::Plain(head) => Ok(Text::scanned(text, head)),
            Scanned::Escaped => Err(Error::decode(
                "apiVersion, kind or a metadata field holds a quote, backslash or control character",
            )),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn head(&self) -> &Head {
        &self.head
    }

    pub(super) fn map(&self) -> &Map<String, Value> {
        self.map.get_or_init(|| Box::new(open(&self.text)))
    }

    pub(super) fn take_map(&mut self) -> Map<String, Value> {
        self.map.take().map_or_else(|| open(&self.text), |map| *map)
    }

    pub(super) fn into_map(mut self) -> Map<String, Value> {
        self.take_map()
    }

    /// Writes `apiVersion` and `kind` in front: items of a list of built-in kinds lack
    /// both, while the same objects have them in a watch (semantics D4).
    pub(super) fn add_type(&mut self, api_version: &str, kind: &str) {
        let inner = self.text.trim_start().trim_start_matches('{').trim_start();
        let comma = if inner.starts_with('}') { "" } else { "," };
        let text = format!(
            "{{\"apiVersion\":{},\"kind\":{}{comma}{inner}",
            Value::from(api_version),
            Value::from(kind)
        );
        if let Ok(typed) = Text::new(text) {
            *self = typed;
        }
    }
}

/// Opens checked text. The scanner has refused everything that `serde_json` refuses, which
/// a property test of `json` holds true; an empty map is what a mistake there would show.
fn open(text: &str) -> Map<String, Value> {
    serde_json::from_str(text).unwrap_or_default()
}

fn not_an_object(error: JsonError) -> Error {
    Error::decode(format!("not a JSON object: {error}"))
}
