//! The built-in kinds that two API versions show differently: one form is stored, the other made
//! when it is asked for.
//!
//! Custom resources need none of this: their versions differ in their name alone (strategy `None`).

use std::sync::Arc;

use serde_json::{Value, json};

use super::document::Document;
use super::object::{self, Object};
use super::resource::ResourceType;

/// Which other form a resource shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `events.k8s.io/v1`, stored as core events.
    Events,
    /// `autoscaling/v1`, stored as `autoscaling/v2`.
    Autoscaler,
}

/// The fields of events: as `events.k8s.io` names them, and as core does.
const EVENT_FIELDS: [(&str, &str); 7] = [
    ("note", "message"),
    ("regarding", "involvedObject"),
    ("reportingController", "reportingComponent"),
    ("deprecatedSource", "source"),
    ("deprecatedFirstTimestamp", "firstTimestamp"),
    ("deprecatedLastTimestamp", "lastTimestamp"),
    ("deprecatedCount", "count"),
];

impl ResourceType {
    /// A stored object as this version shows it.
    pub(crate) fn open(&self, document: &Document, revision: Option<u64>) -> Object {
        let mut object = document.to_object(&self.type_meta(), revision);
        to_served(self, &mut object);
        object
    }

    /// An object of this version as it is stored.
    pub(crate) fn close(&self, object: &Object) -> Arc<Document> {
        if !applies(self) {
            return Arc::new(Document::new(object));
        }
        let mut stored = object.clone();
        to_stored(self, &mut stored);
        Arc::new(Document::new(&stored))
    }
}

/// Whether the resource is shown in another form than it is stored in.
pub(crate) fn applies(resource: &ResourceType) -> bool {
    form(resource).is_some()
}

/// From the stored form to the resource's own.
fn to_served(resource: &ResourceType, object: &mut Object) {
    match form(resource) {
        Some(Form::Events) => EVENT_FIELDS
            .iter()
            .for_each(|(served, stored)| rename(object, stored, served)),
        Some(Form::Autoscaler) => cpu_target_from_metrics(object),
        None => {}
    }
}

/// From the resource's own form to the stored one.
fn to_stored(resource: &ResourceType, object: &mut Object) {
    match form(resource) {
        Some(Form::Events) => EVENT_FIELDS
            .iter()
            .for_each(|(served, stored)| rename(object, served, stored)),
        Some(Form::Autoscaler) => metrics_from_cpu_target(object),
        None => {}
    }
}

fn form(resource: &ResourceType) -> Option<Form> {
    match (
        resource.group.as_str(),
        resource.version.as_str(),
        resource.plural.as_str(),
    ) {
        ("events.k8s.io", _, "events") => Some(Form::Events),
        ("autoscaling", "v1", "horizontalpodautoscalers") => Some(Form::Autoscaler),
        _ => None,
    }
}

fn rename(object: &mut Object, from: &str, to: &str) {
    if let Some(value) = object.remove(from) {
        object.insert(to.to_owned(), value);
    }
}

/// The old version knows one metric: how busy the CPU is to be.
fn cpu_target_from_metrics(autoscaler: &mut Object) {
    let spec = object::child_mut(autoscaler, "spec");
    let Some(Value::Array(metrics)) = spec.remove("metrics") else {
        return;
    };
    let cpu = metrics
        .iter()
        .find(|metric| metric.pointer("/resource/name") == Some(&json!("cpu")));
    if let Some(target) =
        cpu.and_then(|metric| metric.pointer("/resource/target/averageUtilization"))
    {
        spec.insert("targetCPUUtilizationPercentage".into(), target.clone());
    }
}

fn metrics_from_cpu_target(autoscaler: &mut Object) {
    let spec = object::child_mut(autoscaler, "spec");
    if let Some(target) = spec.remove("targetCPUUtilizationPercentage") {
        let utilization = json!({"type": "Utilization", "averageUtilization": target});
        let metric =
            json!({"type": "Resource", "resource": {"name": "cpu", "target": utilization}});
        spec.insert("metrics".into(), json!([metric]));
    }
}
