//! The text of an object, checked, with its head and, once asked for, its map.

use std::borrow::Cow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Map, Value};

use super::problem::UnstructuredProblem;
use crate::model::error::Result;
use crate::model::json::{Checked, Head, JsonError, TypePrefix};
use crate::model::object::problem::JsonProblem;

/// How many texts of this process were given a map to keep.
static OPENED: AtomicU64 = AtomicU64::new(0);

/// The number of objects opened so far. A cache looks for open objects when it has grown.
#[cfg(feature = "cache")]
pub(crate) fn opened() -> u64 {
    OPENED.load(Ordering::Relaxed)
}

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
            return Err(JsonProblem::Empty.into());
        }
        let checked = Checked::scan(&text).map_err(not_an_object)?;
        match checked.head_in_place(&text) {
            Some(head) => Ok(Text::with_head(text.into_boxed_str(), head)),
            None => Text::copied(&checked),
        }
    }

    /// One exact copy of what was checked already.
    pub(super) fn copied(checked: &Checked<'_>) -> Result<Self> {
        if let Some(flaw) = checked.flaw() {
            return Err(UnstructuredProblem::Flawed(flaw).into());
        }
        let (text, head) = checked.to_parts();
        Ok(Text::with_head(text, head))
    }

    fn with_head(text: Box<str>, head: Head) -> Self {
        Text {
            text,
            head,
            map: OnceLock::new(),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn head(&self) -> &Head {
        &self.head
    }

    /// The map, which is kept beside the text.
    pub(super) fn map(&self) -> &Map<String, Value> {
        self.map.get_or_init(|| {
            OPENED.fetch_add(1, Ordering::Relaxed);
            Box::new(open(&self.text))
        })
    }

    /// The map, which is not kept unless it is there already.
    pub(super) fn to_map(&self) -> Cow<'_, Map<String, Value>> {
        match self.map.get() {
            Some(map) => Cow::Borrowed(map),
            None => Cow::Owned(open(&self.text)),
        }
    }

    /// Whether a map is kept beside the text.
    pub(super) fn is_open(&self) -> bool {
        self.map.get().is_some()
    }

    /// Lets go of the map, which the text can give again.
    pub(super) fn close(&mut self) {
        self.map.take();
    }

    pub(super) fn take_map(&mut self) -> Map<String, Value> {
        self.map.take().map_or_else(|| open(&self.text), |map| *map)
    }

    pub(super) fn into_map(mut self) -> Map<String, Value> {
        self.take_map()
    }

    /// Writes `apiVersion` and `kind` in front: items of a list of built-in kinds lack
    /// both, while the same objects have them in a watch ([rule D4](crate::semantics#d4)).
    pub(super) fn add_type(&mut self, api_version: &str, kind: &str) {
        let types = TypePrefix::new(api_version, kind);
        let typed = Checked::scan(&self.text).map(|checked| checked.with_type(types.as_ref()));
        if let Ok(Ok(typed)) = typed.as_ref().map(Text::copied) {
            *self = typed;
        }
    }
}

/// Opens checked text. The scanner has refused everything that `serde_json` refuses, which
/// a property test of `json` holds true; an empty map is what a mistake there would show.
fn open(text: &str) -> Map<String, Value> {
    serde_json::from_str(text).unwrap_or_default()
}

fn not_an_object(source: JsonError) -> UnstructuredProblem {
    UnstructuredProblem::NotJson { source }
}
