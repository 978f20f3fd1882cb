//! The decisions that each kind makes on its own when it is written or deleted.
//!
//! The generic part, true of most kinds, is here; kinds with a life of their own (namespaces, pods,
//! services) have a file.

pub(crate) mod defaults;
mod definitions;
mod generation;
mod jobs;
mod missing;
mod namespaces;
mod pods;
mod rules;
mod services;

use serde_json::Value;

use super::cluster::{Call, Cluster};
use super::crd;
use super::object::{self, Object};
use super::resource::ResourceType;
use super::status::{Cause, Failure};

/// Completes a new object as its kind does; `number` is unlike that of any other new object.
pub(crate) fn prepare_create(resource: &ResourceType, object: &mut Object, number: u64) {
    if resource.has_status() && !resource.is("", "nodes") {
        object.remove("status");
    }
    let (group, plural) = (resource.group.as_str(), resource.plural.as_str());
    if let Some(status) = defaults::first_status(group, plural) {
        object.insert("status".into(), status);
    }
    if let Some(finalizer) = defaults::first_finalizer(group, plural) {
        object::add_finalizer(object, finalizer);
    }
    match (group, plural) {
        ("", "namespaces") => namespaces::prepare_create(object),
        ("", "pods") => pods::prepare_create(object),
        ("", "services") => services::prepare_create(object, number),
        ("batch", "jobs") => jobs::prepare_create(object),
        _ if is_definition(resource) => definitions::prepare_create(object),
        _ => {}
    }
}

/// What is wrong with the content of an object, by the rules of its kind.
pub(crate) fn causes(resource: &ResourceType, object: &Object) -> Vec<Cause> {
    match &resource.custom {
        Some(custom) => custom.causes(object),
        None if is_definition(resource) => crd::causes(object),
        None => rules::causes(&resource.group, &resource.plural, object),
    }
}

fn is_definition(resource: &ResourceType) -> bool {
    resource.is("apiextensions.k8s.io", "customresourcedefinitions")
}

/// What an update of the object itself may not change.
pub(crate) fn update_causes(
    resource: &ResourceType,
    subresource: &str,
    old: &Object,
    new: &Object,
) -> Vec<Cause> {
    if resource.is("", "pods") && subresource.is_empty() {
        pods::update_causes(old, new)
    } else {
        Vec::new()
    }
}

/// Keeps what the path written to does not own, and counts the generation.
pub(crate) fn prepare_update(
    resource: &ResourceType,
    subresource: &str,
    old: &Object,
    new: &mut Object,
) {
    match subresource {
        "status" => keep_all_but_status(resource, old, new),
        "binding" => {}
        "finalize" => namespaces::keep_all_but_finalizers(old, new),
        _ if resource.has_status() => object::carry(old, new, "status"),
        _ => {}
    }
    if resource.is("", "namespaces") && subresource.is_empty() {
        object::carry(old, new, "spec");
    }
    if resource.is("", "services") {
        services::prepare_update(old, new);
    }
    if is_definition(resource) {
        crd::complete(new);
    }
    generation::count(resource, old, new);
}

/// The status of a custom resource comes without any metadata; built-in kinds take labels and
/// annotations along.
fn keep_all_but_status(resource: &ResourceType, old: &Object, new: &mut Object) {
    let status = new.remove("status");
    let metadata = new.remove("metadata");
    *new = old.clone();
    object::carry(
        &status
            .map(|s| Object::from_iter([("status".to_owned(), s)]))
            .unwrap_or_default(),
        new,
        "status",
    );
    if let (false, Some(Value::Object(mut metadata))) = (resource.is_custom(), metadata) {
        let kept = old
            .get("metadata")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default();
        object::carry(&kept, &mut metadata, "ownerReferences");
        new.insert("metadata".into(), Value::Object(metadata));
    }
}

/// The finalizers that a kind keeps in its spec; only namespaces do.
pub(crate) fn own_finalizers(object: &Object) -> Option<&Vec<Value>> {
    if object.get("kind")? != "Namespace" || object.get("apiVersion")? != "v1" {
        return None;
    }
    object.get("spec")?.get("finalizers")?.as_array()
}

pub(crate) fn admit_delete(resource: &ResourceType, name: &str) -> Result<(), Failure> {
    if resource.is("", "namespaces") {
        namespaces::admit_delete(resource, name)
    } else {
        Ok(())
    }
}

/// How long an object has to end by itself, in seconds.
pub(crate) fn grace_period(resource: &ResourceType, object: &Object, asked: Option<i64>) -> i64 {
    if resource.is("", "pods") {
        pods::grace_period(object, asked)
    } else {
        0
    }
}

/// Jobs and replication controllers are older than the collector and leave their pods behind.
pub(crate) fn orphans_by_default(resource: &ResourceType) -> bool {
    resource.is("batch", "jobs") || resource.is("", "replicationcontrollers")
}

/// Marks an object that cannot go yet.
pub(crate) fn mark_deleted(
    resource: &ResourceType,
    object: &mut Object,
    now: &str,
    grace: i64,
    first_time: bool,
) {
    let metadata = object::metadata_mut(object);
    metadata.insert(
        "deletionTimestamp".into(),
        super::clock::later(now, grace).into(),
    );
    metadata.insert("deletionGracePeriodSeconds".into(), grace.into());
    let counted = first_time && !is_definition(resource);
    if counted && let Some(generation) = metadata.get("generation").and_then(Value::as_i64) {
        metadata.insert("generation".into(), (generation + 1).into());
    }
    if resource.is("", "namespaces") {
        namespaces::mark_deleted(object);
    }
    if is_definition(resource) {
        crd::mark_deleted(object, now);
    }
}

/// Adds the finalizers that the kind itself puts on what is deleted.
pub(crate) fn add_own_finalizers(resource: &ResourceType, object: &mut Object) {
    if is_definition(resource) {
        crd::add_finalizer(object);
    }
}

impl Cluster {
    /// What else a stored object changes.
    pub(super) fn after_write(&mut self, call: &Call, object: &Object) {
        if is_definition(&call.resource) {
            self.follow_definition(call, object);
        }
    }

    /// What else a removed object changes.
    pub(super) fn after_remove(&mut self, call: &Call) {
        if let Some(custom) = call.resource.custom.clone() {
            self.follow_last_object(call, &custom.crd);
        }
    }
}
