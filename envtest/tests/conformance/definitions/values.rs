//! Values of a kind that uses everything, made up.

use std::time::Duration;

use kubewright::ObjectMeta;
use kubewright::meta::IntOrString;
use proptest::collection::{btree_map, btree_set, hash_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::specimen::{
    Adjacent, Choice, External, Foreign, Hex, Internal, Known, Lists, Maps, Mood, Name,
    NumberOrText, Numbers, Open, Page, Part, Port, Spec, Spread, Square, Texts, Tree, Unions,
    Unseen, Untagged,
};

pub(super) fn spec() -> impl Strategy<Value = Spec> {
    let parts = (numbers(), texts(), lists(), maps(), known(), unions());
    let own = (
        "\\PC{0,8}",
        "[a-z]{0,20}",
        option::of(any::<bool>()),
        open(),
        spread(),
        choice(),
    );
    (parts, own).prop_map(|((numbers, texts, lists, maps, known, unions), own)| {
        let (plain, name, odd_name, open, spread, choice) = own;
        Spec {
            plain,
            r#type: Name(name),
            odd_name,
            numbers,
            texts,
            lists,
            maps,
            known,
            unions,
            open,
            spread,
            choice,
            unseen: Unseen,
        }
    })
}

fn numbers() -> impl Strategy<Value = Numbers> {
    let own = (
        0..=100,
        0..1000_i64,
        -0.5..1.5,
        any::<u8>(),
        any::<u32>(),
        any::<i16>(),
    );
    own.prop_map(|(count, between, share, small, large, seven)| Numbers {
        count,
        between,
        share,
        small,
        large,
        seven,
    })
}

fn texts() -> impl Strategy<Value = Texts> {
    let id = option::of(Just("01234567-89ab-4def-8123-456789abcdef".to_owned()));
    let own = (
        "[a-z]{1,63}",
        id,
        "\\PC{0,9}",
        any::<char>(),
        mood(),
        0..99_u64,
        "[0-9a-f]{0,8}",
    );
    own.prop_map(|(name, id, described, letter, mood, minutes, hex)| Texts {
        name,
        id,
        described: described.into(),
        letter,
        mood,
        minutes: Duration::from_secs(minutes * 60),
        hex: Hex(hex),
    })
}

fn mood() -> impl Strategy<Value = Mood> {
    prop_oneof![Just(Mood::Calm), Just(Mood::Nothing), Just(Mood::VeryBad)]
}

fn lists() -> impl Strategy<Value = Lists> {
    let own = (
        vec("[a-c]{0,2}", 0..4),
        vec(any::<i32>(), 0..5),
        btree_set("[a-c]{0,5}", 0..4),
        btree_set("[a-c]{0,5}", 0..4),
        btree_map("[a-c]{1,3}", any::<u16>(), 0..4),
        vec(vec(any::<i64>(), 0..3), 0..3),
        any::<[bool; 2]>(),
        vec(option::of(any::<i64>()), 0..4),
    );
    own.prop_map(
        |(atomic, stated, set, unique, ports, nested, pair, nullable)| Lists {
            atomic,
            stated: stated.into(),
            set: set.into_iter().collect(),
            unique,
            ports: ports
                .into_iter()
                .map(|(name, number)| Port { name, number })
                .collect(),
            nested,
            pair,
            nullable,
        },
    )
}

fn maps() -> impl Strategy<Value = Maps> {
    let own = (
        btree_map("[a-z./-]{1,9}", "[a-z]{0,5}", 0..4),
        hash_map(any::<u8>(), vec(any::<i32>(), 0..3), 0..3),
        btree_map(
            "[a-z]{1,3}",
            btree_map("[a-z]{1,3}", any::<bool>(), 0..3),
            0..3,
        ),
    );
    own.prop_map(|(labels, numbered, nested)| Maps {
        labels,
        numbered,
        nested,
    })
}

fn known() -> impl Strategy<Value = Known> {
    let own = (
        any::<i32>(),
        json_value(),
        json_object(),
        option::of(Just(
            json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"a": "b"}}),
        )),
        vec(option::of(any::<i32>()), 0..3),
        any::<[u8; 4]>(),
        vec("[a-z]{0,20}", 0..3),
        btree_set(prop_oneof!["Ready", "Done"], 0..2),
    );
    own.prop_map(|(number, anything, object, embedded, foreign, bytes, items, types)| Known {
        time: read(json!("2026-01-02T03:04:05Z")),
        micro: read(json!("2026-01-02T03:04:05.678901Z")),
        quantity: read(json!("1500m")),
        port: IntOrString::Int(number),
        bytes: bytes.to_vec().into(),
        selector: read(json!({"matchLabels": {"a": "b"}, "matchExpressions": [{"key": "k", "operator": "In", "values": ["v"]}]})),
        conditions: types.iter().map(|type_| condition(type_)).collect(),
        metadata: ObjectMeta::named("inner").label("a", "b"),
        address: bytes.into(),
        duration: Duration::new(u64::from(bytes[0]), u32::from(bytes[1])),
        anything,
        object: object.clone(),
        raw: Value::from(object.clone()).into(),
        any: Foreign { any: number },
        foreign: foreign.into_iter().map(|any| any.map(|any| Foreign { any })).collect(),
        embedded,
        part: Part { known: true, rest: object },
        tree: Some(Box::new(Tree {
            name: "root".to_owned(),
            branches: vec![Tree { name: "leaf".to_owned(), branches: Vec::new() }],
        })),
        boxed: Box::new(number),
        generic: Page { items: items.into_iter().map(Name).collect() },
    })
}

