//! Requests about objects, counted by verb.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// How often a verb was asked for, and how often it was carried out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tallied {
    /// Requests that were read whole and whose resource has the verb.
    pub asked: usize,
    /// Those of them that were not refused.
    pub carried_out: usize,
}

/// The count of each verb.
#[derive(Debug, Default)]
pub(crate) struct Tally(Mutex<BTreeMap<&'static str, Tallied>>);

impl Tally {
    pub(super) fn asked(&self, verb: &'static str) {
        self.with(|verbs| verbs.entry(verb).or_default().asked += 1);
    }

    pub(super) fn done(&self, verb: &'static str) {
        self.with(|verbs| verbs.entry(verb).or_default().carried_out += 1);
    }

    pub(crate) fn of(&self, verb: &str) -> Tallied {
        self.with(|verbs| verbs.get(verb).copied().unwrap_or_default())
    }

    fn with<T>(&self, work: impl FnOnce(&mut BTreeMap<&'static str, Tallied>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
