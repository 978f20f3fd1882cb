//! From one stream of deltas to any number of subscribers.
//!
//! Each subscriber has a buffer of its own, so a slow one delays nobody; what waits in it is
//! pointers. Joining happens under the same lock as publishing: a subscriber gets what is in
//! the cache at that instant and then every later delta, with no gap and no repeat
//! (semantics I2).

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Waker};

use futures::stream::{FusedStream, Stream};

use super::delta::Delta;
use super::store::Store;
use crate::object::Object;

/// Everybody who listens.
pub(super) struct Fanout<K> {
    listeners: Mutex<Listeners<K>>,
}

struct Listeners<K> {
    buffers: Vec<Weak<Buffer<K>>>,
    closed: bool,
}

/// What one subscriber has not taken yet.
struct Buffer<K> {
    pending: Mutex<Pending<K>>,
}

struct Pending<K> {
    deltas: VecDeque<Delta<K>>,
    waker: Option<Waker>,
    closed: bool,
}

impl<K: Object> Fanout<K> {
    pub(super) fn new() -> Self {
        Fanout {
            listeners: Mutex::new(Listeners {
                buffers: Vec::new(),
                closed: false,
            }),
        }
    }

    /// Changes the store and tells everybody, as one step for whoever joins.
    pub(super) fn publish(&self, change: impl FnOnce() -> Vec<Delta<K>>) {
        let mut listeners = lock(&self.listeners);
        let deltas = change();
        if deltas.is_empty() {
            return;
        }
        listeners.buffers.retain(|buffer| match buffer.upgrade() {
            Some(buffer) => {
                buffer.extend(&deltas);
                true
            }
            None => false,
        });
    }

    /// Begins to listen: first to what is in the store, as `Added`.
    pub(super) fn subscribe(&self, store: &Store<K>) -> Deltas<K> {
        let mut listeners = lock(&self.listeners);
        let deltas = store.list().into_iter().map(Delta::Added).collect();
        let pending = Pending {
            deltas,
            waker: None,
            closed: listeners.closed,
        };
        let buffer = Arc::new(Buffer {
            pending: Mutex::new(pending),
        });
        listeners.buffers.push(Arc::downgrade(&buffer));
        Deltas { buffer }
    }
}

impl<K> Fanout<K> {
    /// No more deltas: subscribers take what they have, and end.
    pub(super) fn close(&self) {
        let mut listeners = lock(&self.listeners);
        listeners.closed = true;
        for buffer in listeners
            .buffers
            .drain(..)
            .filter_map(|buffer| buffer.upgrade())
        {
            buffer.close();
        }
    }
}

impl<K> Buffer<K> {
    fn extend(&self, deltas: &[Delta<K>]) {
        let mut pending = lock(&self.pending);
        pending.deltas.extend(deltas.iter().cloned());
        pending.wake();
    }

    fn close(&self) {
        let mut pending = lock(&self.pending);
        pending.closed = true;
        pending.wake();
    }
}

impl<K> Pending<K> {
    fn wake(&mut self) {
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A subscription: first the cache as it was, as [`Delta::Added`], then every change.
///
/// A [`Stream`] that ends when the informer does. Dropping it ends the subscription. What is
/// not taken waits, in pointers, without limit: [`Deltas::depth`] says how much.
pub struct Deltas<K> {
    buffer: Arc<Buffer<K>>,
}

impl<K> Deltas<K> {
    /// The next delta; `None` when the informer has ended and nothing waits. Cancel-safe.
    pub async fn next(&mut self) -> Option<Delta<K>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    /// How many deltas wait to be taken.
    pub fn depth(&self) -> usize {
        lock(&self.buffer.pending).deltas.len()
    }

    fn poll(&mut self, context: &Context<'_>) -> Poll<Option<Delta<K>>> {
        let mut pending = lock(&self.buffer.pending);
        if let Some(delta) = pending.deltas.pop_front() {
            return Poll::Ready(Some(delta));
        }
        if pending.closed {
            return Poll::Ready(None);
        }
        pending.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

impl<K> Stream for Deltas<K> {
    type Item = Delta<K>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Delta<K>>> {
        self.get_mut().poll(context)
    }
}

impl<K> FusedStream for Deltas<K> {
    fn is_terminated(&self) -> bool {
        let pending = lock(&self.buffer.pending);
        pending.closed && pending.deltas.is_empty()
    }
}

impl<K> std::fmt::Debug for Deltas<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Deltas")
            .field("depth", &self.depth())
            .finish_non_exhaustive()
    }
}
