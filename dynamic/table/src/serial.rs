//! Serde's traits, once for each format.
//!
//! Formats must say what comes next, as JSON, YAML and CBOR do: places are filled with what
//! is there, and what is there decides what is read.

use std::cell::RefCell;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::json::{Order, Seen};
use crate::leaf::{AnyLeaf, LARGEST_EXACT};
use crate::place::shape::{Desc, Record};
use crate::place::{ListMut, MapMut, Mut, Place, RecordMut, RecordRef, Ref, View};
use crate::scan::Scanner;
use crate::{Datum, LeafError};
use raw::Write;

mod raw;

/// Writes a struct.
pub fn serialize<T: Record, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    RecordRef::new(value).serialize(serializer)
}

/// Reads a struct.
pub fn deserialize<'de, T: Record, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::EMPTY;
    deserializer.deserialize_any(Fill(Place::Record(RecordMut::new(&mut value))))?;
    Ok(value)
}

impl Serialize for RecordRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (index, field) in self.desc.named().iter().enumerate() {
            let value = self.field(index).open();
            if field.flags.always || !value.is_absent() {
                map.serialize_entry(field.name, &value)?;
            }
        }
        if let Some(rest) = self.rest() {
            for (key, value) in rest.iter() {
                map.serialize_entry(key, &value)?;
            }
        }
        map.end()
    }
}

impl Serialize for Ref<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.open().serialize(serializer)
    }
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            View::Text(text) => serializer.serialize_str(text),
            View::Leaf(leaf) => leaf.datum().serialize(serializer),
            View::Enum(value) => serializer.serialize_str(value.text()),
            View::Record(record) | View::Either(Ok(record)) => record.serialize(serializer),
            View::Nested(inner) | View::Either(Err(inner)) => inner.serialize(serializer),
            View::Absent => serializer.serialize_unit(),
            View::List(list) => serializer.collect_seq(list.iter()),
            View::Map(map) => serializer.collect_map(map.iter()),
        }
    }
}

impl Serialize for Datum<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Int(number) => serializer.serialize_i64(*number),
            Self::Uint(number) => serializer.serialize_u64(*number),
            // A whole number is written without a point, as the API server does.
            Self::Float(number) if is_plainly_whole(*number) => {
                serializer.serialize_i64(*number as i64)
            }
            Self::Float(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Json(text) => raw::Read(&RefCell::new(Scanner::new(text))).serialize(serializer),
            Self::Tree(tree) => tree.serialize(serializer),
        }
    }
}

/// Whether an integer says the same; minus zero is not an integer.
fn is_plainly_whole(number: f64) -> bool {
    let is_minus_zero = number == 0.0 && number.is_sign_negative();
    number.fract() == 0.0 && number.abs() <= LARGEST_EXACT && !is_minus_zero
}

/// Reads whatever comes into an empty place.
struct Fill<'a>(Place<'a>);

impl<'a> Fill<'a> {
    fn of(place: Mut<'a>) -> Self {
        Self(place.open())
    }

    /// The place inside options, which are filled on the way: there is something.
    fn inmost(self) -> Place<'a> {
        match self.0 {
            Place::Optional(option) => Fill::of(option.fill()).inmost(),
            Place::Boxed(option) => Place::Record(option.fill()),
            place => place,
        }
    }

    fn datum<E: Error>(self, datum: Datum<'_>, found: Unexpected<'_>) -> Result<(), E> {
        match (self.inmost(), datum) {
            (Place::Text(own), Datum::Text(text)) => *own = text.into_owned(),
            (Place::Enum(own), Datum::Text(text)) => own.set(text),
            (Place::Leaf(own), datum) => return set(own, datum, found),
            (Place::Either(either), datum) => return Fill::of(either.other()).datum(datum, found),
            (place, _) => return Err(E::invalid_type(found, &expected(&place))),
        }
        Ok(())
    }
}

fn set<E: Error>(leaf: &mut dyn AnyLeaf, datum: Datum<'_>, found: Unexpected<'_>) -> Result<(), E> {
    leaf.set(datum).map_err(|error| match error {
        LeafError::Type => E::invalid_type(found, &leaf.expected()),
        LeafError::Value(reason) => E::custom(Chain(&*reason)),
    })
}

