//! Reading the old discovery documents: one index, one document a group-version.

use std::collections::BTreeMap;

use super::problem::{DiscoveryProblem, OfDiscovery};
use super::{
    DiscoveredGroup, DiscoveredResource, DiscoveredSubresource, DiscoveredVersion, Discovery,
};
use crate::model::api_resource::{ApiResource, ScopeKind};
use crate::model::error::Result;
use crate::model::meta::{APIGroupList, APIResource, APIResourceList, APIVersions};
use crate::model::names::{GroupVersion, GroupVersionKind};
use crate::model::object::from_json;

/// A group and its versions, the preferred one first.
pub(crate) struct Group {
    name: String,
    versions: Vec<String>,
}

impl Group {
    pub(crate) fn group_versions(&self) -> impl Iterator<Item = GroupVersion> {
        self.versions
            .iter()
            .map(|version| GroupVersion::new(&self.name, version))
    }
}

/// The index: the answers of `/api` and `/apis`.
pub(crate) fn index(core: Option<&str>, groups: &str) -> Result<Vec<Group>> {
    let mut index = Vec::new();
    if let Some(core) = core {
        let core: APIVersions =
            from_json(core).map_err(|error| error.while_doing(OfDiscovery::Index("/api")))?;
        index.push(Group {
            name: String::new(),
            versions: core.versions,
        });
    }
    let groups: APIGroupList =
        from_json(groups).map_err(|error| error.while_doing(OfDiscovery::Index("/apis")))?;
    for group in groups.groups {
        let preferred = group
            .preferred_version
            .map(|version| version.version)
            .unwrap_or_default();
        let mut versions: Vec<_> = group
            .versions
            .into_iter()
            .map(|version| version.version)
            .collect();
        versions.sort_by_key(|version| *version != preferred);
        index.push(Group {
            name: group.name,
            versions,
        });
    }
    Ok(index)
}

/// Where a group-version describes itself.
pub(crate) fn path(group_version: &GroupVersion) -> String {
    if group_version.group.is_empty() {
        return format!("/api/{}", group_version.version);
    }
    format!("/apis/{}/{}", group_version.group, group_version.version)
}

/// Puts the answers in their places; what failed is noted ([rule M2](crate::semantics#m2)).
pub(crate) fn assemble(
    index: Vec<Group>,
    answers: Vec<(GroupVersion, Result<String>)>,
) -> Discovery {
    let mut discovery = Discovery::default();
    let mut documents: BTreeMap<_, _> = answers
        .into_iter()
        .map(|(group_version, answer)| (group_version.to_string(), answer))
        .collect();
    for group in index {
        let mut versions = Vec::new();
        for group_version in group.group_versions() {
            let answer = documents.remove(&group_version.to_string());
            let answer = answer.unwrap_or_else(|| Err(DiscoveryProblem::NotAsked.into()));
            match answer.and_then(|answer| version(&group_version, &answer)) {
                Ok(version) => versions.push(version),
                // Missing v1 resources are empty, not an error.
                Err(error) if error.is_not_found() && group.name.is_empty() => {}
                Err(error) => discovery.fail(group_version, error),
            }
        }
        discovery.groups.push(DiscoveredGroup {
            name: group.name,
            versions,
        });
    }
    discovery
}

fn version(group_version: &GroupVersion, answer: &str) -> Result<DiscoveredVersion> {
    let list: APIResourceList = from_json(answer)?;
    let (resources, subresources): (Vec<_>, Vec<_>) = list
        .resources
        .into_iter()
        .partition(|entry| !entry.name.contains('/'));
    let mut resources: Vec<_> = resources
        .into_iter()
        .map(|entry| resource(group_version, entry))
        .collect();
    for entry in subresources {
        let Some((parent, name)) = entry.name.split_once('/') else {
            continue;
        };
        if let Some(parent) = resources
            .iter_mut()
            .find(|resource| resource.resource.plural == parent)
        {
            parent
                .subresources
                .push(subresource(group_version, name, &entry));
        }
    }
    Ok(DiscoveredVersion {
        version: group_version.version.clone(),
        resources,
    })
}

