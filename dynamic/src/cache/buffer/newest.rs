//! The newest changes, up to a number; entries that are not changes are always kept.

use std::collections::{BTreeMap, VecDeque};

use super::event::{Event, Origin};

pub(super) struct Newest<K> {
    most: usize,
    events: BTreeMap<u64, Event<K>>,
    /// The places of those that can be dropped, the oldest first.
    changes: VecDeque<u64>,
    next: u64,
}

impl<K> Newest<K> {
    pub(super) fn new(most: usize) -> Self {
        Newest {
            most: most.max(1),
            events: BTreeMap::new(),
            changes: VecDeque::new(),
            next: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether an older change was dropped for it.
    pub(super) fn push(&mut self, event: Event<K>) -> bool {
        let place = self.next;
        self.next += 1;
        let is_change = event.origin == Origin::Change;
        self.events.insert(place, event);
        if !is_change {
            return false;
        }
        self.changes.push_back(place);
        if self.changes.len() <= self.most {
            return false;
        }
        let oldest = self.changes.pop_front();
        oldest.is_some_and(|oldest| self.events.remove(&oldest).is_some())
    }

    pub(super) fn pop(&mut self) -> Option<Event<K>> {
        let (_, event) = self.events.pop_first()?;
        if event.origin == Origin::Change {
            self.changes.pop_front();
        }
        Some(event)
    }
}