/// An error with its causes, for serde, whose errors have none.
struct Chain<'a>(&'a (dyn std::error::Error + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        match self.0.source() {
            Some(cause) => write!(f, ": {}", Chain(cause)),
            None => Ok(()),
        }
    }
}

fn expected(place: &Place<'_>) -> &'static str {
    match place {
        Place::Text(_) | Place::Enum(_) => "a string",
        Place::Leaf(leaf) => leaf.expected(),
        Place::Record(_) | Place::Boxed(_) | Place::Map(_) => "an object",
        Place::List(_) => "an array",
        Place::Optional(_) | Place::Either(_) => "a value",
    }
}

impl<'de> DeserializeSeed<'de> for Fill<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Fill<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(expected(&self.0))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        if let Place::Optional(option) = self.0 {
            option.fill_for_null();
        }
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.datum(Datum::Bool(value), Unexpected::Other("a boolean"))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.datum(Datum::Int(number), Unexpected::Other("a number"))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        let datum = i64::try_from(number).map_or(Datum::Uint(number), Datum::Int);
        self.datum(datum, Unexpected::Other("a number"))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.datum(Datum::Float(number), Unexpected::Other("a number"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.datum(Datum::Text(text.into()), Unexpected::Other("a string"))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<(), E> {
        self.datum(Datum::Text(text.into()), Unexpected::Other("a string"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        match self.inmost() {
            Place::List(mut list) => {
                let mut len = 0;
                while items.next_element_seed(Item(&mut list, len))?.is_some() {
                    len += 1;
                }
                list.fit();
                Ok(())
            }
            Place::Either(either) => Fill::of(either.other()).visit_seq(items),
            Place::Leaf(leaf) if leaf.takes_anything() => {
                let mut text = String::new();
                Write(&mut text).visit_seq(items)?;
                set(leaf, Datum::Json(text.into()), Unexpected::Seq)
            }
            place => Err(A::Error::invalid_type(Unexpected::Seq, &expected(&place))),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        match self.inmost() {
            Place::Record(record) => members(map, record),
            Place::Map(own) => entries(map, own),
            Place::Either(either) => members(map, either.object()),
            Place::Leaf(leaf) if leaf.takes_anything() => {
                let mut text = String::new();
                Write(&mut text).visit_map(map)?;
                set(leaf, Datum::Json(text.into()), Unexpected::Map)
            }
            place => Err(A::Error::invalid_type(Unexpected::Map, &expected(&place))),
        }
    }
}

/// The next item of a list, which is there once something is read into it.
struct Item<'a, 'list>(&'a mut ListMut<'list>, usize);

impl<'de> DeserializeSeed<'de> for Item<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Fill::of(self.0.push(self.1)).deserialize(deserializer)
    }
}

fn members<'de, A: MapAccess<'de>>(mut map: A, mut record: RecordMut<'_>) -> Result<(), A::Error> {
    let (mut seen, mut order) = (Seen::default(), Order::of(record.desc));
    while let Some(key) = map.next_key_seed(Key {
        desc: record.desc,
        order: &mut order,
    })? {
        match key {
            Found::Field(index) => {
                if seen.again(index) {
                    record.field(index).reset();
                }
                map.next_value_seed(Fill::of(record.field(index)))?;
            }
            Found::Rest(key) => match record.rest() {
                Some(mut rest) => map.next_value_seed(Fill::of(rest.insert(&key)))?,
                None => drop(map.next_value::<IgnoredAny>()?),
            },
            Found::Nothing => drop(map.next_value::<IgnoredAny>()?),
        }
    }
    Ok(())
}

fn entries<'de, A: MapAccess<'de>>(mut map: A, mut own: MapMut<'_>) -> Result<(), A::Error> {
    while let Some(key) = map.next_key::<String>()? {
        map.next_value_seed(Fill::of(own.insert(&key)))?;
    }
    own.fit();
    Ok(())
}

/// Finds the field of a key without keeping the key.
struct Key<'a> {
    desc: &'static Desc,
    order: &'a mut Order,
}

enum Found {
    Field(usize),
    Rest(String),
    Nothing,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Found, E> {
        Ok(match self.order.find(key) {
            Some(index) => Found::Field(index),
            None if self.desc.keeps(key) => Found::Rest(key.to_owned()),
            None => Found::Nothing,
        })
    }
}
