//! The interpreter against serde's derive: the same structs twice, the same texts, the same
//! outcome; whole, broken and interrupted.
//!
//! CI runs them under valgrind and AddressSanitizer as well (`.ci/run valgrind`, `sanitizer`).
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic is the failure report of a test"
)]
#![allow(unreachable_pub, reason = "structs as a generator writes them")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use kubewright_table::{
    Datum, Empty, Leaf, LeafError, Map, Nullable, from_json, leaf, record, to_json,
};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The same fields for both, read by the table in one module and by serde in the other.
macro_rules! both {
    ($($(#[$serde:meta])* $name:ident { $($wire:literal $field:ident: $ty:ty $([$($flag:ident)+])?,)* })+) => {
        mod table {
            use super::*;
            $(
                pub struct $name { $(pub $field: $ty,)* }
                record! { $name { $($wire $field $([$($flag)+])?),* } }
            )+
        }

        mod derived {
            use super::*;
            $(
                #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
                #[serde(default)]
                pub struct $name {
                    $(
                        #[serde(rename = $wire, deserialize_with = "null_is_default", skip_serializing_if = "is_absent")]
                        pub $field: $ty,
                    )*
                }
            )+
        }
    };
}

both! {
    Leaf2 { "text" text: String, "small" small: Option<i32>, "big" big: Option<u64>, "flag" flag: bool, "any" any: Vec<Value>, }
    Empty2 {}
    Tree {
        "name" name: Option<String>, "leaf" leaf: Leaf2, "boxed" boxed: Option<Box<Tree>>, "inline" inline: Option<Leaf2>,
        "none" none: Option<Box<Empty2>>, "nones" nones: Vec<Empty2>, "list" list: Vec<Tree>, "lists" lists: Vec<Vec<String>>,
        "map" map: Map<Leaf2>, "maps" maps: Map<Vec<i64>>, "holes" holes: Vec<Option<i32>>, "gaps" gaps: Map<Option<String>>,
    }
}

fn null_is_default<'de, D: serde::Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

fn is_absent<T: Serialize>(value: &T) -> bool {
    // As the table has it: options, lists and maps, never text, numbers or structs.
    let name = std::any::type_name::<T>();
    let can_be = ["core::option", "alloc::vec", "kubewright_table::map"];
    let empty = [json!(null), json!([]), json!({})];
    can_be.iter().any(|prefix| name.starts_with(prefix))
        && empty.contains(&serde_json::to_value(value).unwrap())
        && !name.ends_with("Empty2>>")
        || name.starts_with("core::option") && serde_json::to_value(value).unwrap().is_null()
}

/// JSON that mostly fits a tree, and sometimes does not.
fn values() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        (0..3_i32).prop_map(|n| json!(f64::from(n) / 2.0)),
        ".{0,12}".prop_map(Value::from),
    ];
    scalar.prop_recursive(5, 60, 6, |inner| {
        let keys = prop_oneof![
            Just("name"),
            Just("leaf"),
            Just("boxed"),
            Just("inline"),
            Just("none"),
            Just("nones"),
            Just("list"),
            Just("lists"),
            Just("map"),
            Just("maps"),
            Just("holes"),
            Just("gaps"),
            Just("text"),
            Just("small"),
            Just("big"),
            Just("flag"),
            Just("any"),
            Just("unknown"),
        ];
        prop_oneof![
            3 => prop::collection::btree_map(keys.prop_map(str::to_owned), inner.clone(), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
            1 => prop::collection::vec(inner, 0..4).prop_map(Value::from),
        ]
    })
}

/// What fits a tree, so that whole values are compared often.
fn trees() -> impl Strategy<Value = Value> {
    let leaf = (any::<Option<i32>>(), any::<bool>(), "\\PC{0,9}", any::<u64>())
        .prop_map(|(small, flag, text, big)| json!({"text": text, "small": small, "flag": flag, "big": big, "any": [text, {"a": small}]}));
    let bottom = (leaf.clone(), "[a-z\"\\\\]{0,3}")
        .prop_map(|(leaf, name)| json!({"leaf": leaf, "name": name}));
    bottom.prop_recursive(4, 24, 3, move |inner| {
        (leaf.clone(), prop::option::of(inner.clone()), prop::collection::vec(inner, 0..3), prop::collection::vec(any::<Option<i32>>(), 0..4))
            .prop_map(|(leaf, boxed, list, holes)| {
                json!({"leaf": leaf, "boxed": boxed, "list": list, "holes": holes, "inline": leaf, "none": {}, "nones": [{}, null],
                    "map": {"b": leaf, "a": {}}, "maps": {"x": holes.iter().flatten().collect::<Vec<_>>()}, "lists": [["a"], []],
                    "gaps": {"k": null, "j": "v"}})
            })
    })
}

fn assert_alike(text: &str) {
    let own = from_json::<table::Tree>(text);
    let through_serde = serde_json::from_str::<table::Tree>(text);
    match (&own, &through_serde) {
        (Ok(own), Ok(other)) => assert_eq!(own, other, "{text}"),
        (Err(_), Err(_)) => {}
        _ => panic!("the two ways differ: {own:?} and {through_serde:?} of {text}"),
    }
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        let by_tree = serde_json::from_value::<table::Tree>(value);
        assert_eq!(own.as_ref().ok(), by_tree.as_ref().ok(), "{text}");
    }
    // Serde refuses less here and more there (1.0 for a whole number, null in a list), so
    // only what it takes is compared.
    if let Ok(derived) = serde_json::from_str::<derived::Tree>(text) {
        let own = match own {
            Ok(own) => own,
            // A derived struct reads from an array as well; no API means that.
            Err(error)
                if error
                    .to_string()
                    .contains("expected an object, found an array") =>
            {
                return;
            }
            Err(error) => panic!("{error} of {text}"),
        };
        let written = serde_json::to_value(&derived).unwrap();
        assert_eq!(
            serde_json::from_str::<Value>(&to_json(&own)).unwrap(),
            written,
            "{text}"
        );
        assert_eq!(serde_json::to_value(&own).unwrap(), written, "{text}");
        let copy = own.clone();
        assert_eq!(copy, own);
        assert_eq!(from_json::<table::Tree>(&to_json(&copy)).unwrap(), own);
        assert!(!format!("{own:?}").is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: std::env::var("KUBEWRIGHT_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(256), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_has_one_outcome(value in values()) {
        assert_alike(&value.to_string());
    }

    #[test]
    fn what_fits_is_the_same_for_all(value in trees()) {
        let text = value.to_string();
        prop_assert!(from_json::<table::Tree>(&text).is_ok());
        assert_alike(&text);
    }

    #[test]
    fn broken_text_is_an_error_for_all(value in trees(), cut in 0_usize..4000, put in any::<u8>()) {
        let mut bytes = value.to_string().into_bytes();
        let at = cut % bytes.len();
        bytes[at] = put;
        if let Ok(text) = String::from_utf8(bytes.clone()) {
            assert_alike(&text);
        }
        bytes.truncate(at);
        if let Ok(text) = String::from_utf8(bytes) {
            assert_alike(&text);
        }
    }
}

#[test]
fn of_equal_keys_the_last_counts_and_the_first_is_given_back() {
    let text = r#"{"list":[{"name":"a"},{"name":"b"}],"boxed":{"map":{"x":{"text":"y"}}},"inline":{"text":"z"},"leaf":{"text":"t","small":1},
        "list":[{"name":"c"}],"boxed":{"name":"d"},"inline":null,"leaf":{"big":2},"nones":[{},{}],"nones":null,"none":{},"none":null}"#;
    let tree: table::Tree = from_json(text).unwrap();
    assert_eq!(
        to_json(&tree),
        r#"{"leaf":{"text":"","big":2,"flag":false},"boxed":{"name":"d","leaf":{"text":"","flag":false}},"list":[{"name":"c","leaf":{"text":"","flag":false}}]}"#
    );
    assert_eq!(serde_json::from_str::<table::Tree>(text).unwrap(), tree);
}

#[test]
fn neither_order_nor_spelling_of_keys_matters() {
    let members = [
        r#""name":"a""#,
        r#" "leaf" : {"text":"t","flag":true}"#,
        r#""b\u006fxed":{"flag":1}"#,
        r#""lists":[["x"]]"#,
        r#""list":[{"name":"b"}]"#,
        r#""map":{"k":{"small":1}}"#,
        r#""lis":0"#,
        r#""lists2":0"#,
    ];
    let text = |members: &[&str]| format!("{{{}}}", members.join(","));
    let expected: table::Tree = serde_json::from_str(&text(&members)).unwrap();
    // Each order twice: what the first teaches about the next key is wrong for others.
    for first in 0..members.len() {
        for step in [1, 3, 5, 7] {
            let order = (0..members.len()).map(|at| members[(first + at * step) % members.len()]);
            let text = text(&order.collect::<Vec<_>>());
            for _ in 0..2 {
                assert_eq!(from_json::<table::Tree>(&text).unwrap(), expected, "{text}");
            }
        }
    }
}

#[test]
fn errors_say_where() {
    for (text, expected) in [
        (
            r#"{"list":[{},{"map":{"k":{"small":"x"}}}]}"#,
            "list[1].map.k.small: expected a number, found a string at byte 33",
        ),
        (
            r#"{"leaf":{"small":2147483648}}"#,
            "leaf.small: the number does not fit in i32 at byte 17",
        ),
        (
            r#"{"name":1}"#,
            "name: expected a string, found a number at byte 8",
        ),
        (r#"{"name":"a"} x"#, "text after the value at byte 13"),
        (
            r#"{"list":[{},]}"#,
            "list: a comma before the end at byte 12",
        ),
        ("[]", "expected an object, found an array at byte 0"),
        ("", "expected an object, found the end at byte 0"),
    ] {
        assert_eq!(
            from_json::<table::Tree>(text).unwrap_err().to_string(),
            expected,
            "{text}"
        );
    }
}

#[test]
fn depth_is_limited() {
    let nested = |levels: usize| {
        format!(
            "{}{}",
            r#"{"boxed":"#.repeat(levels) + "{}",
            "}".repeat(levels)
        )
    };
    assert!(from_json::<table::Tree>(&nested(126)).is_ok());
    let error = from_json::<table::Tree>(&nested(127))
        .unwrap_err()
        .to_string();
    assert!(error.contains("deeper than 127"), "{error}");
    let unknown = format!(
        r#"{{"unknown":{}{}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert!(from_json::<table::Tree>(&unknown).is_err());
}

/// A leaf that panics in the method that its value names.
#[derive(Debug, PartialEq)]
struct Bomb(String);

impl Empty for Bomb {
    const EMPTY: Self = Self(String::new());
}

impl Clone for Bomb {
    fn clone(&self) -> Self {
        assert_ne!(self.0, "clone", "as told");
        Self(self.0.clone())
    }
}

impl Leaf for Bomb {
    const EXPECTED: &'static str = "a string";

    fn read(datum: Datum<'_>) -> Result<Self, LeafError> {
        match datum {
            Datum::Text(text) if text == "read" => panic!("as told"),
            Datum::Text(text) => Ok(Self(text.into_owned())),
            _ => Err(LeafError::Type),
        }
    }

    fn show(&self) -> Datum<'_> {
        assert_ne!(self.0, "show", "as told");
        Datum::Text(self.0.as_str().into())
    }
}

leaf!(Bomb);

struct Field {
    bombs: Vec<Bomb>,
    by_name: Map<Bomb>,
    next: Option<Box<Field>>,
    fields: Vec<Field>,
    perhaps: Option<Bomb>,
}

record! {
    Field { "bombs" bombs, "byName" by_name, "next" next, "fields" fields, "perhaps" perhaps }
}

#[test]
fn a_leaf_that_panics_leaves_memory_whole() {
    let text = |bomb: &str| {
        format!(
            r#"{{"next":{{"bombs":["a","b"]}},"fields":[{{"perhaps":"c"}},{{"byName":{{"d":"e","f":"{bomb}"}}}}]}}"#
        )
    };
    let read = |text: &str| catch_unwind(AssertUnwindSafe(|| from_json::<Field>(text)));
    assert!(read(&text("read")).is_err());
    let through_serde = catch_unwind(|| serde_json::from_str::<Field>(&text("read")));
    assert!(through_serde.is_err());
    for bomb in ["clone", "show"] {
        let field = read(&text(bomb)).unwrap().unwrap();
        let step = || match bomb {
            "clone" => drop(field.clone()),
            _ => drop(to_json(&field)),
        };
        assert!(catch_unwind(AssertUnwindSafe(step)).is_err(), "{bomb}");
        assert_eq!(field.next.as_ref().unwrap().bombs.len(), 2);
    }
}

#[test]
fn yaml_is_read_and_written_as_well() {
    let yaml = "name: a\nboxed:\n  list:\n    - leaf: {small: 1}\n    -\nmaps: {x: [1, 2]}\nlists: [[b], []]\n";
    let tree: table::Tree = serde_saphyr::from_str(yaml).unwrap();
    assert_eq!(tree.maps["x"], [1, 2]);
    assert_eq!(tree.boxed.as_ref().unwrap().list.len(), 2);
    let written = serde_saphyr::to_string(&tree).unwrap();
    assert_eq!(
        serde_saphyr::from_str::<table::Tree>(&written).unwrap(),
        tree
    );
}

/// A field of each sort that may be null.
struct Nulls {
    text: Option<Nullable<String>>,
    number: Option<Nullable<i64>>,
    list: Option<Nullable<Vec<Nullable<String>>>>,
    map: Option<Nullable<Map<Option<i32>>>>,
    object: Option<Nullable<Inside>>,
    bomb: Option<Nullable<Bomb>>,
    perhaps: Option<Vec<String>>,
    labels: Option<Map<String>>,
    always: Nullable<String>,
    any: Option<Value>,
}

struct Inside {
    text: Option<String>,
    nulls: Option<Box<Nulls>>,
}

record! {
    Nulls {
        "text" text, "number" number, "list" list, "map" map, "object" object, "bomb" bomb, "perhaps" perhaps, "labels" labels, "always" always [always], "any" any,
    }
}

record! {
    Inside { "text" text, "nulls" nulls }
}

#[test]
fn null_absence_and_emptiness_are_three_things() {
    for text in [
        r#"{"always":null}"#,
        r#"{"text":null,"number":null,"list":null,"map":null,"object":null,"bomb":null,"always":null,"any":null}"#,
        r#"{"text":"","number":0,"list":[],"map":{},"object":{},"bomb":"","perhaps":[],"labels":{},"always":"","any":{}}"#,
        r#"{"list":["a",null],"map":{"a":null,"b":1},"object":{"nulls":{"list":null,"always":"x"}},"always":"b"}"#,
    ] {
        let nulls: Nulls = from_json(text).unwrap();
        assert_eq!(to_json(&nulls), text);
        assert_eq!(to_json(&nulls.clone()), text);
        assert_eq!(nulls, nulls.clone());
        assert_eq!(serde_json::to_string(&nulls).unwrap(), text);
        assert_eq!(serde_json::from_str::<Nulls>(text).unwrap(), nulls);
        let tree: Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::from_value::<Nulls>(tree).unwrap(), nulls);
    }
    let all = [r#"{}"#, r#"{"text":null}"#, r#"{"text":""}"#].map(from_json::<Nulls>);
    let [absent, null, empty] = all.map(Result::unwrap);
    assert!(absent != null && null != empty && empty != absent);
    assert!(format!("{null:?}").contains("text: null"), "{null:?}");
}

#[test]
fn of_a_key_that_comes_twice_a_null_counts_too() {
    let text =
        r#"{"object":{"text":"a"},"list":["x"],"object":null,"list":null,"text":null,"text":"t"}"#;
    let nulls: Nulls = from_json(text).unwrap();
    let last = r#"{"text":"t","list":null,"object":null,"always":null}"#;
    assert_eq!(to_json(&nulls), last);
    assert_eq!(serde_json::from_str::<Nulls>(text).unwrap(), nulls);
}

struct Numbers {
    numbers: Vec<f64>,
}

record! { Numbers { "numbers" numbers } }

#[test]
fn floats_are_written_as_the_server_writes_them() {
    // What Go's encoder makes of each, which the API server stores.
    for (read, written) in [
        ("1.0", "1"),
        ("0", "0"),
        ("-0.0", "-0"),
        ("-3.0", "-3"),
        ("0.1", "0.1"),
        ("1e3", "1000"),
        ("9007199254740992", "9007199254740992"),
        ("1e20", "100000000000000000000"),
        ("1e21", "1e+21"),
        ("-1.5e300", "-1.5e+300"),
        ("0.000001", "0.000001"),
        ("0.00000012", "1.2e-7"),
        ("5e-324", "5e-324"),
    ] {
        let numbers: Numbers = from_json(&format!(r#"{{"numbers":[{read}]}}"#)).unwrap();
        assert_eq!(to_json(&numbers), format!(r#"{{"numbers":[{written}]}}"#));
        let through_serde = serde_json::to_string(&numbers).unwrap();
        let again: Numbers = from_json(&through_serde).unwrap();
        assert_eq!(again, numbers, "{read}");
        assert!(
            !through_serde.contains(".0]") || read == "-0.0",
            "{through_serde}"
        );
    }
}

proptest! {
    #[test]
    fn every_float_reads_back(number in prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO) {
        let text = to_json(&Numbers { numbers: vec![number] });
        let read: Numbers = from_json(&text).unwrap();
        prop_assert_eq!(read.numbers[0].to_bits(), number.to_bits(), "{}", text);
    }
}
