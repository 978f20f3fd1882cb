//! Pods: they start pending, and one that runs on a node is given time to end.

use serde_json::{Value, json};

use super::super::object::{self, Object};
use super::super::status::Cause;
use super::missing::copy_missing;

pub(super) fn prepare_create(object: &mut Object) {
    let toleration = |condition: &str| {
        json!({
            "key": format!("node.kubernetes.io/{condition}"), "operator": "Exists",
            "effect": "NoExecute", "tolerationSeconds": 300,
        })
    };
    let admitted = json!({
        "tolerations": [toleration("not-ready"), toleration("unreachable")],
        "priority": 0, "enableServiceLinks": true, "preemptionPolicy": "PreemptLowerPriority",
    });
    let spec = object::child_mut(object, "spec");
    copy_missing(&admitted, spec);
    let status = json!({"phase": "Pending", "qosClass": qos_class(spec)});
    object.insert("status".into(), status);
}

/// How well a pod is served when resources are short, by what its containers ask for.
fn qos_class(spec: &Object) -> &'static str {
    let containers: Vec<&Value> = spec
        .get("containers")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .collect();
    let asks =
        |container: &Value, kind: &str| container.pointer(&format!("/resources/{kind}")).cloned();
    let asks_nothing = |c: &&Value| asks(c, "requests").or(asks(c, "limits")).is_none();
    let is_fixed = |container: &&Value| {
        let limits = asks(container, "limits").unwrap_or_default();
        let all = ["cpu", "memory"]
            .iter()
            .all(|resource| !limits[resource].is_null());
        all && asks(container, "requests").is_none_or(|requests| requests == limits)
    };
    match () {
        () if containers.iter().all(asks_nothing) => "BestEffort",
        () if containers.iter().all(is_fixed) => "Guaranteed",
        () => "Burstable",
    }
}

/// A pod is its spec: little of it can change once it is there.
pub(super) fn update_causes(old: &Object, new: &Object) -> Vec<Cause> {
    if fixed_part(old) == fixed_part(new) {
        return Vec::new();
    }
    let why = "pod updates may not change fields other than `spec.containers[*].image`,\
               `spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to \
               existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was \
               previously negative)";
    vec![Cause::forbidden("spec", why)]
}

fn fixed_part(pod: &Object) -> Option<Object> {
    let mut spec = pod.get("spec")?.as_object()?.clone();
    for free in [
        "activeDeadlineSeconds",
        "tolerations",
        "terminationGracePeriodSeconds",
        "ephemeralContainers",
    ] {
        spec.remove(free);
    }
    // Scheduling gates can only be taken off.
    spec.remove("schedulingGates");
    for list in ["containers", "initContainers"] {
        let containers = spec
            .get_mut(list)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten();
        for container in containers.filter_map(Value::as_object_mut) {
            container.remove("image");
        }
    }
    Some(spec)
}

pub(super) fn grace_period(object: &Object, asked: Option<i64>) -> i64 {
    let own =
        object::at_path(object, ".spec.terminationGracePeriodSeconds").and_then(Value::as_i64);
    let on_node = object::at_path(object, ".spec.nodeName")
        .and_then(Value::as_str)
        .is_some_and(|n| !n.is_empty());
    let phase = object::at_path(object, ".status.phase").and_then(Value::as_str);
    if !on_node || matches!(phase, Some("Failed" | "Succeeded")) {
        return 0;
    }
    match asked.or(own).unwrap_or(30) {
        // Negative means "as soon as possible, but gracefully".
        negative if negative < 0 => 1,
        seconds => seconds,
    }
}
