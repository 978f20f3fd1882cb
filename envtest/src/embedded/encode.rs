//! Replies as bytes, in the form that was negotiated.

use std::fmt::Write as _;

use serde_json::json;

use super::cluster::{Listing, Reply, Stored};
use super::convert;
use super::document::TypeMeta;
use super::negotiate::Form;
use super::resource::ResourceType;
use super::status::Failure;
use super::store::Row;
use super::table::{self, IncludeObject};
use super::verbs::{Event, EventKind};

/// How the objects of one request are shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Encoder<'a> {
    pub(crate) resource: &'a ResourceType,
    pub(crate) form: Form,
    pub(crate) include: IncludeObject,
}

impl Encoder<'_> {
    pub(crate) fn reply(&self, reply: &Reply) -> Result<(u16, String), Failure> {
        match reply {
            Reply::Object { code, object, .. } => Ok((*code, self.object(object)?)),
            Reply::List(listing) => Ok((200, self.list(listing)?)),
            Reply::Json { code, body } => Ok((*code, body.to_string())),
        }
    }

    fn object(&self, object: &Stored) -> Result<String, Failure> {
        match self.form {
            Form::PartialList => {
                let why = format!(
                    "you requested PartialObjectMetadataList, but the requested object is not a list ({})",
                    self.resource.kind
                );
                Err(Failure::not_acceptable(why))
            }
            Form::Table => Ok(self.table(object.revision, None, std::slice::from_ref(object))),
            form => Ok(self.item(object, form, true)),
        }
    }

    /// One object, in full or its metadata alone.
    fn item(&self, object: &Stored, form: Form, typed: bool) -> String {
        let mut out = String::new();
        match form {
            Form::Partial | Form::PartialList => {
                let kind = partial("PartialObjectMetadata");
                object
                    .document
                    .write_partial(Some(&kind), object.revision, &mut out);
            }
            Form::Plain | Form::Table if convert::applies(self.resource) => {
                let mut shown = self.resource.open(&object.document, object.revision);
                if !typed {
                    shown.retain(|field, _| field != "apiVersion" && field != "kind");
                }
                out.push_str(&serde_json::Value::Object(shown).to_string());
            }
            Form::Plain | Form::Table => {
                let kind = self.resource.type_meta();
                object
                    .document
                    .write(typed.then_some(&kind), object.revision, &mut out);
            }
        }
        out
    }

    fn list(&self, listing: &Listing) -> Result<String, Failure> {
        let objects = || listing.items.iter().map(Stored::from);
        let kind = match self.form {
            Form::Partial => {
                let why = format!(
                    "you requested PartialObjectMetadata, but the requested object is a list ({})",
                    self.resource.list_kind
                );
                return Err(Failure::not_acceptable(why));
            }
            Form::Table => {
                let rows: Vec<_> = objects().collect();
                return Ok(self.table(Some(listing.revision), Some(listing), &rows));
            }
            Form::PartialList => partial("PartialObjectMetadataList"),
            Form::Plain => TypeMeta {
                kind: self.resource.list_kind.clone(),
                ..self.resource.type_meta()
            },
        };
        // Items of built-in kinds leave their type to the list; custom resources repeat it.
        let typed = self.resource.is_custom();
        let metadata = list_metadata(listing.revision, Some(listing));
        let mut out = String::new();
        let _ = write!(
            out,
            r#"{{"kind":"{}","apiVersion":"{}","metadata":{metadata},"items":["#,
            kind.kind, kind.api_version
        );
        for (at, object) in objects().enumerate() {
            if at > 0 {
                out.push(',');
            }
            out.push_str(&self.item(&object, self.form, typed));
        }
        out.push_str("]}");
        Ok(out)
    }

    fn table(
        &self,
        revision: Option<u64>,
        listing: Option<&Listing>,
        objects: &[Stored],
    ) -> String {
        let metadata =
            revision.map_or_else(|| json!({}), |revision| list_metadata(revision, listing));
        table::render(self.resource, self.include, &metadata, objects).to_string()
    }

    /// One line of a watch.
    pub(crate) fn event(&self, event: &Event) -> String {
        let name = match event.kind {
            EventKind::Added => "ADDED",
            EventKind::Modified => "MODIFIED",
            EventKind::Deleted => "DELETED",
            EventKind::Bookmark | EventKind::InitialEventsEnd => "BOOKMARK",
        };
        let object = match &event.document {
            Some(document) => {
                let object = Stored {
                    revision: Some(event.revision),
                    document: document.clone(),
                };
                match self.form {
                    Form::Table => self.table(object.revision, None, std::slice::from_ref(&object)),
                    form => self.item(&object, form, true),
                }
            }
            None => self.bookmark(event),
        };
        format!("{{\"type\":\"{name}\",\"object\":{object}}}\n")
    }

    fn bookmark(&self, event: &Event) -> String {
        let mut metadata = json!({"resourceVersion": event.revision.to_string()});
        if event.kind == EventKind::InitialEventsEnd {
            metadata["annotations"] = json!({"k8s.io/initial-events-end": "true"});
        }
        let kind = match self.form {
            Form::Partial | Form::PartialList => partial("PartialObjectMetadata"),
            Form::Plain | Form::Table => self.resource.type_meta(),
        };
        let object =
            json!({"kind": kind.kind, "apiVersion": kind.api_version, "metadata": metadata});
        match self.form {
            Form::Table => table::bookmark(&object).to_string(),
            _ => object.to_string(),
        }
    }
}

/// The last line of a watch that cannot go on.
pub(crate) fn error_event(failure: &Failure) -> String {
    format!("{{\"type\":\"ERROR\",\"object\":{}}}\n", failure.to_json())
}

impl From<&Row> for Stored {
    fn from(row: &Row) -> Self {
        Self {
            revision: Some(row.revision),
            document: row.document.clone(),
        }
    }
}

fn partial(kind: &str) -> TypeMeta {
    TypeMeta {
        api_version: "meta.k8s.io/v1".into(),
        kind: kind.into(),
    }
}

fn list_metadata(revision: u64, listing: Option<&Listing>) -> serde_json::Value {
    let mut metadata = json!({"resourceVersion": revision.to_string()});
    if let Some(token) = listing.and_then(|listing| listing.resume.as_ref()) {
        metadata["continue"] = token.as_str().into();
    }
    if let Some(remaining) = listing.and_then(|listing| listing.remaining) {
        metadata["remainingItemCount"] = remaining.into();
    }
    metadata
}
