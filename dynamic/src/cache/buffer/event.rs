//! Deltas with their reason, and a count of those that wait by reason.

use std::sync::Arc;

use crate::cache::delta::Delta;

/// A delta, and why it comes.
#[derive(Debug, PartialEq)]
pub(in crate::cache) struct Event<K> {
    pub(in crate::cache) delta: Delta<K>,
    pub(in crate::cache) origin: Origin,
}

/// Why a delta comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cache) enum Origin {
    /// It is part of what the subscription begins with ([rule I2](crate::semantics#i2),
    /// [I7](crate::semantics#i7)).
    Initial,
    /// The cache changed.
    Change,
    /// The subscriber asked for a resync from time to time.
    Resync,
}

impl<K> Event<K> {
    pub(in crate::cache) fn new(delta: Delta<K>, origin: Origin) -> Self {
        Event { delta, origin }
    }

    /// The object as it is, once more ([rule I18](crate::semantics#i18)).
    pub(super) fn resync(object: Arc<K>) -> Self {
        let old = Arc::clone(&object);
        Event::new(Delta::Updated { old, new: object }, Origin::Resync)
    }
}

/// How many of what waits are there for a special reason.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) initial: usize,
    pub(super) resyncs: usize,
}

impl Tally {
    pub(super) fn enter(&mut self, origin: Origin) {
        match origin {
            Origin::Initial => self.initial += 1,
            Origin::Resync => self.resyncs += 1,
            Origin::Change => {}
        }
    }

    pub(super) fn leave(&mut self, origin: Origin) {
        match origin {
            Origin::Initial => self.initial -= 1,
            Origin::Resync => self.resyncs -= 1,
            Origin::Change => {}
        }
    }
}
