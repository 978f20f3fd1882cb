//! Owner references: the controller of an object, and the objects that one controls.

use crate::cache::{NamespacedName, Store};
use crate::model::api_resource::{ApiResource, ScopeKind};
use crate::model::meta::OwnerReference;
use crate::model::object::Object;

/// The entry in `ownerReferences` of an object that `owner` controls. With it,
/// [`Controller::owns`](super::Controller::owns) reconciles the owner when the object changes, and
/// the object is deleted with its owner.
///
/// The owner must come from the server, because the entry holds its uid. It must be in the same
/// namespace, or cluster-scoped.
///
/// ```
/// use kubewright::controller::controlled_by;
/// use kubewright::meta::{ObjectMeta, OwnerReference};
/// use kubewright::{ApiResource, Unstructured};
///
/// fn metadata(widget: &Unstructured, widgets: &ApiResource) -> ObjectMeta {
///     ObjectMeta {
///         name: Some(format!("{}-config", widget.name())),
///         owner_references: vec![controlled_by(widget, widgets)],
///         ..ObjectMeta::default()
///     }
/// }
/// ```
pub fn controlled_by<K: Object>(owner: &K, resource: &ApiResource) -> OwnerReference {
    OwnerReference {
        api_version: resource.api_version(),
        kind: resource.kind.to_string(),
        name: owner.name().to_owned(),
        uid: owner.uid().unwrap_or_default().to_owned(),
        controller: Some(true),
        block_owner_deletion: Some(true),
    }
}

/// The key of the object's controller, where that is one of `owners`.
///
/// Versions of a group are one kind: an owner may have been named by another version than
/// the one that is watched. An owner is in the namespace of what it owns, or in none. A
/// resource that was named without its kind knows its own by their uids, while they live.
pub(super) fn key_of<C: Object, K: Object>(
    child: &C,
    owners: &ApiResource,
    cached: &Store<K>,
) -> Option<NamespacedName> {
    let reference = child.controller()?;
    let group = reference
        .api_version
        .rsplit_once('/')
        .map_or("", |(group, _)| group);
    let key = match (owners.scope, child.namespace()) {
        (Some(ScopeKind::Cluster), _) | (_, None) => NamespacedName::cluster(reference.name),
        (_, Some(namespace)) => NamespacedName::new(namespace, reference.name),
    };
    let is_ours = match &*owners.kind {
        "" => cached.get(&key)?.uid() == Some(&reference.uid),
        kind => reference.kind == kind,
    };
    (is_ours && group == owners.group).then_some(key)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::unstructured::Unstructured;

    fn key(child: &Unstructured, owners: &ApiResource) -> Option<NamespacedName> {
        key_of(child, owners, &Store::<Unstructured>::new())
    }

    fn child(api_version: &str, kind: &str, controller: bool) -> Unstructured {
        let reference = serde_json::json!({"apiVersion": api_version, "kind": kind, "name": "big", "uid": "u", "controller": controller});
        let other =
            serde_json::json!({"apiVersion": "v1", "kind": "Node", "name": "n", "uid": "n"});
        let child = serde_json::json!({"kind": "Pod", "metadata": {"name": "p", "namespace": "prod", "ownerReferences": [other, reference]}});
        Unstructured::try_from(child).unwrap()
    }

    fn widgets(scope: ScopeKind) -> ApiResource {
        ApiResource {
            group: "example.com".into(),
            version: "v1".into(),
            kind: "Widget".into(),
            plural: "widgets".into(),
            scope: Some(scope),
        }
    }

    #[test]
    fn the_controller_of_the_right_kind_counts_in_any_version() {
        let namespaced = widgets(ScopeKind::Namespaced);
        for version in ["example.com/v1", "example.com/v1beta1"] {
            let found = key(&child(version, "Widget", true), &namespaced);
            assert_eq!(found, Some(NamespacedName::new("prod", "big")), "{version}");
        }
        let found = key(
            &child("example.com/v1", "Widget", true),
            &widgets(ScopeKind::Cluster),
        );
        assert_eq!(found, Some(NamespacedName::cluster("big")));
    }

    #[test]
    fn what_is_controlled_calls_for_its_owner() {
        let widgets = widgets(ScopeKind::Namespaced);
        let big = serde_json::json!({"metadata": {"name": "big", "namespace": "prod", "uid": "u"}});
        let owner = Unstructured::try_from(big).unwrap();
        let owners = vec![controlled_by(&owner, &widgets)];
        // Where it is deleted so, the owner goes after what it owns.
        assert_eq!(owners[0].block_owner_deletion, Some(true));
        let metadata =
            serde_json::json!({"name": "p", "namespace": "prod", "ownerReferences": owners});
        let child = Unstructured::try_from(serde_json::json!({"metadata": metadata})).unwrap();
        assert_eq!(key(&child, &widgets), Some(NamespacedName::of(&owner)));
    }

    #[test]
    fn a_resource_without_a_kind_knows_its_own_by_their_uids() {
        let unnamed = ApiResource {
            kind: "".into(),
            ..widgets(ScopeKind::Namespaced)
        };
        let owned = child("example.com/v1", "Widget", true);
        assert_eq!(key(&owned, &unnamed), None, "nothing is cached");
        let big = serde_json::json!({"metadata": {"name": "big", "namespace": "prod", "uid": "u"}});
        let cached = Store::new();
        cached.put(Arc::new(Unstructured::try_from(big).unwrap()));
        let found = key_of(&owned, &unnamed, &cached);
        assert_eq!(found, Some(NamespacedName::new("prod", "big")));
    }

    #[test]
    fn other_owners_do_not_count() {
        let namespaced = widgets(ScopeKind::Namespaced);
        for child in [
            child("example.com/v1", "Widget", false),
            child("v1", "Widget", true),
            child("example.com/v1", "Gadget", true),
        ] {
            assert_eq!(key(&child, &namespaced), None);
        }
    }
}
