//! A small map with text for keys, kept as one sorted list.
//!
//! Labels, annotations and limits have a handful of entries. As a list they take one piece of
//! memory and few instructions, where a tree takes a node of eleven places and a great deal
//! of code for each type of value. Servers send keys sorted, so that reading appends.
//! Objects have the same keys as their neighbours, so these are [shared](share): a key takes
//! two words in an entry, and nothing beside.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

mod entry;

use crate::empty::Empty;
use crate::shared::share;
pub use entry::Entry;

/// A sorted map from text to `V`.
///
/// It behaves as a `BTreeMap<String, V>`: ordered by key, one value a key. Looking up takes
/// `O(log n)`, inserting out of order `O(n)`; it is meant for the few entries that objects
/// have. As JSON it is an object. Keys are given as anything that is text, and come back as
/// `&str`: maps that are read or filled in one thread have equal keys in common.
///
/// # Examples
///
/// ```
/// use kubewright_table::Map;
///
/// let mut labels = Map::from([("app", "web".to_owned())]);
/// labels.insert("tier", "front".to_owned());
/// assert_eq!(labels["app"], "web");
/// assert_eq!(labels.get("none"), None);
/// assert_eq!(labels.keys().collect::<Vec<_>>(), ["app", "tier"]);
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Map<V> {
    entries: Vec<Pair<V>>,
}

impl<V> Map<V> {
    /// A map without entries, which takes no memory.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            entries: Vec::new(),
        }
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&V> {
        self.find(key).ok().map(|at| &self.entries[at].1)
    }

    /// The value of a key, to be changed.
    #[must_use]
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        self.find(key).ok().map(|at| &mut self.entries[at].1)
    }

    /// Whether the key is there.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.find(key).is_ok()
    }

    /// Sets the value of a key and returns the old one.
    pub fn insert(&mut self, key: impl AsRef<str>, value: V) -> Option<V> {
        match self.entry(key) {
            Entry::Occupied(mut entry) => Some(std::mem::replace(entry.get_mut(), value)),
            Entry::Vacant(entry) => {
                entry.insert(value);
                None
            }
        }
    }

    /// Takes a key out and returns its value.
    pub fn remove(&mut self, key: &str) -> Option<V> {
        self.find(key).ok().map(|at| self.entries.remove(at).1)
    }

    /// The place of a key, taken or not.
    pub fn entry(&mut self, key: impl AsRef<str>) -> Entry<'_, V> {
        let key = key.as_ref();
        // Keys that come in order need no search.
        let found = match self.entries.last() {
            Some((last, _)) if **last >= *key => self.find(key),
            _ => Err(self.entries.len()),
        };
        Entry::new(&mut self.entries, found, key)
    }

    /// Keys and values, by key.
    pub fn iter(&self) -> Iter<'_, V> {
        self.entries.iter().map(as_pair)
    }

    /// Keys and values, by key, with values to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut V)> {
        self.entries.iter_mut().map(|(key, value)| (&**key, value))
    }

    /// The keys in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.entries.iter().map(|(key, _)| &**key)
    }

    /// The values, by key.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator {
        self.entries.iter().map(|(_, value)| value)
    }

    /// The values, by key, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    /// Keeps the entries for which `keep` holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &mut V) -> bool) {
        self.entries.retain_mut(|(key, value)| keep(key, value));
    }

    /// Gives back memory beyond the entries.
    pub fn shrink_to_fit(&mut self) {
        self.entries.shrink_to_fit();
    }

    /// Takes out all entries.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// The entry of an index; one that is not there panics.
    pub(crate) fn at(&self, index: usize) -> (&str, &V) {
        let (key, value) = &self.entries[index];
        (key, value)
    }

    fn find(&self, key: &str) -> Result<usize, usize> {
        self.entries.binary_search_by(|(own, _)| (**own).cmp(key))
    }
}

