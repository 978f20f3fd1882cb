//! The shapes of the standard library's types, and of JSON itself.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::num::{NonZeroI32, NonZeroI64, NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Number, Value};

use super::{Field, Kind, Limit, Schema, Shape};

macro_rules! shapes {
    ($($type:ty => $shape:expr;)*) => {
        $(impl Schema for $type {
            const SHAPE: Shape = $shape;
        })*
    };
}

/// A whole number of a format, between two limits.
const fn int(format: &'static str, least: i64, most: Option<i64>) -> Shape {
    let shape = Shape::integer().format(format).minimum(Limit::Int(least));
    match most {
        Some(most) => shape.maximum(Limit::Int(most)),
        None => shape,
    }
}

shapes! {
    bool => Shape::boolean();
    i8 => int("int32", i8::MIN as i64, Some(i8::MAX as i64));
    i16 => int("int32", i16::MIN as i64, Some(i16::MAX as i64));
    i32 => Shape::integer().format("int32");
    i64 => Shape::integer().format("int64");
    isize => Shape::integer().format("int64");
    u8 => int("int32", 0, Some(u8::MAX as i64));
    u16 => int("int32", 0, Some(u16::MAX as i64));
    u32 => int("int64", 0, Some(u32::MAX as i64));
    // The API's integers end at `i64::MAX`.
    u64 => int("int64", 0, None);
    usize => int("int64", 0, None);
    NonZeroU8 => int("int32", 1, Some(u8::MAX as i64));
    NonZeroU16 => int("int32", 1, Some(u16::MAX as i64));
    NonZeroU32 => int("int64", 1, Some(u32::MAX as i64));
    NonZeroU64 => int("int64", 1, None);
    NonZeroI32 => Shape::integer().format("int32");
    NonZeroI64 => Shape::integer().format("int64");
    f32 => Shape::number().format("float");
    f64 => Shape::number().format("double");
    Number => Shape::number();
    char => Shape::string().min_length(1).max_length(1);
    String => Shape::string();
    str => Shape::string();
    PathBuf => Shape::string();
    Ipv4Addr => Shape::string().format("ipv4");
    Ipv6Addr => Shape::string().format("ipv6");
    IpAddr => Shape::string();
    Value => Shape::any();
    Map<String, Value> => Shape::any_object();
    // As serde writes it.
    Duration => Shape::object(&[
        Field::required("secs", <u64 as Schema>::SHAPE),
        Field::required("nanos", <u32 as Schema>::SHAPE),
    ]);
}

impl<T: Schema> Schema for Option<T> {
    const SHAPE: Shape = T::SHAPE.or_null();
}

macro_rules! pointers {
    ($($pointer:ident)*) => {
        $(impl<T: Schema + ?Sized> Schema for $pointer<T> {
            const SHAPE: Shape = T::SHAPE;
        })*
    };
}

pointers! { Box Rc Arc }

impl<T: Schema + ToOwned + ?Sized> Schema for Cow<'_, T> {
    const SHAPE: Shape = T::SHAPE;
}

impl<T: Schema> Schema for [T] {
    const SHAPE: Shape = Shape::array(&T::SHAPE);
}

macro_rules! lists {
    ($($list:ident)*) => {
        $(impl<T: Schema> Schema for $list<T> {
            const SHAPE: Shape = Shape::array(&T::SHAPE);
        })*
    };
}

lists! { Vec VecDeque LinkedList }

impl<T: Schema, const N: usize> Schema for [T; N] {
    const SHAPE: Shape = Shape::array(&T::SHAPE)
        .min_items(N as u64)
        .max_items(N as u64);
}

/// The API's sets hold scalars; a set of anything else is a list like any other.
const fn set(items: &'static Shape) -> Shape {
    let list = Shape::array(items);
    if items.is_scalar() && !items.nullable {
        list.as_set()
    } else {
        list
    }
}

impl<T: Schema> Schema for BTreeSet<T> {
    const SHAPE: Shape = set(&T::SHAPE);
}

impl<T: Schema, S> Schema for HashSet<T, S> {
    const SHAPE: Shape = set(&T::SHAPE);
}

/// JSON's keys are strings; serde writes numbers as such.
const fn map(keys: Shape, values: &'static Shape) -> Shape {
    if !matches!(keys.kind, Kind::String | Kind::Integer) {
        panic!("the keys of a map must be strings or integers, as JSON has them");
    }
    Shape::map(values)
}

impl<K: Schema, V: Schema> Schema for BTreeMap<K, V> {
    const SHAPE: Shape = map(K::SHAPE, &V::SHAPE);
}

impl<K: Schema, V: Schema, S> Schema for HashMap<K, V, S> {
    const SHAPE: Shape = map(K::SHAPE, &V::SHAPE);
}

impl<V: Schema> Schema for crate::model::meta::Map<V> {
    const SHAPE: Shape = Shape::map(&V::SHAPE);
}
