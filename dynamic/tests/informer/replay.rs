//! A subscriber that believes nothing: every delta must fit what came before (rules P1, P2).

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::FutureExt;
use kubewright::Object;
use kubewright::cache::{Delta, Deltas};
use tokio::task::coop::unconstrained;

pub(crate) struct Replay<K> {
    deltas: Deltas<K>,
    objects: BTreeMap<String, Arc<K>>,
    versions: BTreeMap<String, u64>,
    /// What came, in short: `+a ~a -a`, and `-a?` for a deletion that was not seen.
    pub(crate) told: Vec<String>,
    /// The states that came.
    pub(crate) states: Vec<String>,
}

impl<K: Object> Replay<K> {
    pub(crate) fn new(deltas: Deltas<K>) -> Self {
        Replay {
            deltas,
            objects: BTreeMap::new(),
            versions: BTreeMap::new(),
            told: Vec::new(),
            states: Vec::new(),
        }
    }

    /// Takes what waits.
    pub(crate) fn drain(&mut self) {
        while let Some(Some(delta)) = unconstrained(self.deltas.next()).now_or_never() {
            self.take(&delta);
        }
    }

    /// How many deltas were dropped: what comes after them may fit nothing.
    pub(crate) fn lost(&self) -> u64 {
        self.deltas.lost()
    }

    /// The cache as this subscriber sees it.
    pub(crate) fn states_now(&self) -> Vec<String> {
        self.objects
            .values()
            .map(|object| state(&**object))
            .collect()
    }

    fn take(&mut self, delta: &Delta<K>) {
        if self.lost() == 0 {
            self.fit(delta);
        }
        self.note(delta);
    }

    /// Rule P2: it fits what came before.
    fn fit(&self, delta: &Delta<K>) {
        let name = delta.object().name();
        let before = self.objects.get(name);
        match delta {
            Delta::Added(_) => assert!(before.is_none(), "{name} is added twice"),
            Delta::Updated { old, new } => {
                assert_eq!(old.uid(), new.uid(), "another life of {name} is no update");
                let before = before.unwrap_or_else(|| panic!("{name} changes but is not there"));
                assert!(Arc::ptr_eq(old, before), "the old {name} was another one");
            }
            Delta::Deleted { .. } => assert!(before.is_some(), "{name} leaves but is not there"),
        }
    }

    fn note(&mut self, delta: &Delta<K>) {
        let object = delta.object();
        let name = object.name().to_owned();
        let sign = match delta {
            Delta::Added(_) => format!("+{name}"),
            Delta::Updated { .. } => format!("~{name}"),
            Delta::Deleted {
                final_state_known, ..
            } => {
                let doubt = if *final_state_known { "" } else { "?" };
                format!("-{name}{doubt}")
            }
        };
        self.told.push(sign);
        self.states.push(state(&**object));
        let version = version(&**object);
        let last = self
            .versions
            .insert(name.clone(), version)
            .unwrap_or_default();
        assert!(last <= version, "{name} goes back from {last} to {version}");
        if delta.is_deleted() {
            self.objects.remove(&name);
        } else {
            self.objects.insert(name, Arc::clone(object));
        }
    }
}

/// Name, life and version, as the server's collection writes them.
pub(crate) fn state<K: Object>(object: &K) -> String {
    format!(
        "{}/{}/{}",
        object.name(),
        object.uid().unwrap_or_default(),
        version(object)
    )
}

fn version<K: Object>(object: &K) -> u64 {
    object.resource_version().unwrap().parse().unwrap()
}
