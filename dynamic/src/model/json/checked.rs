//! An object's text on its way from the network: checked, its head
//! known, nothing copied yet.
//!
//! Whether an object is needed at all can be asked before it is built, and what a list or a
//! cache changes of the text is done in the one copy that is made of it.

use std::borrow::Cow;
use std::fmt;

use kubewright_table::scan::{JsonError, Scanner};
use serde_json::Value;

use super::head::{Head, Scanned, Span};

/// One JSON object that `serde_json` opens, with the place of its head.
#[derive(Clone, Debug)]
pub struct Checked<'a> {
    text: Cow<'a, str>,
    head: Head,
    managed_fields: Span,
    is_headless: bool,
    cut: bool,
    types: Option<&'a TypePrefix>,
}

/// `apiVersion` and `kind`, as they are written in front of objects that lack both.
#[derive(Debug)]
pub(crate) struct TypePrefix {
    text: String,
    api_version: Span,
    kind: Span,
}

impl TypePrefix {
    /// `None` for names that no object has.
    pub(crate) fn new(api_version: &str, kind: &str) -> Option<Self> {
        let is_plain = |text: &str| {
            !text.is_empty()
                && text
                    .chars()
                    .all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\\'))
        };
        if !is_plain(api_version) || !is_plain(kind) {
            return None;
        }
        let text = format!(r#"{{"apiVersion":"{api_version}","kind":"{kind}","#);
        let after = r#"{"apiVersion":""#.len();
        let kind_end = text.len() - r#"","#.len();
        Some(TypePrefix {
            api_version: Span::new(after..after + api_version.len()).ok()?,
            kind: Span::new(kind_end - kind.len()..kind_end).ok()?,
            text,
        })
    }
}

impl<'a> Checked<'a> {
    /// Checks that `text` is one object and nothing else.
    pub(crate) fn scan(text: &'a str) -> Result<Self, JsonError> {
        let mut scanner = Scanner::new(text);
        let checked = Checked::scan_at(&mut scanner)?;
        scanner.end()?;
        Ok(checked)
    }

    /// Checks the object at the front of `text`, which is so deep in another value, and says
    /// where it ends.
    pub(crate) fn scan_front(text: &'a str, depth: u32) -> Result<(Self, usize), JsonError> {
        let mut scanner = Scanner::within(text, depth);
        let checked = Checked::scan_at(&mut scanner)?;
        Ok((checked, scanner.position()))
    }

    /// Passes the object at the cursor.
    pub(crate) fn scan_at(scanner: &mut Scanner<'a>) -> Result<Self, JsonError> {
        scanner.peek();
        let start = scanner.position();
        let scanned = Head::scan_at(scanner)?;
        let text = scanner.passed(start);
        match scanned {
            Scanned::Plain {
                head,
                managed_fields,
            } => Ok(Checked::new(text.into(), head, managed_fields)),
            Scanned::Odd => Ok(Checked::rewritten(text)),
        }
    }

    fn new(text: Cow<'a, str>, head: Head, managed_fields: Span) -> Self {
        Checked {
            text,
            head,
            managed_fields,
            is_headless: false,
            cut: false,
            types: None,
        }
    }

    /// A name may be spelled with escapes; written again, only quotes, backslashes and
    /// control characters still are, which no API server lets into a head.
    fn rewritten(text: &'a str) -> Self {
        let anew = serde_json::from_str::<Value>(text).map(|value| value.to_string());
        let anew = anew.unwrap_or_default();
        match Head::scan_at(&mut Scanner::new(&anew)) {
            Ok(Scanned::Plain {
                head,
                managed_fields,
            }) => Checked::new(anew.into(), head, managed_fields),
            _ => Checked {
                is_headless: true,
                ..Checked::new(text.into(), Head::default(), Span::default())
            },
        }
    }

    /// Why the head of this cannot be read in place, if so.
    pub(crate) fn flaw(&self) -> Option<&'static str> {
        self.is_headless.then_some(
            "apiVersion, kind or a metadata field holds a quote, backslash or control character",
        )
    }

