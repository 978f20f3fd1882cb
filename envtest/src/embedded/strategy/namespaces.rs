//! Namespaces: they keep a finalizer in their spec until their content is gone.
//!
//! The controller that empties a namespace and then finalizes it is not part of an API server;
//! without it a deleted namespace stays Terminating, here as there.

use serde_json::{Value, json};

use super::super::object::{self, Object};
use super::super::resource::ResourceType;
use super::super::status::Failure;

/// These cannot be deleted.
const IMMORTAL: [&str; 3] = ["default", "kube-system", "kube-public"];

pub(super) fn prepare_create(object: &mut Object) {
    let name = object::name(object).to_owned();
    object::child_mut(object::metadata_mut(object), "labels")
        .insert("kubernetes.io/metadata.name".into(), name.into());
    let finalizers = object::child_mut(object, "spec")
        .entry("finalizers")
        .or_insert_with(|| json!([]));
    if let Value::Array(list) = finalizers
        && !list.contains(&json!("kubernetes"))
    {
        list.push(json!("kubernetes"));
    }
    object.insert("status".into(), json!({"phase": "Active"}));
}

pub(super) fn admit_delete(resource: &ResourceType, name: &str) -> Result<(), Failure> {
    if IMMORTAL.contains(&name) {
        return Err(Failure::forbidden(
            resource.named(),
            name,
            "this namespace may not be deleted",
        ));
    }
    Ok(())
}

pub(super) fn mark_deleted(object: &mut Object) {
    object::metadata_mut(object).remove("deletionGracePeriodSeconds");
    object::child_mut(object, "status").insert("phase".into(), "Terminating".into());
}

/// `/finalize` changes `spec.finalizers` and nothing else.
pub(super) fn keep_all_but_finalizers(old: &Object, new: &mut Object) {
    let spec = new.remove("spec").unwrap_or_else(|| json!({}));
    *new = old.clone();
    new.insert("spec".into(), spec);
}
