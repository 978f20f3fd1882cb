//! Pods: they start pending, and one that runs on a node is given time to end.

use serde_json::{Value, json};

use super::super::object::{self, Object};

pub(super) fn prepare_create(object: &mut Object) {
    object.insert(
        "status".into(),
        json!({"phase": "Pending", "qosClass": "BestEffort"}),
    );
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