/// Keys and values of a [`Map`], by key.
pub type Iter<'a, V> =
    std::iter::Map<std::slice::Iter<'a, Pair<V>>, fn(&'a Pair<V>) -> (&'a str, &'a V)>;

/// Keys and values of a [`Map`] that is taken apart, by key.
pub type IntoIter<V> = std::iter::Map<std::vec::IntoIter<Pair<V>>, fn(Pair<V>) -> (String, V)>;

type Pair<V> = (Arc<str>, V);

fn as_pair<V>((key, value): &Pair<V>) -> (&str, &V) {
    (key, value)
}

fn into_pair<V>((key, value): Pair<V>) -> (String, V) {
    (key.as_ref().into(), value)
}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: fmt::Debug> fmt::Debug for Map<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<V> Index<&str> for Map<V> {
    type Output = V;

    /// The value of a key; panics where there is none, as every map does.
    fn index(&self, key: &str) -> &V {
        match self.find(key) {
            Ok(at) => &self.entries[at].1,
            Err(_) => no_entry(key),
        }
    }
}

impl<V> IndexMut<&str> for Map<V> {
    fn index_mut(&mut self, key: &str) -> &mut V {
        match self.find(key) {
            Ok(at) => &mut self.entries[at].1,
            Err(_) => no_entry(key),
        }
    }
}

#[allow(clippy::panic, reason = "the contract of `Index`")]
fn no_entry(key: &str) -> ! {
    panic!("no entry {key:?} in the map")
}

impl<K: AsRef<str>, V> Extend<(K, V)> for Map<V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, pairs: I) {
        for (key, value) in pairs {
            self.insert(key, value);
        }
    }
}

impl<K: AsRef<str>, V> FromIterator<(K, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut map = Self::new();
        map.extend(pairs);
        map
    }
}

impl<K: AsRef<str>, V, const N: usize> From<[(K, V); N]> for Map<V> {
    fn from(pairs: [(K, V); N]) -> Self {
        pairs.into_iter().collect()
    }
}

impl<V> From<BTreeMap<String, V>> for Map<V> {
    fn from(map: BTreeMap<String, V>) -> Self {
        let entries = map.into_iter().map(|(key, value)| (share(&key), value));
        Self {
            entries: entries.collect(),
        }
    }
}

impl<V> From<Map<V>> for BTreeMap<String, V> {
    fn from(map: Map<V>) -> Self {
        map.into_iter().collect()
    }
}

impl<V> IntoIterator for Map<V> {
    type Item = (String, V);
    type IntoIter = IntoIter<V>;

    fn into_iter(self) -> IntoIter<V> {
        self.entries.into_iter().map(into_pair)
    }
}

impl<'a, V> IntoIterator for &'a Map<V> {
    type Item = (&'a str, &'a V);
    type IntoIter = Iter<'a, V>;

    fn into_iter(self) -> Iter<'a, V> {
        self.iter()
    }
}

impl<V: PartialEq> PartialEq<BTreeMap<String, V>> for Map<V> {
    fn eq(&self, other: &BTreeMap<String, V>) -> bool {
        let other = other.iter().map(|(key, value)| (key.as_str(), value));
        self.iter().eq(other)
    }
}

impl<V: PartialEq> PartialEq<Map<V>> for BTreeMap<String, V> {
    fn eq(&self, other: &Map<V>) -> bool {
        other == self
    }
}

impl<V: Serialize> Serialize for Map<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Map<V> {
    /// Reads an object; of a key that is there twice the last value counts.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MapVisitor(PhantomData))
    }
}

impl<V> Empty for Map<V> {
    const EMPTY: Self = Self::new();
}

struct MapVisitor<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for MapVisitor<V> {
    type Value = Map<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Map<V>, A::Error> {
        let mut map = Map::new();
        while let Some((key, value)) = access.next_entry::<Cow<'de, str>, V>()? {
            map.insert(key, value);
        }
        Ok(map)
    }
}

#[cfg(test)]
mod tests;
