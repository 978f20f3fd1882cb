//! The queue inside a buffer, by policy.

use std::collections::VecDeque;

use super::BufferPolicy;
use super::by_key::ByKey;
use super::event::{Event, Tally};
use super::newest::Newest;
use crate::model::object::Object;

/// The waiting events, in the order in which they are taken.
pub(super) struct Queue<K> {
    kept: Kept<K>,
    tally: Tally,
    lost: u64,
    untold: u64,
}

enum Kept<K> {
    All(VecDeque<Event<K>>),
    ByKey(ByKey<K>),
    Newest(Newest<K>),
}

impl<K> Queue<K> {
    pub(super) fn new(policy: BufferPolicy) -> Self {
        let kept = match policy {
            BufferPolicy::Unbounded => Kept::All(VecDeque::new()),
            BufferPolicy::Coalesce => Kept::ByKey(ByKey::new()),
            BufferPolicy::DropOldest(most) => Kept::Newest(Newest::new(most)),
        };
        Queue {
            kept,
            tally: Tally::default(),
            lost: 0,
            untold: 0,
        }
    }

    /// Whether what waits too long is dropped.
    pub(super) fn drops(&self) -> bool {
        matches!(self.kept, Kept::Newest(_))
    }

    pub(super) fn len(&self) -> usize {
        match &self.kept {
            Kept::All(events) => events.len(),
            Kept::ByKey(events) => events.len(),
            Kept::Newest(events) => events.len(),
        }
    }

    /// How many of the initial list wait.
    pub(super) fn initial(&self) -> usize {
        self.tally.initial
    }

    /// How many of a resync wait.
    pub(super) fn resyncs(&self) -> usize {
        self.tally.resyncs
    }

    /// How many were dropped.
    pub(super) fn lost(&self) -> u64 {
        self.lost
    }

    /// How many were dropped since this was asked last, if any.
    pub(super) fn take_untold(&mut self) -> Option<u64> {
        Some(std::mem::take(&mut self.untold)).filter(|&lost| lost > 0)
    }
}

impl<K: Object> Queue<K> {
    pub(super) fn push(&mut self, event: Event<K>) {
        match &mut self.kept {
            Kept::All(events) => {
                self.tally.enter(event.origin);
                events.push_back(event);
            }
            Kept::ByKey(events) => events.push(event, &mut self.tally),
            Kept::Newest(events) => {
                self.tally.enter(event.origin);
                let dropped = u64::from(events.push(event));
                self.lost += dropped;
                self.untold += dropped;
            }
        }
    }

    pub(super) fn pop(&mut self) -> Option<Event<K>> {
        let event = match &mut self.kept {
            Kept::All(events) => events.pop_front(),
            Kept::ByKey(events) => events.pop(),
            Kept::Newest(events) => events.pop(),
        }?;
        self.tally.leave(event.origin);
        Some(event)
    }
}
