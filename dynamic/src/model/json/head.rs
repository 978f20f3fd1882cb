//! The metadata of an object inside its JSON text.

use std::ops::Range;

use kubewright_table::scan::{JsonError, JsonString, Scanner};

/// A stretch of text; empty when the field is absent. Half the size of a `Range<usize>`:
/// a cache holds one for each field of each object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    start: u32,
    end: u32,
}

impl Span {
    pub(super) fn new(range: Range<usize>) -> Result<Self, JsonError> {
        let narrow = |offset: usize| {
            let too_large = JsonError::new(offset, &"an object of more than 4 GiB");
            u32::try_from(offset).map_err(|_| too_large)
        };
        Ok(Span {
            start: narrow(range.start)?,
            end: narrow(range.end)?,
        })
    }

    pub(super) fn is_absent(self) -> bool {
        self.end == 0
    }

    /// Empty, and at the beginning, when the field is absent.
    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same stretch in a text in which offsets have moved; one that is absent stays so.
    pub(super) fn map(self, moved: impl Fn(usize) -> usize) -> Self {
        if self.is_absent() {
            return self;
        }
        // An object that grew beyond 4 GiB has no fields that could be pointed at.
        Span::new(moved(self.start as usize)..moved(self.end as usize)).unwrap_or_default()
    }

    /// The text that it covers in `text`; `None` when the field is absent.
    pub(crate) fn of<'a>(&self, text: &'a str) -> Option<&'a str> {
        if self.end == 0 {
            None
        } else {
            text.get(self.start as usize..self.end as usize)
        }
    }
}

/// The spans of what a client asks of every object.
///
/// Strings are spans without quotes and without escapes; `labels` and `annotations` are spans
/// of whole JSON values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) api_version: Span,
    pub(crate) kind: Span,
    pub(crate) name: Span,
    pub(crate) namespace: Span,
    pub(crate) uid: Span,
    pub(crate) resource_version: Span,
    pub(crate) labels: Span,
    pub(crate) annotations: Span,
}

/// The result of looking for a head.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Scanned {
    /// Every string of the head stands in the text as its value.
    Plain {
        head: Head,
        /// `metadata.managedFields` with its key and one comma: what is left out when it
        /// is cut.
        managed_fields: Span,
    },
    /// A string of the head has a backslash, or there are two `managedFields`: the text must
    /// be written again before its fields can be read in place. No API server sends this.
    Odd,
}

impl Head {
    /// Checks the object at the cursor and finds its head; spans count from its brace.
    pub(super) fn scan_at(scanner: &mut Scanner<'_>) -> Result<Scanned, JsonError> {
        scanner.peek();
        let mut search = Search {
            start: scanner.position(),
            head: Head::default(),
            managed_fields: Span::default(),
            odd: false,
        };
        scanner.object(|scanner, key| search.root_member(scanner, key))?;
        let Search {
            head,
            managed_fields,
            odd,
            ..
        } = search;
        Ok(if odd {
            Scanned::Odd
        } else {
            Scanned::Plain {
                head,
                managed_fields,
            }
        })
    }

    /// The same head in a text in which spans have moved.
    pub(super) fn map(self, moved: impl Fn(Span) -> Span) -> Self {
        Head {
            api_version: moved(self.api_version),
            kind: moved(self.kind),
            name: moved(self.name),
            namespace: moved(self.namespace),
            uid: moved(self.uid),
            resource_version: moved(self.resource_version),
            labels: moved(self.labels),
            annotations: moved(self.annotations),
        }
    }
}

struct Search {
    /// Where the object begins.
    start: usize,
    head: Head,
    managed_fields: Span,
    odd: bool,
}

impl Search {
    fn root_member(
        &mut self,
        scanner: &mut Scanner<'_>,
        key: JsonString<'_>,
    ) -> Result<(), JsonError> {
        if key.is("apiVersion") {
            self.head.api_version = self.string(scanner)?;
        } else if key.is("kind") {
            self.head.kind = self.string(scanner)?;
        } else if key.is("metadata") {
            self.metadata(scanner)?;
        } else {
            scanner.value()?;
        }
        Ok(())
    }

    fn metadata(&mut self, scanner: &mut Scanner<'_>) -> Result<(), JsonError> {
        // A second `metadata` replaces the first as a whole.
        let Head {
            api_version, kind, ..
        } = self.head;
        self.head = Head {
            api_version,
            kind,
            ..Head::default()
        };
        self.managed_fields = Span::default();
        if scanner.peek() != Some(b'{') {
            scanner.value()?;
            return Ok(());
        }
        // Behind the brace or the member before.
        let mut before = scanner.position() + 1;
        scanner.object(|scanner, key| {
            if key.is("managedFields") {
                self.managed_fields(scanner, before, key)?;
            } else {
                self.metadata_member(scanner, key)?;
            }
            before = scanner.position();
            Ok(())
        })
    }

