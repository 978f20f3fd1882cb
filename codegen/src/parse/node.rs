//! A node of a JSON document: a value, and the pointer to it.
//!
//! Every read goes through here, so that every complaint names document and pointer.

use std::collections::BTreeMap;

use super::Json;
use crate::Error;

/// A value and where it stands. The pointer is a chain of borrowed segments and is only spelled
/// out when an error needs it.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    pub(crate) value: &'a Json,
    origin: &'a str,
    segment: Segment<'a>,
}

#[derive(Clone, Copy)]
enum Segment<'a> {
    Root,
    Key(&'a Node<'a>, &'a str),
    Index(&'a Node<'a>, usize),
}

impl<'a> Node<'a> {
    pub(crate) fn root(origin: &'a str, value: &'a Json) -> Self {
        Self {
            value,
            origin,
            segment: Segment::Root,
        }
    }

    /// The document that this place is in.
    pub(crate) fn origin(&self) -> &'a str {
        self.origin
    }

    pub(crate) fn is_object(&self) -> bool {
        matches!(self.value, Json::Object(_))
    }

    /// The JSON pointer of this place.
    pub(crate) fn pointer(&self) -> String {
        match self.segment {
            Segment::Root => String::new(),
            Segment::Key(parent, key) => format!("{}/{}", parent.pointer(), escape(key)),
            Segment::Index(parent, index) => format!("{}/{index}", parent.pointer()),
        }
    }

    /// An error at this place.
    pub(crate) fn error(&self, message: impl Into<String>) -> Error {
        Error::new(self.origin, self.pointer(), message)
    }

    /// The member called `key`; null counts as absent.
    pub(crate) fn get<'b>(&'b self, key: &'b str) -> Result<Option<Node<'b>>, Error> {
        let value = self.members()?.get(key);
        Ok(value
            .filter(|value| **value != Json::Null)
            .map(|value| self.child(key, value)))
    }

    /// Every member, in the order of the keys.
    pub(crate) fn entries<'b>(
        &'b self,
    ) -> Result<impl Iterator<Item = (&'b str, Node<'b>)>, Error> {
        Ok(self
            .members()?
            .iter()
            .map(move |(key, value)| (key.as_str(), self.child(key, value))))
    }

    /// Every item of an array.
    pub(crate) fn items<'b>(&'b self) -> Result<impl Iterator<Item = Node<'b>>, Error> {
        match self.value {
            Json::Array(items) => Ok(items.iter().enumerate().map(move |(index, value)| Node {
                value,
                origin: self.origin,
                segment: Segment::Index(self, index),
            })),
            other => Err(self.unexpected("an array", other)),
        }
    }

    /// The text of a string.
    pub(crate) fn text(&self) -> Result<&'a str, Error> {
        match self.value {
            Json::String(text) => Ok(text),
            other => Err(self.unexpected("a string", other)),
        }
    }

    /// The string member called `key`.
    pub(crate) fn string(&self, key: &str) -> Result<Option<String>, Error> {
        self.get(key)?
            .map(|node| node.text().map(str::to_owned))
            .transpose()
    }

    /// The boolean member called `key`; absent is false.
    pub(crate) fn flag(&self, key: &str) -> Result<bool, Error> {
        self.get(key)?.map_or(Ok(false), |node| match node.value {
            Json::Bool(value) => Ok(*value),
            other => Err(node.unexpected("a boolean", other)),
        })
    }

    /// The member called `key` as a list of strings; absent is empty.
    pub(crate) fn strings(&self, key: &str) -> Result<Vec<String>, Error> {
        let Some(node) = self.get(key)? else {
            return Ok(Vec::new());
        };
        node.items()?
            .map(|item| item.text().map(str::to_owned))
            .collect()
    }

    fn members(&self) -> Result<&'a BTreeMap<String, Json>, Error> {
        match self.value {
            Json::Object(members) => Ok(members),
            other => Err(self.unexpected("an object", other)),
        }
    }

    fn child<'b>(&'b self, key: &'b str, value: &'b Json) -> Node<'b> {
        Node {
            value,
            origin: self.origin,
            segment: Segment::Key(self, key),
        }
    }

    fn unexpected(&self, wanted: &str, found: &Json) -> Error {
        self.error(format!("expected {wanted}, found {}", found.noun()))
    }
}

/// A key as one token of a JSON pointer.
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
