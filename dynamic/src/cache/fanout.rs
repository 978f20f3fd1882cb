//! Distributes one stream of deltas to any number of subscribers.
//!
//! Each subscriber has a [`Buffer`] of its own, so a slow one does not delay the others. Joining happens
//! under the same lock as publishing: a subscriber gets what is in the cache at that instant
//! and then every later delta, with no gap and no repeat ([rule I2](crate::semantics#i2)). Leaving
//! is dropping the buffer.
//!
//! Waking a subscriber costs more than reading a change. While changes follow each other, they
//! are only put into the buffers. Subscribers are woken when the driver would wait.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Weak};
use std::task::Poll;

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::watch;

use super::buffer::{Buffer, BufferPolicy, Event, Origin};
use super::delta::Delta;
use super::retired::Retired;
use super::store::Store;
use crate::model::object::Object;

/// So many changes wait at most before who listens is woken.
const AT_ONCE: u32 = 32;

/// The subscribers. The lock is fair, so that subscribing in a tight loop does not block the
/// driver.
pub(super) struct Fanout<K> {
    listeners: Mutex<Listeners<K>>,
    /// Changes for which subscribers were not woken yet.
    unheard: AtomicU32,
    /// Changes with each step of the store; true at the end.
    steps: watch::Sender<bool>,
    retired: Retired<K>,
}

struct Listeners<K> {
    buffers: Vec<Weak<Buffer<K>>>,
    /// The store has had its first snapshot.
    synced: bool,
    closed: bool,
}

impl<K: Object> Fanout<K> {
    pub(super) fn new() -> Self {
        Fanout {
            listeners: Mutex::new(Listeners {
                buffers: Vec::new(),
                synced: false,
                closed: false,
            }),
            unheard: AtomicU32::new(0),
            steps: watch::Sender::new(false),
            retired: Retired::new(),
        }
    }

    /// Changes the store and puts the changes into all buffers, in one step for subscribers that
    /// join. Sleeping ones are woken by [`Fanout::wake`]. After the end nothing changes, because
    /// no subscriber would get it.
    pub(super) fn publish(&self, change: impl FnOnce() -> Vec<Delta<K>>) {
        let mut listeners = self.lock();
        if listeners.closed {
            return;
        }
        let deltas = change();
        if !deltas.is_empty() {
            listeners.send(&deltas, Origin::Change);
            self.unheard.fetch_add(1, Ordering::Relaxed);
        }
        drop(listeners);
        self.retired.take_from(&deltas);
        self.stepped();
        if self.unheard.load(Ordering::Relaxed) >= AT_ONCE {
            self.wake();
        }
    }

    /// As [`Fanout::publish`], where the change is a whole snapshot. The first one is the
    /// initial list of all subscribers.
    pub(super) fn publish_snapshot(&self, change: impl FnOnce() -> Vec<Delta<K>>) {
        if self.lock().synced {
            self.publish(change);
            return self.wake();
        }
        let mut listeners = self.lock();
        if listeners.closed {
            return;
        }
        let deltas = change();
        listeners.send(&deltas, Origin::Initial);
        listeners.synced = true;
        listeners.each(Buffer::initial_list_ends);
        drop(listeners);
        self.stepped();
    }

    /// Wakes the subscribers that have something to take.
    pub(super) fn wake(&self) {
        if self.unheard.swap(0, Ordering::Relaxed) > 0 {
            self.lock().each(Buffer::wake);
        }
    }

    /// Runs work that publishes, and wakes subscribers before it would wait. Other tasks may have
    /// the next piece ready, so they run first.
    pub(super) async fn heard<T>(&self, work: impl Future<Output = T>) -> T {
        let (mut work, mut has_yielded) = (pin!(work), false);
        poll_fn(|context| {
            let done = work.as_mut().poll(context);
            if done.is_ready() || self.unheard.load(Ordering::Relaxed) == 0 {
                return done;
            }
            if has_yielded {
                self.wake();
            } else {
                has_yielded = true;
                context.waker().wake_by_ref();
            }
            Poll::Pending
        })
        .await
    }

    /// Begins to listen: first to what is in the store, as `Added`.
    pub(super) fn subscribe(&self, store: &Store<K>, policy: BufferPolicy) -> Arc<Buffer<K>> {
        let buffer = Arc::new(Buffer::new(policy));
        let mut listeners = self.lock();
        let present = store.list().into_iter().map(Delta::Added);
        buffer.extend(present.map(|delta| Event::new(delta, Origin::Initial)));
        if listeners.synced {
            buffer.initial_list_ends();
        }
        if listeners.closed {
            buffer.close();
        }
        listeners.join(&buffer);
        buffer
    }

    /// Gives one listener everything once more. What it gets is no older than what
    /// waits for it already ([rule Q9](crate::semantics#q9)).
    pub(super) fn resync(&self, store: &Store<K>, buffer: &Buffer<K>) {
        let _listeners = self.lock();
        buffer.resync(store.list());
    }
}

impl<K> Fanout<K> {
    /// The store has come to another version. A task that began to wait before is
    /// counted by now: the lock of the store was between the two.
    pub(super) fn stepped(&self) {
        if self.steps.receiver_count() > 0 {
            self.steps.send_modify(|_| ());
        }
    }

    /// Changes with each step of the store, and is true once there are no more.
    pub(super) fn steps(&self) -> watch::Receiver<bool> {
        self.steps.subscribe()
    }

    /// No more deltas: subscribers take what they have, and end.
    pub(super) fn close(&self) {
        self.steps.send_replace(true);
        let mut listeners = self.lock();
        listeners.closed = true;
        listeners.each(Buffer::close);
        listeners.buffers.clear();
        drop(listeners);
        self.retired.clear();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.lock().closed
    }

    #[cfg(test)]
    pub(super) fn listeners(&self) -> usize {
        self.lock().buffers.len()
    }

    fn lock(&self) -> MutexGuard<'_, Listeners<K>> {
        self.listeners.lock()
    }
}

impl<K: Object> Listeners<K> {
    fn send(&mut self, deltas: &[Delta<K>], origin: Origin) {
        self.each(|buffer| {
            let deltas = deltas.iter().cloned();
            buffer.put(deltas.map(|delta| Event::new(delta, origin)));
        });
    }
}

impl<K> Listeners<K> {
    /// Dropped subscribers are removed on the way.
    fn each(&mut self, mut act: impl FnMut(&Buffer<K>)) {
        self.buffers.retain(|buffer| match buffer.upgrade() {
            Some(buffer) => {
                act(&buffer);
                true
            }
            None => false,
        });
    }

    /// Where nothing changes, many may join and leave: they must not pile up.
    fn join(&mut self, buffer: &Arc<Buffer<K>>) {
        if self.buffers.len() == self.buffers.capacity() {
            self.buffers.retain(|buffer| buffer.strong_count() > 0);
        }
        self.buffers.push(Arc::downgrade(buffer));
    }
}
