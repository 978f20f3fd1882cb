//! The queue as a state machine: what waits, what is delayed, what is being worked on.
//!
//! Every step takes the time as an argument and none waits, so that a test can drive the
//! machine along any script. An item is in at most one place of `pending` and at most once
//! in `working`; one that is in both is *parked* until the worker is done with it. Time
//! passes in [`State::advance`], which every step begins with: delayed items whose time has
//! come take their turn before anything that happens now.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Tables that held fewer than this many items keep their memory.
const SMALL: usize = 1024;

pub(super) struct State<T> {
    pending: HashMap<Arc<T>, Pending>,
    working: HashMap<Arc<T>, Instant>,
    ready: BTreeMap<(Reverse<i32>, Turn), Arc<T>>,
    delayed: BTreeMap<(Instant, Turn), Arc<T>>,
    parked: usize,
    next_turn: Turn,
    phase: Phase,
    adds: u64,
}

/// The getters to wake after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wake {
    Nobody,
    /// One item became ready.
    One,
    /// The next time to look came nearer, or the queue has closed.
    All,
}

/// An item for a worker.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next<T> {
    Work(Work<T>),
    /// Nothing now; look again when woken, or at this time.
    Wait(Option<Instant>),
    /// Nothing now, and nothing ever.
    Closed,
}

/// An item that is handed out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Work<T> {
    pub(super) item: Arc<T>,
    pub(super) priority: i32,
    /// How long it could have been handed out before it was.
    pub(super) waited: Duration,
}

/// Whether the queue accepts items, and whether a drain waits for its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Open,
    Draining,
    Closed,
}

/// How many items are where, and for how long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Items that a worker would be handed now.
    pub waiting: usize,
    /// Items whose time has not come.
    pub delayed: usize,
    /// Items that workers hold.
    pub processing: usize,
    /// How long the items held have been held, added up.
    pub unfinished: Duration,
    /// How long the one held longest has been held.
    pub longest_running: Duration,
}

/// The order in which things happened to items.
type Turn = u64;

struct Pending {
    priority: i32,
    ready_at: Instant,
    readiness: Readiness,
}

enum Readiness {
    Delayed(Turn),
    Ready(Turn),
    /// Added while being worked on: ready as soon as that is done.
    Parked,
}

impl<T: Eq + Hash> State<T> {
    pub(super) fn new() -> Self {
        Self {
            pending: HashMap::new(),
            working: HashMap::new(),
            ready: BTreeMap::new(),
            delayed: BTreeMap::new(),
            parked: 0,
            next_turn: 0,
            phase: Phase::Open,
            adds: 0,
        }
    }

    /// Asks for an item to be handed out, not before a time; `None` when the queue has closed.
    ///
    /// An item that is pending keeps the earlier time and the higher priority, and its
    /// turn unless one of them changed.
    pub(super) fn add(
        &mut self,
        item: Arc<T>,
        ready_at: Instant,
        priority: i32,
        now: Instant,
    ) -> Option<Wake> {
        self.advance(now);
        if self.phase != Phase::Open {
            return None;
        }
        let known = self.pending.get(&item);
        let known = known.map(|known| (known.ready_at, known.priority));
        let wanted = known.map_or((ready_at, priority), |(earlier, higher)| {
            (ready_at.min(earlier), priority.max(higher))
        });
        if known == Some(wanted) {
            return Some(Wake::Nobody);
        }
        self.displace(&item);
        let was_ready = known.is_some_and(|(at, _)| at <= now);
        self.adds += u64::from(wanted.0 <= now && !was_ready);
        Some(self.place(item, wanted.0, wanted.1, now))
    }

    /// Hands out the item whose turn it is.
    pub(super) fn get(&mut self, now: Instant) -> Next<T> {
        self.advance(now);
        let Some(((Reverse(priority), _), item)) = self.ready.pop_first() else {
            return self.nothing_ready();
        };
        let ready_at = self
            .pending
            .remove(&item)
            .map_or(now, |known| known.ready_at);
        release(&mut self.pending);
        self.working.insert(Arc::clone(&item), now);
        Next::Work(Work {
            item,
            priority,
            waited: now.saturating_duration_since(ready_at),
        })
    }

    /// Takes back an item that was handed out, and says how long that was.
    pub(super) fn done(&mut self, item: &T, now: Instant) -> (Duration, Wake) {
        self.advance(now);
        let Some((item, started)) = self.working.remove_entry(item) else {
            return (Duration::ZERO, Wake::Nobody);
        };
        release(&mut self.working);
        let worked = now.saturating_duration_since(started);
        (worked, self.unpark(item))
    }

    /// Takes no more items, and freezes those whose time has not come.
    pub(super) fn close(&mut self, phase: Phase, now: Instant) {
        self.advance(now);
        self.phase = phase;
    }

