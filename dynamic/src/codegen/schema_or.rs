//! The unions of `apiextensions.k8s.io/v1` that no schema can express: a schema, or
//! something simpler in its place.

use std::fmt;
use std::marker::PhantomData;

use kubewright_table::abi::Record;
use kubewright_table::{self as table, Empty};
use serde::de::value::{BoolDeserializer, MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};

/// One schema, or an array of them.
#[derive(Clone, Debug, PartialEq)]
pub enum OrArray<T> {
    /// The schema of every item.
    Schema(Box<T>),
    /// One schema for each item.
    Array(Vec<T>),
}

/// One schema, or whether anything is allowed.
#[derive(Clone, Debug, PartialEq)]
pub enum OrBool<T> {
    /// The schema of allowed values.
    Schema(Box<T>),
    /// All or nothing.
    Bool(bool),
}

/// One schema, or the names of properties.
#[derive(Clone, Debug, PartialEq)]
pub enum OrStringArray<T> {
    /// The schema that must match.
    Schema(Box<T>),
    /// The properties that must be present.
    Strings(Vec<String>),
}

impl<T> Default for OrArray<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<T> Default for OrBool<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<T> Default for OrStringArray<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<T> Empty for OrArray<T> {
    const EMPTY: Self = Self::Array(Vec::new());
}

impl<T> Empty for OrBool<T> {
    const EMPTY: Self = Self::Bool(true);
}

impl<T> Empty for OrStringArray<T> {
    const EMPTY: Self = Self::Strings(Vec::new());
}

/// The differences of the three: the name and the type of the other form.
macro_rules! schema_or {
    ($($name:ident: $other:ident($ty:ty)),+) => {$(
        impl<T: Record> table::Either for $name<T> {
            type Object = T;
            type Other = $ty;

            fn get(&self) -> Result<&T, &$ty> {
                match self {
                    Self::Schema(schema) => Ok(schema),
                    Self::$other(other) => Err(other),
                }
            }

            fn object(&mut self) -> &mut T {
                if let Self::$other(_) = self {
                    *self = Self::Schema(Box::new(T::EMPTY));
                }
                match self {
                    Self::Schema(schema) => schema,
                    Self::$other(_) => unreachable!("it was made a schema"),
                }
            }

            fn other(&mut self) -> &mut $ty {
                if let Self::Schema(_) = self {
                    *self = Self::$other(<$ty as Empty>::EMPTY);
                }
                match self {
                    Self::$other(other) => other,
                    Self::Schema(_) => unreachable!("it was made the other"),
                }
            }
        }
    )+};
}

schema_or!(OrArray: Array(Vec<T>), OrBool: Bool(bool), OrStringArray: Strings(Vec<String>));
table::either!(OrArray, OrBool, OrStringArray);

impl<T: Serialize> Serialize for OrArray<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Schema(schema) => schema.serialize(serializer),
            Self::Array(schemas) => schemas.serialize(serializer),
        }
    }
}

impl<T: Serialize> Serialize for OrBool<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Schema(schema) => schema.serialize(serializer),
            Self::Bool(value) => value.serialize(serializer),
        }
    }
}

impl<T: Serialize> Serialize for OrStringArray<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Schema(schema) => schema.serialize(serializer),
            Self::Strings(names) => names.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OrArray<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match read::<D, T, Vec<T>>(deserializer)? {
            Either::Schema(schema) => Self::Schema(schema),
            Either::Other(schemas) => Self::Array(schemas),
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OrBool<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match read::<D, T, bool>(deserializer)? {
            Either::Schema(schema) => Self::Schema(schema),
            Either::Other(value) => Self::Bool(value),
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OrStringArray<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match read::<D, T, Vec<String>>(deserializer)? {
            Either::Schema(schema) => Self::Schema(schema),
            Either::Other(names) => Self::Strings(names),
        })
    }
}

/// The form that was found: an object, or the other form.
enum Either<T, U> {
    Schema(Box<T>),
    Other(U),
}

/// Distinguished by the first token, so nothing is buffered.
fn read<'de, D, T, U>(deserializer: D) -> Result<Either<T, U>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
    U: Deserialize<'de>,
{
    deserializer.deserialize_any(EitherVisitor(PhantomData))
}

struct EitherVisitor<T, U>(PhantomData<(T, U)>);

impl<'de, T: Deserialize<'de>, U: Deserialize<'de>> Visitor<'de> for EitherVisitor<T, U> {
    type Value = Either<T, U>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a schema or its short form")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let schema = T::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Either::Schema(Box::new(schema)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        U::deserialize(SeqAccessDeserializer::new(items)).map(Either::Other)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        U::deserialize(BoolDeserializer::new(value)).map(Either::Other)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{OrArray, OrBool, OrStringArray};

    type Schema = BTreeMap<String, i32>;

    #[test]
    fn each_form_survives_json() {
        for text in [r#"{"a":1}"#, r#"[{"a":1},{}]"#] {
            let value: OrArray<Schema> = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&value).unwrap(), text);
        }
        for text in [r#"{"a":1}"#, "true", "false"] {
            let value: OrBool<Schema> = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&value).unwrap(), text);
        }
        for text in [r#"{"a":1}"#, r#"["a","b"]"#] {
            let value: OrStringArray<Schema> = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&value).unwrap(), text);
        }
    }

    #[test]
    fn what_is_neither_is_refused() {
        assert!(serde_json::from_str::<OrArray<Schema>>("true").is_err());
        assert!(serde_json::from_str::<OrBool<Schema>>("[]").is_err());
        assert!(serde_json::from_str::<OrStringArray<Schema>>("1").is_err());
    }
}
