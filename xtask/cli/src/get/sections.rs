//! Sections of the output: the resources that the words mean on this cluster, and their objects.

use kubewright::{ApiResource, Client, RestMapper, ScopeKind};

use super::Api;
use super::failure::Failure;
use super::words::Ask;

/// The namespaces to look in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Namespaces {
    One(String),
    All,
}

/// One resource and what is wanted of it: a table of its own in the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) resource: ApiResource,
    /// Empty for all of them.
    pub(super) names: Vec<String>,
    /// `None` for all namespaces and for kinds of the cluster.
    pub(super) namespace: Option<String>,
}

impl Section {
    pub(super) fn is_namespaced(&self) -> bool {
        self.resource.scope == Some(ScopeKind::Namespaced)
    }

    pub(super) fn api(&self, client: &Client) -> Api {
        let api = client.typed(self.resource.clone());
        match &self.namespace {
            Some(namespace) => api.namespace(namespace),
            None => api,
        }
    }

    /// `deployment.apps`: the resource as the front of an object's name.
    pub(super) fn kind(&self) -> String {
        let mut kind = self.resource.kind.to_lowercase();
        if !self.resource.group.is_empty() {
            kind.push('.');
            kind.push_str(&self.resource.group);
        }
        kind
    }
}

/// Looks each word up; words that mean the same, one after the other, share a section.
pub(super) fn find(
    asks: &[Ask],
    mapper: &RestMapper,
    namespaces: &Namespaces,
) -> Result<Vec<Section>, Failure> {
    let mut sections: Vec<Section> = Vec::new();
    for ask in asks {
        for resource in resources(ask, mapper)? {
            let section = section(resource, ask.names.clone(), namespaces)?;
            match sections.last_mut() {
                Some(last) if last.is_continued_by(&section) => last.names.extend(section.names),
                _ => sections.push(section),
            }
        }
    }
    Ok(sections)
}

/// A watch is of one resource, and of one object or all.
pub(super) fn only_one(sections: &[Section]) -> Result<(), Failure> {
    match sections {
        [section] if section.names.len() <= 1 => Ok(()),
        [_] => Err(Failure::usage(
            "--watch works with one object or with all objects of a resource",
        )),
        _ => Err(Failure::usage("--watch works with one resource")),
    }
}

impl Section {
    fn is_continued_by(&self, next: &Section) -> bool {
        self.resource == next.resource && !self.names.is_empty() && !next.names.is_empty()
    }
}

/// A category's resources, as far as they can be listed; else the one that is called so.
fn resources(ask: &Ask, mapper: &RestMapper) -> Result<Vec<ApiResource>, Failure> {
    let category = mapper.category(&ask.word);
    if category.is_empty() {
        return Ok(vec![mapper.find(&ask.resource)?.resource.clone()]);
    }
    let listed = category.into_iter().filter(|found| found.has_verb("list"));
    Ok(listed.map(|found| found.resource.clone()).collect())
}

fn section(
    resource: ApiResource,
    names: Vec<String>,
    namespaces: &Namespaces,
) -> Result<Section, Failure> {
    let namespaced = resource.scope == Some(ScopeKind::Namespaced);
    let namespace = match namespaces {
        Namespaces::One(namespace) if namespaced => Some(namespace.clone()),
        Namespaces::All if namespaced && !names.is_empty() => {
            return Err(Failure::usage(format!(
                "{} are in namespaces: name one with -n instead of -A to get objects by name",
                resource.group_resource()
            )));
        }
        _ => None,
    };
    Ok(Section {
        resource,
        names,
        namespace,
    })
}

#[cfg(test)]
pub(super) fn for_test(group: &str, kind: &str, namespace: Option<&str>) -> Section {
    let plural = format!("{}s", kind.to_lowercase());
    let mut resource = ApiResource::new(group.to_owned(), "v1", kind.to_owned(), plural);
    resource.scope = Some(ScopeKind::Namespaced);
    Section {
        resource,
        names: Vec::new(),
        namespace: namespace.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(section: Section, name: &str) -> Section {
        Section {
            names: vec![name.to_owned()],
            ..section
        }
    }

    #[test]
    fn a_section_prefixes_names_with_kind_and_group() {
        assert_eq!(
            for_test("apps", "Deployment", None).kind(),
            "deployment.apps"
        );
        assert_eq!(for_test("", "Pod", None).kind(), "pod");
    }

    #[test]
    fn names_across_namespaces_are_refused_and_cluster_kinds_have_no_namespace() {
        let pods = for_test("", "Pod", None).resource;
        let names = vec!["web".to_owned()];
        let failure = section(pods.clone(), names.clone(), &Namespaces::All).unwrap_err();
        assert!(
            failure.to_string().contains("-n instead of -A"),
            "{failure}"
        );
        let mut nodes = pods;
        nodes.scope = Some(ScopeKind::Cluster);
        let namespaces = Namespaces::One("prod".to_owned());
        assert_eq!(section(nodes, names, &namespaces).unwrap().namespace, None);
    }

    #[test]
    fn a_watch_is_of_one_thing() {
        let pods = || for_test("", "Pod", None);
        assert!(only_one(&[pods()]).is_ok());
        assert!(only_one(&[named(pods(), "a")]).is_ok());
        assert!(only_one(&[pods(), pods()]).is_err());
        let two = Section {
            names: vec!["a".into(), "b".into()],
            ..pods()
        };
        assert!(only_one(&[two]).is_err());
    }
}
