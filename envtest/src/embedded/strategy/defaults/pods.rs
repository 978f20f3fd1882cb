//! The defaults of a pod's spec, in a pod or in the template of one.

use serde_json::{Value, json};

use super::super::super::object::Object;
use super::super::missing::copy_missing;

pub(super) fn complete(spec: &mut Object) {
    let defaults = json!({
        "restartPolicy": "Always", "terminationGracePeriodSeconds": 30, "dnsPolicy": "ClusterFirst",
        "securityContext": {}, "schedulerName": "default-scheduler",
    });
    copy_missing(&defaults, spec);
    for list in ["containers", "initContainers"] {
        items(spec, list).for_each(container);
    }
    items(spec, "volumes").for_each(volume);
    if let Some(account) = spec.get("serviceAccountName").cloned() {
        // The old name of the field is kept in step with the new one.
        spec.insert("serviceAccount".into(), account);
    }
}

fn container(container: &mut Object) {
    let image = container
        .get("image")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let policy = if is_latest(image) {
        "Always"
    } else {
        "IfNotPresent"
    };
    let defaults = json!({
        "resources": {}, "terminationMessagePath": "/dev/termination-log",
        "terminationMessagePolicy": "File", "imagePullPolicy": policy,
    });
    copy_missing(&defaults, container);
    items(container, "ports").for_each(|port| copy_missing(&json!({"protocol": "TCP"}), port));
    for name in ["readinessProbe", "livenessProbe", "startupProbe"] {
        if let Some(Value::Object(found)) = container.get_mut(name) {
            probe(found);
        }
    }
    for variable in items(container, "env") {
        if let Some(Value::Object(field)) = variable
            .get_mut("valueFrom")
            .and_then(|from| from.get_mut("fieldRef"))
        {
            copy_missing(&json!({"apiVersion": "v1"}), field);
        }
    }
}

/// Images without a tag mean the latest one, which may change under its name.
fn is_latest(image: &str) -> bool {
    let name = image.rsplit('/').next().unwrap_or_default();
    !image.contains('@') && name.split_once(':').is_none_or(|(_, tag)| tag == "latest")
}

fn probe(probe: &mut Object) {
    let defaults = json!({"timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3});
    copy_missing(&defaults, probe);
    if let Some(Value::Object(get)) = probe.get_mut("httpGet") {
        copy_missing(&json!({"path": "/", "scheme": "HTTP"}), get);
    }
}

fn volume(volume: &mut Object) {
    for source in ["secret", "configMap", "downwardAPI", "projected"] {
        if let Some(Value::Object(found)) = volume.get_mut(source) {
            copy_missing(&json!({"defaultMode": 0o644}), found);
        }
    }
    if let Some(Value::Object(path)) = volume.get_mut("hostPath") {
        copy_missing(&json!({"type": ""}), path);
    }
    if volume.len() == 1 {
        volume.insert("emptyDir".into(), json!({}));
    }
}

fn items<'a>(object: &'a mut Object, list: &str) -> impl Iterator<Item = &'a mut Object> {
    let list = object.get_mut(list).and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_object_mut)
}
