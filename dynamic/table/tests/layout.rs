//! Structs of every layout: their fields are where the table has them.
//!
//! CI runs this under Miri, AddressSanitizer and valgrind, which see a field that is read or
//! written beside its place.
#![allow(
    clippy::unwrap_used,
    reason = "a panic is the failure report of a test"
)]

use kubewright_table::{Datum, Empty, Leaf, LeafError, Map, from_json, leaf, record, to_json};

/// Takes no room, and still has a place.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(16))]
struct Mark;

impl Empty for Mark {
    const EMPTY: Self = Self;
}

impl Leaf for Mark {
    const EXPECTED: &'static str = "true";

    fn read(datum: Datum<'_>) -> Result<Self, LeafError> {
        match datum {
            Datum::Bool(true) => Ok(Self),
            _ => Err(LeafError::Type),
        }
    }

    fn show(&self) -> Datum<'_> {
        Datum::Bool(true)
    }
}

leaf!(Mark);

/// References to its fields are aligned, so it may be packed.
#[repr(C, packed)]
struct Packed {
    a: bool,
    b: Option<bool>,
    c: bool,
}

record! { Packed { "a" a, "b" b, "c" c } }

#[repr(C)]
struct InOrder {
    small: bool,
    big: u64,
    text: String,
    tail: bool,
    end: Mark,
}

record! { InOrder { "small" small, "big" big, "text" text, "tail" tail, "end" end } }

#[repr(align(128))]
struct FarApart {
    number: i32,
}

record! { FarApart { "number" number } }

struct Pair<L, R> {
    left: L,
    right: R,
}

type Narrow = Pair<bool, String>;
type Wide = Pair<String, Option<Box<FarApart>>>;

record! { Narrow { "left" left, "right" right } }
record! { Wide { "left" left, "right" right } }

struct All {
    packed: Packed,
    packs: Vec<Packed>,
    perhaps: Option<Box<Packed>>,
    in_order: Option<InOrder>,
    orders: Vec<InOrder>,
    far: FarApart,
    fars: Vec<FarApart>,
    boxed: Option<Box<FarApart>>,
    by_name: Map<FarApart>,
    narrow: Narrow,
    wide: Vec<Wide>,
    marks: Vec<Mark>,
    mark: Option<Mark>,
}

record! {
    All {
        "packed" packed, "packs" packs, "perhaps" perhaps, "inOrder" in_order, "orders" orders, "far" far, "fars" fars,
        "boxed" boxed, "byName" by_name, "narrow" narrow, "wide" wide, "marks" marks, "mark" mark
    }
}

const TEXT: &str = r#"{"packed":{"a":true,"c":true},"packs":[{"a":false,"b":true,"c":true}],"perhaps":{"a":true,"b":false,"c":false},"inOrder":{"small":true,"big":18446744073709551615,"text":"t","tail":true,"end":true},"orders":[{"small":false,"big":1,"text":"u","tail":true,"end":true},{"small":true,"big":2,"text":"v","tail":false,"end":true}],"far":{"number":1},"fars":[{"number":2},{"number":3}],"boxed":{"number":4},"byName":{"a":{"number":5},"b":{"number":6}},"narrow":{"left":true,"right":"r"},"wide":[{"left":"l","right":{"number":7}},{"left":"m"}],"marks":[true,true],"mark":true}"#;

#[test]
fn every_field_is_found_in_every_layout() {
    let all: All = from_json(TEXT).unwrap();
    assert_eq!(to_json(&all), TEXT);
    assert_eq!(serde_json::to_string(&all).unwrap(), TEXT);
    assert_eq!(all.clone(), all);

    let order = all.in_order.as_ref().unwrap();
    assert_eq!((order.small, order.big, order.tail), (true, u64::MAX, true));
    assert_eq!(order.text, "t");
    assert_eq!({ all.packs[0].b }, Some(true));
    assert_eq!(all.wide[0].right.as_ref().unwrap().number, 7);
    let far = all.boxed.as_ref().unwrap();
    assert_eq!(std::ptr::from_ref(&**far).addr() % 128, 0);
}
