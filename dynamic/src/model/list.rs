//! A list of objects, as the API server returns it.
//!
//! The value is here; how its text is taken apart, in pieces as they arrive, is in
//! `decoder`.

mod decoder;
pub(crate) mod problem;

use std::slice;
use std::vec;

#[cfg(feature = "cache")]
pub(crate) use self::decoder::Item;
pub(crate) use self::decoder::ListDecoder;
use crate::model::error::Result;
use crate::model::meta::ListMeta;
use crate::model::object::Object;

/// A collection at one moment: its items and the version at which they are true.
#[derive(Clone, Debug, PartialEq)]
pub struct List<K> {
    /// Version, and the token of the next page where there is one.
    pub metadata: ListMeta,
    /// The objects, in the server's order (namespace, then name).
    pub items: Vec<K>,
}

impl<K> Default for List<K> {
    fn default() -> Self {
        List {
            metadata: ListMeta::default(),
            items: Vec::new(),
        }
    }
}

impl<K> List<K> {
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The items, by reference.
    pub fn iter(&self) -> slice::Iter<'_, K> {
        self.items.iter()
    }

    /// The version at which the list is true: where a watch goes on.
    pub fn resource_version(&self) -> Option<&str> {
        self.metadata.resource_version.as_deref()
    }

    /// The token of the next page; `None` on the last.
    pub fn continue_token(&self) -> Option<&str> {
        self.metadata
            .continue_token
            .as_deref()
            .filter(|token| !token.is_empty())
    }
}

impl<K: Object> List<K> {
    /// Reads a list from JSON text, item by item.
    ///
    /// Items that lack both `apiVersion` and `kind`, as those of built-in kinds do, take
    /// the list's, its kind without `List` ([rule D4](crate::semantics#d4)). `null` items are an
    /// empty list.
    ///
    /// # Errors
    /// When the text is not a list, or an item is not a `K`: the error names the item by
    /// position and, where it can be read, by name.
    pub fn from_json(text: &str) -> Result<Self> {
        let mut decoder = ListDecoder::default();
        decoder.push(text.as_bytes());
        let mut items = Vec::new();
        while let Some(item) = decoder.read_object()? {
            items.push(item?);
        }
        List::finish(decoder, items)
    }

    /// The list, once all its text went into the decoder and all items were taken out.
    pub(crate) fn finish(decoder: ListDecoder, mut items: Vec<K>) -> Result<Self> {
        let (envelope, metadata) = decoder.finish()?;
        // What stands behind the items was not known before them.
        if let Some((api_version, kind)) = envelope.item_type() {
            for item in &mut items {
                item.set_type_if_missing(api_version, kind);
            }
        }
        Ok(List { metadata, items })
    }
}

impl<K> IntoIterator for List<K> {
    type Item = K;
    type IntoIter = vec::IntoIter<K>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, K> IntoIterator for &'a List<K> {
    type Item = &'a K;
    type IntoIter = slice::Iter<'a, K>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
