//! The resources that are served at this moment: the built-in ones and what CRDs added.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::facts;
use super::group::{Group, Version};
use super::resource::ResourceType;
use super::route::Target;

/// Groups in the order discovery lists them, each with its versions in order of preference.
#[derive(Debug, Clone)]
pub(crate) struct Registry {
    builtin: Vec<Group>,
    /// By group name; what each CRD serves, by the CRD's name.
    custom: BTreeMap<String, BTreeMap<String, Vec<Arc<ResourceType>>>>,
}

impl Registry {
    /// The built-in resources alone.
    pub(crate) fn new() -> Self {
        Self {
            builtin: facts::builtin().to_vec(),
            custom: BTreeMap::new(),
        }
    }

    /// Serves the resources of a CRD, in place of what it served before.
    pub(crate) fn install(&mut self, crd: &str, group: &str, resources: Vec<Arc<ResourceType>>) {
        self.custom
            .entry(group.to_owned())
            .or_default()
            .insert(crd.to_owned(), resources);
    }

    pub(crate) fn serves(&self, crd: &str, group: &str) -> bool {
        self.custom
            .get(group)
            .is_some_and(|crds| crds.contains_key(crd))
    }

    /// Serves nothing of a CRD any longer.
    pub(crate) fn uninstall(&mut self, crd: &str, group: &str) {
        if let Some(crds) = self.custom.get_mut(group) {
            crds.remove(crd);
        }
        self.custom.retain(|_, crds| !crds.is_empty());
    }

    pub(crate) fn find(
        &self,
        group: &str,
        version: &str,
        plural: &str,
    ) -> Option<&Arc<ResourceType>> {
        let custom = self
            .custom
            .get(group)
            .into_iter()
            .flat_map(BTreeMap::values)
            .flatten();
        let builtin = self
            .builtin
            .iter()
            .filter(|g| g.name == group)
            .flat_map(|g| &g.versions);
        builtin
            .flat_map(|v| &v.resources)
            .chain(custom)
            .find(|r| r.version == version && r.plural == plural)
    }

    /// Every group that has something to serve, core (named "") first.
    pub(crate) fn groups(&self) -> Vec<Group> {
        let mut groups = self.builtin.clone();
        for (name, crds) in &self.custom {
            let resources = crds.values().flatten();
            match groups.iter_mut().find(|group| group.name == *name) {
                Some(group) => group.add(resources),
                None => {
                    let mut group = Group {
                        name: name.clone(),
                        versions: Vec::new(),
                    };
                    group.add(resources);
                    groups.push(group);
                }
            }
        }
        groups.retain(|group| !group.versions.is_empty());
        groups
    }

    /// The group versions that definitions alone serve, by group.
    pub(crate) fn custom_versions(&self) -> Vec<(String, Version)> {
        let builtin = |group: &Group| self.builtin.iter().any(|own| own.name == group.name);
        let groups = self.groups().into_iter().filter(|group| !builtin(group));
        groups
            .flat_map(|group| {
                group
                    .versions
                    .into_iter()
                    .map(move |version| (group.name.clone(), version))
            })
            .collect()
    }

    pub(crate) fn group(&self, name: &str) -> Option<Group> {
        self.groups().into_iter().find(|group| group.name == name)
    }

    /// Whether a path leads to handlers at all: every path under a built-in group version does,
    /// whatever follows, but only the resources themselves under one that definitions serve.
    pub(crate) fn knows(&self, target: &Target) -> bool {
        let builtin = self
            .builtin
            .iter()
            .filter(|group| group.name == target.group);
        builtin
            .flat_map(|group| &group.versions)
            .any(|version| version.name == target.version)
            || self
                .find(&target.group, &target.version, &target.plural)
                .is_some()
    }

    pub(crate) fn version(&self, group: &str, version: &str) -> Option<Version> {
        self.group(group)?
            .versions
            .into_iter()
            .find(|v| v.name == version)
    }
}

impl Group {
    fn add<'a>(&mut self, resources: impl Iterator<Item = &'a Arc<ResourceType>>) {
        for resource in resources {
            match self
                .versions
                .iter_mut()
                .find(|version| version.name == resource.version)
            {
                Some(version) => version.resources.push(resource.clone()),
                None => {
                    let version = Version {
                        name: resource.version.clone(),
                        resources: vec![resource.clone()],
                    };
                    self.versions.push(version);
                }
            }
        }
        self.versions
            .sort_by_key(|version| Reverse(priority(&version.name)));
    }
}

/// Orders versions as Kubernetes prefers them: v2 > v1 > v1beta2 > v1beta1 > v1alpha1 > others.
fn priority(version: &str) -> (u8, u64, u64, Reverse<String>) {
    let other = (0, 0, 0, Reverse(version.to_owned()));
    let Some(rest) = version.strip_prefix('v') else {
        return other;
    };
    let digits = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let Ok(major) = rest[..digits].parse::<u64>() else {
        return other;
    };
    let stage = |word: &str| rest[digits..].strip_prefix(word)?.parse::<u64>().ok();
    let none = Reverse(String::new());
    match (&rest[digits..], stage("beta"), stage("alpha")) {
        ("", _, _) => (3, major, 0, none),
        (_, Some(minor), _) => (2, major, minor, none),
        (_, _, Some(minor)) => (1, major, minor, none),
        _ => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_sort_by_maturity() {
        let mut versions = [
            "foo1", "v1alpha2", "v1", "v10", "v2beta1", "v1beta2", "bar", "v2",
        ];
        versions.sort_by_key(|version| Reverse(priority(version)));
        assert_eq!(
            versions,
            [
                "v10", "v2", "v1", "v2beta1", "v1beta2", "v1alpha2", "bar", "foo1"
            ]
        );
    }
}
