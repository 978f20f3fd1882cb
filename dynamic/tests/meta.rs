//! The shared types lose nothing, and read what servers leave out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic in a test's helper is the failure report"
)]

use kubewright::meta;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// `full` names every field of `T`: it must come back as it went in, and each of its fields
/// must read when it is missing and when it is `null`.
fn check<T: Default + Serialize + DeserializeOwned>(full: &Value) {
    let read = |value: &Value| -> T {
        serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error}: {value}"))
    };
    assert_eq!(serde_json::to_value(read(full)).unwrap(), *full);
    assert_eq!(text_round_trip::<T>(full), *full);

    let fields = full.as_object().unwrap();
    for field in fields.keys() {
        let mut missing = fields.clone();
        missing.remove(field);
        let mut null = fields.clone();
        null.insert(field.clone(), Value::Null);
        let missing = serde_json::to_value(read(&missing.into())).unwrap();
        let null = serde_json::to_value(read(&null.into())).unwrap();
        assert_eq!(missing, null, "{field}");
    }
    let written = serde_json::to_value(T::default()).unwrap();
    assert_eq!(serde_json::to_value(read(&json!({}))).unwrap(), written);
    let future = read(&json!({"fromTheFuture": [1]}));
    assert_eq!(serde_json::to_value(future).unwrap(), written);
}

fn text_round_trip<T: Serialize + DeserializeOwned>(full: &Value) -> Value {
    let value: T = serde_json::from_str(&full.to_string()).unwrap();
    serde_json::from_str(&serde_json::to_string(&value).unwrap()).unwrap()
}

#[test]
fn metadata() {
    let owner = json!({
        "apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web-1", "uid": "u-1",
        "controller": true, "blockOwnerDeletion": false,
    });
    let managed = json!({
        "manager": "kubectl", "operation": "Apply", "apiVersion": "apps/v1",
        "time": "2026-11-23T13:04:05Z", "fieldsType": "FieldsV1",
        "fieldsV1": {"f:spec": {"f:replicas": {}}}, "subresource": "scale",
    });
    check::<meta::ManagedFieldsEntry>(&managed);
    check::<meta::OwnerReference>(&owner);
    check::<meta::ObjectMeta>(&json!({
        "name": "web", "generateName": "web-", "namespace": "prod", "uid": "u-2",
        "resourceVersion": "7", "generation": 3,
        "creationTimestamp": "2026-11-23T13:04:05Z", "deletionTimestamp": "2026-11-23T14:04:05Z",
        "deletionGracePeriodSeconds": 30, "labels": {"a": "b"}, "annotations": {"c": ""},
        "ownerReferences": [owner], "finalizers": ["example.com/wait"],
        "managedFields": [managed], "selfLink": "/api/v1/namespaces/prod/pods/web",
    }));
    check::<meta::ListMeta>(&json!({
        "resourceVersion": "7", "continue": "token", "remainingItemCount": 2,
        "selfLink": "/api/v1/pods", "shardInfo": {"selector": "x"},
    }));
    check::<meta::TypeMeta>(&json!({"apiVersion": "v1", "kind": ""}));
}

#[test]
fn status() {
    let cause = json!({"reason": "FieldValueInvalid", "message": "must be set", "field": "spec"});
    let details = json!({
        "name": "web", "group": "apps", "kind": "deployments", "uid": "u-1",
        "causes": [cause], "retryAfterSeconds": 5,
    });
    check::<meta::StatusCause>(&cause);
    check::<meta::StatusDetails>(&details);
    check::<meta::Status>(&json!({
        "metadata": {"resourceVersion": "7"}, "status": "Failure", "message": "no",
        "reason": "NotFound", "details": details, "code": 404,
    }));
}

#[test]
fn options_and_selectors() {
    check::<meta::DeleteOptions>(&json!({
        "dryRun": ["All"], "gracePeriodSeconds": 0, "propagationPolicy": "Foreground",
        "preconditions": {"uid": "u-1", "resourceVersion": "7"}, "orphanDependents": false,
        "ignoreStoreReadErrorWithClusterBreakingPotential": false,
    }));
    let requirement = json!({"key": "tier", "operator": "In", "values": ["front"]});
    check::<meta::LabelSelectorRequirement>(&requirement);
    check::<meta::FieldSelectorRequirement>(&requirement);
    check::<meta::LabelSelector>(&json!({
        "matchLabels": {"app": "web"}, "matchExpressions": [requirement],
    }));
}

#[test]
fn conditions_scales_and_frames() {
    check::<meta::Condition>(&json!({
        "type": "Ready", "status": "True", "observedGeneration": 2,
        "lastTransitionTime": "2026-11-23T13:04:05Z", "reason": "Done", "message": "all is well",
    }));
    check::<meta::Scale>(&json!({
        "metadata": {"name": "web"}, "spec": {"replicas": 0},
        "status": {"replicas": 2, "selector": "app=web"},
    }));
    check::<meta::RawWatchEvent>(&json!({"type": "ADDED", "object": {"kind": "Pod"}}));
}

#[test]
fn discovery() {
    let version = json!({"groupVersion": "apps/v1", "version": "v1"});
    let address = json!({"clientCIDR": "0.0.0.0/0", "serverAddress": "10.0.0.1:443"});
    check::<meta::APIVersions>(&json!({
        "versions": ["v1"], "serverAddressByClientCIDRs": [address],
    }));
    check::<meta::APIGroupList>(&json!({"groups": [{
        "name": "apps", "versions": [version], "preferredVersion": version,
        "serverAddressByClientCIDRs": [address],
    }]}));
    check::<meta::APIResourceList>(&json!({"groupVersion": "apps/v1", "resources": [{
        "name": "deployments", "singularName": "deployment", "namespaced": true,
        "group": "apps", "version": "v1", "kind": "Deployment", "verbs": ["get"],
        "shortNames": ["deploy"], "categories": ["all"], "storageVersionHash": "x",
    }]}));
    check::<meta::VersionInfo>(&json!({
        "major": "1", "minor": "37", "emulationMajor": "1", "emulationMinor": "37",
        "minCompatibilityMajor": "1", "minCompatibilityMinor": "36", "gitVersion": "v1.37.2",
        "gitCommit": "x", "gitTreeState": "clean", "buildDate": "2026-11-01T00:00:00Z",
        "goVersion": "go1.26", "compiler": "gc", "platform": "linux/amd64",
    }));
}
