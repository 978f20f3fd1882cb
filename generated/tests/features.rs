//! The features `schemars` and `arbitrary` of generated types, each checked against the other:
//! made-up values must fit the schemas.
#![cfg(all(
    feature = "schemars",
    feature = "arbitrary",
    feature = "apiextensions_v1",
    feature = "apps_v1",
    feature = "autoscaling_v2",
    feature = "core_v1",
    feature = "networking_v1",
    feature = "resource_v1"
))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic is the failure report of a test"
)]

#[path = "features/check.rs"]
mod check;

use std::collections::BTreeMap;

use arbitrary::{Arbitrary, Unstructured};
use kubewright::meta::{
    Bytes, IntOrString, LabelSelector, Map, MicroTime, Nullable, ObjectMeta, Quantity,
    RawExtension, Status, Time,
};
use kubewright_generated::apiextensions_v1::CustomResourceDefinition;
use kubewright_generated::apps_v1::{DaemonSet, Deployment, StatefulSet};
use kubewright_generated::autoscaling_v2::HorizontalPodAutoscaler;
use kubewright_generated::core_v1::{
    Event, Node, PersistentVolume, Pod, PodSpec, Protocol, ResourceRequirements, Secret, Service,
};
use kubewright_generated::networking_v1::{Ingress, NetworkPolicy};
use kubewright_generated::resource_v1::ResourceSlice;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, schema_for};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A kind of somebody who uses schemars.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "only its schema is looked at")]
struct Farm {
    /// How its pods run.
    resources: Option<ResourceRequirements>,
    protocol: Protocol,
    rollout: IntOrString,
    limits: BTreeMap<String, Quantity>,
    until: Time,
    key: Bytes,
    weight: Nullable<i32>,
    labels: Map<String>,
    extra: RawExtension,
}

#[test]
fn generated_types_stand_in_types_of_ones_own() {
    let schema = schema_for!(Farm).to_value();
    let properties = &schema["properties"];
    assert_eq!(
        properties["resources"],
        json!({"description": "How its pods run.", "anyOf": [{"$ref": "#/$defs/ResourceRequirements"}, {"type": "null"}]})
    );
    assert_eq!(
        properties["protocol"],
        json!({"type": "string", "examples": ["SCTP", "TCP", "UDP"]})
    );
    assert_eq!(properties["rollout"]["x-kubernetes-int-or-string"], true);
    assert_eq!(
        properties["limits"]["additionalProperties"]["x-kubernetes-int-or-string"],
        true
    );
    assert!(properties["limits"]["additionalProperties"]["pattern"].is_string());
    assert_eq!(
        properties["until"],
        json!({"type": "string", "format": "date-time"})
    );
    assert_eq!(
        properties["key"],
        json!({"type": "string", "format": "byte"})
    );
    assert_eq!(
        properties["weight"],
        json!({"type": ["integer", "null"], "format": "int32"})
    );
    assert_eq!(
        properties["labels"],
        json!({"type": "object", "additionalProperties": {"type": "string"}})
    );
    assert_eq!(
        properties["extra"],
        json!({"x-kubernetes-preserve-unknown-fields": true})
    );
}

#[test]
fn schemas_know_what_is_required() {
    let schema = schema_for!(PodSpec).to_value();
    assert_eq!(schema["required"], json!(["containers"]));
    assert_eq!(
        schema["properties"]["containers"],
        json!({"type": "array", "items": {"$ref": "#/$defs/Container"}})
    );
    assert_eq!(
        schema["$defs"]["ContainerPort"]["required"],
        json!(["containerPort"])
    );
}

#[test]
fn schemas_of_schemas_come_to_an_end() {
    let schema = schema_for!(CustomResourceDefinition).to_value();
    let itself = &schema["$defs"]["JSONSchemaProps"]["properties"];
    let reference = json!({"$ref": "#/$defs/JSONSchemaProps"});
    assert_eq!(itself["not"], reference);
    assert_eq!(
        itself["additionalProperties"],
        json!({"anyOf": [reference, {"type": "boolean"}]})
    );
}

