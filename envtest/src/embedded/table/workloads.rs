//! Cells that say how a workload is doing.

use jiff::Timestamp;
use serde_json::Value;

use super::super::object::{self, Object};
use super::{duration, list, number, text, text_or};

/// `1/2`: how many of the containers of a pod are ready.
pub(super) fn ready_containers(pod: &Object, _: Timestamp) -> Value {
    let ready = list(pod, ".status.containerStatuses")
        .filter(|status| status["ready"] == true)
        .count();
    format!("{ready}/{}", list(pod, ".spec.containers").count()).into()
}

/// A pod's phase, or why it is not what the phase promises.
pub(super) fn pod_status(pod: &Object, _: Timestamp) -> Value {
    if object::is_being_deleted(pod) {
        return "Terminating".into();
    }
    let reason = list(pod, ".status.containerStatuses").find_map(|status| {
        let waiting = status.pointer("/state/waiting/reason");
        waiting
            .or_else(|| status.pointer("/state/terminated/reason"))?
            .as_str()
    });
    let reason = reason
        .map(str::to_owned)
        .unwrap_or_else(|| text(pod, ".status.reason"));
    if reason.is_empty() {
        text_or(pod, ".status.phase", "Unknown").into()
    } else {
        reason.into()
    }
}

pub(super) fn restarts(pod: &Object, _: Timestamp) -> Value {
    let counts =
        list(pod, ".status.containerStatuses").filter_map(|status| status["restartCount"].as_i64());
    counts.sum::<i64>().to_string().into()
}

/// `0/3`: ready of wanted replicas.
pub(super) fn ready_replicas(workload: &Object, _: Timestamp) -> Value {
    format!(
        "{}/{}",
        number(workload, ".status.readyReplicas"),
        number(workload, ".spec.replicas")
    )
    .into()
}

pub(super) fn job_status(job: &Object, _: Timestamp) -> Value {
    let holds = |kind: &str| {
        list(job, ".status.conditions").any(|c| c["type"] == kind && c["status"] == "True")
    };
    let status = match () {
        () if object::is_being_deleted(job) => "Terminating",
        () if holds("Complete") => "Complete",
        () if holds("Failed") => "Failed",
        () if holds("Suspended") => "Suspended",
        () => "Running",
    };
    status.into()
}

pub(super) fn job_completions(job: &Object, _: Timestamp) -> Value {
    format!(
        "{}/{}",
        number(job, ".status.succeeded"),
        text_or(job, ".spec.completions", "1")
    )
    .into()
}

pub(super) fn job_duration(job: &Object, now: Timestamp) -> Value {
    match (
        text(job, ".status.startTime"),
        text(job, ".status.completionTime").parse(),
    ) {
        (start, _) if start.is_empty() => "".into(),
        (start, Ok(end)) => duration::since(&start, end).into(),
        (start, Err(_)) => duration::since(&start, now).into(),
    }
}

pub(super) fn container_names(workload: &Object, _: Timestamp) -> Value {
    containers(workload, "name")
}

pub(super) fn container_images(workload: &Object, _: Timestamp) -> Value {
    containers(workload, "image")
}

fn containers(workload: &Object, field: &str) -> Value {
    let paths = [
        ".spec.template.spec.containers",
        ".spec.jobTemplate.spec.template.spec.containers",
    ];
    let found: Vec<_> = paths
        .iter()
        .flat_map(|path| list(workload, path))
        .filter_map(|container| container[field].as_str())
        .collect();
    found.join(",").into()
}

pub(super) fn selector(workload: &Object, _: Timestamp) -> Value {
    let selector = object::at_path(workload, ".spec.selector");
    let labels = selector.and_then(|selector| selector.get("matchLabels").or(Some(selector)));
    pairs(labels)
}

/// A map as `a=b,c=d`, or `<none>`.
pub(super) fn pairs(map: Option<&Value>) -> Value {
    let map = map.and_then(Value::as_object).into_iter().flatten();
    let pairs: Vec<_> = map
        .map(|(key, value)| format!("{key}={}", super::plain(value)))
        .collect();
    if pairs.is_empty() {
        "<none>".into()
    } else {
        pairs.join(",").into()
    }
}

/// `Ready` by its condition, and whether pods may be placed there.
pub(super) fn node_status(node: &Object, _: Timestamp) -> Value {
    let ready = list(node, ".status.conditions").find(|condition| condition["type"] == "Ready");
    let mut status = match ready.and_then(|condition| condition["status"].as_str()) {
        Some("True") => "Ready".to_owned(),
        Some(_) => "NotReady".to_owned(),
        None => "Unknown".to_owned(),
    };
    if object::at_path(node, ".spec.unschedulable").and_then(Value::as_bool) == Some(true) {
        status.push_str(",SchedulingDisabled");
    }
    status.into()
}

pub(super) fn node_roles(node: &Object, _: Timestamp) -> Value {
    let labels = object::metadata(node, "labels")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let roles: Vec<_> = labels
        .filter_map(|(key, _)| key.strip_prefix("node-role.kubernetes.io/"))
        .collect();
    if roles.is_empty() {
        "<none>".into()
    } else {
        roles.join(",").into()
    }
}

/// `80/TCP,81:30001/UDP`.
pub(super) fn service_ports(service: &Object, _: Timestamp) -> Value {
    let ports: Vec<_> = list(service, ".spec.ports")
        .map(|port| match port["nodePort"].as_i64() {
            Some(node) => format!(
                "{}:{node}/{}",
                port["port"],
                super::plain(&port["protocol"])
            ),
            None => format!("{}/{}", port["port"], super::plain(&port["protocol"])),
        })
        .collect();
    if ports.is_empty() {
        "<none>".into()
    } else {
        ports.join(",").into()
    }
}

pub(super) fn external_addresses(service: &Object, _: Timestamp) -> Value {
    let kind = text(service, ".spec.type");
    let given: Vec<_> = list(service, ".status.loadBalancer.ingress")
        .filter_map(|ingress| ingress["ip"].as_str().or(ingress["hostname"].as_str()))
        .chain(list(service, ".spec.externalIPs").filter_map(Value::as_str))
        .collect();
    match kind.as_str() {
        "ExternalName" => text(service, ".spec.externalName").into(),
        _ if !given.is_empty() => given.join(",").into(),
        "LoadBalancer" => "<pending>".into(),
        _ => "<none>".into(),
    }
}
