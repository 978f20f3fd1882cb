//! The changes since a subscriber last looked, key by key.

use std::collections::{BTreeMap, HashMap};

use super::event::{Event, Origin, Tally};
use crate::cache::delta::Delta;
use crate::cache::key::NamespacedName;
use crate::model::object::Object;

pub(super) struct ByKey<K> {
    /// By the turn that the first waiting change of a key gave it.
    slots: BTreeMap<u64, Slot<K>>,
    turns: HashMap<NamespacedName, u64>,
    next: u64,
    len: usize,
}

/// What waits for one key: the end of the life that the subscriber knows, then what there
/// is to be said of the present one.
struct Slot<K> {
    key: NamespacedName,
    end: Option<Event<K>>,
    now: Option<Event<K>>,
}

impl<K: Object> ByKey<K> {
    pub(super) fn push(&mut self, event: Event<K>, tally: &mut Tally) {
        let key = NamespacedName::of(&**event.delta.object());
        let Some(&turn) = self.turns.get(&key) else {
            tally.enter(event.origin);
            self.begin(key, event);
            return;
        };
        // What waits for the key says more than that it is there still (rule Q9).
        if event.origin == Origin::Resync {
            return;
        }
        if let Some(slot) = self.slots.get_mut(&turn) {
            self.len -= slot.len();
            slot.tally(|origin| tally.leave(origin));
            slot.merge(event);
            slot.tally(|origin| tally.enter(origin));
            self.len += slot.len();
            if slot.len() == 0 {
                self.turns.remove(&key);
                self.slots.remove(&turn);
            }
        }
    }

    fn begin(&mut self, key: NamespacedName, event: Event<K>) {
        let turn = self.next;
        self.next += 1;
        self.turns.insert(key.clone(), turn);
        let (end, now) = match event.delta.is_deleted() {
            true => (Some(event), None),
            false => (None, Some(event)),
        };
        self.slots.insert(turn, Slot { key, end, now });
        self.len += 1;
    }
}

impl<K> ByKey<K> {
    pub(super) fn new() -> Self {
        ByKey {
            slots: BTreeMap::new(),
            turns: HashMap::new(),
            next: 0,
            len: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn pop(&mut self) -> Option<Event<K>> {
        let mut first = self.slots.first_entry()?;
        let slot = first.get_mut();
        let event = slot.end.take().or_else(|| slot.now.take());
        self.len -= 1;
        if slot.len() == 0 {
            let slot = first.remove();
            self.turns.remove(&slot.key);
        }
        event
    }
}

impl<K> Slot<K> {
    fn len(&self) -> usize {
        usize::from(self.end.is_some()) + usize::from(self.now.is_some())
    }

    fn tally(&self, mut count: impl FnMut(Origin)) {
        let events = self.end.iter().chain(&self.now);
        events.for_each(|event| count(event.origin));
    }

    /// The table of [`super::BufferPolicy::Coalesce`].
    fn merge(&mut self, event: Event<K>) {
        match (self.now.take(), event.delta) {
            (None, delta) => self.now = Some(Event { delta, ..event }),
            (Some(before), delta @ Delta::Deleted { .. }) => {
                if !matches!(before.delta, Delta::Added(_)) {
                    self.end = Some(Event { delta, ..event });
                }
            }
            (Some(before), Delta::Added(new) | Delta::Updated { new, .. }) => {
                let delta = match before.delta {
                    Delta::Updated { old, .. } => Delta::Updated { old, new },
                    Delta::Added(_) | Delta::Deleted { .. } => Delta::Added(new),
                };
                // It is still part of the initial list; a resync became a change.
                let origin = match before.origin {
                    Origin::Initial => Origin::Initial,
                    Origin::Change | Origin::Resync => event.origin,
                };
                self.now = Some(Event { delta, origin });
            }
        }
    }
}
