//! CustomResourceDefinitions: from the object that defines a resource to the resource.
//!
//! In a real server controllers notice a definition and write its conditions a moment later. Here
//! they are written at once, as a change of their own, so that a watch sees the same steps.

mod check;
pub(crate) mod openapi;

use std::sync::Arc;

use serde_json::{Value, json};

use super::custom::{Column, CustomVersion, ScalePaths};
use super::kinds::Traits;
use super::object::{self, Object};
use super::resource::{ResourceType, Subresource};
use super::store::TableName;

pub(crate) use check::causes;

/// Keeps a deleted definition until its objects are gone.
const CLEANUP: &str = "customresourcecleanup.apiextensions.k8s.io";
/// The verbs of every custom resource, in the order discovery lists them.
const VERBS: [&str; 8] = [
    "delete",
    "deletecollection",
    "get",
    "list",
    "patch",
    "create",
    "update",
    "watch",
];
const STATUS_VERBS: [&str; 3] = ["get", "patch", "update"];

/// Fills in what a definition may leave out.
pub(crate) fn complete(crd: &mut Object) {
    let kind = text_at(crd, ".spec.names.kind").to_owned();
    let spec = object::child_mut(crd, "spec");
    spec.entry("conversion")
        .or_insert_with(|| json!({"strategy": "None"}));
    if !kind.is_empty() {
        let names = object::child_mut(spec, "names");
        names
            .entry("singular")
            .or_insert_with(|| kind.to_lowercase().into());
        names
            .entry("listKind")
            .or_insert_with(|| format!("{kind}List").into());
    }
}

/// The status of a new definition, before anything has been decided about it.
pub(crate) fn first_status(crd: &Object) -> Value {
    json!({
        "conditions": null,
        "acceptedNames": {"plural": "", "kind": ""},
        "storedVersions": storage_version(crd).into_iter().collect::<Vec<_>>(),
    })
}

/// Accepts the names of a definition and records its storage version; false when nothing is new.
pub(crate) fn establish(crd: &mut Object, now: &str) -> bool {
    let names = object::at_path(crd, ".spec.names")
        .cloned()
        .unwrap_or_default();
    let before = crd.get("status").cloned();
    let storage = storage_version(crd);
    let status = object::child_mut(crd, "status");
    status.insert("acceptedNames".into(), names);
    let stored = status.entry("storedVersions").or_insert_with(|| json!([]));
    if let (Value::Array(stored), Some(storage)) = (stored, storage)
        && !stored.contains(&storage.as_str().into())
    {
        stored.push(storage.into());
    }
    set_condition(
        status,
        "NamesAccepted",
        "NoConflicts",
        "no conflicts found",
        now,
    );
    set_condition(
        status,
        "Established",
        "InitialNamesAccepted",
        "the initial names have been accepted",
        now,
    );
    crd.get("status") != before.as_ref()
}

/// Holds a definition back until its objects are gone.
pub(crate) fn add_finalizer(crd: &mut Object) {
    object::add_finalizer(crd, CLEANUP);
}

/// Marks a definition whose objects are being deleted.
pub(crate) fn mark_deleted(crd: &mut Object, now: &str) {
    object::metadata_mut(crd).remove("deletionGracePeriodSeconds");
    let status = object::child_mut(crd, "status");
    set_condition(
        status,
        "Terminating",
        "InstanceDeletionInProgress",
        "CustomResource deletion is in progress",
        now,
    );
}

/// Takes off the finalizer that waits for the objects.
pub(crate) fn finish(crd: &mut Object) {
    if let Some(Value::Array(list)) = object::metadata_mut(crd).get_mut(object::FINALIZERS) {
        list.retain(|name| name != CLEANUP);
    }
}

pub(crate) fn is_established(crd: &Object) -> bool {
    let conditions = object::at_path(crd, ".status.conditions").and_then(Value::as_array);
    conditions
        .into_iter()
        .flatten()
        .any(|c| c["type"] == "Established" && c["status"] == "True")
}

/// The resources that a definition serves, one for each served version.
pub(crate) fn resources(crd: &Object) -> Vec<Arc<ResourceType>> {
    versions(crd)
        .filter(|version| version["served"] == true)
        .map(|version| Arc::new(resource(crd, version)))
        .collect()
}

