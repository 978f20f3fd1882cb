//! The golden outputs as code: they compile, and read and write JSON as they should.
//!
//! Modules have different names in every case, so that they can stand side by side at the
//! root of one crate, where generated paths (`crate::…`) expect them.
#![allow(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    clippy::useless_conversion,
    reason = "a panic is the failure report of a test"
)]
#![allow(
    missing_docs,
    unreachable_pub,
    unused_imports,
    dead_code,
    unexpected_cfgs
)]

include!("../../codegen/tests/cases/aliases/output.rs");
include!("../../codegen/tests/cases/collections/output.rs");
include!("../../codegen/tests/cases/collisions/output.rs");
include!("../../codegen/tests/cases/custom_resources/output.rs");
include!("../../codegen/tests/cases/defaults/output.rs");
include!("../../codegen/tests/cases/described_enums/output.rs");
include!("../../codegen/tests/cases/docs/output.rs");
include!("../../codegen/tests/cases/embedded_kinds/output.rs");
include!("../../codegen/tests/cases/field_names/output.rs");
include!("../../codegen/tests/cases/inline_objects/output.rs");
include!("../../codegen/tests/cases/int_or_string/output.rs");
include!("../../codegen/tests/cases/limits/output.rs");
include!("../../codegen/tests/cases/many_kinds/output.rs");
include!("../../codegen/tests/cases/open_enums/output.rs");
include!("../../codegen/tests/cases/patch_kinds/output.rs");
include!("../../codegen/tests/cases/presence/output.rs");
include!("../../codegen/tests/cases/recursion/output.rs");
include!("../../codegen/tests/cases/resources/output.rs");
include!("../../codegen/tests/cases/scalars/output.rs");
include!("../../codegen/tests/cases/schema_or/output.rs");
include!("../../codegen/tests/cases/sensitive/output.rs");
include!("../../codegen/tests/cases/shared_enums/output.rs");
include!("../../codegen/tests/cases/shared_shapes/output.rs");
include!("../../codegen/tests/cases/streams/output.rs");
include!("../../codegen/tests/cases/structural/output.rs");
include!("../../codegen/tests/cases/two_groups/output.rs");
include!("../../codegen/tests/cases/unknown_fields/output.rs");
include!("../../codegen/tests/cases/without_actions/output.rs");

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(value: Value) -> T {
    // Through text, as from the wire: reading a `Value` takes other paths through serde.
    serde_json::from_str(&value.to_string()).unwrap()
}

