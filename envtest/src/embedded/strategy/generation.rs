//! `metadata.generation`: how often the desired state has changed.

use super::super::object::{self, Object};
use super::super::resource::ResourceType;

/// Writes the generation of `new`: the old one, and one more when what is wanted has changed.
pub(super) fn count(resource: &ResourceType, old: &Object, new: &mut Object) {
    let Some(generation) = object::metadata(old, "generation").and_then(serde_json::Value::as_i64)
    else {
        return;
    };
    let changed = desired(resource, old) != desired(resource, new);
    object::metadata_mut(new).insert(
        "generation".into(),
        (generation + i64::from(changed)).into(),
    );
}

/// Everything but metadata, and but status where that has its own path. Deployments count their
/// annotations in: a rollout records itself there.
fn desired<'a>(
    resource: &ResourceType,
    object: &'a Object,
) -> Vec<(&'a str, &'a serde_json::Value)> {
    let status = resource.has_status() || !resource.is_custom();
    let ignored = |name: &str| {
        matches!(name, "metadata" | "apiVersion" | "kind") || (status && name == "status")
    };
    let members = object
        .iter()
        .map(|(name, value)| (name.as_str(), value))
        .filter(|(name, _)| !ignored(name));
    let annotations =
        object::metadata(object, "annotations").filter(|_| resource.is("apps", "deployments"));
    members
        .chain(annotations.map(|value| ("annotations", value)))
        .collect()
}
