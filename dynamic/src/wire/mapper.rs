//! The REST mapper: finds the resource that a name on a command line means.
//!
//! A [`RestMapper`] is discovery, asked by name: plural, singular, kind or short name, with
//! or without group and version. It never guesses a plural.

pub(crate) mod problem;

use self::problem::MapperProblem;
use crate::model::error::{Error, Result};
use crate::model::names::{GroupVersionKind, ResourceArg};
use crate::wire::discovery::{DiscoveredResource, Discovery};

/// Finds resources by the names that people use.
///
/// ```no_run
/// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
/// let mapper = client.mapper().await?;
/// let deployments = mapper.find(&"deploy".parse()?)?;
/// assert_eq!(deployments.resource.group_resource(), "deployments.apps");
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[doc(alias = "RESTMapper")]
pub struct RestMapper {
    discovery: Discovery,
}

impl RestMapper {
    /// A mapper over what discovery found.
    pub fn new(discovery: Discovery) -> Self {
        RestMapper { discovery }
    }

    /// The discovery that the mapper uses.
    pub fn discovery(&self) -> &Discovery {
        &self.discovery
    }

    /// The resource that a person means.
    ///
    /// Full names come before short ones, the core group before others, a group's preferred
    /// version before its others ([rule M5](crate::semantics#m5), [M7](crate::semantics#m7)). A
    /// group may be cut short (`deployments.app`) as long as no group has exactly that name.
    ///
    /// # Errors
    /// `is_no_match()` when nothing has the name, with the nearest names;
    /// `is_ambiguous()` when several groups have it, with all of them.
    pub fn find(&self, arg: &ResourceArg) -> Result<&DiscoveredResource> {
        if let Some(exact) = arg.versioned().and_then(|wanted| self.exact(wanted)) {
            return Ok(exact);
        }
        let Some(wanted) = arg.unversioned() else {
            return Err(self.no_match(&as_typed(arg)));
        };
        let in_group = self.in_group(&wanted.group);
        let matches = |resource: &DiscoveredResource| in_group(&resource.resource.group);
        for named in [is_called as Named, is_short_for] {
            let found: Vec<_> = self
                .discovery
                .preferred_resources()
                .into_iter()
                .filter(|resource| matches(resource) && named(resource, &wanted.resource))
                .collect();
            if let Some(found) = one_of(&found, &wanted.resource)? {
                return Ok(found);
            }
        }
        Err(self.no_match(&as_typed(arg)))
    }

    /// The resource of a kind, as an object states it.
    ///
    /// # Errors
    /// `is_no_match()` when the cluster does not serve it.
    pub fn find_kind(&self, wanted: &GroupVersionKind) -> Result<&DiscoveredResource> {
        let found = self.discovery.resources().find(|resource| {
            let known = &resource.resource;
            known.group == wanted.group.as_str()
                && known.version == wanted.version.as_str()
                && known.kind == wanted.kind.as_str()
        });
        found.ok_or_else(|| {
            MapperProblem::NoKind {
                kind: wanted.clone(),
            }
            .into()
        })
    }

    /// The resources of a category such as `all`, preferred versions, in discovery's order.
    pub fn category(&self, category: &str) -> Vec<&DiscoveredResource> {
        let mut found = self.discovery.preferred_resources();
        found.retain(|resource| resource.categories.iter().any(|known| known == category));
        found
    }

    /// Known names that are near to one that is not, or go on after it, nearest first; at
    /// most three.
    pub fn suggestions(&self, name: &str) -> Vec<String> {
        let known = self.discovery.preferred_resources().into_iter();
        let near = known
            .filter_map(|known| Some((distance(known, name)?, known.resource.group_resource())));
        let mut near: Vec<_> = near.collect();
        near.sort();
        near.dedup();
        near.into_iter().map(|(_, name)| name).take(3).collect()
    }

    fn exact(
        &self,
        wanted: &crate::model::names::GroupVersionResource,
    ) -> Option<&DiscoveredResource> {
        self.discovery.resources().find(|resource| {
            let known = &resource.resource;
            known.group == wanted.group.as_str()
                && known.version == wanted.version.as_str()
                && (is_called(resource, &wanted.resource)
                    || is_short_for(resource, &wanted.resource))
        })
    }

    /// Which groups a given one stands for: itself, those it is the front of, or all.
    fn in_group(&self, wanted: &str) -> impl Fn(&str) -> bool {
        let exact = self
            .discovery
            .groups()
            .iter()
            .any(|group| group.name == wanted);
        move |group| match wanted {
            "" => true,
            _ if exact => group == wanted,
            _ => group.starts_with(wanted),
        }
    }

    fn no_match(&self, name: &str) -> Error {
        let plain = name.split('.').next().unwrap_or(name);
        let near = self.suggestions(&plain.to_lowercase());
        let failures = self.discovery.failures().iter();
        MapperProblem::NoResource {
            name: name.to_owned(),
            near,
            unknown: failures
                .map(|failure| failure.group_version.clone())
                .collect(),
        }
        .into()
    }
}

