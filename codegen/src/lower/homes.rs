//! Finds the group-version that a definition belongs to.
//!
//! A definition's name says where its Go type lives (`io.k8s.api.networking.v1.…`), not its
//! API group (`networking.k8s.io`). It follows from the kinds in the same package, which carry both.

use std::collections::BTreeMap;

use super::resources::FoundResource;
use crate::fixups;
use crate::ir::GroupVersion;
use crate::merge::Specification;

/// The home of each package.
pub(super) struct Homes {
    by_package: BTreeMap<String, GroupVersion>,
}

impl Homes {
    pub(super) fn of(specification: &Specification, found: &[FoundResource]) -> Self {
        let mut votes: BTreeMap<&str, BTreeMap<GroupVersion, usize>> = BTreeMap::new();
        let mut vote = |name, gv: GroupVersion, weight| {
            *votes
                .entry(package(name))
                .or_default()
                .entry(gv)
                .or_default() += weight;
        };
        for (name, definition) in &specification.definitions {
            // Options that every group accepts carry every group's kind: they say nothing.
            if let [kind] = &definition.schema.kinds.iter().collect::<Vec<_>>()[..] {
                vote(name, GroupVersion::new(&kind.group, &kind.version), 1000);
            }
        }
        for resource in found {
            vote(&resource.definition, resource.group_version.clone(), 1);
        }
        let mut by_package: BTreeMap<String, GroupVersion> = votes
            .into_iter()
            .filter_map(|(package, votes)| Some((package.to_owned(), winner(votes)?)))
            .collect();
        let silent = silent_packages(specification, &by_package);
        by_package.extend(silent);
        Self { by_package }
    }

    /// The home of a definition.
    pub(super) fn of_definition(&self, name: &str) -> &GroupVersion {
        const NOWHERE: &GroupVersion = &GroupVersion {
            group: String::new(),
            version: String::new(),
        };
        self.by_package.get(package(name)).unwrap_or(NOWHERE)
    }
}

/// The homes of packages without a kind: the group of another version of the same package,
/// else what their names suggest.
fn silent_packages(
    specification: &Specification,
    by_package: &BTreeMap<String, GroupVersion>,
) -> BTreeMap<String, GroupVersion> {
    let packages = specification.definitions.keys().map(|name| package(name));
    packages
        .filter(|package| !by_package.contains_key(*package))
        .map(|package| {
            let home = from_sibling(package, by_package).unwrap_or_else(|| from_name(package));
            (package.to_owned(), home)
        })
        .collect()
}

fn from_sibling(
    package: &str,
    by_package: &BTreeMap<String, GroupVersion>,
) -> Option<GroupVersion> {
    let (stem, version) = package.rsplit_once('.')?;
    let prefix = format!("{stem}.");
    let (_, sibling) = by_package
        .range(prefix.clone()..)
        .take_while(|(other, _)| other.starts_with(&prefix))
        .find(|(other, _)| !other[prefix.len()..].contains('.'))?;
    Some(GroupVersion::new(&sibling.group, version))
}

/// The most votes; of equals the first by name.
fn winner(votes: BTreeMap<GroupVersion, usize>) -> Option<GroupVersion> {
    let most = *votes.values().max()?;
    votes
        .into_iter()
        .find(|(_, count)| *count == most)
        .map(|(gv, _)| gv)
}

fn package(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(package, _)| package)
}

/// The last resort: the package's own last segments, as in `….meta.v1`.
fn from_name(package: &str) -> GroupVersion {
    match package.rsplit_once('.') {
        Some((rest, version)) if fixups::is_core(rest) => GroupVersion::new("", version),
        Some((rest, version)) => {
            GroupVersion::new(rest.rsplit('.').next().unwrap_or(rest), version)
        }
        None if package.is_empty() => GroupVersion::new("types", ""),
        None => GroupVersion::new(package, ""),
    }
}
