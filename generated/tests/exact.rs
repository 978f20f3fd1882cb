//! Values that a server keeps as they were written come back letter by letter: the golden
//! cases of exact values, of null beside absence, and of odd constructs, read and written.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic is the failure report of a test"
)]
#![allow(
    missing_docs,
    unreachable_pub,
    unused_imports,
    dead_code,
    unexpected_cfgs
)]

include!("../../codegen/tests/cases/exact_values/output.rs");
include!("../../codegen/tests/cases/nullability/output.rs");
include!("../../codegen/tests/cases/odd_constructs/output.rs");

use exactvalues_example_com_v1::Exact;
use kubewright::meta::{Nullable, RawExtension};
use kubewright::{Object, ObjectMeta, Resource};
use nullability_example_com_v1::{Null, NullSpec};
use odd_example_com_v1::{Oddity, Power};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads and writes as the client does, and by serde: the text must not change.
fn comes_back<K: Resource + Serialize + DeserializeOwned>(members: &str) -> K {
    let text = format!(r#"{{"metadata":{{}},{members}}}"#);
    let object = K::from_json(&text).unwrap_or_else(|error| panic!("{error} of {text}"));
    let written = object.to_json(&K::api_resource()).unwrap();
    let (_, written) = written.split_once(r#""metadata""#).unwrap();
    assert_eq!(format!(r#"{{"metadata"{written}"#), text);
    assert_eq!(serde_json::to_string(&object).unwrap(), text);
    let by_serde: K = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&by_serde).unwrap(), text);
    object
}

#[test]
fn numbers_come_back_as_the_server_wrote_them() {
    for numbers in [
        r#""double":1,"float":-3,"ratio":0,"ratios":[9007199254740992,0.1,-2]"#,
        r#""double":0.5,"float":1.25,"ratio":123456789.125"#,
    ] {
        comes_back::<Exact>(&format!(r#""spec":{{{numbers},"since":null}}"#));
    }
    // Exponents as Go's encoder writes them; serde_json has another way.
    let text = r#"{"metadata":{},"spec":{"ratios":[1e+21,-1.5e+300,1e-7],"since":null}}"#;
    let exact = Exact::from_json(text).unwrap();
    assert!(
        exact
            .to_json(&Exact::api_resource())
            .unwrap()
            .contains("[1e+21,-1.5e+300,1e-7]")
    );
}

#[test]
fn times_keep_their_fraction_and_offset() {
    let exact: Exact = comes_back(
        r#""spec":{"since":"2024-01-01T00:00:00.123Z","times":["2024-01-01T02:00:00+02:00","2024-01-01T00:00:00Z","2024-01-01T00:00:00.000000Z","2023-12-31T19:00:00.5-05:00"]}"#,
    );
    let spec = exact.spec.unwrap();
    assert_eq!(spec.times[0], spec.times[1]);
    assert!(spec.since > Some(spec.times[0]));
    // A shape that is a core type's loses as little.
    comes_back::<Exact>(
        r#""status":{"conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2024-01-01T00:00:00.123+01:00","reason":"r","message":""}]}"#,
    );
}

#[test]
fn integers_stay_integers_and_texts_stay_texts() {
    comes_back::<Exact>(
        r#""spec":{"limits":{"a":2,"b":"2","c":"1000m","d":0.5,"e":"0.50"},"memory":1073741824,"port":8080,"ports":[1,"1","http","25%"],"since":null}"#,
    );
    let spec = comes_back::<Exact>(r#""spec":{"memory":"1000m","since":null}"#)
        .spec
        .unwrap();
    assert_eq!(spec.memory, Some(1.into()), "and compare by value");
}

#[test]
fn integers_beyond_floats_are_exact() {
    comes_back::<Exact>(
        r#""spec":{"large":9223372036854775807,"since":null,"small":-2147483648,"unbounded":-9223372036854775808,"unsigned":18446744073709551615}"#,
    );
}

#[test]
fn what_does_not_fit_is_an_error_that_says_where() {
    for (spec, expected) in [
        (
            r#"{"small":2147483648}"#,
            "spec.small: the number does not fit in i32",
        ),
        (r#"{"small":1.5}"#, "spec.small: expected a whole number"),
        (
            r#"{"large":9223372036854775808}"#,
            "spec.large: the number does not fit in i64",
        ),
        (
            r#"{"unsigned":-1}"#,
            "spec.unsigned: the number does not fit in u64",
        ),
        (
            r#"{"ports":[1,2147483648]}"#,
            "spec.ports[1]: the number does not fit in i32",
        ),
        (
            r#"{"port":true}"#,
            "spec.port: expected a 32-bit integer or a string, found a boolean",
        ),
        (r#"{"ca":"s3cret!"}"#, "spec.ca: the text is not base64"),
        (
            r#"{"times":["yesterday"]}"#,
            "spec.times[0]: not a time in RFC 3339",
        ),
        (
            r#"{"ratio":1e999}"#,
            "spec.ratio: the number is out of range",
        ),
    ] {
        let text = format!(r#"{{"metadata":{{}},"spec":{spec}}}"#);
        let error = Exact::from_json(&text).unwrap_err().to_string();
        assert!(
            error.contains(expected) && !error.contains("s3cret"),
            "{error}"
        );
    }
}

#[test]
fn embedded_objects_come_back_and_can_be_read_as_their_kind() {
    let exact: Exact = comes_back(
        r#""spec":{"input":{"apiVersion":"exactvalues.example.com/v1","kind":"Exact","metadata":{"name":"a"},"spec":{"ratio":1,"since":null,"x":null}},"inputs":[{"apiVersion":"v1","kind":"Pod","metadata":{}}],"since":null}"#,
    );
    let spec = exact.spec.unwrap();
    let input = spec.input.unwrap();
    assert_eq!(input.metadata().unwrap().name.as_deref(), Some("a"));
    assert_eq!(input.to::<Exact>().unwrap().spec.unwrap().ratio, Some(1.0));
    assert!(spec.inputs[0].to::<Exact>().is_err());
    let whole = Exact {
        metadata: ObjectMeta::named("b"),
        ..Exact::default()
    };
    let embedded = RawExtension::from_object(&whole).unwrap();
    assert_eq!(embedded.type_meta().unwrap().kind, "Exact");
}

/// Members of a spec that must be there, in the order of their names.
const MUST: &str = r#""must":null,"mustList":null,"mustObject":null"#;

#[test]
fn null_is_not_absence() {
    let spec = comes_back::<Null>(&format!(r#""spec":{{{MUST}}}"#))
        .spec
        .unwrap();
    assert_eq!(*spec, NullSpec::default());
    let nulls = r#""any":null,"bytes":null,"code":null,"defaulted":null,"defaultedObject":null,"embedded":null,"flag":null,"holes":[null,{}],"list":null,"map":null,"mode":null,"must":null,"mustDefault":null,"mustList":null,"mustObject":null,"number":null,"object":null,"port":null,"text":null,"time":null,"whole":null"#;
    let spec = comes_back::<Null>(&format!(r#""spec":{{{nulls}}}"#))
        .spec
        .unwrap();
    assert_eq!(spec.text, Some(Nullable::Null));
    let values = r#""any":{"a":null},"bytes":"aGk=","code":7,"defaulted":"","defaultedList":[],"defaultedMap":{},"defaultedObject":{},"embedded":{},"flag":false,"list":[],"map":{"a":null,"b":1},"mode":"","must":"","mustDefault":"off","mustList":[],"mustObject":{},"number":0,"object":{"name":null},"port":0,"text":"","time":"2024-01-01T00:00:00.5Z","whole":0"#;
    comes_back::<Null>(&format!(r#""spec":{{{values}}}"#));
}

#[test]
fn only_absence_gets_the_default() {
    let filled = |spec: &str| {
        let text = format!(r#"{{"metadata":{{}},"spec":{{{MUST}{spec}}}}}"#);
        *Null::from_json(&text)
            .unwrap()
            .with_defaults()
            .spec
            .unwrap()
    };
    let from_nothing = filled("");
    assert_eq!(from_nothing.defaulted, Some("on".to_owned().into()));
    assert_eq!(from_nothing.must_default, Some("on".to_owned().into()));
    assert_eq!(from_nothing.defaulted_list, Some(vec!["a".to_owned()]));
    let size = from_nothing
        .defaulted_object
        .and_then(Nullable::value)
        .unwrap()
        .size;
    assert_eq!(size, Some(3));
    let kept = filled(
        r#","defaulted":null,"mustDefault":null,"defaultedObject":null,"defaultedList":[],"defaultedMap":{}"#,
    );
    assert_eq!(kept.defaulted, Some(Nullable::Null));
    assert_eq!(kept.must_default, Some(Nullable::Null));
    assert_eq!(kept.defaulted_object, Some(Nullable::Null));
    assert_eq!(kept.defaulted_list, Some(Vec::new()));
    assert!(kept.defaulted_map.unwrap().is_empty());
}

#[test]
fn odd_constructs_keep_their_spelling() {
    let oddity: Oddity = comes_back(
        r#""operation":{"retry":true},"spec":{"$ref":"1","9lives":"2","CACerts":"3","Paused":true,"a.b":"4","a/b":"5","address":{"type":"IPv4","value":"10.0.0.1"},"continue":"6","extra":{"k":["v"]},"for":"7","granular":{"a":"b"},"keep_firing_for":"8","match":"9","open":{"a":null,"b":[1]},"ports":{"a":1,"b":"http"},"power":"Off","ref":"10","replicas":1,"selector":{},"static":"11","steps":[["a"],[]],"tier":"12","type":"13","union":{"a":"x"},"visibility":"Public","with space":"14","x-kubernetes-validations":"15","x-metadata":"16"},"status":{"HPAReplicas":2,"observedGeneration":-1,"else":{"kept":null}}"#,
    );
    let spec = oddity.spec.unwrap();
    assert_eq!(spec.power, Some(Power::Off));
    assert_eq!(Power::known(), ["1", "=", "Off", "On", "yes"]);
    let status = Oddity::default().with_defaults().status.unwrap();
    assert_eq!(status.observed_generation, Some(-1));
}
