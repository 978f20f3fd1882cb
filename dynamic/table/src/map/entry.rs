//! The entry of a key, as in `BTreeMap`.

use std::sync::Arc;

use super::Pair;
use crate::shared::share;

/// The place of a key in a [`Map`](super::Map).
///
/// ```
/// use kubewright_table::Map;
///
/// let mut counts: Map<u32> = Map::new();
/// for word in ["a", "b", "a"] {
///     *counts.entry(word).or_default() += 1;
/// }
/// assert_eq!(counts["a"], 2);
/// ```
#[derive(Debug)]
pub enum Entry<'a, V> {
    /// The key has a value.
    Occupied(Occupied<'a, V>),
    /// The key has none.
    Vacant(Vacant<'a, V>),
}

/// A key that has a value.
#[derive(Debug)]
pub struct Occupied<'a, V> {
    entries: &'a mut Vec<Pair<V>>,
    at: usize,
}

/// A key that has no value.
#[derive(Debug)]
pub struct Vacant<'a, V> {
    entries: &'a mut Vec<Pair<V>>,
    at: usize,
    key: Arc<str>,
}

impl<'a, V> Entry<'a, V> {
    pub(super) fn new(
        entries: &'a mut Vec<Pair<V>>,
        found: Result<usize, usize>,
        key: &str,
    ) -> Self {
        match found {
            Ok(at) => Self::Occupied(Occupied { entries, at }),
            Err(at) => Self::Vacant(Vacant {
                entries,
                at,
                key: share(key),
            }),
        }
    }

    /// Sets the value; the old one is dropped.
    pub fn insert(self, value: V) -> &'a mut V {
        match self {
            Self::Occupied(entry) => {
                let own = entry.into_mut();
                *own = value;
                own
            }
            Self::Vacant(entry) => entry.insert(value),
        }
    }

    /// The value, which is made `value` first where there is none.
    pub fn or_insert(self, value: V) -> &'a mut V {
        self.or_insert_with(|| value)
    }

    /// The value, made first where there is none.
    pub fn or_insert_with(self, make: impl FnOnce() -> V) -> &'a mut V {
        match self {
            Self::Occupied(entry) => entry.into_mut(),
            Self::Vacant(entry) => entry.insert(make()),
        }
    }

    /// The value, made the type's default first where there is none.
    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }

    /// Changes the value where there is one.
    #[must_use]
    pub fn and_modify(mut self, change: impl FnOnce(&mut V)) -> Self {
        if let Self::Occupied(entry) = &mut self {
            change(entry.get_mut());
        }
        self
    }
}

impl<'a, V> Occupied<'a, V> {
    /// The value.
    #[must_use]
    pub fn get(&self) -> &V {
        &self.entries[self.at].1
    }

    /// The value, to be changed.
    #[must_use]
    pub fn get_mut(&mut self) -> &mut V {
        &mut self.entries[self.at].1
    }

    /// The value, for as long as the map is borrowed.
    #[must_use]
    pub fn into_mut(self) -> &'a mut V {
        &mut self.entries[self.at].1
    }

    /// Takes the key out of the map.
    pub fn remove(self) -> V {
        self.entries.remove(self.at).1
    }
}

impl<'a, V> Vacant<'a, V> {
    /// The key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Puts the key with a value into the map.
    pub fn insert(self, value: V) -> &'a mut V {
        if self.entries.len() == self.entries.capacity() {
            // One, two, four: most maps have one entry, and a list would begin with four.
            self.entries.reserve_exact(self.entries.len().max(1));
        }
        self.entries.insert(self.at, (self.key, value));
        &mut self.entries[self.at].1
    }
}
