//! One frame of a watch, as a value.

use crate::api::Table;
use crate::error::{Error, Result};
use crate::json::{JsonError, Scanner};
use crate::meta::{ObjectMeta, Status};
use crate::object::{Object, from_json};
use crate::unstructured::Unstructured;

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
pub struct Bookmark {
    /// Where a new watch would go on.
    pub resource_version: String,
    /// Whether all objects that were there at the beginning have now been sent (KEP-3157).
    pub initial_events_end: bool,
}

impl<K: Object> WatchEvent<K> {
    /// Reads a frame, `{"type": …, "object": …}` (semantics W2).
    ///
    /// # Errors
    /// What an `ERROR` frame carries, as the server's error (W7). `is_decode()` when the
    /// text is no frame, its type is unknown, or its object is not a `K`; in the last case
    /// the error names the object and its version.
    pub fn from_json(text: &str) -> Result<Self> {
        WatchEvent::from_frame(text, read, Bookmark::read)
    }
}

/// Reads a frame whose object is a table (KEP-1207).
pub(super) fn of_table(text: &str) -> Result<WatchEvent<Table>> {
    WatchEvent::from_frame(text, Table::read, Bookmark::read_table)
}

impl<K> WatchEvent<K> {
    fn from_frame(
        text: &str,
        read: fn(&str) -> Result<K>,
        read_bookmark: fn(&str) -> Result<Bookmark>,
    ) -> Result<Self> {
        let frame = Frame::scan(text)
            .map_err(|error| Error::decode(format!("a watch frame is broken: {error}")))?;
        let object = frame
            .object
            .ok_or_else(|| Error::decode("a watch frame has no object"))?;
        match frame.kind.unwrap_or_default() {
            "ADDED" => read(object).map(WatchEvent::Added),
            "MODIFIED" => read(object).map(WatchEvent::Modified),
            "DELETED" => read(object).map(WatchEvent::Deleted),
            "BOOKMARK" => read_bookmark(object).map(WatchEvent::Bookmark),
            "ERROR" => Err(server_error(object)),
            other => Err(Error::decode(format!(
                "a watch frame has the unknown type `{}`",
                other.escape_debug()
            ))),
        }
    }

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
    fn read(object: &str) -> Result<Self> {
        #[derive(serde::Deserialize)]
        struct OnlyMetadata {
            metadata: ObjectMeta,
        }
        let OnlyMetadata { metadata } =
            from_json(object).map_err(|error| error.while_doing("a bookmark"))?;
        Bookmark::of(metadata)
    }

    /// Among tables, the object that carries a bookmark is in the table's only row.
    fn read_table(object: &str) -> Result<Self> {
        let mut table = Table::read(object).map_err(|error| error.while_doing("a bookmark"))?;
        let row = table.rows.pop().unwrap_or_default();
        Bookmark::of(row.object.metadata)
    }

    fn of(metadata: ObjectMeta) -> Result<Self> {
        let resource_version = metadata.resource_version.unwrap_or_default();
        if resource_version.is_empty() {
            return Err(Error::decode("a bookmark has no resourceVersion"));
        }
        let end = metadata.annotations.get("k8s.io/initial-events-end");
        Ok(Bookmark {
            resource_version,
            initial_events_end: end.is_some_and(|value| value == "true"),
        })
    }
}

fn read<K: Object>(object: &str) -> Result<K> {
    K::from_json(object).map_err(|error| match Unstructured::from_json(object) {
        Ok(known) => {
            let version = known.resource_version().unwrap_or("unknown");
            error.while_doing(format!("{OBJECT_PREFIX}{known} at version {version}"))
        }
        Err(_) => error,
    })
}

/// Marks errors that are about one object of a sound stream.
const OBJECT_PREFIX: &str = "watched object ";

/// Whether the stream can go on behind an error: the frame was whole, its object was not
/// what the caller wanted.
pub(super) fn is_about_one_object(error: &Error) -> bool {
    error.is_decode() && error.to_string().starts_with(OBJECT_PREFIX)
}

fn server_error(object: &str) -> Error {
    match from_json::<Status>(object) {
        Ok(status) => Error::api(status),
        Err(error) => error.while_doing("the error that ends a watch"),
    }
}

/// The two parts of a frame, in any order.
struct Frame<'a> {
    kind: Option<&'a str>,
    object: Option<&'a str>,
}

impl<'a> Frame<'a> {
    fn scan(text: &'a str) -> Result<Self, JsonError> {
        let mut frame = Frame {
            kind: None,
            object: None,
        };
        let mut scanner = Scanner::new(text);
        scanner.object(|scanner, key| {
            let is_string = scanner.peek() == Some(b'"');
            let value = &text[scanner.value()?];
            if key.is("type") && is_string {
                frame.kind = Some(&value[1..value.len() - 1]);
            } else if key.is("object") {
                frame.object = Some(value);
            }
            Ok::<_, JsonError>(())
        })?;
        scanner.end()?;
        Ok(frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(text: &str) -> Result<WatchEvent<Unstructured>> {
        WatchEvent::from_json(text)
    }

    #[test]
    fn each_type_becomes_its_variant_whatever_the_order() {
        // W2
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
        // W7, F10
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

    #[test]
    fn a_table_is_read_with_its_row_or_as_the_bookmark_that_it_carries() {
        // KEP-1207, F10
        let frame = |kind: &str, row: &str| {
            of_table(&format!(
                r#"{{"type":"{kind}","object":{{"kind":"Table","columnDefinitions":null,"rows":[{row}]}}}}"#
            ))
        };
        let added = frame(
            "ADDED",
            r#"{"cells":["web",3],"object":{"metadata":{"name":"web"}}}"#,
        );
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
        let plain = of_table(r#"{"type":"ADDED","object":{"kind":"Pod"}}"#);
        assert!(
            plain
                .unwrap_err()
                .to_string()
                .contains("instead of a Table")
        );
    }

    #[test]
    fn the_servers_error_keeps_its_identity() {
        // W7
        let error = event(
            r#"{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}"#,
        );
        assert!(error.unwrap_err().is_expired());
    }

    #[test]
    fn what_is_no_event_is_refused() {
        // W2
        for text in [
            "{}",
            "[]",
            r#"{"type":"ADDED"}"#,
            r#"{"type":"NEW","object":{}}"#,
            r#"{"type":7,"object":{}}"#,
            r#"{"type":"BOOKMARK","object":{"metadata":{}}}"#,
        ] {
            let error = event(text).unwrap_err();
            assert!(
                error.is_decode() && !is_about_one_object(&error),
                "{text}: {error}"
            );
        }
    }

    #[test]
    fn an_object_of_another_shape_is_named() {
        let text = r#"{"type":"ADDED","object":{"kind":"Pod","metadata":{"name":"web","namespace":"prod","resourceVersion":"7","labels":[]}}}"#;
        let error = WatchEvent::<crate::PartialObjectMetadata>::from_json(text).unwrap_err();
        assert!(is_about_one_object(&error));
        assert!(
            error
                .to_string()
                .starts_with("watched object Pod prod/web at version 7: metadata.labels"),
            "{error}"
        );
    }
}