    fn managed_fields(
        &mut self,
        scanner: &mut Scanner<'_>,
        before: usize,
        key: JsonString<'_>,
    ) -> Result<(), JsonError> {
        self.odd |= !self.managed_fields.is_absent();
        let end = scanner.value()?.end;
        self.managed_fields = if scanner.peek() == Some(b',') {
            self.span(key.start - 1..scanner.position() + 1)?
        } else {
            self.span(before..end)?
        };
        Ok(())
    }

    fn metadata_member(
        &mut self,
        scanner: &mut Scanner<'_>,
        key: JsonString<'_>,
    ) -> Result<(), JsonError> {
        if key.is("name") {
            self.head.name = self.string(scanner)?;
        } else if key.is("namespace") {
            self.head.namespace = self.string(scanner)?;
        } else if key.is("uid") {
            self.head.uid = self.string(scanner)?;
        } else if key.is("resourceVersion") {
            self.head.resource_version = self.string(scanner)?;
        } else if key.is("labels") {
            self.head.labels = self.object(scanner)?;
        } else if key.is("annotations") {
            self.head.annotations = self.object(scanner)?;
        } else {
            scanner.value()?;
        }
        Ok(())
    }

    /// The span of a string; absent when the value is not a string.
    fn string(&mut self, scanner: &mut Scanner<'_>) -> Result<Span, JsonError> {
        if scanner.peek() != Some(b'"') {
            scanner.value()?;
            return Ok(Span::default());
        }
        let string = scanner.string()?;
        self.odd |= string.escaped;
        self.span(string.start..string.start + string.raw.len())
    }

    fn span(&self, range: Range<usize>) -> Result<Span, JsonError> {
        Span::new(range.start - self.start..range.end - self.start)
    }

    fn object(&self, scanner: &mut Scanner<'_>) -> Result<Span, JsonError> {
        let is_object = scanner.peek() == Some(b'{');
        let range = scanner.value()?;
        if is_object {
            self.span(range)
        } else {
            Ok(Span::default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str) -> Result<Scanned, JsonError> {
        let mut scanner = Scanner::new(text);
        let scanned = Head::scan_at(&mut scanner)?;
        scanner.end().map(|()| scanned)
    }

    fn head_of(text: &str) -> Head {
        match scan(text).unwrap() {
            Scanned::Plain { head, .. } => head,
            Scanned::Odd => panic!("odd: {text}"),
        }
    }

    #[test]
    fn finds_each_field_in_place() {
        let text = r#"{"kind":"Pod","spec":{"name":"not me"},"metadata":{"labels":{"a":"b"},
            "managedFields":[{"name":"nor me"}],"name":"web-0","namespace":"prod","resourceVersion":"12","uid":"u"},"apiVersion":"v1"}"#;
        let head = head_of(text);
        assert_eq!(head.kind.of(text), Some("Pod"));
        assert_eq!(head.api_version.of(text), Some("v1"));
        assert_eq!(head.name.of(text), Some("web-0"));
        assert_eq!(head.namespace.of(text), Some("prod"));
        assert_eq!(head.uid.of(text), Some("u"));
        assert_eq!(head.resource_version.of(text), Some("12"));
        assert_eq!(head.labels.of(text), Some(r#"{"a":"b"}"#));
        assert_eq!(head.annotations.of(text), None);
    }

    #[test]
    fn odd_types_are_absent_not_wrong() {
        let text = r#"{"kind":7,"metadata":{"name":null,"labels":[],"uid":{}}}"#;
        let head = head_of(text);
        assert_eq!(
            (
                head.kind.of(text),
                head.name.of(text),
                head.labels.of(text),
                head.uid.of(text)
            ),
            (None, None, None, None)
        );
        assert_eq!(head_of(r#"{"metadata":"no"}"#), Head::default());
    }

    #[test]
    fn the_last_of_two_equal_keys_counts() {
        let text = r#"{"metadata":{"name":"a","uid":"1"},"metadata":{"name":"b"}}"#;
        let head = head_of(text);
        assert_eq!((head.name.of(text), head.uid.of(text)), (Some("b"), None));
    }

    #[test]
    fn keys_may_be_escaped_and_values_may_not() {
        let text = r#"{"metadata":{"\u006eame":"a"}}"#;
        assert_eq!(head_of(text).name.of(text), Some("a"));
        assert_eq!(
            scan(r#"{"metadata":{"name":"\u0061"}}"#).unwrap(),
            Scanned::Odd
        );
    }

    #[test]
    fn depth_counts_from_the_root() {
        for (depth, fine) in [(125, true), (126, false)] {
            let text = format!(
                r#"{{"metadata":{{"x":{}{}}}}}"#,
                "[".repeat(depth),
                "]".repeat(depth)
            );
            assert_eq!(scan(&text).is_ok(), fine, "{depth}");
            assert_eq!(
                serde_json::from_str::<serde_json::Value>(&text).is_ok(),
                fine,
                "{depth}"
            );
        }
    }

    #[test]
    fn only_whole_objects_pass() {
        for text in [
            "[]",
            "null",
            "{} {}",
            r#"{"a":}"#,
            r#"{"metadata":{"name":"a"}"#,
        ] {
            assert!(scan(text).is_err(), "{text}");
        }
    }
}
