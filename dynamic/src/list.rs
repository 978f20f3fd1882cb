//! A list of objects, as the API server answers a LIST.

use std::slice;
use std::vec;

use crate::error::{Error, Result};
use crate::json::{JsonError, Scanner};
use crate::meta::ListMeta;
use crate::object::{Object, from_json};

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
    /// the list's, its kind without `List` (semantics D4). `null` items are an empty list.
    ///
    /// # Errors
    /// When the text is not a list, or an item is not a `K`: the error names the item by
    /// position and, where it can be read, by name.
    pub fn from_json(text: &str) -> Result<Self> {
        List::read(text, Err)
    }

    /// Reads a list and leaves out the items that are not a `K`; the errors name them.
    ///
    /// # Errors
    /// When the text is not a list.
    pub(crate) fn from_json_in_part(text: &str) -> Result<(Self, Vec<Error>)> {
        let mut unreadable = Vec::new();
        let list = List::read(text, |error| {
            unreadable.push(error);
            Ok(())
        })?;
        Ok((list, unreadable))
    }

    fn read(text: &str, mut on_unreadable: impl FnMut(Error) -> Result<()>) -> Result<Self> {
        if text.is_empty() {
            return Err(Error::empty());
        }
        let parts = Parts::scan(text).map_err(not_a_list)?;
        let Some(items) = parts.items else {
            return Err(Error::decode("not a list: there is no `items` array"));
        };
        let metadata = parts
            .metadata
            .filter(|metadata| *metadata != "null")
            .map_or_else(|| Ok(ListMeta::default()), from_json)?;
        let item_kind = parts.kind.and_then(|kind| kind.strip_suffix("List"));
        let mut list = List {
            metadata,
            items: Vec::with_capacity(items.len()),
        };
        for (position, item) in items.into_iter().enumerate() {
            let mut object = match K::from_json(item) {
                Ok(object) => object,
                Err(error) => {
                    on_unreadable(error.while_doing(item_name(position, item)))?;
                    continue;
                }
            };
            if let (Some(api_version), Some(kind)) = (parts.api_version, item_kind) {
                object.set_type_if_missing(api_version, kind);
            }
            list.items.push(object);
        }
        Ok(list)
    }
}

/// The texts of a list's parts.
#[derive(Default)]
struct Parts<'a> {
    api_version: Option<&'a str>,
    kind: Option<&'a str>,
    metadata: Option<&'a str>,
    items: Option<Vec<&'a str>>,
}

impl<'a> Parts<'a> {
    fn scan(text: &'a str) -> Result<Self, JsonError> {
        let mut parts = Parts::default();
        let mut scanner = Scanner::new(text);
        scanner.object(|scanner, key| {
            if key.is("items") && scanner.peek() == Some(b'[') {
                parts.items = Some(elements(scanner, text)?);
                return Ok(());
            }
            let value = &text[scanner.value()?];
            match &*key.value() {
                "apiVersion" => parts.api_version = plain_string(value),
                "kind" => parts.kind = plain_string(value),
                "metadata" => parts.metadata = Some(value),
                // Null is an empty list; anything else is none, and the last one counts.
                "items" => parts.items = (value == "null").then(Vec::new),
                _ => {}
            }
            Ok(())
        })?;
        scanner.end()?;
        Ok(parts)
    }
}

fn elements<'a>(scanner: &mut Scanner<'_>, text: &'a str) -> Result<Vec<&'a str>, JsonError> {
    let mut items = Vec::new();
    scanner.array(|scanner| {
        items.push(&text[scanner.value()?]);
        Ok::<_, JsonError>(())
    })?;
    Ok(items)
}

fn plain_string(value: &str) -> Option<&str> {
    value
        .strip_prefix('"')?
        .strip_suffix('"')
        .filter(|text| !text.contains('\\'))
}

fn not_a_list(error: JsonError) -> Error {
    Error::decode(format!("not a list: {error}"))
}

/// `item 3 (prod/web-0)`: what a person needs to find the object at fault.
fn item_name(position: usize, item: &str) -> String {
    match crate::Unstructured::from_json(item) {
        Ok(object) if !object.name().is_empty() => format!("item {position} ({object})"),
        _ => format!("item {position}"),
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
