//! Discovery in both forms: one aggregated document, or the old ones step by step.

use base64::Engine as _;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::group::{Group, Version};
use super::registry::Registry;
use super::resource::{ResourceType, Subresource, api_version};

/// `/api` or `/apis` as one APIGroupDiscoveryList.
pub(crate) fn aggregated(registry: &Registry, core: bool) -> Value {
    let items: Vec<_> = registry
        .groups()
        .iter()
        .filter(|g| g.name.is_empty() == core)
        .map(aggregated_group)
        .collect();
    json!({
        "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2",
        "metadata": {}, "items": items,
    })
}

fn aggregated_group(group: &Group) -> Value {
    let versions: Vec<_> = group.versions.iter().map(aggregated_version).collect();
    let metadata = if group.name.is_empty() {
        json!({})
    } else {
        json!({"name": group.name})
    };
    json!({"metadata": metadata, "versions": versions})
}

fn aggregated_version(version: &Version) -> Value {
    let resources: Vec<_> = version
        .resources
        .iter()
        .map(|r| aggregated_resource(r))
        .collect();
    json!({"version": version.name, "resources": resources, "freshness": "Current"})
}

fn aggregated_resource(resource: &ResourceType) -> Value {
    let mut entry = json!({
        "resource": resource.plural,
        "responseKind": response_kind(resource, &resource.group, &resource.version, &resource.kind),
        "scope": if resource.namespaced { "Namespaced" } else { "Cluster" },
        "singularResource": resource.singular,
        "verbs": resource.verbs,
    });
    set_unless_empty(&mut entry, "shortNames", &resource.short_names);
    set_unless_empty(&mut entry, "categories", &resource.categories);
    let subresources: Vec<_> = resource
        .subresources
        .iter()
        .map(|sub| aggregated_subresource(resource, sub))
        .collect();
    set_unless_empty(&mut entry, "subresources", &subresources);
    entry
}

fn aggregated_subresource(resource: &ResourceType, sub: &Subresource) -> Value {
    json!({
        "subresource": sub.name,
        "responseKind": response_kind(resource, &sub.group, &sub.version, &sub.kind),
        "verbs": sub.verbs,
    })
}

/// A kind of the resource's own version leaves group and version empty; a custom one names them.
fn response_kind(resource: &ResourceType, group: &str, version: &str, kind: &str) -> Value {
    let own = group == resource.group && version == resource.version && !resource.is_custom();
    let (group, version) = if own { ("", "") } else { (group, version) };
    json!({"group": group, "version": version, "kind": kind})
}

/// `/api`: the versions of the core group.
pub(crate) fn core_versions(registry: &Registry, address: &str) -> Value {
    let versions: Vec<_> = registry.group("").map(|g| g.versions).unwrap_or_default();
    json!({
        "kind": "APIVersions",
        "versions": versions.iter().map(|v| v.name.as_str()).collect::<Vec<_>>(),
        "serverAddressByClientCIDRs": [{"clientCIDR": "0.0.0.0/0", "serverAddress": address}],
    })
}

/// `/apis`: the named groups.
pub(crate) fn groups(registry: &Registry) -> Value {
    let groups: Vec<_> = registry
        .groups()
        .iter()
        .filter(|g| !g.name.is_empty())
        .map(legacy_group)
        .collect();
    json!({"kind": "APIGroupList", "apiVersion": "v1", "groups": groups})
}

/// `/apis/{group}`.
pub(crate) fn group(group: &Group) -> Value {
    let mut document = legacy_group(group);
    document["kind"] = "APIGroup".into();
    document["apiVersion"] = "v1".into();
    document
}

fn legacy_group(group: &Group) -> Value {
    let versions: Vec<_> = group
        .versions
        .iter()
        .map(|v| group_version(group, v))
        .collect();
    json!({"name": group.name, "versions": versions, "preferredVersion": versions.first()})
}

fn group_version(group: &Group, version: &Version) -> Value {
    json!({"groupVersion": api_version(&group.name, &version.name), "version": version.name})
}

/// `/apis/{group}/{version}`: its resources and, beside them, their subresources.
pub(crate) fn resources(group: &str, version: &Version) -> Value {
    let mut entries: Vec<Value> = version
        .resources
        .iter()
        .flat_map(|resource| legacy_resource(resource))
        .collect();
    entries.sort_by(|a, b| a["name"].as_str().cmp(&b["name"].as_str()));
    let mut list = json!({
        "kind": "APIResourceList",
        "groupVersion": api_version(group, &version.name), "resources": entries,
    });
    if !group.is_empty() {
        // The core group's list is older than the rule that every document names its version.
        list["apiVersion"] = "v1".into();
    }
    list
}

fn legacy_resource(resource: &ResourceType) -> Vec<Value> {
    let mut entry = json!({
        "name": resource.plural, "singularName": resource.singular, "namespaced": resource.namespaced,
        "kind": resource.kind, "verbs": resource.verbs,
    });
    set_unless_empty(&mut entry, "shortNames", &resource.short_names);
    set_unless_empty(&mut entry, "categories", &resource.categories);
    if resource.allows("list") && resource.allows("create") {
        entry["storageVersionHash"] = storage_version_hash(resource).into();
    }
    std::iter::once(entry)
        .chain(
            resource
                .subresources
                .iter()
                .map(|sub| legacy_subresource(resource, sub)),
        )
        .collect()
}

fn legacy_subresource(resource: &ResourceType, sub: &Subresource) -> Value {
    let mut entry = json!({
        "name": format!("{}/{}", resource.plural, sub.name), "singularName": "",
        "namespaced": resource.namespaced, "kind": sub.kind, "verbs": sub.verbs,
    });
    if (&sub.group, &sub.version) != (&resource.group, &resource.version) {
        entry["group"] = sub.group.as_str().into();
        entry["version"] = sub.version.as_str().into();
    }
    entry
}

/// Changes when the stored form does; clients may only compare it for equality.
fn storage_version_hash(resource: &ResourceType) -> String {
    let text = format!(
        "{}/{}/{}",
        resource.table.group, resource.version, resource.kind
    );
    let digest = Sha256::digest(text.as_bytes());
    base64::engine::general_purpose::STANDARD.encode(&digest[..8])
}

fn set_unless_empty<T: serde::Serialize>(entry: &mut Value, name: &str, list: &[T]) {
    if !list.is_empty() {
        entry[name] = json!(list);
    }
}
