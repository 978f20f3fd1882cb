//! Names of the methods that lead to resources.

use std::collections::BTreeMap;

use crate::Names;
use crate::ir::{GroupVersion, Model, Resource, TypeId, Verb};
use crate::naming::{Scope, method_name};

/// Methods of a client that are not named after a resource.
const RESERVED: &[&str] = &["new", "client", "clone", "factory"];

/// The methods of one resource.
pub(super) struct Methods {
    pub(super) one: String,
    pub(super) across: Option<String>,
}

/// The methods of each group's client, in the order of the plurals: what has a name keeps it.
pub(super) fn run<'m>(model: &'m Model, locked: &Names) -> BTreeMap<&'m TypeId, Methods> {
    let known = |resource: &Resource| locked.method(&resource.group_version, &resource.plural);
    let mut resources: Vec<(&TypeId, &Resource)> = model
        .types
        .iter()
        .filter_map(|(id, definition)| Some((id, definition.resource()?)))
        .filter(|(_, resource)| resource.client)
        .collect();
    resources.sort_by_key(|(_, resource)| {
        let is_new = known(resource).is_none();
        (is_new, &resource.plural, &resource.kind)
    });
    let mut scopes: BTreeMap<&GroupVersion, Scope> = BTreeMap::new();
    let methods = resources.into_iter().map(|(id, resource)| {
        let scope = scopes
            .entry(&resource.group_version)
            .or_insert_with(|| Scope::reserving(RESERVED));
        let wish = known(resource).cloned();
        let wish = wish.unwrap_or_else(|| method_name(&resource.kind, &resource.plural));
        let one = scope.claim(&wish, "_");
        let across = is_seen_across(resource).then(|| scope.claim(&format!("all_{one}"), "_"));
        (id, Methods { one, across })
    });
    methods.collect()
}

/// Only what is namespaced and can be listed is seen across namespaces.
fn is_seen_across(resource: &Resource) -> bool {
    let verbs = &resource.verbs;
    resource.namespaced && (verbs.contains(&Verb::List) || verbs.contains(&Verb::Watch))
}
