//! Untyped objects: the text that arrived and the map that was made answer alike.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic in a test's helper is the failure report"
)]

use std::collections::BTreeMap;
use std::fmt::Debug;

use kubewright::{List, Object, PartialObjectMetadata, Result, Unstructured};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

const WEB: &str = r#"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web",
    "namespace":"prod","uid":"u-1","resourceVersion":"7","labels":{"app":"web","odd":7},
    "annotations":{"a/b":"c"}},"spec":{"replicas":3,"paused":null,"cpu":1.10,"secret":"hunter2",
    "template":{"spec":{"containers":[{"image":"a"},{"image":"b"}]}}}}"#;

/// The same object as its text and as a map.
fn both(text: &str) -> [Unstructured; 2] {
    let map: Map<String, Value> = serde_json::from_str(text).unwrap();
    [text.parse().unwrap(), map.into()]
}

#[test]
fn metadata_is_read_alike() {
    for web in both(WEB) {
        assert_eq!((web.api_version(), web.kind()), ("apps/v1", "Deployment"));
        assert_eq!((web.name(), web.namespace()), ("web", Some("prod")));
        assert_eq!(
            (web.uid(), web.resource_version()),
            (Some("u-1"), Some("7"))
        );
        assert_eq!(web.labels(), BTreeMap::from([("app".into(), "web".into())]));
        assert_eq!(web.annotations()["a/b"], "c");
        assert!(web.metadata().is_err(), "a label is no string");
        assert_eq!(web.to_string(), "Deployment prod/web");
    }
}

#[test]
fn what_is_missing_reads_as_nothing() {
    for text in [
        "{}",
        r#"{"metadata":null,"kind":7}"#,
        r#"{"metadata":{"name":{},"labels":[]}}"#,
    ] {
        for object in both(text) {
            assert_eq!((object.name(), object.kind()), ("", ""));
            assert_eq!((object.namespace(), object.uid()), (None, None));
            assert!(object.labels().is_empty());
            assert_eq!(object.to_string(), "object");
            assert_eq!(object["spec"], Value::Null);
        }
    }
}

#[test]
fn missing_null_and_blocked_are_three_things() {
    // Rule D1
    for web in both(WEB) {
        assert_eq!(web.path::<i64>("/spec/replicas").unwrap(), Some(3));
        let image = web.path::<String>("/spec/template/spec/containers/1/image");
        assert_eq!(image.unwrap().as_deref(), Some("b"));
        assert_eq!(web.path::<String>("/spec/nothing/deeper").unwrap(), None);
        assert_eq!(web.path::<bool>("/spec/paused").unwrap(), None);
        assert_eq!(
            web.path::<Value>("/spec/paused").unwrap(),
            Some(Value::Null)
        );
        assert_eq!(web.path::<bool>("/spec/paused/deeper").unwrap(), None);
        let blocked = web.path::<i64>("/spec/replicas/deeper").unwrap_err();
        assert_eq!(
            blocked.to_string(),
            "Deployment prod/web: /spec/replicas is neither an object nor an array, so there is no /spec/replicas/deeper"
        );
        assert!(blocked.is_decode());
        assert!(web.path::<i64>("spec").unwrap_err().is_request());
    }
}

#[test]
fn a_value_of_another_type_is_an_error() {
    // Rule D2
    for web in both(WEB) {
        for error in [
            web.path::<i64>("/spec/cpu").unwrap_err(),
            web.path::<String>("/spec/replicas").unwrap_err(),
            web.path::<BTreeMap<String, String>>("/metadata/labels")
                .unwrap_err(),
            web.path::<Vec<String>>("/spec/template/spec/containers")
                .unwrap_err(),
        ] {
            assert!(error.is_decode(), "{error}");
            assert!(
                error
                    .to_string()
                    .starts_with("Deployment prod/web: cannot read /"),
                "{error}"
            );
            assert!(!format!("{error:#}").contains("hunter2"), "{error}");
        }
    }
}

#[test]
fn only_an_index_as_rfc_6901_spells_it_counts() {
    for object in both(r#"{"a":[1,2]}"#) {
        assert_eq!(object.path::<u8>("/a/1").unwrap(), Some(2));
        for odd in [
            "/a/01",
            "/a/+1",
            "/a/-",
            "/a/-1",
            "/a/",
            "/a/2",
            "/a/99999999999999999999",
        ] {
            assert_eq!(object.path::<u8>(odd).unwrap(), None, "{odd}");
            assert_eq!(object.clone().remove_path(odd).unwrap(), None, "{odd}");
        }
        for odd in ["/a/01", "/a/+1", "/a/-1", "/a/3", "/a/x"] {
            assert!(
                object.clone().set_path(odd, 1).unwrap_err().is_request(),
                "{odd}"
            );
        }
    }
}

