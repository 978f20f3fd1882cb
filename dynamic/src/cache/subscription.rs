//! A subscription: a cache as it is, then every change of it, taken at the subscriber's
//! own pace.
//!
//! A stream pulls deltas; [`super::handler`] pushes them.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures::stream::{FusedStream, Stream};
use tokio::task::coop::poll_proceed;

use super::buffer::{Buffer, BufferPolicy, Level, Notice};
use super::delta::Delta;
use super::fanout::Fanout;
use super::resync::Resync;
use super::store::Store;
use crate::model::object::Object;

/// A subscription: first the cache as it is, as [`Delta::Added`], then every change.
///
/// A [`Stream`] that ends when the informer does. Dropping it ends the subscription. What is
/// not taken waits, in pointers: [`Deltas::depth`] says how much, and the [`BufferPolicy`]
/// how much it can become.
///
/// The initial list is what the cache holds at the time of the subscription, or its first
/// snapshot if it has none yet. While [`Deltas::has_synced`] says no, what is taken belongs
/// to it.
///
/// ```no_run
/// # async fn doc(pods: kubewright::cache::SharedInformer<kubewright::Unstructured>) {
/// use futures::StreamExt;
///
/// // As any stream: here what is deleted, and later than the initial list for that reason.
/// let gone = pods.subscribe().filter(|delta| std::future::ready(delta.is_deleted()));
/// gone.for_each(|delta| async move { println!("{} is gone", delta.object().name()) }).await;
/// # }
/// ```
pub struct Deltas<K> {
    buffer: Arc<Buffer<K>>,
    store: Store<K>,
    fanout: Weak<Fanout<K>>,
    resync: Option<Resync>,
    reported: u64,
}

impl<K: Object> Deltas<K> {
    pub(super) fn new(
        fanout: &Arc<Fanout<K>>,
        store: &Store<K>,
        policy: BufferPolicy,
        resync: Option<Duration>,
    ) -> Self {
        Deltas {
            buffer: fanout.subscribe(store, policy),
            store: store.clone(),
            fanout: Arc::downgrade(fanout),
            resync: resync.map(Resync::new),
            reported: 0,
        }
    }

    /// Adds a resync: the subscription yields every object of the cache once more in this period,
    /// like a handler with [`HandlerOptions::resync`]. It is checked when the stream is polled.
    ///
    /// [`HandlerOptions::resync`]: super::HandlerOptions::resync
    #[must_use]
    pub fn resync(mut self, period: Duration) -> Self {
        self.resync = Some(Resync::new(period)).filter(|_| !period.is_zero());
        self
    }

    /// The next delta; `None` when the informer has ended and nothing waits. Cancel-safe.
    ///
    /// As tokio's channels do, it lets other tasks run now and then also where a delta waits;
    /// within [`unconstrained`](tokio::task::coop::unconstrained) it does not.
    pub async fn next(&mut self) -> Option<Delta<K>> {
        std::future::poll_fn(|context| self.poll_delta(context)).await
    }

    /// The next delta or what else there is to say.
    pub(super) async fn notice(&mut self) -> Option<Notice<K>> {
        std::future::poll_fn(|context| self.poll_notice(context)).await
    }

    /// The next delta, and whether something changed: `false` for the initial list and for
    /// a resync, which can wait behind what did.
    #[cfg(feature = "controller")]
    pub(crate) async fn next_with_cause(&mut self) -> Option<(Delta<K>, bool)> {
        loop {
            if let Notice::Event(event) = self.notice().await? {
                return Some((event.delta, event.origin == super::buffer::Origin::Change));
            }
        }
    }

    /// How many deltas wait to be taken.
    pub fn depth(&self) -> usize {
        self.buffer.depth()
    }

    /// How many deltas were dropped before the one that was taken last; 0 unless the policy
    /// drops.
    ///
    /// When it has grown with a delta, read the cache again, then take that delta in: those
    /// that follow lead to the present. What is dropped while the initial list or a resync is
    /// taken shows behind that, for a cache that is read earlier would be overwritten by it.
    pub fn lost(&self) -> u64 {
        self.reported
    }

    /// Whether all of the initial list was taken; stays true.
    pub fn has_synced(&self) -> bool {
        self.buffer.has_synced()
    }

    pub(super) fn level(&self) -> Arc<dyn Level> {
        Arc::clone(&self.buffer) as Arc<dyn Level>
    }

    /// Whether the informer has ended.
    pub(super) fn is_closed(&self) -> bool {
        self.buffer.is_closed()
    }

    fn poll_delta(&mut self, context: &mut Context<'_>) -> Poll<Option<Delta<K>>> {
        loop {
            match ready!(self.poll_notice(context)) {
                Some(Notice::Event(event)) => return Poll::Ready(Some(event.delta)),
                Some(Notice::Lost(_) | Notice::Synced) => {}
                None => return Poll::Ready(None),
            }
        }
    }

    /// Yields now and then: a subscriber with endless changes would never let another task run.
    fn poll_notice(&mut self, context: &mut Context<'_>) -> Poll<Option<Notice<K>>> {
        let turn = ready!(poll_proceed(context));
        let notice = self.poll_buffer(context);
        if notice.is_ready() {
            turn.made_progress();
        }
        notice
    }

    fn poll_buffer(&mut self, context: &mut Context<'_>) -> Poll<Option<Notice<K>>> {
        // A resync begins after the initial list.
        while self.buffer.has_synced()
            && let Some(resync) = &mut self.resync
            && resync.poll(context).is_ready()
        {
            if let Some(fanout) = self.fanout.upgrade() {
                fanout.resync(&self.store, &self.buffer);
            }
        }
        let notice = self.buffer.poll(context);
        if let Poll::Ready(Some(Notice::Lost(lost))) = &notice {
            self.reported += lost;
        }
        notice
    }
}

impl<K: Object> Stream for Deltas<K> {
    type Item = Delta<K>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Delta<K>>> {
        self.get_mut().poll_delta(context)
    }
}

impl<K: Object> FusedStream for Deltas<K> {
    fn is_terminated(&self) -> bool {
        self.buffer.is_over()
    }
}

impl<K: Object> fmt::Debug for Deltas<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deltas")
            .field("depth", &self.depth())
            .field("synced", &self.has_synced())
            .finish_non_exhaustive()
    }
}
