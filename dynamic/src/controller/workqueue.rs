//! The work queue: which keys a controller still has to look at, and in which order.
//!
//! It is not a channel. A key that is added many times is handed out once, and no other worker
//! gets it while one holds it. A key that is added in the meantime is handed out again
//! afterwards. So a controller looks at the present state of a key at least once after each
//! change, and never twice at the same time.
//!
//! | a key is | from | until |
//! |---|---|---|
//! | *delayed* | [`add_after`](WorkQueue::add_after), [`add_rate_limited`](WorkQueue::add_rate_limited) | its time comes, or it is added without a delay |
//! | *waiting* | [`add`](WorkQueue::add), or its time came | a worker gets it, by priority, then by the time it began to wait |
//! | *processing* | [`get`](WorkQueue::get) | the [`Item`] is dropped |
//!
//! The queue has no task and no thread: a task that waits for an item also waits for the time of
//! the first delayed one, and nothing outlives the last handle. It holds keys only, and
//! nothing is written to disk: after a restart, the informers fill it again.
//!
//! Where it differs from client-go's, on purpose: items whose time has not come at a
//! shut-down are returned and not lost; an item added while a worker holds it is handed out
//! also after a shut-down; a key has one time and one priority, the earliest and the
//! highest it was given, where client-go would hand it out once for each delay; a drain
//! also waits for what no worker has got yet.

mod builder;
mod item;
mod limiter;
mod meter;
mod options;
mod parallel;
mod shared;
mod state;

use std::fmt;
use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use futures::stream::{self, Stream, StreamExt};

pub use self::builder::Builder;
pub use self::item::Item;
pub use self::limiter::{Bucket, ExponentialBackoff, FastSlow, MaxOf, RateLimiter, WithMaxWait};
pub use self::options::{AddOptions, LOW_PRIORITY};
pub use self::parallel::Parallel;
use self::shared::Shared;
pub use self::state::Stats;

/// A queue of keys to work on, each at most once and by one worker at a time.
///
/// This is a handle: clones are the same queue. When the last handle is dropped, the queue is
/// shut down, and delayed items are dropped with it. A future of [`get`](Self::get), a stream of
/// [`items`](Self::items) and an [`Item`] are not handles: workers that have only these end when
/// no handle is left to add keys.
///
/// ```
/// use kubewright::workqueue::WorkQueue;
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// let queue = WorkQueue::new();
/// queue.add("web");
/// queue.add("db");
/// queue.add("web"); // is waiting already
///
/// let web = queue.get().await.unwrap();
/// assert_eq!(*web, "web");
/// queue.add("web"); // is being worked on, and comes again
/// assert_eq!(*queue.get().await.unwrap(), "db");
/// drop(web);
/// assert_eq!(*queue.get().await.unwrap(), "web");
///
/// queue.shut_down();
/// assert!(queue.get().await.is_none());
/// # }
/// ```
pub struct WorkQueue<T: Eq + Hash> {
    owner: Arc<Owner<T>>,
}

