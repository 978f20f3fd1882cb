//! Reading aggregated discovery (KEP-3352).

use serde::Deserialize;

use super::problem::{DiscoveryProblem, OfDiscovery};
use super::{
    DiscoveredGroup, DiscoveredResource, DiscoveredSubresource, DiscoveredVersion, Discovery,
};
use crate::model::api_resource::{ApiResource, ScopeKind};
use crate::model::error::Result;
use crate::model::meta::{ObjectMeta, null_as_default};
use crate::model::names::{GroupVersion, GroupVersionKind};
use crate::model::object::from_json;

/// Reads the answers of `/api` and `/apis`.
pub(crate) fn read_all<'a>(answers: impl IntoIterator<Item = &'a String>) -> Result<Discovery> {
    let mut discovery = Discovery::default();
    for answer in answers {
        read(answer, &mut discovery)?;
    }
    Ok(discovery)
}

/// Adds the groups of one `APIGroupDiscoveryList`. A version whose server did not answer
/// (`Stale`) is a failure beside what is known of it.
fn read(answer: &str, discovery: &mut Discovery) -> Result<()> {
    let list: GroupList =
        from_json(answer).map_err(|error| error.while_doing(OfDiscovery::Aggregated))?;
    for group in list.items {
        let name = group.metadata.name.unwrap_or_default();
        let mut versions = Vec::with_capacity(group.versions.len());
        for version in group.versions {
            if version.freshness == "Stale" {
                let stale = GroupVersion::new(&name, &version.version);
                discovery.fail(stale, DiscoveryProblem::Stale.into());
            }
            versions.push(version.discovered(&name));
        }
        discovery.groups.push(DiscoveredGroup { name, versions });
    }
    Ok(())
}

#[derive(Deserialize)]
struct GroupList {
    #[serde(default, deserialize_with = "null_as_default")]
    items: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    #[serde(default)]
    metadata: ObjectMeta,
    #[serde(default, deserialize_with = "null_as_default")]
    versions: Vec<Version>,
}

#[derive(Deserialize)]
struct Version {
    #[serde(default)]
    version: String,
    #[serde(default, deserialize_with = "null_as_default")]
    resources: Vec<Resource>,
    #[serde(default)]
    freshness: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Resource {
    resource: String,
    response_kind: Option<Kind>,
    scope: String,
    singular_resource: String,
    #[serde(deserialize_with = "null_as_default")]
    verbs: Vec<String>,
    #[serde(deserialize_with = "null_as_default")]
    short_names: Vec<String>,
    #[serde(deserialize_with = "null_as_default")]
    categories: Vec<String>,
    #[serde(deserialize_with = "null_as_default")]
    subresources: Vec<Subresource>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Subresource {
    subresource: String,
    response_kind: Option<Kind>,
    #[serde(deserialize_with = "null_as_default")]
    verbs: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Kind {
    group: String,
    version: String,
    kind: String,
}

impl Version {
    fn discovered(self, group: &str) -> DiscoveredVersion {
        let version = self.version;
        let resources = self
            .resources
            .into_iter()
            .map(|resource| resource.discovered(group, &version))
            .collect();
        DiscoveredVersion { version, resources }
    }
}

impl Resource {
    fn discovered(self, group: &str, version: &str) -> DiscoveredResource {
        let scope = if self.scope == "Namespaced" {
            ScopeKind::Namespaced
        } else {
            ScopeKind::Cluster
        };
        DiscoveredResource {
            resource: ApiResource {
                group: group.to_owned().into(),
                version: version.to_owned().into(),
                kind: self.response_kind.unwrap_or_default().kind.into(),
                plural: self.resource.into(),
                scope: Some(scope),
            },
            singular: self.singular_resource,
            short_names: self.short_names,
            categories: self.categories,
            verbs: self.verbs,
            subresources: self
                .subresources
                .into_iter()
                .map(|sub| sub.discovered(group, version))
                .collect(),
        }
    }
}

impl Subresource {
    fn discovered(self, group: &str, version: &str) -> DiscoveredSubresource {
        DiscoveredSubresource {
            name: self.subresource,
            kind: self.response_kind.map(|kind| kind.absolute(group, version)),
            verbs: self.verbs,
        }
    }
}

impl Kind {
    /// An empty version says "the same as the resource's".
    fn absolute(self, group: &str, version: &str) -> GroupVersionKind {
        if self.version.is_empty() {
            return GroupVersionKind::new(group, version, self.kind);
        }
        GroupVersionKind::new(self.group, self.version, self.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = r#"{"kind":"APIGroupDiscoveryList","items":[
        {"metadata":{"name":"apps"},"versions":[{"version":"v1","freshness":"Current","resources":[
            {"resource":"deployments","responseKind":{"group":"","version":"","kind":"Deployment"},"scope":"Namespaced",
             "singularResource":"deployment","verbs":["get","list"],"shortNames":["deploy"],"categories":["all"],
             "subresources":[{"subresource":"scale","responseKind":{"group":"autoscaling","version":"v1","kind":"Scale"},"verbs":["get"]},
                             {"subresource":"status","responseKind":{"group":"","version":"","kind":"Deployment"},"verbs":["get"]}]}]}]},
        {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale","resources":null}]}]}"#;

    #[test]
    fn groups_resources_and_subresources_are_read() {
        let mut discovery = Discovery::default();
        read(ANSWER, &mut discovery).unwrap();
        let deployments = discovery.resources().next().unwrap();
        assert_eq!(deployments.resource.group_resource(), "deployments.apps");
        assert_eq!(
            (
                deployments.resource.kind.as_ref(),
                deployments.resource.scope
            ),
            ("Deployment", Some(ScopeKind::Namespaced))
        );
        let kinds: Vec<_> = deployments
            .subresources
            .iter()
            .map(|sub| sub.kind.clone().unwrap())
            .collect();
        assert_eq!(
            kinds,
            [
                GroupVersionKind::new("autoscaling", "v1", "Scale"),
                GroupVersionKind::new("apps", "v1", "Deployment")
            ]
        );
        assert!(deployments.has_verb("list") && !deployments.has_verb("watch"));
    }

    #[test]
    fn a_stale_version_is_a_failure_and_hides_nothing() {
        // Rule M2
        let mut discovery = Discovery::default();
        read(ANSWER, &mut discovery).unwrap();
        assert_eq!(discovery.groups().len(), 2);
        assert_eq!(
            discovery.failures()[0].group_version.to_string(),
            "metrics.k8s.io/v1beta1"
        );
        let error = discovery.complete().unwrap_err();
        assert!(
            error.is_partial_discovery() && error.to_string().contains("metrics.k8s.io/v1beta1"),
            "{error}"
        );
    }
}