    /// Leaves `metadata.managedFields` out of what is made of this.
    #[cfg(any(feature = "cache", test))]
    pub(crate) fn without_managed_fields(mut self, cut: bool) -> Self {
        self.cut = cut;
        self
    }

    /// Writes `apiVersion` and `kind` in front of what is made of this, where both are
    /// missing ([rule D4](crate::semantics#d4)).
    pub(crate) fn with_type(mut self, types: Option<&'a TypePrefix>) -> Self {
        let is_untyped =
            !self.is_headless && self.head.api_version.is_absent() && self.head.kind.is_absent();
        self.types = types.filter(|_| is_untyped);
        self
    }

    /// The head, where it stands as it is in the text that this was scanned from.
    pub(crate) fn head_in_place(&self, source: &str) -> Option<Head> {
        let is_in_place = matches!(self.text, Cow::Borrowed(text) if text.len() == source.len());
        (is_in_place && !self.is_headless && self.is_as_received()).then_some(self.head)
    }

    /// The object as it came.
    pub(crate) fn as_received(&self) -> &str {
        &self.text
    }

    /// A string or value of the head; `None` where it is absent.
    pub(crate) fn field(&self, span: impl FnOnce(&Head) -> Span) -> Option<&str> {
        span(&self.head).of(&self.text)
    }

    /// The object as it is to be read.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        if self.is_as_received() {
            Cow::Borrowed(&self.text)
        } else {
            Cow::Owned(self.edited())
        }
    }

    /// The same for a type without fields for `apiVersion` and `kind`, which are not worth
    /// a copy then.
    pub(crate) fn untyped_text(&self) -> Cow<'_, str> {
        match self.cut_range().is_empty() {
            true => Cow::Borrowed(&self.text),
            false => self.text(),
        }
    }

    /// The object as it is to be kept: one exact allocation, with its head.
    pub(crate) fn to_parts(&self) -> (Box<str>, Head) {
        if self.is_as_received() {
            return (self.text.as_ref().into(), self.head);
        }
        let mut head = self.head.map(|span| self.moved(span));
        if let Some(types) = self.types {
            head.api_version = types.api_version;
            head.kind = types.kind;
        }
        (self.edited().into_boxed_str(), head)
    }

    fn is_as_received(&self) -> bool {
        self.types.is_none() && self.cut_range().is_empty()
    }

    fn cut_range(&self) -> std::ops::Range<usize> {
        if self.cut {
            self.managed_fields.range()
        } else {
            0..0
        }
    }

    fn edited(&self) -> String {
        let is_empty = self.text[1..].trim_start().starts_with('}');
        let prefix = self.types.map_or("{", |types| match is_empty {
            false => &types.text,
            true => types.text.trim_end_matches(','),
        });
        let cut = self.cut_range();
        // An absent cut is at 0, in front of the brace that the prefix stands for.
        let front = &self.text[1..cut.start.max(1)];
        let back = &self.text[cut.end.max(1)..];
        let mut text = String::with_capacity(prefix.len() + front.len() + back.len());
        text.push_str(prefix);
        text.push_str(front);
        text.push_str(back);
        text
    }

    /// Where a span is after the edits.
    fn moved(&self, span: Span) -> Span {
        let cut = self.cut_range();
        let added = self.types.map_or(0, |types| types.text.len() - 1);
        span.map(|offset| {
            let removed = if offset >= cut.end { cut.len() } else { 0 };
            offset - removed + added
        })
    }
}