impl<T: Eq + Hash + Clone + Send + Sync + 'static> WorkQueue<T> {
    /// A queue without a name, limited by [`MaxOf::default`].
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// A queue with a name, which is measured, or with another rate limiter.
    ///
    /// ```
    /// use std::time::Duration;
    /// use kubewright::workqueue::{ExponentialBackoff, WorkQueue};
    ///
    /// let backoff = ExponentialBackoff::new(Duration::from_secs(1), Duration::from_secs(300));
    /// let queue = WorkQueue::builder().name("backups").rate_limiter(backoff.jitter(0.2)).build();
    /// queue.add_rate_limited("db");
    /// ```
    pub fn builder() -> Builder<T> {
        Builder::new()
    }

    /// Adds an item to be handed out as soon as a worker is free.
    ///
    /// An item that waits already keeps its turn, one that is delayed waits from now on, and
    /// one that a worker holds comes again when that is done ([rule K1](crate::semantics#k1),
    /// [K2](crate::semantics#k2)). `false` when the queue was shut down, and the item will not be
    /// handed out ([rule K3](crate::semantics#k3)).
    pub fn add(&self, item: T) -> bool {
        self.add_with(item, AddOptions::new())
    }

    /// Adds an item to be handed out after a delay; without one, at once.
    ///
    /// An item that waits already goes on waiting, and one that is delayed already keeps the
    /// earlier time ([rule K6](crate::semantics#k6), [CR1](crate::semantics#cr1)). `false` when the
    /// queue was shut down.
    pub fn add_after(&self, item: T, delay: Duration) -> bool {
        self.add_with(item, AddOptions::new().after(delay))
    }

    /// Adds an item after the delay that the rate limiter says, which counts a failure of
    /// the item until it is forgotten ([rule K7](crate::semantics#k7)). `false` when the queue was
    /// shut down.
    pub fn add_rate_limited(&self, item: T) -> bool {
        self.add_with(item, AddOptions::new().rate_limited())
    }

    /// Adds an item with a priority, or with a delay and a rate limit.
    ///
    /// An item that is in the queue already gets the higher priority and the earlier time;
    /// if that raises its priority, it goes behind the others of its new one
    /// ([rule CR1](crate::semantics#cr1)). `false` when the queue was shut down.
    pub fn add_with(&self, item: T, options: AddOptions) -> bool {
        self.shared().add(Arc::new(item), options)
    }

    /// Waits for the next item; `None` when the queue was shut down and has none left.
    ///
    /// After a shut-down, `None` comes when nothing waits and nothing that a worker holds
    /// was added again. A future that is dropped before it is done has taken nothing. It
    /// needs a Tokio runtime with time, for the items that are delayed.
    pub fn get(&self) -> impl Future<Output = Option<Item<T>>> + Send + use<T> {
        let shared = Arc::clone(self.shared());
        async move {
            let work = shared.get().await?;
            Some(Item::new(shared, work))
        }
    }

    /// All items to come, as a stream that ends with the queue.
    ///
    /// ```
    /// use futures::StreamExt;
    /// use kubewright::workqueue::WorkQueue;
    ///
    /// # async fn reconcile(name: &str) -> bool { true }
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// let queue = WorkQueue::new();
    /// queue.add("web");
    /// queue.add("db");
    /// let items = queue.items();
    /// drop(queue); // nobody is left to add: the stream ends after what waits
    /// items
    ///     .for_each_concurrent(4, async |item| {
    ///         if reconcile(&item).await { item.forget() } else { item.retry(); }
    ///     })
    ///     .await;
    /// # }
    /// ```
    pub fn items(&self) -> impl Stream<Item = Item<T>> + Send + Unpin + use<T> {
        let shared = Arc::clone(self.shared());
        let items = stream::unfold(shared, |shared| async move {
            let work = shared.get().await?;
            Some((Item::new(Arc::clone(&shared), work), shared))
        });
        Box::pin(items.fuse())
    }

    /// The rate limiter forgets the item's failures. Work on it is not done by that.
    pub fn forget(&self, item: &T) {
        self.shared().forget(item);
    }

    /// How often the rate limiter has seen the item fail since it was forgotten.
    #[must_use]
    pub fn requeues(&self, item: &T) -> u32 {
        self.shared().requeues(item)
    }

    /// How many items wait, those not counted that are delayed or held by a worker.
    #[must_use]
    pub fn len(&self) -> usize {
        self.stats().waiting
    }

    /// Whether none waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many items are where, and for how long workers have held theirs.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.shared().stats()
    }

    /// Shuts down: accepts no more items, and returns the delayed ones, the earliest first.
    ///
    /// Waiting items are still handed out, and so are items that were added while a worker holds
    /// them; then getters get `None` ([rule K3](crate::semantics#k3)). So every accepted item is
    /// handed out or returned. This does not wait, and it ends the wait of
    /// [`shut_down_with_drain`](Self::shut_down_with_drain) ([rule K4](crate::semantics#k4)). A
    /// second call returns nothing.
    pub fn shut_down(&self) -> Vec<T> {
        into_items(self.shared().shut_down())
    }

    /// Takes no more items, waits until workers have got all that wait and have dropped all
    /// they hold, and returns those whose time had not come, the earliest first.
    ///
    /// The delayed are not handed out, for that might be work of days ahead, or a failure
    /// that is tried once more for each that failed; a worker that asks for a retry
    /// meanwhile is refused. It begins when it is first polled, and never ends if a worker
    /// keeps an item or none is left to get what waits: limit it with a timeout and call
    /// [`shut_down`](Self::shut_down), which then returns the delayed
    /// ([rule K4](crate::semantics#k4)).
    ///
    /// ```
    /// use std::time::Duration;
    /// use kubewright::workqueue::WorkQueue;
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() {
    /// let queue = WorkQueue::<&str>::new();
    /// let worker = queue.clone();
    /// let worker = tokio::spawn(async move {
    ///     while let Some(item) = worker.get().await {
    ///         item.forget();
    ///     }
    /// });
    /// queue.add("web");
    /// queue.add_after("db", Duration::from_secs(3600));
    /// assert_eq!(queue.shut_down_with_drain().await, ["db"]);
    /// worker.await.unwrap();
    /// # }
    /// ```
    pub async fn shut_down_with_drain(&self) -> Vec<T> {
        into_items(self.shared().drain().await)
    }

    /// Whether the queue was shut down.
    #[must_use]
    pub fn is_shut_down(&self) -> bool {
        self.shared().is_shut_down()
    }

    /// Keeps the two metrics of a named queue that change while nothing happens: how long
    /// items have been held.
    ///
    /// It reports twice a second and ends when the queue was shut down and no item is held
    /// ([rule K9](crate::semantics#k9)); for a queue without a name it ends at once. Poll it beside
    /// the workers, with `tokio::join!` or in a task; the queue starts none by itself.
    pub fn report_metrics(&self) -> impl Future<Output = ()> + Send + use<T> {
        Arc::clone(self.shared()).report()
    }

    fn over(shared: Shared<T>) -> Self {
        let shared = Arc::new(shared);
        Self {
            owner: Arc::new(Owner { shared }),
        }
    }

    fn shared(&self) -> &Arc<Shared<T>> {
        &self.owner.shared
    }
}

impl<T: Eq + Hash> Clone for WorkQueue<T> {
    fn clone(&self) -> Self {
        Self {
            owner: Arc::clone(&self.owner),
        }
    }
}

impl<T: Eq + Hash + Clone + Send + Sync + 'static> Default for WorkQueue<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Eq + Hash> fmt::Debug for WorkQueue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WorkQueue")
            .field(&self.owner.shared.stats())
            .finish()
    }
}

/// Shared by handles, but not by getters: when it is dropped, the queue ends.
struct Owner<T: Eq + Hash> {
    shared: Arc<Shared<T>>,
}

impl<T: Eq + Hash> Drop for Owner<T> {
    fn drop(&mut self) {
        // No handle is left that could add items or ask for delayed ones.
        self.shared.shut_down();
    }
}

fn into_items<T: Clone>(items: Vec<Arc<T>>) -> Vec<T> {
    items.into_iter().map(Arc::unwrap_or_clone).collect()
}
