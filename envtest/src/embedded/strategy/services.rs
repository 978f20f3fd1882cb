//! Services: they are given an address, and keep it.

use serde_json::{Value, json};

use super::super::object::{self, Object};
use super::missing::copy_missing;

/// Gives a new service its address and ports; `number` is unlike that of any other service.
pub(super) fn prepare_create(service: &mut Object, number: u64) {
    let kind = text(service, ".spec.type");
    if kind == "ExternalName" {
        return;
    }
    let asked = text(service, ".spec.clusterIP");
    let address = if asked.is_empty() {
        format!("10.96.{}.{}", number / 254 % 256, number % 254 + 1)
    } else {
        asked
    };
    let spec = object::child_mut(service, "spec");
    let defaults = json!({
        "clusterIP": address, "clusterIPs": [address], "ipFamilies": ["IPv4"],
        "ipFamilyPolicy": "SingleStack", "internalTrafficPolicy": "Cluster",
    });
    copy_missing(&defaults, spec);
    if kind == "NodePort" || kind == "LoadBalancer" {
        copy_missing(&json!({"externalTrafficPolicy": "Cluster"}), spec);
        for (at, port) in ports(spec).enumerate() {
            let free = 30_000 + (number + at as u64) % 2_768;
            copy_missing(&json!({"nodePort": free}), port);
        }
    }
    if kind == "LoadBalancer" {
        copy_missing(&json!({"allocateLoadBalancerNodePorts": true}), spec);
    }
}

pub(super) fn complete_ports(service: &mut Object) {
    for port in ports(object::child_mut(service, "spec")) {
        let target = port.get("port").cloned().unwrap_or_default();
        copy_missing(&json!({"protocol": "TCP", "targetPort": target}), port);
    }
}

/// What was allocated stays when an update leaves it out.
pub(super) fn prepare_update(old: &Object, new: &mut Object) {
    let Some(old) = old.get("spec") else { return };
    let spec = object::child_mut(new, "spec");
    for field in [
        "clusterIP",
        "clusterIPs",
        "ipFamilies",
        "ipFamilyPolicy",
        "internalTrafficPolicy",
    ] {
        if let (None, Some(value)) = (spec.get(field), old.get(field)) {
            spec.insert(field.into(), value.clone());
        }
    }
}

fn ports(spec: &mut Object) -> impl Iterator<Item = &mut Object> {
    let list = spec.get_mut("ports").and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_object_mut)
}

fn text(service: &Object, path: &str) -> String {
    object::at_path(service, path)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}