/// `Pod prod/web`: names the object without showing what is in it.
impl fmt::Display for Checked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.field(|head| head.kind).unwrap_or("object");
        let name = self.field(|head| head.name).unwrap_or_default();
        match (self.field(|head| head.namespace), name) {
            (_, "") => f.write_str(kind),
            (None, name) => write!(f, "{kind} {name}"),
            (Some(namespace), name) => write!(f, "{kind} {namespace}/{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn checked(text: &str) -> Checked<'_> {
        Checked::scan(text).unwrap()
    }

    fn strings(head: &Head, text: &str) -> Vec<Option<String>> {
        [
            head.api_version,
            head.kind,
            head.name,
            head.namespace,
            head.uid,
            head.resource_version,
            head.labels,
            head.annotations,
        ]
        .map(|span| span.of(text).map(str::to_owned))
        .to_vec()
    }

    #[test]
    fn managed_fields_are_cut_wherever_they_stand() {
        for (text, expected) in [
            (
                r#"{"metadata":{"managedFields":[{"a":1}],"name":"a"}}"#,
                r#"{"metadata":{"name":"a"}}"#,
            ),
            (
                r#"{"metadata":{"name":"a","managedFields":[]}}"#,
                r#"{"metadata":{"name":"a"}}"#,
            ),
            (
                r#"{"metadata":{"managedFields":[]},"kind":"Pod"}"#,
                r#"{"metadata":{},"kind":"Pod"}"#,
            ),
            (
                r#"{"metadata":{"uid":"u" , "managedFields" : [] , "name":"a"}}"#,
                r#"{"metadata":{"uid":"u" ,  "name":"a"}}"#,
            ),
            (
                r#"{"managedFields":[],"metadata":{"name":"a"}}"#,
                r#"{"managedFields":[],"metadata":{"name":"a"}}"#,
            ),
            (
                r#"{"metadata":{"managedFields":1,"name":"a","managedFields":2}}"#,
                r#"{"metadata":{"name":"a"}}"#,
            ),
        ] {
            let (cut, head) = checked(text).without_managed_fields(true).to_parts();
            assert_eq!(&*cut, expected);
            let anew = checked(&cut);
            assert_eq!(strings(&head, &cut), strings(&anew.head, &cut), "{text}");
        }
    }

    #[test]
    fn a_missing_type_is_written_at_the_front() {
        let types = TypePrefix::new("v1", "Pod").unwrap();
        for (text, expected) in [
            (
                r#" {"metadata":{"name":"a"}}"#,
                r#"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}"#,
            ),
            (r#"{"kind":"Own"}"#, r#"{"kind":"Own"}"#),
            ("{ }", r#"{"apiVersion":"v1","kind":"Pod" }"#),
        ] {
            let (typed, head) = checked(text).with_type(Some(&types)).to_parts();
            assert_eq!(&*typed, expected);
            let anew = checked(&typed);
            assert_eq!(
                strings(&head, &typed),
                strings(&anew.head, &typed),
                "{text}"
            );
        }
        assert!(TypePrefix::new("v1\"", "Pod").is_none() && TypePrefix::new("v1", "").is_none());
    }

    proptest! {
        /// Cut and typed, the object is what an edit of its tree would give, and the head
        /// stands where a new scan finds it.
        #[test]
        fn edits_are_those_of_the_tree(fields in prop::sample::subsequence(vec!["name", "uid", "managedFields", "labels", "resourceVersion"], 0..=5).prop_shuffle(), before: bool, typed: bool, cut: bool, pretty: bool) {
            let types = TypePrefix::new("apps/v1", "Deployment").unwrap();
            let value = |field: &&str| match *field { "labels" => json!({"a": "é\"}"}), "managedFields" => json!([{"name": "x"}]), other => json!(other) };
            let members: Vec<_> = fields.iter().map(|field| format!("{:?}: {}", field, value(field))).collect();
            let metadata = format!("\"metadata\": {{{}}}", members.join(if pretty { "\n, " } else { "," }));
            let spec = r#""spec": {"managedFields": []}"#;
            let text = if before { format!("{{{spec}, {metadata}}}") } else { format!("{{{metadata}, {spec}}}") };
            let mut tree: Value = serde_json::from_str(&text).unwrap();
            if cut { tree["metadata"].as_object_mut().unwrap().remove("managedFields"); }
            if typed { tree["apiVersion"] = "apps/v1".into(); tree["kind"] = "Deployment".into(); }
            let edited = checked(&text).without_managed_fields(cut).with_type(Some(&types).filter(|_| typed));
            prop_assert_eq!(&serde_json::from_str::<Value>(&edited.text()).unwrap(), &tree);
            let (text, head) = edited.to_parts();
            prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), tree);
            prop_assert_eq!(strings(&head, &text), strings(&checked(&text).head, &text));
        }
    }
}
