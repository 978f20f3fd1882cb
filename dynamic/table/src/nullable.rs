//! A value or null, where null is not absence.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::empty::Empty;

/// A value or an explicit null, of a field that may also be absent.
///
/// Where a schema says `nullable`, the API server stores a null as it is, and it may mean
/// something else than a field that is left out, which gets the default that the schema has:
/// `None`, `Some(Nullable::Null)` and `Some(Nullable::Value(…))` are all kept apart. The value
/// may be whatever a field of a [`record!`](crate::record!) may be. A field that is never absent is a
/// bare `Nullable` with `[always]`, or an `Option` with `[always]`.
///
/// ```
/// use kubewright_table::{Nullable, from_json, record, to_json};
///
/// pub struct Spec { pub weight: Option<Nullable<i32>>, pub hosts: Option<Nullable<Vec<String>>> }
/// record! { Spec { "weight" weight, "hosts" hosts } }
///
/// let mut spec: Spec = from_json(r#"{"weight":null}"#)?;
/// assert_eq!((&spec.weight, &spec.hosts), (&Some(Nullable::Null), &None));
/// spec.weight = Some(7.into());
/// spec.hosts = Some(Nullable::Null);
/// assert_eq!(to_json(&spec), r#"{"weight":7,"hosts":null}"#);
/// assert_eq!(spec.weight.and_then(Nullable::value), Some(7));
/// # Ok::<(), kubewright_table::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nullable<T> {
    /// JSON's null.
    #[default]
    Null,
    /// A value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, unless it is null.
    #[must_use]
    pub fn value(self) -> Option<T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The value where it lies, unless it is null.
    #[must_use]
    pub const fn as_value(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The value where it lies, to be changed, unless it is null.
    #[must_use]
    pub const fn as_value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> Empty for Nullable<T> {
    const EMPTY: Self = Self::Null;
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Value(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::deserialize(deserializer)?;
        Ok(value.map_or(Self::Null, Self::Value))
    }
}