#[test]
fn writing_makes_the_way_and_fails_without_a_trace() {
    // Rule D3
    for mut object in both(r#"{"a":{"n":1,"none":null,"list":[0]}}"#) {
        object
            .set_path("/x/y~1z/~0", json!({"deep": true}))
            .unwrap();
        assert_eq!(object["x"]["y/z"]["~"]["deep"], true);
        object.set_path("/a/none/b", "made").unwrap();
        object.set_path("/a/list/-", 1).unwrap();
        object.set_path("/a/list/0", "zero").unwrap();
        assert_eq!(
            object["a"],
            json!({"n": 1, "none": {"b": "made"}, "list": ["zero", 1]})
        );
        let before = object.clone();
        for bad in ["/a/n/deeper", "/a/list/7", "/a/list/x/y", "", "a"] {
            assert!(object.set_path(bad, 1).is_err(), "{bad}");
            assert_eq!(object, before, "{bad}");
        }
        assert_eq!(
            object.remove_path("/a/list/0").unwrap(),
            Some("zero".into())
        );
        assert_eq!(object.remove_path("/a/list/0/x").unwrap(), None);
        assert_eq!(object.remove_path("/nothing/at/all").unwrap(), None);
        assert!(object.remove_path("").unwrap_err().is_request());
    }
}

#[test]
fn a_change_is_seen_by_every_reader() {
    for mut web in both(WEB) {
        web.set_path("/metadata/name", "other").unwrap();
        web["metadata"]["resourceVersion"] = Value::Null;
        web.remove_path("/metadata/labels").unwrap();
        assert_eq!((web.name(), web.resource_version()), ("other", None));
        assert!(web.labels().is_empty());
        let again: Unstructured = web.to_json().parse().unwrap();
        assert_eq!((again.name(), &again), ("other", &web));
    }
}

#[test]
fn numbers_are_what_was_written() {
    // Rule E9
    let text = r#"{"max":18446744073709551615,"min":-9223372036854775808,"odd":9007199254740993,"f":1.10,"e":1e2,"z":-0}"#;
    for object in both(text) {
        assert_eq!(object.path::<u64>("/max").unwrap(), Some(u64::MAX));
        assert_eq!(object.path::<i64>("/min").unwrap(), Some(i64::MIN));
        assert_eq!(
            object.path::<i64>("/odd").unwrap(),
            Some(9_007_199_254_740_993)
        );
        assert_eq!(object["odd"], 9_007_199_254_740_993_i64);
        assert_eq!(object.path::<f64>("/f").unwrap(), Some(1.10));
        assert_eq!(object.path::<f64>("/e").unwrap(), Some(100.0));
        for (pointer, why) in [
            ("/e", "a double"),
            ("/max", "too large"),
            ("/f", "a fraction"),
        ] {
            assert!(
                object.path::<i64>(pointer).unwrap_err().is_decode(),
                "{why}"
            );
        }
    }
    // Text that nobody changed is passed on byte by byte.
    let object: Unstructured = text.parse().unwrap();
    assert_eq!(object["f"], 1.10);
    assert_eq!(object.to_json(), text);
    for large in ["1e400", "-1e400"] {
        assert!(
            format!(r#"{{"n":{large}}}"#)
                .parse::<Unstructured>()
                .is_err()
        );
    }
}

#[test]
fn the_last_of_two_equal_keys_counts() {
    let text = r#"{"kind":"A","kind":"Pod","metadata":{"name":"a","uid":"1"},"spec":{"x":{"y":1}},
        "metadata":{"name":"b","name":"c"},"spec":{"x":{"z":2}},"sp\u0065c":{"x":{"z":3}}}"#;
    for object in both(text) {
        assert_eq!(
            (object.kind(), object.name(), object.uid()),
            ("Pod", "c", None)
        );
        assert_eq!(object.path::<i64>("/spec/x/y").unwrap(), None);
        assert_eq!(object.path::<i64>("/spec/x/z").unwrap(), Some(3));
        assert_eq!(object["spec"]["x"]["z"], 3);
    }
}

#[test]
fn names_in_escapes_are_read_all_the_same() {
    let object: Unstructured = r#"{"k\u0069nd":"P\u006fd","metadata":{"name":"w\u00e9b"}}"#
        .parse()
        .unwrap();
    assert_eq!((object.kind(), object.name()), ("Pod", "wéb"));
}

