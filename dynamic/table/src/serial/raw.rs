//! JSON of any shape, between its text and a format, without a tree in between.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{self, Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::Datum;
use crate::json::write_datum;
use crate::scan::Scanner;

/// Writes whatever comes as JSON text.
pub(super) struct Write<'a>(pub(super) &'a mut String);

impl Write<'_> {
    fn datum<E>(self, datum: Datum<'_>) -> Result<(), E> {
        write_datum(self.0, datum);
        Ok(())
    }

    fn separate(&mut self) {
        if !self.0.ends_with(['{', '[']) {
            self.0.push(',');
        }
    }
}

impl<'de> DeserializeSeed<'de> for Write<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Write<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.datum(Datum::Null)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.datum(Datum::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.datum(Datum::Bool(value))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.datum(Datum::Int(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.datum(Datum::Uint(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        // A tree that is read from this is to have a float again.
        match number.is_finite() {
            true => self.datum(Datum::Json(format!("{number:?}").into())),
            false => self.datum(Datum::Null),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.datum(Datum::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.push('[');
        while items.next_element_seed(Item(Write(self.0)))?.is_some() {}
        self.0.push(']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        self.0.push('{');
        while members.next_key_seed(Key(Write(self.0)))?.is_some() {
            self.0.push(':');
            members.next_value_seed(Write(self.0))?;
        }
        self.0.push('}');
        Ok(())
    }
}

/// One value of a list, which is there once something is read.
struct Item<'a>(Write<'a>);

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(mut self, deserializer: D) -> Result<(), D::Error> {
        self.0.separate();
        self.0.deserialize(deserializer)
    }
}

/// One key, which is text whatever the format could have there.
struct Key<'a>(Write<'a>);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(mut self, key: &str) -> Result<(), E> {
        self.0.separate();
        self.0.visit_str(key)
    }
}

/// Shows JSON text to a format, each value its part of the text.
pub(super) struct Read<'a, 'text>(pub(super) &'a RefCell<Scanner<'text>>);

impl Serialize for Read<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let first = self.0.borrow_mut().token();
        match first {
            b'{' => self.map(serializer),
            b'[' => self.list(serializer),
            _ => {
                let datum = self.0.borrow_mut().datum_or_null();
                match datum.map_err(S::Error::custom)? {
                    // The text stays what it is: with a point, as it goes out by itself.
                    Datum::Float(number) => serializer.serialize_f64(number),
                    datum => datum.serialize(serializer),
                }
            }
        }
    }
}

impl Read<'_, '_> {
    fn map<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.enter()?;
        let mut is_first = true;
        while self.more(is_first, b'}')? {
            is_first = false;
            let key = self.0.borrow_mut().key_text().map_err(S::Error::custom)?;
            map.serialize_entry(&*key, self)?;
        }
        map.end()
    }

    fn list<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        self.enter()?;
        let mut is_first = true;
        while self.more(is_first, b']')? {
            is_first = false;
            list.serialize_element(self)?;
        }
        list.end()
    }

    fn enter<E: ser::Error>(&self) -> Result<(), E> {
        self.0.borrow_mut().open().map_err(E::custom)
    }

    fn more<E: ser::Error>(&self, is_first: bool, close: u8) -> Result<bool, E> {
        let more = self.0.borrow_mut().more(is_first, close);
        more.map_err(E::custom)
    }
}
