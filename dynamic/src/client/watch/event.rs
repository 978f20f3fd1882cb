//! One frame of a watch, as a value.

use super::problem::{OfWatch, WatchProblem};
use crate::client::api::Table;
use crate::model::error::{Error, Result};
use crate::model::json::{Checked, JsonError, Scanner};
use crate::model::meta::{Map, Status};
use crate::model::object::{Front, Object, from_json};

/// A change of a watched collection, or a sign that time has passed.
#[derive(Clone, Debug, PartialEq)]
pub enum WatchEvent<K> {
    /// The object is new, or began to match the watch's selectors.
    Added(K),
    /// The object changed.
    Modified(K),
    /// The object is gone, or stopped matching; this is its last state.
    Deleted(K),
    /// Nothing changed up to this version.
    Bookmark(Bookmark),
}

/// A version that the collection has reached (KEP-956).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bookmark {
    /// Where a new watch would go on.
    pub resource_version: String,
    /// Whether all objects that were there at the beginning have now been sent (KEP-3157).
    pub initial_events_end: bool,
}

impl<K: Object> WatchEvent<K> {
    /// Reads a frame, `{"type": …, "object": …}` ([rule W2](crate::semantics#w2)).
    ///
    /// # Errors
    /// The content of an `ERROR` frame, as the server's error ([rule W7](crate::semantics#w7)).
    /// `is_decode()` when the text is not a frame, its type is unknown, or its object is not a `K`; in
    /// the last case the error names the object and its version.
    pub fn from_json(text: &str) -> Result<Self> {
        if let Front::Whole(event, end) = WatchEvent::read_front(text)
            && Scanner::new(&text[end..]).end().is_ok()
        {
            return Ok(event);
        }
        let broken = |source| WatchProblem::NotJson { source };
        let (frame, end) = Frame::scan_front(text).map_err(broken)?;
        Scanner::new(&text[end..]).end().map_err(broken)?;
        Ok(of_object(frame)?)
    }

    /// Reads the frame at the front of a text in one pass: that of a change, spelled as API servers
    /// spell it, whose object is of a type that can.
    pub(super) fn read_front(text: &str) -> Front<Self> {
        let (object, event): (_, fn(K) -> Self) =
            if let Some(object) = text.strip_prefix(r#"{"type":"MODIFIED","object":"#) {
                (object, WatchEvent::Modified)
            } else if let Some(object) = text.strip_prefix(r#"{"type":"ADDED","object":"#) {
                (object, WatchEvent::Added)
            } else if let Some(object) = text.strip_prefix(r#"{"type":"DELETED","object":"#) {
                (object, WatchEvent::Deleted)
            } else {
                return Front::Unread;
            };
        match K::read_front(object, DEPTH).map(event) {
            Front::Whole(event, end) => match object.as_bytes().get(end) {
                Some(b'}') => Front::Whole(event, text.len() - object.len() + end + 1),
                Some(_) => Front::Unread,
                None => Front::Cut,
            },
            unread => unread,
        }
    }
}

/// How deep objects are in a frame.
const DEPTH: u32 = 1;

/// Why a frame gives no event.
#[derive(Debug)]
pub(crate) enum Fail {
    /// The frame was whole; its object was not what the caller wanted. More can follow.
    Object(Error),
    /// Nothing can follow.
    Stream(Error),
}

impl From<Fail> for Error {
    fn from(fail: Fail) -> Self {
        match fail {
            Fail::Object(error) | Fail::Stream(error) => error,
        }
    }
}

/// Reads a frame whose object is a `K`.
pub(super) fn of_object<K: Object>(frame: Frame<'_>) -> Result<WatchEvent<K>, Fail> {
    match frame.change()? {
        Change::Added(object) => read_object(&object).map(WatchEvent::Added),
        Change::Modified(object) => read_object(&object).map(WatchEvent::Modified),
        Change::Deleted(object) => read_object(&object).map(WatchEvent::Deleted),
        Change::Bookmark(bookmark) => return Ok(WatchEvent::Bookmark(bookmark)),
    }
    .map_err(Fail::Object)
}

/// Reads a frame whose object is a table (KEP-1207).
pub(super) fn of_table(frame: Frame<'_>) -> Result<WatchEvent<Table>, Fail> {
    let Frame { kind, object } = frame;
    let table = || Table::read(object.as_received());
    match kind {
        "ADDED" => table().map(WatchEvent::Added),
        "MODIFIED" => table().map(WatchEvent::Modified),
        "DELETED" => table().map(WatchEvent::Deleted),
        "BOOKMARK" => table()
            .map_err(|error| error.while_doing(OfWatch::Bookmark))
            .and_then(Bookmark::of_table)
            .map(WatchEvent::Bookmark),
        _ => Err(failure(kind, &object)),
    }
    .map_err(Fail::Stream)
}