fn resource(group_version: &GroupVersion, entry: APIResource) -> DiscoveredResource {
    let scope = if entry.namespaced {
        ScopeKind::Namespaced
    } else {
        ScopeKind::Cluster
    };
    DiscoveredResource {
        resource: ApiResource {
            group: group_version.group.clone().into(),
            version: group_version.version.clone().into(),
            kind: entry.kind.into(),
            plural: entry.name.into(),
            scope: Some(scope),
        },
        singular: entry.singular_name,
        short_names: entry.short_names,
        categories: entry.categories,
        verbs: entry.verbs,
        subresources: Vec::new(),
    }
}

fn subresource(
    group_version: &GroupVersion,
    name: &str,
    entry: &APIResource,
) -> DiscoveredSubresource {
    let given = |part: &Option<String>| part.clone().filter(|part| !part.is_empty());
    let kind = match given(&entry.version) {
        Some(version) => GroupVersionKind::new(
            given(&entry.group).unwrap_or_default(),
            version,
            &entry.kind,
        ),
        None => GroupVersionKind::new(&group_version.group, &group_version.version, &entry.kind),
    };
    DiscoveredSubresource {
        name: name.to_owned(),
        kind: Some(kind),
        verbs: entry.verbs.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUPS: &str = r#"{"kind":"APIGroupList","groups":[{"name":"batch","versions":[{"groupVersion":"batch/v1beta1","version":"v1beta1"},
        {"groupVersion":"batch/v1","version":"v1"}],"preferredVersion":{"groupVersion":"batch/v1","version":"v1"}},
        {"name":"metrics.k8s.io","versions":[{"groupVersion":"metrics.k8s.io/v1","version":"v1"}]}]}"#;
    const PODS: &str = r#"{"kind":"APIResourceList","groupVersion":"v1","resources":[
        {"name":"pods/eviction","namespaced":true,"kind":"Eviction","group":"policy","version":"v1","verbs":["create"]},
        {"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["get"],"shortNames":["po"]},
        {"name":"nodes","singularName":"","namespaced":false,"kind":"Node","verbs":["get"]}]}"#;

    #[test]
    fn the_core_group_is_first_and_preferred_versions_lead() {
        // Rule M5
        let index = index(Some(r#"{"kind":"APIVersions","versions":["v1"]}"#), GROUPS).unwrap();
        let all: Vec<_> = index
            .iter()
            .flat_map(Group::group_versions)
            .map(|gv| path(&gv))
            .collect();
        assert_eq!(
            all,
            [
                "/api/v1",
                "/apis/batch/v1",
                "/apis/batch/v1beta1",
                "/apis/metrics.k8s.io/v1"
            ]
        );
    }

    #[test]
    fn one_dead_group_does_not_hide_the_rest() {
        // Rule M2
        let index = index(Some(r#"{"versions":["v1"]}"#), GROUPS).unwrap();
        let answers = vec![
            (GroupVersion::new("", "v1"), Ok(PODS.to_owned())),
            (
                GroupVersion::new("batch", "v1"),
                Ok(r#"{"resources":null}"#.to_owned()),
            ),
            (
                GroupVersion::new("metrics.k8s.io", "v1"),
                Err(DiscoveryProblem::Stale.into()),
            ),
        ];
        let discovery = assemble(index, answers);
        assert_eq!(discovery.resources().count(), 2);
        let failed: Vec<_> = discovery
            .failures()
            .iter()
            .map(|failure| failure.group_version.to_string())
            .collect();
        assert_eq!(failed, ["batch/v1beta1", "metrics.k8s.io/v1"]);
    }

    #[test]
    fn subresources_go_to_their_parents_whatever_the_order() {
        let version = version(&GroupVersion::new("", "v1"), PODS).unwrap();
        assert_eq!(
            version.resources[0].subresources[0].kind,
            Some(GroupVersionKind::new("policy", "v1", "Eviction"))
        );
        assert_eq!(
            version.resources[1].resource.scope,
            Some(ScopeKind::Cluster)
        );
    }
}