fn condition(type_: &str) -> kubewright::meta::Condition {
    read(json!({
        "type": type_, "status": "True", "reason": "Made", "message": "",
        "lastTransitionTime": "2026-01-02T03:04:05Z",
    }))
}

fn json_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "\\PC{0,5}".prop_map(Value::from),
        vec(any::<i32>(), 0..3).prop_map(Value::from),
        json_object().prop_map(Value::from),
    ]
}

fn json_object() -> impl Strategy<Value = Map<String, Value>> {
    let values = prop_oneof![
        any::<i32>().prop_map(Value::from),
        Just(json!({"deep": [1, {"er": true}]}))
    ];
    btree_map("[m-z]{1,4}", values, 0..3).prop_map(|map| map.into_iter().collect())
}

fn unions() -> impl Strategy<Value = Unions> {
    let own = (
        external(),
        internal(),
        adjacent(),
        untagged(),
        number_or_text(),
        option::of(external()),
        option::of(mood()),
    );
    own.prop_map(
        |(external, internal, adjacent, untagged, number_or_text, optional, mood)| Unions {
            external,
            internal,
            adjacent,
            untagged,
            number_or_text,
            optional,
            mood,
        },
    )
}

fn external() -> impl Strategy<Value = External> {
    prop_oneof![
        any::<u8>().prop_map(|outer_radius| External::Circle { outer_radius }),
        (0..13_u8).prop_map(|side| External::Square(Square { side })),
        "[a-z]{0,4}".prop_map(External::Name),
        Just(External::Nothing {}),
    ]
}

fn internal() -> impl Strategy<Value = Internal> {
    prop_oneof![
        (any::<u8>(), option::of("[a-z]{0,4}"))
            .prop_map(|(radius, color)| Internal::BigCircle { radius, color }),
        (0..13_u8).prop_map(|side| Internal::Square(Square { side })),
        (any::<bool>(), option::of("[a-z]{0,4}"))
            .prop_map(|(noise, color)| Internal::Loud { noise, color }),
        Just(Internal::Nothing),
    ]
}

fn adjacent() -> impl Strategy<Value = Adjacent> {
    prop_oneof![
        any::<u8>().prop_map(|radius| Adjacent::Circle { radius }),
        (any::<u8>(), vec(any::<i32>(), 0..3))
            .prop_map(|(radius, more)| Adjacent::Sum { radius, more }),
        Just(Adjacent::Nothing),
    ]
}

fn untagged() -> impl Strategy<Value = Untagged> {
    prop_oneof![
        any::<u8>().prop_map(|radius| Untagged::Circle { radius }),
        ("[a-z]{0,4}", any::<bool>()).prop_map(|(name, deep)| Untagged::Named { name, deep }),
    ]
}

fn number_or_text() -> impl Strategy<Value = NumberOrText> {
    prop_oneof![
        any::<i32>().prop_map(NumberOrText::Number),
        "[a-z]{0,4}".prop_map(NumberOrText::Text),
    ]
}

fn open() -> impl Strategy<Value = Open> {
    prop_oneof![Just(Open::Known), "[a-z]{0,4}".prop_map(Open::Other)]
}

fn spread() -> impl Strategy<Value = Spread> {
    let own = (
        "[a-z]{4}",
        vec(any::<i32>(), 0..3),
        option::of(any::<i32>()),
    );
    own.prop_map(|(spread, list, absent)| Spread {
        spread,
        list,
        absent,
    })
}

fn choice() -> impl Strategy<Value = Choice> {
    prop_oneof![
        any::<i32>().prop_map(|one| Choice::One { one }),
        any::<i32>().prop_map(|two| Choice::Two { two }),
    ]
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("a value of the type")
}