    /// Removes the items whose time has not come, the earliest first.
    pub(super) fn take_delayed(&mut self) -> Vec<Arc<T>> {
        let delayed = std::mem::take(&mut self.delayed);
        let items = delayed.into_values();
        items
            .inspect(|item| {
                self.pending.remove(item);
            })
            .collect()
    }

    pub(super) fn phase(&self) -> Phase {
        self.phase
    }

    /// Whether no item will ever be handed out again.
    pub(super) fn is_exhausted(&self) -> bool {
        self.phase != Phase::Open && self.ready.is_empty() && self.parked == 0
    }

    /// Whether, in addition, no worker holds one.
    pub(super) fn is_drained(&self) -> bool {
        self.is_exhausted() && self.working.is_empty()
    }

    /// How often an item became ready to be worked on, or was added while it was.
    pub(super) fn adds(&self) -> u64 {
        self.adds
    }

    pub(super) fn waiting(&self) -> usize {
        self.ready.len()
    }

    pub(super) fn stats(&mut self, now: Instant) -> Stats {
        self.advance(now);
        let ages = self.working.values();
        let ages = ages.map(|started| now.saturating_duration_since(*started));
        Stats {
            waiting: self.ready.len(),
            delayed: self.delayed.len(),
            processing: self.working.len(),
            unfinished: ages.clone().fold(Duration::ZERO, Duration::saturating_add),
            longest_running: ages.max().unwrap_or_default(),
        }
    }

    /// Lets the delayed items take their turn whose time has come.
    fn advance(&mut self, now: Instant) {
        while self.phase == Phase::Open
            && let Some(first) = self.delayed.first_entry()
            && first.key().0 <= now
        {
            let item = first.remove();
            if let Some(known) = self.pending.remove(&item) {
                self.adds += 1;
                self.place(item, known.ready_at, known.priority, now);
            }
        }
    }

    fn nothing_ready(&self) -> Next<T> {
        match self.phase {
            Phase::Open => Next::Wait(self.delayed.keys().next().map(|(at, _)| *at)),
            _ if self.parked > 0 => Next::Wait(None),
            _ => Next::Closed,
        }
    }

    /// Puts an item that is in no place into the one where it belongs.
    fn place(&mut self, item: Arc<T>, ready_at: Instant, priority: i32, now: Instant) -> Wake {
        let turn = self.take_turn();
        let (readiness, wake) = if ready_at > now {
            self.delay(&item, ready_at, turn)
        } else {
            self.queue(&item, priority, turn)
        };
        let known = Pending {
            priority,
            ready_at,
            readiness,
        };
        self.pending.insert(item, known);
        wake
    }

    fn delay(&mut self, item: &Arc<T>, ready_at: Instant, turn: Turn) -> (Readiness, Wake) {
        let key = (ready_at, turn);
        self.delayed.insert(key, Arc::clone(item));
        let is_first = self.delayed.keys().next() == Some(&key);
        let wake = if is_first { Wake::All } else { Wake::Nobody };
        (Readiness::Delayed(turn), wake)
    }

    fn queue(&mut self, item: &Arc<T>, priority: i32, turn: Turn) -> (Readiness, Wake) {
        if self.working.contains_key(item) {
            self.parked += 1;
            return (Readiness::Parked, Wake::Nobody);
        }
        self.ready
            .insert((Reverse(priority), turn), Arc::clone(item));
        (Readiness::Ready(turn), Wake::One)
    }

    /// Takes an item from its place, to be placed again.
    fn displace(&mut self, item: &T) {
        let Some(known) = self.pending.remove(item) else {
            return;
        };
        match known.readiness {
            Readiness::Delayed(turn) => {
                self.delayed.remove(&(known.ready_at, turn));
            }
            Readiness::Ready(turn) => {
                self.ready.remove(&(Reverse(known.priority), turn));
            }
            Readiness::Parked => self.parked -= 1,
        }
    }

    /// Lets an item take its turn that was added while it was worked on.
    fn unpark(&mut self, item: Arc<T>) -> Wake {
        let turn = self.take_turn();
        let Some(known) = self.pending.get_mut(&item) else {
            return Wake::Nobody;
        };
        if !matches!(known.readiness, Readiness::Parked) {
            return Wake::Nobody;
        }
        known.readiness = Readiness::Ready(turn);
        self.parked -= 1;
        self.ready.insert((Reverse(known.priority), turn), item);
        Wake::One
    }

    fn take_turn(&mut self) -> Turn {
        let turn = self.next_turn;
        self.next_turn += 1;
        turn
    }
}

/// Gives back the memory of a burst that is over ([rule K5](crate::semantics#k5)).
fn release<T: Eq + Hash, V>(table: &mut HashMap<Arc<T>, V>) {
    if table.capacity() > SMALL && table.len() < table.capacity() / 4 {
        table.shrink_to(table.len() * 2);
    }
}

#[cfg(test)]
mod tests;
