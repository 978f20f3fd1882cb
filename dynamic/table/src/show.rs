//! `Debug`: the fields that are set.
//!
//! A pod has two hundred fields, of which a dozen are set. Those are shown, without `Some`
//! around them; `..` stands for the rest. Of secrets only what grants nothing is shown.

use std::fmt::{Debug, Formatter, Result};

use crate::place::shape::Record;
use crate::place::{RecordRef, Ref, View};

/// Shows a struct.
pub fn debug<T: Record>(value: &T, f: &mut Formatter<'_>) -> Result {
    Debug::fmt(&RecordRef::new(value), f)
}

impl Debug for RecordRef<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut shown = f.debug_struct(self.desc.name);
        let mut is_whole = true;
        for (index, field) in self.desc.fields.iter().enumerate() {
            let value = self.field(index);
            if value.open().is_absent() {
                is_whole = false;
                continue;
            }
            let name = if field.name.is_empty() {
                "unknown"
            } else {
                field.name
            };
            match field.flags.secret {
                true => shown.field(name, &Secret(value)),
                false => shown.field(name, &value),
            };
        }
        match is_whole {
            true => shown.finish(),
            false => shown.finish_non_exhaustive(),
        }
    }
}

impl View<'_> {
    /// Whether there is nothing to write.
    #[inline]
    pub(crate) fn is_absent(self) -> bool {
        match self {
            View::Absent => true,
            View::List(list) => list.len() == 0,
            View::Map(map) => map.len() == 0,
            _ => false,
        }
    }
}

impl Debug for Ref<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.open() {
            View::Text(text) => Debug::fmt(text, f),
            View::Leaf(leaf) => Debug::fmt(leaf, f),
            View::Enum(value) => Debug::fmt(value, f),
            View::Record(record) => Debug::fmt(&record, f),
            View::Nested(inner) => Debug::fmt(&inner, f),
            View::Absent => f.write_str("null"),
            View::List(list) => f.debug_list().entries(list.iter()).finish(),
            View::Map(map) => f.debug_map().entries(map.iter()).finish(),
            View::Either(Ok(record)) => Debug::fmt(&record, f),
            View::Either(Err(other)) => Debug::fmt(&other, f),
        }
    }
}

/// A value of which only keys and lengths are shown.
struct Secret<'a>(Ref<'a>);

impl Debug for Secret<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.0.open() {
            View::Nested(inner) => Debug::fmt(&Secret(inner), f),
            View::List(list) => f.debug_list().entries(list.iter().map(Secret)).finish(),
            View::Map(map) => {
                let entries = map.iter().map(|(key, value)| (key, Secret(value)));
                f.debug_map().entries(entries).finish()
            }
            _ => f.write_str("<redacted>"),
        }
    }
}
