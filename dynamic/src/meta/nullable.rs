//! A value or null, where null is not absence.

use kubewright_table::{Datum, Empty, Fault, Leaf, leaf};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value or an explicit null, of a field that may also be absent.
///
/// Where a schema says `nullable`, the API server stores a null as it is, and it may mean
/// something else than a field that is left out: `None`, `Some(Nullable::Null)` and
/// `Some(Nullable::Value(…))` are all kept apart.
///
/// ```
/// use kubewright_dynamic::meta::Nullable;
///
/// let weight = Some(Nullable::from(7));
/// assert_eq!(weight.and_then(Nullable::value), Some(7));
/// assert_eq!(serde_json::to_string(&Nullable::<bool>::Null)?, "null");
/// # Ok::<(), serde_json::Error>(())
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
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> Empty for Nullable<T> {
    const EMPTY: Self = Self::Null;
}

impl<T: Leaf> Leaf for Nullable<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    const KEEPS_NULL: bool = true;

    fn read(datum: Datum<'_>) -> Result<Self, Fault> {
        T::read(datum).map(Self::Value)
    }

    fn show(&self) -> Datum<'_> {
        match self {
            Self::Null => Datum::Null,
            Self::Value(value) => value.show(),
        }
    }
}

leaf!(
    Nullable<bool>,
    Nullable<i32>,
    Nullable<i64>,
    Nullable<u32>,
    Nullable<u64>,
    Nullable<f64>
);

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
