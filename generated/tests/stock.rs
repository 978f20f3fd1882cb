//! Stock kinds on JSON as a server stores it: read, changed, written, with nothing lost.
#![cfg(all(feature = "apps_v1", feature = "core_v1", feature = "events_v1"))]
#![allow(
    clippy::unwrap_used,
    reason = "a panic is the failure report of a test"
)]

use kubewright::meta::{IntOrString, Quantity};
use kubewright::{Object, Resource};
use kubewright_generated::apps_v1::{Deployment, DeploymentStrategyType};
use kubewright_generated::core_v1::{Pod, PodPhase, PodRestartPolicy, Protocol, Service};
use kubewright_generated::events_v1::Event;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Reads as from the wire, where apiVersion and kind are there; the types do not keep them.
fn read<T: DeserializeOwned + Resource>(value: &Value) -> T {
    let mut value = value.clone();
    value["apiVersion"] = json!("any/v1");
    value["kind"] = json!(T::KIND);
    serde_json::from_str(&value.to_string()).unwrap()
}

fn assert_round_trip<T: DeserializeOwned + Serialize + Resource>(value: &Value) {
    let written = serde_json::to_value(read::<T>(value)).unwrap();
    assert_eq!(written, *value, "{}", T::KIND);
}

fn pod() -> Value {
    json!({
        "metadata": {
            "name": "web-0", "namespace": "prod", "uid": "1b0d", "resourceVersion": "42", "generation": 3,
            "creationTimestamp": "2026-01-02T03:04:05Z", "labels": {"app": "web"}, "annotations": {"a": "b"},
            "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "uid": "u",
                "controller": true, "blockOwnerDeletion": true}],
            "managedFields": [{"manager": "kubectl", "operation": "Update", "apiVersion": "v1",
                "time": "2026-01-02T03:04:05Z", "fieldsType": "FieldsV1", "fieldsV1": {"f:metadata": {"f:labels": {".": {}}}}}],
        },
        "spec": {
            "containers": [{
                "name": "web", "image": "nginx", "command": ["nginx"], "imagePullPolicy": "IfNotPresent",
                "ports": [{"containerPort": 80, "protocol": "TCP"}, {"containerPort": 81, "protocol": "QUIC"}],
                "env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}],
                "resources": {"limits": {"cpu": "500m", "memory": "1Gi"}},
                "livenessProbe": {"httpGet": {"path": "/", "port": "http", "scheme": "HTTP"}, "periodSeconds": 5},
                "volumeMounts": [{"name": "data", "mountPath": "/data", "readOnly": true}],
                "securityContext": {"runAsNonRoot": true, "capabilities": {"drop": ["ALL"]}},
            }],
            "restartPolicy": "Always", "dnsPolicy": "ClusterFirst", "hostIPC": false, "setHostnameAsFQDN": true,
            "tolerations": [{"key": "k", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300}],
            "volumes": [{"name": "data", "emptyDir": {}}, {"name": "cfg", "configMap": {"name": "c", "defaultMode": 420}}],
            "topologySpreadConstraints": [{"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule",
                "labelSelector": {"matchLabels": {"app": "web"}}}],
        },
        "status": {
            "phase": "Running", "podIPs": [{"ip": "10.0.0.1"}], "hostIPs": [{"ip": "10.0.0.2"}], "qosClass": "Burstable",
            "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "2026-01-02T03:04:05Z"}],
            "containerStatuses": [{"name": "web", "image": "nginx", "imageID": "i", "ready": true, "restartCount": 0,
                "state": {"running": {"startedAt": "2026-01-02T03:04:05Z"}}, "lastState": {}}],
        },
    })
}

fn deployment() -> Value {
    json!({
        "metadata": {"name": "web", "namespace": "prod"},
        "spec": {
            "replicas": 3, "selector": {"matchLabels": {"app": "web"},
                "matchExpressions": [{"key": "tier", "operator": "In", "values": ["a", "b"]}]},
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": 1}},
            "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web"}]}},
        },
        "status": {"replicas": 3, "observedGeneration": 9_007_199_254_740_993_i64},
    })
}

#[test]
fn nothing_is_lost_between_reading_and_writing() {
    assert_round_trip::<Pod>(&pod());
    assert_round_trip::<Deployment>(&deployment());
    assert_round_trip::<Service>(&json!({
        "metadata": {"name": "web"},
        "spec": {"clusterIPs": ["10.0.0.1", "fd00::1"], "externalIPs": ["1.2.3.4"], "ipFamilies": ["IPv4", "IPv6"],
            "type": "ClusterIP", "ports": [{"port": 80, "targetPort": "http"}]},
        "status": {"loadBalancer": {}},
    }));
}

#[test]
fn fields_have_the_types_that_a_reader_expects() {
    let pod: Pod = read(&pod());
    let spec = pod.spec.clone().unwrap();
    assert_eq!(spec.restart_policy, Some(PodRestartPolicy::Always));
    assert_eq!(
        spec.containers[0].resources.clone().unwrap().limits["cpu"],
        "500m".parse::<Quantity>().unwrap()
    );
    assert_eq!(
        spec.containers[0].ports[1].protocol,
        Some(Protocol::Other("QUIC".into()))
    );
    assert_eq!(pod.status.unwrap().phase, Some(PodPhase::Running));
    let deployment: Deployment = read(&deployment());
    let strategy = deployment.spec.strategy.unwrap();
    assert!(matches!(
        strategy.type_,
        Some(DeploymentStrategyType::RollingUpdate)
    ));
    assert_eq!(
        strategy.rolling_update.unwrap().max_surge,
        Some(IntOrString::from("25%"))
    );
}

#[test]
fn what_a_server_leaves_out_or_nulls_is_the_default() {
    let bare: Pod = read(
        &json!({"metadata": {"name": "a", "creationTimestamp": null}, "spec": {"containers": null}}),
    );
    assert_eq!(bare.name(), "a");
    assert_eq!(bare.spec.unwrap(), Default::default());
}

#[test]
fn a_time_that_never_was_is_not_1970() {
    // core/v1 writes events whose eventTime is null here, though the schema requires it.
    let event = json!({"metadata": {"name": "e"}, "eventTime": null, "note": "n"});
    assert_round_trip::<Event>(&event);
}

#[test]
fn constants_are_the_address() {
    let address = (
        Deployment::GROUP,
        Deployment::VERSION,
        Deployment::KIND,
        Deployment::PLURAL,
    );
    assert_eq!(address, ("apps", "v1", "Deployment", "deployments"));
}