#[test]
fn depth_has_an_end() {
    let nested = |depth: usize| format!("{}1{}", r#"{"a":"#.repeat(depth), "}".repeat(depth));
    assert!(nested(127).parse::<Unstructured>().is_ok());
    for depth in [128, 100_000] {
        let error = nested(depth).parse::<Unstructured>().unwrap_err();
        assert!(
            error.is_decode() && format!("{error:#}").contains("deeper than 127 levels"),
            "{error}"
        );
    }
    let list = |depth| format!(r#"{{"items":[{}]}}"#, nested(depth));
    assert_eq!(
        List::<Unstructured>::from_json(&list(125)).unwrap().len(),
        1
    );
    assert!(
        List::<Unstructured>::from_json(&list(126))
            .unwrap_err()
            .is_decode()
    );
}

#[test]
fn a_value_that_is_not_an_object_is_refused_with_its_location() {
    for (text, said) in [
        ("[]", "expected an object at byte 0"),
        ("{} x", "text after the value at byte 3"),
        (r#"{"a":tru}"#, "expected a value at byte 5"),
    ] {
        let error = text.parse::<Unstructured>().unwrap_err();
        assert_eq!(format!("{error:#}"), format!("not a JSON object: {said}"));
    }
    assert!("".parse::<Unstructured>().unwrap_err().is_decode());
    assert!(Unstructured::try_from(json!([])).unwrap_err().is_decode());
    assert!(Unstructured::from_typed(&7).unwrap_err().is_request());
}

#[test]
fn debug_shows_no_content() {
    let list: List<Unstructured> = List::from_json(&format!(r#"{{"items":[{WEB}]}}"#)).unwrap();
    let [text, map] = both(WEB);
    for shown in [
        format!("{list:?}"),
        format!("{text} {text:?}"),
        format!("{map} {map:?}"),
    ] {
        assert!(
            !shown.contains("hunter2") && !shown.contains("containers"),
            "{shown}"
        );
        assert!(shown.contains("web"), "{shown}");
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Typed {
    kind: String,
    metadata: NameOnly,
    spec: Spec,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct NameOnly {
    name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Spec {
    replicas: i32,
    cpu: f64,
    paused: Option<bool>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Wrapped(Typed);

#[test]
fn types_go_in_and_out() {
    for web in both(WEB) {
        let typed: Typed = web.to_typed().unwrap();
        assert_eq!((typed.spec.replicas, typed.spec.cpu), (3, 1.10));
        assert_eq!(
            web.to_typed::<Option<Typed>>().unwrap(),
            Some(typed.clone())
        );
        assert_eq!(web.to_typed::<Wrapped>().unwrap(), Wrapped(typed.clone()));
        assert_eq!(
            web.path::<Wrapped>("").unwrap(),
            Some(Wrapped(typed.clone()))
        );
        assert_eq!(web.to_typed::<Value>().unwrap(), Value::from(web.clone()));
        assert_eq!(
            Unstructured::from_typed(&typed)
                .unwrap()
                .to_typed::<Typed>()
                .unwrap(),
            typed
        );
        let error = web.to_typed::<Vec<u8>>().unwrap_err();
        assert!(
            error.is_decode() && error.to_string().starts_with("Deployment prod/web: "),
            "{error}"
        );
    }
}

#[test]
fn items_take_the_type_of_their_list() {
    // Rule D4
    let text = r#"{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"9","continue":"t","remainingItemCount":4},
        "items":[{"metadata":{"name":"a"}},{"kind":"Own","metadata":{"name":"b"}},{"apiVersion":"x/v1","kind":"Y"},{}]}"#;
    let list = List::<Unstructured>::from_json(text).unwrap();
    let types: Vec<_> = list
        .iter()
        .map(|item| (item.api_version(), item.kind()))
        .collect();
    assert_eq!(
        types,
        [("v1", "Pod"), ("", "Own"), ("x/v1", "Y"), ("v1", "Pod")]
    );
    assert_eq!(
        list.items[3].to_json(),
        r#"{"apiVersion":"v1","kind":"Pod"}"#
    );
    assert_eq!(
        (list.resource_version(), list.continue_token()),
        (Some("9"), Some("t"))
    );
    assert_eq!(list.metadata.remaining_item_count, Some(4));
    let typed = List::<PartialObjectMetadata>::from_json(text).unwrap();
    assert_eq!(typed.items[0].name(), "a");
}

#[test]
fn a_list_may_be_bare_but_must_be_a_list() {
    // Rule D4
    for (text, length) in [
        (r#"{"items":[]}"#, 0),
        (r#"{"items":null,"metadata":null}"#, 0),
        (r#"{"kind":"Widgets","apiVersion":"v1","items":[{}]}"#, 1),
    ] {
        let list = List::<Unstructured>::from_json(text).unwrap();
        assert_eq!(list.len(), length, "{text}");
        assert!(list.iter().all(|item| item.kind().is_empty()));
        assert_eq!(
            (list.resource_version(), list.continue_token()),
            (None, None)
        );
    }
    for text in [
        "{}",
        r#"{"items":{}}"#,
        r#"{"items":[1]}"#,
        "[]",
        r#"{"items":[}"#,
        r#"{"metadata":7,"items":[]}"#,
    ] {
        assert!(
            List::<Unstructured>::from_json(text)
                .unwrap_err()
                .is_decode(),
            "{text}"
        );
    }
}

/// Keys and tokens that collide often enough to matter.
fn token() -> impl Strategy<Value = String> {
    let known = [
        "a", "b", "metadata", "name", "labels", "", "a/b", "~", "0", "1", "01", "+1", "-", "é",
    ];
    prop::sample::select(known.to_vec()).prop_map(str::to_owned)
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-c\"\\\\\u{e9}]{0,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            members(inner).prop_map(Value::Object),
        ]
    })
}

fn members(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec((token(), value), 0..4).prop_map(Map::from_iter)
}

fn pointer() -> impl Strategy<Value = String> {
    prop::collection::vec(token(), 0..5).prop_map(|tokens| {
        let escaped = tokens
            .iter()
            .map(|token| token.replace('~', "~0").replace('/', "~1"));
        escaped.map(|token| format!("/{token}")).collect()
    })
}

/// Both results, with of an error what a caller can ask of it.
fn told<T>(result: Result<T>) -> std::result::Result<T, (bool, bool)> {
    result.map_err(|error| (error.is_decode(), error.is_request()))
}

fn read_alike<T: DeserializeOwned + PartialEq + Debug>(
    [text, map]: &[Unstructured; 2],
    pointer: &str,
) -> std::result::Result<(), TestCaseError> {
    let (of_text, of_map) = (told(text.path::<T>(pointer)), told(map.path::<T>(pointer)));
    prop_assert_eq!(of_text, of_map, "{}", pointer);
    Ok(())
}

/// Text that is an object, and whose head is one that an API server would send.
fn object() -> impl Strategy<Value = String> {
    let text = members(value()).prop_map(|map| Value::Object(map).to_string());
    text.prop_filter("a quote in a name", |text| {
        text.parse::<Unstructured>().is_ok()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_and_map_read_alike(text in object(), pointer in pointer()) {
        let both = both(&text);
        read_alike::<Value>(&both, &pointer)?;
        read_alike::<i64>(&both, &pointer)?;
        read_alike::<u64>(&both, &pointer)?;
        read_alike::<f64>(&both, &pointer)?;
        read_alike::<String>(&both, &pointer)?;
        read_alike::<Option<bool>>(&both, &pointer)?;
        read_alike::<Vec<Value>>(&both, &pointer)?;
        read_alike::<BTreeMap<String, String>>(&both, &pointer)?;
        let [text, map] = &both;
        prop_assert_eq!(text.name(), map.name());
        prop_assert_eq!(text.kind(), map.kind());
        prop_assert_eq!(text.labels(), map.labels());
        prop_assert_eq!(told(text.metadata()), told(map.metadata()));
        prop_assert_eq!(text, map);
    }

    /// Where `serde_json` finds a value, so does the path, and no other.
    #[test]
    fn paths_are_json_pointers(text in object(), pointer in pointer()) {
        let oracle: Value = serde_json::from_str(&text).unwrap();
        for object in both(&text) {
            let found = object.path::<Value>(&pointer).unwrap_or_default();
            prop_assert_eq!(found.as_ref(), oracle.pointer(&pointer));
        }
    }

    #[test]
    fn writing_is_alike_and_whole_or_not_at_all(text in object(), pointer in pointer(), value in value()) {
        let [mut text, mut map] = both(&text);
        let before = map.clone();
        let written = told(text.set_path(&pointer, value.clone()));
        prop_assert_eq!(written, told(map.set_path(&pointer, value.clone())));
        prop_assert_eq!(&text, &map);
        if written.is_err() {
            prop_assert_eq!(&text, &before);
        } else if let Some(found) = text.path::<Value>(&pointer).unwrap() {
            prop_assert_eq!(found, value);
        } else {
            prop_assert!(pointer.contains("/-"), "only what is appended has another place: {}", pointer);
        }
    }

    #[test]
    fn removing_is_alike_and_once(text in object(), pointer in pointer()) {
        let [mut text, mut map] = both(&text);
        let was = map.path::<Value>(&pointer).unwrap_or_default();
        let removed = told(text.remove_path(&pointer));
        prop_assert_eq!(&removed, &told(map.remove_path(&pointer)));
        prop_assert_eq!(&text, &map);
        if !pointer.is_empty() {
            prop_assert_eq!(removed, Ok(was));
        }
    }

    #[test]
    fn what_is_written_is_read_again(text in object()) {
        for object in both(&text) {
            let again: Unstructured = object.to_json().parse().unwrap();
            prop_assert_eq!(&again, &object);
        }
    }
}
