//! Jobs: they mark their pods with labels made from their own uid.

use serde_json::{Value, json};

use super::super::object::{self, Object};

pub(super) fn prepare_create(job: &mut Object) {
    let manual = object::at_path(job, ".spec.manualSelector")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    if manual {
        return;
    }
    let (name, uid) = (
        object::name(job).to_owned(),
        object::metadata_text(job, "uid").to_owned(),
    );
    let own = [
        ("batch.kubernetes.io/controller-uid", &uid),
        ("batch.kubernetes.io/job-name", &name),
        ("controller-uid", &uid),
        ("job-name", &name),
    ];
    let spec = object::child_mut(job, "spec");
    spec.insert(
        "selector".into(),
        json!({"matchLabels": {"batch.kubernetes.io/controller-uid": uid}}),
    );
    let template = object::child_mut(spec, "template");
    add_labels(object::metadata_mut(template), &own);
    add_labels(object::metadata_mut(job), &own);
}

fn add_labels(metadata: &mut Object, own: &[(&str, &String)]) {
    let labels = object::child_mut(metadata, "labels");
    labels.extend(
        own.iter()
            .map(|(key, value)| ((*key).to_owned(), Value::from(value.as_str()))),
    );
}