/// Two types of one name are two definitions.
#[test]
fn namesakes_are_kept_apart() {
    #[derive(JsonSchema)]
    #[allow(dead_code, reason = "only its schema is looked at")]
    struct Both {
        core: Event,
        hpa: kubewright_generated::autoscaling_v2::ObjectMetricSource,
        events: Option<Namesake>,
    }
    #[derive(JsonSchema)]
    #[schemars(rename = "Event")]
    #[allow(dead_code, reason = "only its schema is looked at")]
    struct Namesake {
        note: String,
    }
    let schema = schema_for!(Both).to_value();
    assert_ne!(
        schema["properties"]["core"]["$ref"],
        schema["properties"]["events"]["anyOf"][0]["$ref"]
    );
}

/// What OpenAPI 3.0 wants: `nullable` and references to components.
#[test]
fn schemas_of_openapi_refer_to_components() {
    let schema = SchemaSettings::openapi3()
        .into_generator()
        .into_root_schema_for::<Deployment>();
    let text = schema.to_value().to_string();
    assert!(
        text.contains("#/components/schemas/PodTemplateSpec"),
        "{text}"
    );
}

fn data(seed: u64) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(seed);
    (0..random.usize(..4096)).map(|_| random.u8(..)).collect()
}

fn verify<T>()
where
    T: JsonSchema
        + Serialize
        + DeserializeOwned
        + PartialEq
        + std::fmt::Debug
        + for<'a> Arbitrary<'a>,
{
    let schema = schema_for!(T).to_value();
    for seed in 0..60 {
        let made = T::arbitrary(&mut Unstructured::new(&data(seed))).unwrap();
        let text = serde_json::to_string(&made).unwrap();
        assert_eq!(serde_json::from_str::<T>(&text).unwrap(), made, "{text}");
        let value: Value = serde_json::from_str(&text).unwrap();
        let faults = check::faults(&schema, &value);
        assert!(faults.is_empty(), "{}: {faults:#?}", T::schema_name());
    }
}

#[test]
fn made_up_objects_survive_json_and_are_what_schemas_say() {
    verify::<Pod>();
    verify::<Node>();
    verify::<Secret>();
    verify::<Service>();
    verify::<Event>();
    verify::<PersistentVolume>();
    verify::<Deployment>();
    verify::<DaemonSet>();
    verify::<StatefulSet>();
    verify::<HorizontalPodAutoscaler>();
    verify::<Ingress>();
    verify::<NetworkPolicy>();
    verify::<ResourceSlice>();
    verify::<CustomResourceDefinition>();
}

#[test]
fn made_up_parts_survive_json_and_are_what_schemas_say() {
    verify::<ObjectMeta>();
    verify::<Status>();
    verify::<LabelSelector>();
    verify::<Time>();
    verify::<MicroTime>();
    verify::<Quantity>();
    verify::<IntOrString>();
    verify::<Bytes>();
    verify::<RawExtension>();
    verify::<Nullable<i64>>();
    verify::<Protocol>();
    verify::<Map<Quantity>>();
}

#[test]
fn made_up_quantities_are_numbers() {
    for seed in 0..500 {
        let made = Quantity::arbitrary(&mut Unstructured::new(&data(seed))).unwrap();
        assert!(made.nanos().is_ok(), "{made:?}");
    }
}

/// Every known value comes up, and values that nobody knows, which are never a known one
/// under another name.
#[test]
fn made_up_enums_are_known_or_truly_other() {
    let mut seen = BTreeMap::new();
    for seed in 0..2000 {
        let made = Protocol::arbitrary(&mut Unstructured::new(&data(seed))).unwrap();
        if let Protocol::Other(text) = &made {
            assert!(!Protocol::known().contains(&text.as_str()), "{text}");
        }
        let is_known = Protocol::known().contains(&made.as_str());
        *seen
            .entry(if is_known {
                made.as_str().to_owned()
            } else {
                "other".to_owned()
            })
            .or_insert(0) += 1;
    }
    assert_eq!(
        seen.keys().collect::<Vec<_>>(),
        ["SCTP", "TCP", "UDP", "other"]
    );
}