/// How far a name is from those of a resource, where it may be meant: a slip in every four
/// letters, or the first letters alone.
fn distance(resource: &DiscoveredResource, name: &str) -> Option<usize> {
    const FRONT: usize = 3;
    let most = (name.len() / 4).max(1);
    let names = [&resource.resource.plural as &str, &resource.singular].into_iter();
    let names = names.chain(resource.short_names.iter().map(String::as_str));
    let distance = |known: &str| match name.len() >= FRONT && known.starts_with(name) {
        true => most,
        false => strsim::osa_distance(known, name),
    };
    let near = names.filter(|known| !known.is_empty()).map(distance).min();
    near.filter(|&distance| distance <= most)
}

/// The argument in the words that it came in.
fn as_typed(arg: &ResourceArg) -> String {
    match (arg.unversioned(), arg.versioned()) {
        (Some(wanted), _) => wanted.to_string(),
        (None, Some(wanted)) => wanted.to_string(),
        (None, None) => String::new(),
    }
}

type Named = fn(&DiscoveredResource, &str) -> bool;

/// Plural, singular or kind, in any case of letters.
fn is_called(resource: &DiscoveredResource, name: &str) -> bool {
    let names = [
        &resource.resource.plural as &str,
        &resource.singular,
        &resource.resource.kind,
    ];
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn is_short_for(resource: &DiscoveredResource, name: &str) -> bool {
    resource
        .short_names
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

/// The one that is meant: the only one, or the core group's, which always leads.
fn one_of<'a>(
    found: &[&'a DiscoveredResource],
    name: &str,
) -> Result<Option<&'a DiscoveredResource>> {
    match found {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        [first, ..] if first.resource.group.is_empty() => Ok(Some(first)),
        several => {
            let candidates = several.iter();
            Err(MapperProblem::Ambiguous {
                name: name.to_owned(),
                candidates: candidates
                    .map(|resource| resource.resource.group_resource())
                    .collect(),
            }
            .into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::discovery::aggregated;

    /// Two groups have gadgets with one short name; two have widgets, one of them the core.
    fn mapper() -> RestMapper {
        let group = |name: &str, plural: &str, kind: &str| {
            serde_json::json!({"metadata": {"name": name}, "versions": [{"version": "v1", "resources": [{
                "resource": plural, "responseKind": {"kind": kind}, "scope": "Namespaced", "shortNames": ["gd"],
            }]}]})
        };
        let answer = serde_json::json!({"kind": "APIGroupDiscoveryList", "items": [
            group("", "widgets", "Widget"),
            group("a.example.com", "gadgets", "Gadget"),
            group("a.example.com.au", "widgets", "Widget"),
            group("b.example.com", "gadgets", "Gadget"),
        ]});
        let discovery = aggregated::read_all([&answer.to_string()]).unwrap();
        RestMapper::new(discovery)
    }

    fn find(name: &str) -> Result<String> {
        let mapper = mapper();
        let found = mapper.find(&name.parse().unwrap())?;
        Ok(found.resource.group_resource())
    }

    #[test]
    fn what_several_groups_have_is_an_error_that_lists_them() {
        // Rule M5
        for name in ["gadgets", "Gadget"] {
            let error = find(name).unwrap_err();
            assert!(error.is_ambiguous());
            let Some(MapperProblem::Ambiguous { candidates, .. }) = error.problem() else {
                panic!("{error}");
            };
            assert_eq!(
                *candidates,
                ["gadgets.a.example.com", "gadgets.b.example.com"]
            );
        }
        assert_eq!(find("gadgets.b").unwrap(), "gadgets.b.example.com");
    }

    #[test]
    fn what_is_near_or_goes_on_is_suggested() {
        for (name, expected) in [
            ("widgest", &["widgets"][..]),
            ("wid", &["widgets"]),
            ("gadg", &["gadgets.a.example.com", "gadgets.b.example.com"]),
            ("zzz", &[]),
            ("", &[]),
        ] {
            let found = mapper().suggestions(name);
            assert!(
                expected
                    .iter()
                    .all(|name| found.iter().any(|found| found == name)),
                "{name}: {found:?}"
            );
            assert_eq!(found.is_empty(), expected.is_empty(), "{name}: {found:?}");
        }
    }

    #[test]
    fn the_core_group_leads() {
        // Rules M5, M7
        for name in ["widgets", "gd"] {
            assert_eq!(find(name).unwrap(), "widgets", "{name}");
        }
    }

    #[test]
    fn a_group_is_not_mistaken_for_the_prefix_of_another() {
        // Rule M5
        assert!(find("widgets.a.example.com").unwrap_err().is_no_match());
        assert_eq!(
            find("widgets.a.example.com.a").unwrap(),
            "widgets.a.example.com.au"
        );
    }
}
