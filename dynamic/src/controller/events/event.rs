//! An event: the object, the reason, and who reports it.

use std::fmt;

use serde_json::{Value, json};

use super::reference::Reference;
use crate::model::meta::MicroTime;

/// The API server refuses longer ones; they are cut.
const LONGEST_NOTE: usize = 1024;
const LONGEST_WORD: usize = 128;
/// The namespace of events about cluster-scoped objects ([rule V1](crate::semantics#v1)).
const OF_THE_CLUSTER: &str = "default";

/// Something that happened to an object.
///
/// ```
/// use kubewright::Unstructured;
/// use kubewright::events::Event;
///
/// fn evicted(pod: &Unstructured, node: &Unstructured) -> Event {
///     Event::warning(pod, "Evicted", "the node has no memory left").action("Evict").related(node)
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "an event does nothing until a Recorder publishes it"]
pub struct Event {
    pub(super) kind: EventType,
    pub(super) regarding: Reference,
    pub(super) related: Option<Reference>,
    pub(super) reason: String,
    pub(super) action: Option<String>,
    pub(super) note: String,
}

/// The type of an event: whether it needs attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventType {
    /// All is as it should be.
    Normal,
    /// Something may be wrong.
    Warning,
}

impl Event {
    /// An event of the type `Normal`. The reason is for programs, a word in `UpperCamelCase` of at
    /// most 128 bytes; the note is for people, at most 1024 bytes. Longer ones are cut.
    pub fn normal(
        regarding: impl Into<Reference>,
        reason: impl Into<String>,
        note: impl Into<String>,
    ) -> Self {
        Event::new(
            EventType::Normal,
            regarding.into(),
            reason.into(),
            note.into(),
        )
    }

    /// An event of the type `Warning`; otherwise like [`Event::normal`].
    pub fn warning(
        regarding: impl Into<Reference>,
        reason: impl Into<String>,
        note: impl Into<String>,
    ) -> Self {
        Event::new(
            EventType::Warning,
            regarding.into(),
            reason.into(),
            note.into(),
        )
    }

    fn new(kind: EventType, regarding: Reference, reason: String, note: String) -> Self {
        Event {
            kind,
            regarding,
            related: None,
            reason: cut(reason, LONGEST_WORD),
            action: None,
            note: cut(note, LONGEST_NOTE),
        }
    }

    /// The action that was taken or tried, as a word for programs; by default the reason.
    pub fn action(mut self, action: impl Into<String>) -> Self {
        self.action = Some(cut(action.into(), LONGEST_WORD));
        self
    }

    /// Another object that had to do with it.
    pub fn related(mut self, object: impl Into<Reference>) -> Self {
        self.related = Some(object.into());
        self
    }

    /// The namespace in which it is created.
    pub(super) fn namespace(&self) -> &str {
        match &*self.regarding.namespace {
            "" => OF_THE_CLUSTER,
            namespace => namespace,
        }
    }
}

impl EventType {
    fn as_str(self) -> &'static str {
        match self {
            EventType::Normal => "Normal",
            EventType::Warning => "Warning",
        }
    }
}

/// The reporting controller.
#[derive(Clone, Debug)]
pub(super) struct Reporter {
    controller: String,
    instance: String,
}

impl Reporter {
    pub(super) fn new(controller: String, instance: String) -> Self {
        Reporter {
            controller,
            instance: cut(instance, LONGEST_WORD),
        }
    }

    /// The object that is written.
    pub(super) fn object(&self, event: &Event, name: &str, time: MicroTime) -> Value {
        let mut object = json!({
            "apiVersion": "events.k8s.io/v1",
            "kind": "Event",
            "metadata": {"name": name, "namespace": event.namespace()},
            "eventTime": time,
            "type": event.kind.as_str(),
            "reason": event.reason,
            "action": event.action.as_ref().unwrap_or(&event.reason),
            "note": event.note,
            "regarding": event.regarding.to_value(),
            "reportingController": self.controller,
            "reportingInstance": self.instance,
        });
        if let Some(related) = &event.related {
            object["related"] = related.to_value();
        }
        object
    }
}

/// The text, as far as it fits.
pub(super) fn cut(mut text: String, longest: usize) -> String {
    const SIGN: &str = "…";
    if text.len() > longest {
        let end = (0..=longest - SIGN.len()).rev();
        text.truncate(
            end.into_iter()
                .find(|&end| text.is_char_boundary(end))
                .unwrap_or(0),
        );
        text.push_str(SIGN);
    }
    text
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Event {
            kind,
            reason,
            regarding,
            note,
            ..
        } = self;
        write!(f, "{} {reason} of {regarding}: {note}", kind.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_cut_between_characters() {
        assert_eq!(cut("abcdef".to_owned(), 6), "abcdef");
        assert_eq!(cut("abcdefg".to_owned(), 6), "abc…");
        assert_eq!(cut("ééééé".to_owned(), 8), "éé…");
    }
}
