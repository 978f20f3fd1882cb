//! The queue of one subscriber: changes that it has not taken yet.
//!
//! A buffer joins two who do not wait for each other: the fan-out puts changes in, under its
//! own lock and without ever blocking, and one subscriber takes them out. What it may keep
//! is its [`BufferPolicy`]; the policies themselves are plain queues without locks
//! ([`queue`]). It also knows where the initial list ends, which is how a subscription can
//! say that it has synced ([rule I10](crate::semantics#i10)).

mod by_key;
mod event;
mod newest;
mod queue;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

pub(super) use self::event::{Event, Origin};
use self::queue::Queue;
use crate::model::object::Object;

/// The policy for changes that a slow subscriber has not taken yet.
///
/// Whatever the policy, a slow subscriber delays neither the cache nor anybody else
/// ([rule I3](crate::semantics#i3)), and what waits is pointers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum BufferPolicy {
    /// Everything. Each subscriber sees each change that the cache saw; what waits grows as
    /// long as it is slower than the changes.
    #[default]
    Unbounded,
    /// The difference between the state that the subscriber saw last and the present, per key:
    ///
    /// | waiting | comes | then waits |
    /// |---|---|---|
    /// | `Added(a)` | `Updated{a, b}` | `Added(b)` |
    /// | `Added(a)` | `Deleted{a}` | nothing |
    /// | `Updated{a, b}` | `Updated{b, c}` | `Updated{a, c}` |
    /// | `Updated{a, b}` | `Deleted{c}` | `Deleted{c}` |
    /// | `Deleted{a}` | `Added(b)` | both |
    /// | `Deleted{a}`, `Added(b)` | `Deleted{c}` | `Deleted{a}` |
    ///
    /// A key keeps the place in the queue that its first waiting change gave it. Replaying
    /// what is taken still gives the cache, and `old` is always what was taken last
    /// ([rule P2](crate::semantics#p2)). At most two deltas wait for a key; keys that are added and deleted
    /// between two reads cost nothing.
    Coalesce,
    /// The initial list, a resync, and beyond these at most so many changes, the newest;
    /// at least one. The oldest are dropped and counted: an [`EventHandler`] learns of it by
    /// [`on_lost`], a stream says it in [`Deltas::lost`]. What is taken is in order, but
    /// after a loss `old` and the objects that deltas are of may be unknown to the
    /// subscriber: it reads the cache again, or subscribes again. A loss is reported once the
    /// initial list or the resync that waits has been taken, so that nothing which comes after
    /// it is older than the cache that is read for it.
    ///
    /// [`EventHandler`]: super::EventHandler
    /// [`on_lost`]: super::EventHandler::on_lost
    /// [`Deltas::lost`]: super::Deltas::lost
    DropOldest(usize),
}

/// An entry that a subscriber takes.
pub(super) enum Notice<K> {
    Event(Event<K>),
    /// So many changes were dropped before what comes next.
    Lost(u64),
    /// All of the initial list has been taken; comes once.
    Synced,
}

pub(super) struct Buffer<K> {
    pending: Mutex<Pending<K>>,
}

struct Pending<K> {
    queue: Queue<K>,
    waker: Option<Waker>,
    sync: Initial,
    closed: bool,
}

/// How far the initial list has come.
#[derive(PartialEq)]
enum Initial {
    /// The cache has none yet.
    Awaited,
    /// It was put in.
    Coming,
    /// It was taken out, and that was said.
    Announced,
}

/// The questions to a buffer of any type.
pub(super) trait Level: Send + Sync {
    /// How many deltas wait.
    fn depth(&self) -> usize;
    /// How many were dropped.
    fn lost(&self) -> u64;
}

impl<K: Object> Buffer<K> {
    pub(super) fn new(policy: BufferPolicy) -> Self {
        Buffer {
            pending: Mutex::new(Pending {
                queue: Queue::new(policy),
                waker: None,
                sync: Initial::Awaited,
                closed: false,
            }),
        }
    }

    pub(super) fn extend(&self, events: impl IntoIterator<Item = Event<K>>) {
        self.change(|pending| {
            for event in events {
                pending.queue.push(event);
            }
        });
    }

    /// Like [`Buffer::extend`], but wakes the subscriber only if the policy dropped something.
    pub(super) fn put(&self, events: impl IntoIterator<Item = Event<K>>) {
        let mut pending = self.lock();
        events
            .into_iter()
            .for_each(|event| pending.queue.push(event));
        let is_patient = !pending.queue.drops();
        drop(pending);
        if !is_patient {
            self.wake();
        }
    }

    /// Wakes the subscriber, if there is something to take.
    pub(super) fn wake(&self) {
        let mut pending = self.lock();
        let waker = match pending.queue.len() {
            0 => None,
            _ => pending.waker.take(),
        };
        drop(pending);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Marks the events so far as the initial list.
    pub(super) fn initial_list_ends(&self) {
        self.change(|pending| {
            if pending.sync == Initial::Awaited {
                pending.sync = Initial::Coming;
            }
        });
    }

    /// Adds all objects once more, unless some of the last resync are still waiting, so that they
    /// do not pile up for a slow subscriber. Nothing is added after the end.
    pub(super) fn resync(&self, objects: impl IntoIterator<Item = Arc<K>>) {
        self.change(|pending| {
            if pending.queue.resyncs() == 0 && !pending.closed {
                let events = objects.into_iter().map(Event::resync);
                events.for_each(|event| pending.queue.push(event));
            }
        });
    }

    /// Takes what is next; `None` at the end.
    pub(super) fn poll(&self, context: &Context<'_>) -> Poll<Option<Notice<K>>> {
        let mut pending = self.lock();
        if let Some(notice) = pending.take() {
            return Poll::Ready(Some(notice));
        }
        if pending.closed {
            return Poll::Ready(None);
        }
        pending.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

impl<K> Buffer<K> {
    /// Nothing will come any more.
    pub(super) fn close(&self) {
        self.change(|pending| pending.closed = true);
    }

    pub(super) fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// Whether nothing will ever be taken again.
    pub(super) fn is_over(&self) -> bool {
        let pending = self.lock();
        pending.closed && pending.queue.len() == 0
    }

    /// Whether all of the initial list was taken.
    pub(super) fn has_synced(&self) -> bool {
        let pending = self.lock();
        pending.sync != Initial::Awaited && pending.queue.initial() == 0
    }

    /// Wakes after the lock is released, because the woken task takes it.
    fn change(&self, change: impl FnOnce(&mut Pending<K>)) {
        let mut pending = self.lock();
        change(&mut pending);
        let waker = pending.waker.take();
        drop(pending);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Pending<K>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Object> Pending<K> {
    fn take(&mut self) -> Option<Notice<K>> {
        if self.sync == Initial::Coming && self.queue.initial() == 0 {
            self.sync = Initial::Announced;
            return Some(Notice::Synced);
        }
        // A subscriber that learns of a loss reads the cache: older changes would follow it.
        if self.queue.initial() == 0
            && self.queue.resyncs() == 0
            && let Some(lost) = self.queue.take_untold()
        {
            return Some(Notice::Lost(lost));
        }
        self.queue.pop().map(Notice::Event)
    }
}

impl<K: Object> Level for Buffer<K> {
    fn depth(&self) -> usize {
        self.lock().queue.len()
    }

    fn lost(&self) -> u64 {
        self.lock().queue.lost()
    }
}
