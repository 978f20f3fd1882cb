//! The objects of a list or a cache, and how two such views differ.

use std::collections::BTreeMap;

use kubewright::{Api, ListOptions, Object, Unstructured};

/// Of each name, which object it is and at which version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Truth(pub(crate) BTreeMap<String, (String, String)>);

impl Truth {
    /// What the server says, read from etcd.
    pub(crate) async fn of_server(api: &Api<Unstructured>) -> Self {
        let list = api.list(&ListOptions::new()).await.unwrap();
        list.items.iter().collect()
    }

    /// Nothing, when this is the truth; else what is lost, a ghost, or stale.
    pub(crate) fn fault(&self, truth: &Truth) -> Option<String> {
        if self == truth {
            return None;
        }
        let lost = truth
            .0
            .keys()
            .filter(|name| !self.0.contains_key(*name))
            .count();
        let ghosts = self
            .0
            .keys()
            .filter(|name| !truth.0.contains_key(*name))
            .count();
        let stale = truth
            .0
            .iter()
            .filter(|(name, state)| self.0.get(*name).is_some_and(|known| known != *state));
        let (stale, example) = (
            stale.clone().count(),
            stale
                .map(|(name, state)| (name, state, &self.0[name]))
                .next(),
        );
        Some(format!(
            "{lost} lost, {ghosts} ghosts, {stale} stale (such as {example:?}) of {}",
            truth.0.len()
        ))
    }
}

impl<'a, K: Object> FromIterator<&'a K> for Truth {
    fn from_iter<T: IntoIterator<Item = &'a K>>(objects: T) -> Self {
        let state = |object: &K| {
            let (uid, version) = (
                object.uid().unwrap_or_default(),
                object.resource_version().unwrap_or_default(),
            );
            (
                object.name().to_owned(),
                (uid.to_owned(), version.to_owned()),
            )
        };
        Truth(objects.into_iter().map(state).collect())
    }
}