fn write<T: Serialize>(value: &T) -> Value {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

fn round_trips<T: DeserializeOwned + Serialize>(value: Value) {
    assert_eq!(write(&read::<T>(value.clone())), value);
}

#[test]
fn an_embedded_kind_keeps_its_type_and_makes_none_up() {
    round_trips::<embedded_example_com_v1::Set>(json!({
        "metadata": {"name": "a"},
        "claimTemplates": [
            {"apiVersion": "embedded.example.com/v1", "kind": "Claim", "metadata": {"name": "b"}},
            {"spec": {"size": "1Gi"}},
        ],
    }));
}

#[test]
fn missing_and_null_read_as_the_default_and_required_is_always_written() {
    use presence_v1::Presence;
    let written = json!({
        "requiredText": "", "requiredList": [], "requiredMap": {}, "requiredStruct": {},
        "requiredNullable": null, "requiredTime": null,
    });
    assert_eq!(write(&Presence::default()), written);
    let nulls = json!({
        "requiredText": null, "requiredList": null, "requiredMap": null, "requiredStruct": null,
        "requiredNullable": null, "requiredTime": null, "optionalText": null, "optionalList": null,
        "optionalMap": null, "optionalStruct": null, "keyed": null,
    });
    assert_eq!(read::<Presence>(nulls), Presence::default());
    assert_eq!(read::<Presence>(json!({})), Presence::default());
}

#[test]
fn every_field_is_written_as_it_was_read() {
    round_trips::<presence_v1::Presence>(json!({
        "requiredText": "a", "requiredList": ["b"], "requiredMap": {"c": "d"}, "requiredStruct": {},
        "requiredNullable": "e", "requiredTime": "2026-01-02T03:04:05Z", "optionalText": "",
        "optionalList": ["f"], "optionalMap": {"g": "h"}, "optionalStruct": {}, "nullable": "i",
        "defaulted": "UDP", "set": ["j"], "keyed": [{"containerPort": 80, "protocol": "TCP"}], "atomic": ["k"],
    }));
    round_trips::<scalars_v1::Scalars>(json!({
        "flag": false, "small": -1, "big": 9_007_199_254_740_993_i64, "plain": 0, "unsigned": 4_294_967_295_u32,
        "ratio": 0.5, "text": "t", "odd": "10.0.0.0/8", "bytes": "aGVsbG8=",
        "inlineTime": "2026-01-02T03:04:05Z", "time": "2026-01-02T03:04:05Z",
        "microTime": "2026-01-02T03:04:05.000006Z", "port": "http", "amount": "1500m",
        "raw": {"kind": "Any", "list": [1, null]}, "anything": [true], "anyObject": {"a": {"b": 1}},
    }));
    round_trips::<collections_v1::Collections>(json!({
        "lists": [["a"], []], "mapOfLists": {"a": ["b"]}, "listOfMaps": [{"a": 1}], "any": [1, "a", null],
        "untyped": [{}], "open": {"a": 1}, "closed": {"a": 1}, "objects": [{"name": "a"}], "named": {"a": {"size": 1}},
    }));
}

#[test]
fn odd_names_keep_their_spelling() {
    round_trips::<fieldnames_v1::Names>(json!({
        "clusterIPs": "1", "podCIDRs": "2", "hostIPC": "3", "Port": "4", "type": "5", "self": "6", "Self": "7",
        "a-b": "8", "$ref": "9", "": "10", "../../x": "11", "\"; std::process::exit(1);//": "12", "名前": "13",
    }));
    round_trips::<collisions_v1::Proxy>(json!({
        "proxyURL": "1", "proxyUrl": "2", "jwks_uri": "3", "jwksUri": "4", "unknown": "5", "more": "6",
    }));
}

#[test]
fn enums_are_open() {
    use openenums_v1::{Enums, EnumsOperator, EnumsType};
    let value = json!({
        "type": "FromTheFuture", "usages": ["s/mime", "new"], "operator": "!~", "compression": "gzip",
        "maybe": "", "byName": {"a": "On"}, "hostile": "*/", "number": 303,
    });
    let read: Enums = read(value.clone());
    assert!(matches!(&read.type_, EnumsType::Other(text) if text == "FromTheFuture"));
    assert!(matches!(read.operator, Some(EnumsOperator::NotTilde)));
    assert_eq!(write(&read), value);
    assert_eq!(write(&Enums::default()), json!({"type": ""}));
}

#[test]
fn described_values_are_an_enum_as_well() {
    use describedenums_v1::PodRestartPolicy;
    assert_eq!(PodRestartPolicy::known(), ["", "Always", "Never"]);
    assert!(matches!(
        PodRestartPolicy::default(),
        PodRestartPolicy::Empty
    ));
}

#[test]
fn unknown_fields_survive_where_the_schema_keeps_them() {
    round_trips::<unknownfields_v1::Holder>(json!({
        "keeps": {"known": "a", "other": {"b": [1]}}, "bare": 1, "object": {"c": null},
        "embedded": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "d"}},
    }));
}

#[test]
fn recursion_ends_where_the_data_does() {
    round_trips::<recursion_v1::Tree>(json!({
        "left": {"value": "a"}, "children": [{"left": {}}], "byName": {"b": {"children": [{}]}},
    }));
    round_trips::<recursion_v1::Chicken>(json!({"egg": {"chicken": {"egg": {"weight": 1}}}}));
    assert_eq!(
        write(&recursion_v1::Must::default()),
        json!({"again": null})
    );
}

#[test]
fn int_or_string_in_every_spelling() {
    round_trips::<intorstring_v1::Ports>(json!({
        "byFormat": 80, "byExtension": "http", "byAnyOf": 1, "byOneOf": "a", "byTypes": 2, "quantity": "1Gi",
        "listed": [1, "b"], "nullableText": "c", "mixed": 1.5,
    }));
}

#[test]
fn schemas_or_their_short_forms() {
    round_trips::<apiextensions_v1::JSONSchemaProps>(json!({
        "items": [{"$ref": "#"}], "additionalProperties": false, "not": {"items": {"not": {}}},
        "dependencies": {"a": ["b"], "c": {"default": null, "enum": [1, "x"]}}, "default": {"d": 1},
        "x-kubernetes-int-or-string": true,
    }));
}

#[test]
fn secrets_do_not_print() {
    let secret: core_v1::Secret = read(json!({
        "metadata": {"name": "db"}, "type": "Opaque",
        "data": {"password": "aHVudGVyMg=="}, "stringData": {"user": "hunter2"},
    }));
    let shown = format!("{secret:?}");
    assert!(
        shown.contains("db") && shown.contains("password") && shown.contains("Opaque"),
        "{shown}"
    );
    assert!(
        !shown.contains("hunter2") && !shown.contains("aHVudGVyMg"),
        "{shown}"
    );
    assert!(!shown.contains(&format!("{:?}", b"hunter2")), "{shown}");
}

