//! The rules that built-in kinds hold their content to, as far as tests lean on them: what must be
//! there for a workload to mean anything.

use serde_json::Value;

use super::super::object::{self, Object};
use super::super::status::Cause;

/// What is wrong with an object of a built-in kind.
pub(super) fn causes(group: &str, plural: &str, object: &Object) -> Vec<Cause> {
    let mut found = Vec::new();
    match (group, plural) {
        ("", "pods") => pod_spec(object.get("spec"), "spec", &mut found),
        ("apps", "deployments" | "replicasets" | "statefulsets" | "daemonsets") => {
            workload(object, &mut found);
        }
        ("", "replicationcontrollers") | ("batch", "jobs") => {
            pod_spec(
                object::at_path(object, ".spec.template.spec"),
                "spec.template.spec",
                &mut found,
            );
        }
        ("", "services") => service(object, &mut found),
        _ => {}
    }
    found
}

fn workload(object: &Object, found: &mut Vec<Cause>) {
    let selector = object::at_path(object, ".spec.selector");
    if selector.is_none() {
        found.push(Cause::required("spec.selector", ""));
    }
    let labels = object::at_path(object, ".spec.template.metadata.labels");
    let wanted = selector
        .and_then(|selector| selector.get("matchLabels"))
        .and_then(Value::as_object);
    let mut pairs = wanted.into_iter().flatten();
    let matches =
        pairs.all(|(key, value)| labels.and_then(|labels| labels.get(key)) == Some(value));
    if selector.is_none() || !matches {
        let hint = "`selector` does not match template `labels`";
        let shown = labels.cloned().unwrap_or_default();
        found.push(Cause::invalid(
            "spec.template.metadata.labels",
            &shown,
            hint,
        ));
    }
    pod_spec(
        object::at_path(object, ".spec.template.spec"),
        "spec.template.spec",
        found,
    );
}

fn pod_spec(spec: Option<&Value>, path: &str, found: &mut Vec<Cause>) {
    let containers = spec
        .and_then(|spec| spec.get("containers"))
        .and_then(Value::as_array);
    if containers.is_none_or(Vec::is_empty) {
        found.push(Cause::required(format!("{path}.containers"), ""));
    }
    for (at, container) in containers.into_iter().flatten().enumerate() {
        for field in ["name", "image"] {
            if container
                .get(field)
                .and_then(Value::as_str)
                .is_none_or(str::is_empty)
            {
                found.push(Cause::required(
                    format!("{path}.containers[{at}].{field}"),
                    "",
                ));
            }
        }
    }
}

fn service(object: &Object, found: &mut Vec<Cause>) {
    let text = |path: &str| {
        object::at_path(object, path)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let ports = object::at_path(object, ".spec.ports")
        .and_then(Value::as_array)
        .is_some_and(|list| !list.is_empty());
    if !ports && text(".spec.clusterIP") != "None" && text(".spec.type") != "ExternalName" {
        found.push(Cause::required("spec.ports", ""));
    }
}
