//! A subscriber that knows only the changes that it was given.

use std::collections::BTreeMap;
use std::sync::Arc;

use kubewright::Object;
use kubewright::cache::{BufferPolicy, Delta, Deltas, Store};

use crate::truth::Truth;

/// The objects that the changes make, and what was wrong with a change.
pub(crate) struct Replay<K> {
    policy: BufferPolicy,
    objects: BTreeMap<String, Arc<K>>,
    /// How many changes it did not get.
    pub(crate) lost: u64,
    wrong: Option<String>,
}

impl<K: Object> Replay<K> {
    pub(crate) fn new(policy: BufferPolicy) -> Self {
        Replay {
            policy,
            objects: BTreeMap::new(),
            lost: 0,
            wrong: None,
        }
    }

    /// Takes a change in. Who has lost some reads the cache first, as is documented.
    pub(crate) fn take(&mut self, delta: &Delta<K>, deltas: &Deltas<K>, store: &Store<K>) {
        if deltas.lost() > self.lost {
            self.lost = deltas.lost();
            let objects = store.list().into_iter();
            self.objects = objects
                .map(|object| (object.name().to_owned(), object))
                .collect();
        }
        if self.lost == 0 {
            self.check(delta);
        }
        let name = delta.object().name().to_owned();
        if delta.is_deleted() {
            self.objects.remove(&name);
        } else {
            self.objects.insert(name, Arc::clone(delta.object()));
        }
    }

    /// Rule P2: an object is added once, and a change starts from the last state that was given.
    fn check(&mut self, delta: &Delta<K>) {
        let known = self.objects.get(delta.object().name());
        let wrong = match (delta, known) {
            (Delta::Added(_), None) | (Delta::Deleted { .. }, Some(_)) => return,
            (Delta::Updated { old, .. }, Some(known)) if Arc::ptr_eq(old, known) => return,
            (Delta::Added(_), Some(_)) => "added twice",
            (Delta::Updated { .. }, Some(_)) => "updated from what was never told",
            (Delta::Updated { .. } | Delta::Deleted { .. }, None) => "changed before it was added",
        };
        self.wrong
            .get_or_insert(format!("{} was {wrong}", delta.object().name()));
    }

    pub(crate) fn fault(&self, truth: &Truth) -> Option<String> {
        if let Some(wrong) = &self.wrong {
            return Some(wrong.clone());
        }
        let replayed: Truth = self.objects.values().map(|object| &**object).collect();
        let fault = replayed.fault(truth)?;
        Some(format!("{fault} ({:?}, {} lost)", self.policy, self.lost))
    }
}