impl<K> WatchEvent<K> {
    /// The object, where the event has one.
    pub fn object(&self) -> Option<&K> {
        match self {
            WatchEvent::Added(object)
            | WatchEvent::Modified(object)
            | WatchEvent::Deleted(object) => Some(object),
            WatchEvent::Bookmark(_) => None,
        }
    }
}

impl Bookmark {
    fn read(object: &Checked<'_>) -> Result<Self> {
        let annotations = object.field(|head| head.annotations);
        let annotations: Option<Map<String>> = annotations
            .map(from_json)
            .transpose()
            .map_err(|error| error.while_doing(OfWatch::Bookmark))?;
        let version = object.field(|head| head.resource_version);
        Bookmark::new(version, &annotations.unwrap_or_default())
    }

    /// Among tables, the object that carries a bookmark is in the table's only row.
    fn of_table(mut table: Table) -> Result<Self> {
        let metadata = table.rows.pop().unwrap_or_default().object.metadata;
        Bookmark::new(metadata.resource_version.as_deref(), &metadata.annotations)
    }

    fn new(version: Option<&str>, annotations: &Map<String>) -> Result<Self> {
        let version = version.filter(|version| !version.is_empty());
        let end = annotations.get("k8s.io/initial-events-end");
        Ok(Bookmark {
            resource_version: version.ok_or(WatchProblem::NoVersion)?.to_owned(),
            initial_events_end: end.is_some_and(|value| value == "true"),
        })
    }
}

/// A frame, checked, its object not read.
pub(crate) struct Frame<'a> {
    kind: &'a str,
    object: Checked<'a>,
}