#[test]
fn custom_resources_lose_nothing_of_their_idioms() {
    use structural_example_com_v1::Idioms;
    round_trips::<Idioms>(json!({"metadata": {}, "spec": {
        "portBare": 80, "portUnion": "http", "portLimited": "50%", "memory": "1Gi",
        "limits": {"cpu": "100m"}, "anything": [null, 1], "object": {"a": {"b": null}},
        "keeps": {"known": "a", "other": {"b": [1]}},
        "embedded": {"apiVersion": "v1", "kind": "Pod", "spec": {}},
        "none": {}, "requiredNone": {}, "listOfNone": [{}],
        "template": {"metadata": {"labels": {"a": "b"}}},
        "allocations": [1, null, 3], "labels": {"a": null}, "mounts": [["a"], []],
        "headers": {"a": ["b"]}, "match": "=", "statusCode": 301, "usage": "new usage",
        "weight": null, "mirrored": false,
    }}));
    round_trips::<Idioms>(json!({"metadata": {}, "spec": {
        "requiredNone": {}, "statusCode": 308, "weight": 7, "mirrored": null,
    }}));
    let empty = read::<Idioms>(json!({"metadata": {}, "spec": {}}));
    assert!(
        empty.spec.unwrap().none.is_none(),
        "presence is the information"
    );
}

#[test]
fn defaults_come_in_where_nothing_is() {
    use defaults_example_com_v1::{Filling, FillingSpec, Port};
    let filled = Filling::new("a").in_namespace("prod").with_defaults();
    assert_eq!(
        write(&filled),
        json!({"metadata": {"name": "a", "namespace": "prod"}, "spec": {
            "size": 3, "paused": false, "strategy": {"type": "RollingUpdate", "surge": "25%"},
            "quote": "\"*/ r#\" \\ {}",
        }})
    );
    let mut spec = FillingSpec {
        size: Some(0),
        ..FillingSpec::default()
    };
    spec.ports.push(Port {
        name: Some("http".to_owned()),
        ..Default::default()
    });
    let own = Filling {
        spec: Some(spec.into()),
        ..Filling::new("b")
    }
    .with_defaults();
    let written = write(&own);
    assert_eq!(written["spec"]["size"], 0, "what is there stays");
    assert_eq!(
        written["spec"]["ports"],
        json!([{"name": "http", "protocol": "TCP"}])
    );
}

#[test]
fn only_kinds_whose_server_offers_it_take_strategic_patches() {
    use kubewright::{Patch, PatchOf, StrategicPatch};
    use patchkinds_example_com_v1::{BuiltIn, Custom};
    fn takes<K, P: PatchOf<K>>() {}
    takes::<BuiltIn, StrategicPatch>();
    takes::<BuiltIn, Patch>();
    takes::<Custom, Patch>();
    // That `Custom` takes no `StrategicPatch` is shown where that type is documented.
}

#[test]
fn streams_are_asked_for_with_typed_parameters() {
    use kubewright::{Client, Config, Text};
    use streams_example_com_v1::{
        ShellExec, ShellExecOptions, ShellLog, ShellLogOptions, ShellProxy,
    };
    fn is_text<C: Text>(_: C) {}
    is_text(ShellLog);
    is_text(ShellProxy);
    let client = Client::new(&Config::new("http://127.0.0.1:1").unwrap()).unwrap();
    let shells = streams_example_com_v1::StreamsExampleComV1Client::new(client).shells("prod");
    let exec = ShellExecOptions {
        command: vec!["echo".to_owned(), "a b".to_owned()],
        tty: Some(false),
        ..ShellExecOptions::default()
    };
    let request = shells
        .connect(ShellExec, "one", &exec)
        .into_request()
        .unwrap();
    assert_eq!(
        request.uri().to_string(),
        "/apis/streams.example.com/v1/namespaces/prod/shells/one/exec?command=echo&command=a+b&tty=false"
    );
    let log = ShellLogOptions {
        tail_lines: Some(5),
        ..ShellLogOptions::default()
    };
    let request = shells.logs("one", &log).into_request().unwrap();
    assert!(
        request
            .uri()
            .to_string()
            .ends_with("/shells/one/log?tailLines=5")
    );
    assert!(
        shells
            .connect(ShellLog, "../x", &log)
            .into_request()
            .is_err()
    );
}
