//! The defaults of built-in kinds.
//!
//! Each kind's defaults are a document: whatever it has and the object has not is copied. What
//! depends on other fields is a line of code beside it.

mod pods;

use serde_json::{Value, json};

use super::super::object::{self, Object};
use super::missing::copy_missing;

/// Fills in the defaults of a built-in kind; whatever writes an object, they are there.
pub(crate) fn fill(group: &str, plural: &str, object: &mut Object) {
    if let Some(document) = document(group, plural, object) {
        copy_missing(&document, object);
    }
    match (group, plural) {
        ("", "pods") => pods::complete(object::child_mut(object, "spec")),
        ("", "secrets") => secret_text(object),
        ("", "replicationcontrollers") => select_own_labels(object),
        ("", "services") => super::services::complete_ports(object),
        _ => {}
    }
    if let Some(template) = template(group, plural, object) {
        pods::complete(object::child_mut(template, "spec"));
    }
}

/// The status that a new object starts with.
pub(super) fn first_status(group: &str, plural: &str) -> Option<Value> {
    Some(match (group, plural) {
        ("apps", "deployments") | ("batch", "jobs" | "cronjobs") => json!({}),
        ("apps", "replicasets") | ("", "replicationcontrollers") => json!({"replicas": 0}),
        ("apps", "statefulsets") => json!({"replicas": 0, "availableReplicas": 0}),
        ("apps", "daemonsets") => json!({
            "currentNumberScheduled": 0, "numberMisscheduled": 0, "desiredNumberScheduled": 0, "numberReady": 0,
        }),
        ("", "services") | ("networking.k8s.io", "ingresses") => json!({"loadBalancer": {}}),
        ("", "persistentvolumeclaims" | "persistentvolumes") => json!({"phase": "Pending"}),
        ("", "resourcequotas") => json!({}),
        ("policy", "poddisruptionbudgets") => {
            json!({"disruptionsAllowed": 0, "currentHealthy": 0, "desiredHealthy": 0, "expectedPods": 0})
        }
        _ => return None,
    })
}

/// The finalizers that a kind puts on every new object.
pub(super) fn first_finalizer(group: &str, plural: &str) -> Option<&'static str> {
    match (group, plural) {
        ("", "persistentvolumeclaims") => Some("kubernetes.io/pvc-protection"),
        ("", "persistentvolumes") => Some("kubernetes.io/pv-protection"),
        _ => None,
    }
}

fn document(group: &str, plural: &str, object: &Object) -> Option<Value> {
    Some(match (group, plural) {
        ("apps", "deployments") => json!({"spec": {
            "replicas": 1, "revisionHistoryLimit": 10, "progressDeadlineSeconds": 600,
            "strategy": rolling(object, ".spec.strategy.type", &json!({"maxUnavailable": "25%", "maxSurge": "25%"})),
        }}),
        ("apps", "statefulsets") => json!({"spec": {
            "replicas": 1, "revisionHistoryLimit": 10, "podManagementPolicy": "OrderedReady",
            "updateStrategy": rolling(object, ".spec.updateStrategy.type", &json!({"partition": 0, "maxUnavailable": 1})),
            "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Retain", "whenScaled": "Retain"},
        }}),
        ("apps", "daemonsets") => json!({"spec": {
            "revisionHistoryLimit": 10,
            "updateStrategy": rolling(object, ".spec.updateStrategy.type", &json!({"maxUnavailable": 1, "maxSurge": 0})),
        }}),
        ("apps", "replicasets") | ("", "replicationcontrollers") => {
            json!({"spec": {"replicas": 1}})
        }
        ("batch", "jobs") => json!({"spec": {
            "parallelism": 1, "completions": 1, "backoffLimit": 6, "completionMode": "NonIndexed",
            "suspend": false, "podReplacementPolicy": "TerminatingOrFailed", "manualSelector": false,
        }}),
        ("batch", "cronjobs") => json!({"spec": {
            "concurrencyPolicy": "Allow", "suspend": false,
            "successfulJobsHistoryLimit": 3, "failedJobsHistoryLimit": 1,
        }}),
        ("", "secrets") => json!({"type": "Opaque"}),
        ("", "services") => json!({"spec": {"type": "ClusterIP", "sessionAffinity": "None"}}),
        ("", "persistentvolumeclaims") => json!({"spec": {"volumeMode": "Filesystem"}}),
        ("", "persistentvolumes") => {
            json!({"spec": {"volumeMode": "Filesystem", "persistentVolumeReclaimPolicy": "Retain"}})
        }
        ("", "namespaces") => json!({"status": {}}),
        ("autoscaling", "horizontalpodautoscalers") => json!({"spec": {"minReplicas": 1}}),
        ("networking.k8s.io", "networkpolicies") => json!({"spec": {"policyTypes": ["Ingress"]}}),
        ("scheduling.k8s.io", "priorityclasses") => {
            json!({"preemptionPolicy": "PreemptLowerPriority"})
        }
        ("storage.k8s.io", "storageclasses") => {
            json!({"reclaimPolicy": "Delete", "volumeBindingMode": "Immediate"})
        }
        _ => return None,
    })
}

/// A rolling update has parameters; other strategies have none.
fn rolling(object: &Object, path: &str, parameters: &Value) -> Value {
    match object::at_path(object, path).and_then(Value::as_str) {
        None | Some("" | "RollingUpdate") => {
            json!({"type": "RollingUpdate", "rollingUpdate": parameters})
        }
        Some(other) => json!({"type": other}),
    }
}

fn template<'a>(group: &str, plural: &str, object: &'a mut Object) -> Option<&'a mut Object> {
    let spec = match (group, plural) {
        ("apps", "deployments" | "replicasets" | "statefulsets" | "daemonsets")
        | ("", "replicationcontrollers")
        | ("batch", "jobs") => object.get_mut("spec")?,
        ("batch", "cronjobs") => object
            .get_mut("spec")?
            .get_mut("jobTemplate")?
            .get_mut("spec")?,
        ("", "podtemplates") => return object.get_mut("template")?.as_object_mut(),
        _ => return None,
    };
    spec.get_mut("template")?.as_object_mut()
}

/// `stringData` is for writing only: it becomes `data`.
fn secret_text(secret: &mut Object) {
    use base64::Engine as _;
    let Some(Value::Object(texts)) = secret.remove("stringData") else {
        return;
    };
    let data = object::child_mut(secret, "data");
    for (key, text) in texts {
        let bytes = text.as_str().unwrap_or_default();
        data.insert(
            key,
            base64::engine::general_purpose::STANDARD
                .encode(bytes)
                .into(),
        );
    }
}

/// A replication controller without a selector selects what it makes.
fn select_own_labels(controller: &mut Object) {
    let Some(labels) = object::at_path(controller, ".spec.template.metadata.labels").cloned()
    else {
        return;
    };
    object::child_mut(controller, "spec")
        .entry("selector")
        .or_insert_with(|| labels.clone());
    object::metadata_mut(controller)
        .entry("labels")
        .or_insert(labels);
}