/// Where the objects of a definition lie.
pub(crate) fn table(crd: &Object) -> TableName {
    TableName {
        group: group(crd).to_owned(),
        plural: text_at(crd, ".spec.names.plural").to_owned(),
    }
}

pub(crate) fn group(crd: &Object) -> &str {
    text_at(crd, ".spec.group")
}

fn versions(crd: &Object) -> impl Iterator<Item = &Value> {
    object::at_path(crd, ".spec.versions")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn storage_version(crd: &Object) -> Option<String> {
    let version = versions(crd).find(|version| version["storage"] == true)?;
    version["name"].as_str().map(str::to_owned)
}

fn resource(crd: &Object, version: &Value) -> ResourceType {
    let name = |field: &str| text_at(crd, &format!(".spec.names.{field}")).to_owned();
    let group = group(crd).to_owned();
    let version_name = version["name"].as_str().unwrap_or_default().to_owned();
    ResourceType {
        subresources: subresources(
            &group,
            &version_name,
            &name("kind"),
            &version["subresources"],
        ),
        group,
        version: version_name,
        plural: name("plural"),
        singular: name("singular"),
        kind: name("kind"),
        list_kind: name("listKind"),
        namespaced: text_at(crd, ".spec.scope") == "Namespaced",
        short_names: texts(object::at_path(crd, ".spec.names.shortNames")),
        categories: texts(object::at_path(crd, ".spec.names.categories")),
        verbs: VERBS.map(str::to_owned).to_vec(),
        table: table(crd),
        traits: Traits::custom(),
        custom: Some(Arc::new(custom(crd, version))),
    }
}

fn custom(crd: &Object, version: &Value) -> CustomVersion {
    let fields = version["selectableFields"].as_array().into_iter().flatten();
    CustomVersion {
        crd: object::name(crd).to_owned(),
        schema: version
            .pointer("/schema/openAPIV3Schema")
            .cloned()
            .unwrap_or_default(),
        columns: version["additionalPrinterColumns"]
            .as_array()
            .into_iter()
            .flatten()
            .map(column)
            .collect(),
        selectable_fields: fields
            .filter_map(|field| field["jsonPath"].as_str())
            .map(|path| path.trim_start_matches('.').to_owned())
            .collect(),
        scale: scale_paths(&version["subresources"]["scale"]),
    }
}

fn subresources(group: &str, version: &str, kind: &str, declared: &Value) -> Vec<Subresource> {
    let sub = |name: &str, group: &str, version: &str, kind: &str| Subresource {
        name: name.into(),
        group: group.into(),
        version: version.into(),
        kind: kind.into(),
        verbs: STATUS_VERBS.map(str::to_owned).to_vec(),
    };
    let status = declared["status"]
        .is_object()
        .then(|| sub("status", group, version, kind));
    let scale = declared["scale"]
        .is_object()
        .then(|| sub("scale", "autoscaling", "v1", "Scale"));
    status.into_iter().chain(scale).collect()
}

fn scale_paths(scale: &Value) -> Option<ScalePaths> {
    let path = |name: &str| scale[name].as_str().map(str::to_owned);
    Some(ScalePaths {
        spec: path("specReplicasPath")?,
        status: path("statusReplicasPath")?,
        selector: path("labelSelectorPath"),
    })
}

fn column(column: &Value) -> Column {
    let text = |name: &str| column[name].as_str().unwrap_or_default().to_owned();
    Column {
        name: text("name"),
        kind: text("type"),
        format: text("format"),
        priority: column["priority"].as_i64().unwrap_or(0),
        path: text("jsonPath"),
    }
}

fn set_condition(status: &mut Object, kind: &str, reason: &str, message: &str, now: &str) {
    let conditions = status.entry("conditions").or_insert_with(|| json!([]));
    if !conditions.is_array() {
        *conditions = json!([]);
    }
    let Value::Array(list) = conditions else {
        return;
    };
    if list
        .iter()
        .any(|condition| condition["type"] == kind && condition["status"] == "True")
    {
        return;
    }
    list.retain(|condition| condition["type"] != kind);
    list.push(json!({
        "type": kind, "status": "True", "lastTransitionTime": now, "reason": reason, "message": message,
    }));
}

fn text_at<'a>(object: &'a Object, path: &str) -> &'a str {
    object::at_path(object, path)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn texts(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}
