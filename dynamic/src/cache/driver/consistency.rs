//! The consistency check: compares a streamed snapshot with a list of the same version
//! ([rule F16](crate::semantics#f16)).
//!
//! Both come from the watch cache of the API server, by ways that have had faults of their
//! own. client-go ends the process where they differ; a library that did so would take with
//! it what has nothing to do with the cache, so here it is an error like others, and a number.

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::Duration;

use serde_json::Value;

use super::{Driver, contained, unless_silent, usable};
use crate::cache::key::NamespacedName;
use crate::cache::problem::{CacheProblem, Comparing, Difference};
use crate::cache::store::Store;
use crate::model::api_resource::ApiResource;
use crate::model::error::Result;
use crate::model::list::Item;
use crate::model::object::Object;
use crate::model::verbs;

/// So often a list is asked for that fails.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_secs(1);
/// So many differences are named.
const NAMED: usize = 5;

/// Whether the environment asks for it, under the name that client-go reads.
pub(in crate::cache) fn is_asked_for() -> bool {
    static ASKED_FOR: LazyLock<bool> = LazyLock::new(|| {
        let said = std::env::var("KUBE_WATCHLIST_INCONSISTENCY_DETECTOR");
        said.is_ok_and(|said| matches!(&*said, "1" | "t" | "T" | "true" | "TRUE" | "True"))
    });
    *ASKED_FOR
}

impl<K: Object + verbs::List + verbs::Watch> Driver<K> {
    /// Reports the differences to a list. The store does not change meanwhile: only this driver
    /// writes it.
    pub(super) async fn check(&self, version: &str) {
        for _ in 0..TRIES {
            match self.compared(version).await {
                Ok(differences) if differences.is_empty() => return,
                Ok(differences) => return self.differs(version, differences),
                // The server has forgotten the version: nothing can be said of it.
                Err(error) if error.is_expired() || error.is_gone() => return,
                Err(error) => self.report(error.while_doing(Comparing)),
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn compared(&self, version: &str) -> Result<Vec<Difference>> {
        let options = self.reflector.exactly(version);
        let mut comparison = Comparison::with(&self.store, self.api.api_resource());
        let mut stream = unless_silent(self.api.list(&options).stream()).await?;
        let mut take = |item: Item<'_>| {
            if let Ok(object) = self.listed(item) {
                comparison.take(&object);
            }
        };
        while let Some(()) = unless_silent(stream.next(&mut take)).await? {}
        stream.finish()?;
        Ok(comparison.differences())
    }

    /// Unreadable objects are not in the store either.
    fn listed(&self, mut item: Item<'_>) -> Result<K> {
        item.object = item.object.map(|object| self.transform.cut(object));
        contained(|| "an item", || item.read()).and_then(|object| usable(&self.transform, object))
    }

    fn differs(&self, version: &str, differences: Vec<Difference>) {
        let resource = self.api.api_resource().group_resource();
        metrics::describe_counter!(INCONSISTENCIES, "Snapshots that a list did not confirm.");
        metrics::counter!(INCONSISTENCIES, "resource" => resource.clone()).increment(1);
        self.report(
            CacheProblem::Inconsistent {
                resource,
                version: version.to_owned(),
                differences,
            }
            .into(),
        );
    }
}

const INCONSISTENCIES: &str = "informer_inconsistencies_total";

/// A list beside a store.
struct Comparison<'a, K> {
    store: &'a Store<K>,
    resource: &'a ApiResource,
    listed: BTreeSet<NamespacedName>,
    differences: Vec<Difference>,
}

impl<'a, K: Object> Comparison<'a, K> {
    fn with(store: &'a Store<K>, resource: &'a ApiResource) -> Self {
        Comparison {
            store,
            resource,
            listed: BTreeSet::new(),
            differences: Vec::new(),
        }
    }

    fn take(&mut self, object: &K) {
        let key = NamespacedName::of(object);
        match self.store.get(&key) {
            None => self.differences.push(Difference::OnlyListed(key.clone())),
            Some(streamed) if self.json(&streamed) != self.json(object) => {
                self.differences.push(Difference::Other(key.clone()));
            }
            Some(_) => {}
        }
        self.listed.insert(key);
    }

    /// Compared as values: the fields of a list and of a stream need not be in one order.
    fn json(&self, object: &K) -> Option<Value> {
        serde_json::from_str(&object.to_json(self.resource).ok()?).ok()
    }

    fn differences(mut self) -> Vec<Difference> {
        for object in self.store.list() {
            let key = NamespacedName::of(&*object);
            if !self.listed.contains(&key) {
                self.differences.push(Difference::OnlyStreamed(key));
            }
        }
        let more = self.differences.len().saturating_sub(NAMED);
        self.differences.truncate(NAMED);
        if more > 0 {
            self.differences.push(Difference::More(more));
        }
        self.differences
    }
}