/// A frame whose object is not read yet.
pub(crate) enum Change<'a> {
    Added(Checked<'a>),
    Modified(Checked<'a>),
    Deleted(Checked<'a>),
    Bookmark(Bookmark),
}

/// Reads the object of a frame; the error names it and its version.
pub(crate) fn read_object<K: Object>(object: &Checked<'_>) -> Result<K> {
    K::from_checked(object).map_err(|error| {
        let version = object.field(|head| head.resource_version);
        error.while_doing(OfWatch::Object {
            object: object.to_string(),
            version: version.map(str::to_owned),
        })
    })
}

impl<'a> Frame<'a> {
    /// Checks the frame at the front of a text in one pass, whatever the order of its parts,
    /// and says where it ends.
    pub(super) fn scan_front(text: &'a str) -> Result<(Self, usize), JsonError> {
        let (mut kind, mut object) = ("", None);
        let mut scanner = Scanner::new(text);
        scanner.object(|scanner, key| {
            if key.is("type") && scanner.peek() == Some(b'"') {
                kind = scanner.string()?.raw;
            } else if key.is("object") && scanner.peek() == Some(b'{') {
                object = Some(Checked::scan_at(scanner)?);
            } else {
                scanner.value()?;
            }
            Ok::<_, JsonError>(())
        })?;
        let end = scanner.position();
        match object {
            Some(object) => Ok((Frame { kind, object }, end)),
            None => Err(scanner.error(&"no object in the frame")),
        }
    }

    /// The event of the frame ([rule W2](crate::semantics#w2), [W7](crate::semantics#w7)).
    pub(crate) fn change(self) -> Result<Change<'a>, Fail> {
        match self.kind {
            "ADDED" => Ok(Change::Added(self.object)),
            "MODIFIED" => Ok(Change::Modified(self.object)),
            "DELETED" => Ok(Change::Deleted(self.object)),
            "BOOKMARK" => Bookmark::read(&self.object)
                .map(Change::Bookmark)
                .map_err(Fail::Stream),
            kind => Err(Fail::Stream(failure(kind, &self.object))),
        }
    }
}

/// A frame without a change.
fn failure(kind: &str, object: &Checked<'_>) -> Error {
    match kind {
        "ERROR" => server_error(object.as_received()),
        other => WatchProblem::UnknownType {
            kind: other.to_owned(),
        }
        .into(),
    }
}

fn server_error(object: &str) -> Error {
    match from_json::<Status>(object) {
        Ok(status) => Error::api(status),
        Err(error) => error.while_doing(OfWatch::ServerError),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::unstructured::Unstructured;

    fn event(text: &str) -> Result<WatchEvent<Unstructured>> {
        WatchEvent::from_json(text)
    }

    #[test]
    fn each_type_becomes_its_variant_whatever_the_order() {
        // Rule W2
        let object = r#"{"kind":"Pod","metadata":{"name":"web"}}"#;
        for (kind, expected) in [
            ("ADDED", "Added"),
            ("MODIFIED", "Modified"),
            ("DELETED", "Deleted"),
        ] {
            for text in [
                format!(r#"{{"type":"{kind}","object":{object}}}"#),
                format!(r#" {{ "object" : {object}, "type":"{kind}"}} "#),
            ] {
                let event = event(&text).unwrap();
                assert!(format!("{event:?}").starts_with(expected));
                assert_eq!(event.object().unwrap().name(), "web");
            }
        }
    }

    #[test]
    fn bookmarks_say_whether_the_beginning_is_over() {
        // Rules W7, F10
        let bookmark = |annotations: &str| {
            event(&format!(r#"{{"type":"BOOKMARK","object":{{"metadata":{{"resourceVersion":"9"{annotations}}}}}}}"#)).unwrap()
        };
        let plain = Bookmark {
            resource_version: "9".into(),
            initial_events_end: false,
        };
        assert_eq!(bookmark(""), WatchEvent::Bookmark(plain.clone()));
        assert_eq!(
            bookmark(r#","annotations":{"k8s.io/initial-events-end":"false"}"#),
            WatchEvent::Bookmark(plain)
        );
        let end = Bookmark {
            resource_version: "9".into(),
            initial_events_end: true,
        };
        assert_eq!(
            bookmark(r#","annotations":{"k8s.io/initial-events-end":"true"}"#),
            WatchEvent::Bookmark(end)
        );
    }

    fn table(text: &str) -> Result<WatchEvent<Table>> {
        let (frame, _) =
            Frame::scan_front(text).map_err(|source| WatchProblem::NotJson { source })?;
        Ok(of_table(frame)?)
    }

    #[test]
    fn a_table_is_read_with_its_row_or_as_the_bookmark_that_it_carries() {
        // KEP-1207, rule F10
        let frame = |kind: &str, row: &str| {
            table(&format!(
                r#"{{"type":"{kind}","object":{{"kind":"Table","columnDefinitions":null,"rows":[{row}]}}}}"#
            ))
        };
        let added = frame(
            "ADDED",
            r#"{"cells":["web",3],"object":{"metadata":{"name":"web"}}}"#,
        );
        for kind in ["MODIFIED", "DELETED"] {
            let told = format!("{:?}", frame(kind, "").unwrap()).to_uppercase();
            assert!(told.starts_with(kind), "{told}");
        }
        let added = added.unwrap();
        let row = &added.object().unwrap().rows[0];
        assert_eq!(row.cells, ["web".into(), serde_json::Value::from(3)]);
        let end = r#"{"cells":[""],"object":{"metadata":{"resourceVersion":"9","annotations":{"k8s.io/initial-events-end":"true"}}}}"#;
        let bookmark = Bookmark {
            resource_version: "9".into(),
            initial_events_end: true,
        };
        assert_eq!(
            frame("BOOKMARK", end).unwrap(),
            WatchEvent::Bookmark(bookmark)
        );
        assert!(frame("BOOKMARK", "").unwrap_err().is_decode());
        assert!(frame("ERROR", "").is_err());
        let plain = table(r#"{"type":"ADDED","object":{"kind":"Pod"}}"#);
        assert!(
            plain
                .unwrap_err()
                .to_string()
                .contains("instead of a Table")
        );
    }

    #[test]
    fn the_servers_error_keeps_its_identity() {
        // Rule W7
        let error = event(
            r#"{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}"#,
        );
        assert!(error.unwrap_err().is_expired());
    }

    #[test]
    fn a_frame_that_is_not_an_event_is_refused() {
        // Rule W2
        for text in [
            "{}",
            "[]",
            r#"{"type":"ADDED"}"#,
            r#"{"type":"NEW","object":{}}"#,
            r#"{"type":7,"object":{}}"#,
            r#"{"type":"ADDED","object":[]}"#,
            r#"{"type":"ADDED","object":{}} {"#,
            r#"{"type":"BOOKMARK","object":{"metadata":{}}}"#,
            r#"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":""}}}"#,
        ] {
            let error = event(text).unwrap_err();
            assert!(error.is_decode(), "{text}: {error}");
        }
    }

    #[test]
    fn an_object_of_another_shape_is_named() {
        let text = r#"{"type":"ADDED","object":{"kind":"Pod","metadata":{"name":"web","namespace":"prod","resourceVersion":"7","labels":[]}}}"#;
        let error = WatchEvent::<crate::PartialObjectMetadata>::from_json(text).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("watched object Pod prod/web at version 7: metadata.labels"),
            "{error}"
        );
    }
}
