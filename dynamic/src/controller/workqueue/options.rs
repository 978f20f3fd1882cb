//! How an item is added, and how a queue is made.

use std::fmt;
use std::hash::Hash;
use std::time::Duration;

use super::WorkQueue;
use super::limiter::{MaxOf, RateLimiter};
use super::shared::Shared;

/// The priority of what can wait: objects that a controller meets at its start and in a
/// resync, where nothing has changed (semantics CR2). The ordinary priority is 0.
pub const LOW_PRIORITY: i32 = -100;

/// When an item is to be handed out, and before which others.
///
/// ```
/// use std::time::Duration;
/// use kubewright::workqueue::{AddOptions, LOW_PRIORITY, WorkQueue};
///
/// let queue = WorkQueue::new();
/// queue.add_with("web", AddOptions::new().priority(LOW_PRIORITY));
/// queue.add_with("db", AddOptions::new().after(Duration::from_secs(60)).rate_limited());
/// assert_eq!((queue.stats().waiting, queue.stats().delayed), (1, 1));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct AddOptions {
    pub(super) priority: i32,
    pub(super) after: Option<Duration>,
    pub(super) rate_limited: bool,
}

impl AddOptions {
    /// At once, at priority 0.
    pub fn new() -> Self {
        Self::default()
    }

    /// Before all items of a lower priority.
    pub fn priority(mut self, priority: i32) -> Self {
        self.priority = priority;
        self
    }

    /// Not before this much time has passed.
    pub fn after(mut self, delay: Duration) -> Self {
        self.after = Some(delay);
        self
    }

    /// Not before the queue's rate limiter says so, which counts this as a failure. With
    /// [`after`](Self::after), the shorter of both counts.
    pub fn rate_limited(mut self) -> Self {
        self.rate_limited = true;
        self
    }
}

/// Makes a [`WorkQueue`]: see [`WorkQueue::builder`].
#[must_use = "a builder makes no queue until it is asked to"]
pub struct Builder<T> {
    name: Option<String>,
    limiter: Box<dyn RateLimiter<T>>,
}

impl<T: Eq + Hash + Clone + Send + Sync + 'static> Builder<T> {
    pub(super) fn new() -> Self {
        Self {
            name: None,
            limiter: Box::new(MaxOf::default()),
        }
    }

    /// Measures the queue under this name, which no other queue should have.
    ///
    /// The metrics go to the recorder of the `metrics` crate that is installed when the
    /// queue is built, with the label `name` and under the names that client-go's have:
    /// `workqueue_depth`, `workqueue_adds_total`, `workqueue_queue_duration_seconds`,
    /// `workqueue_work_duration_seconds`, `workqueue_retries_total`, and, kept by
    /// [`WorkQueue::report_metrics`], `workqueue_unfinished_work_seconds` and
    /// `workqueue_longest_running_processor_seconds` (semantics K9).
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Limits [`add_rate_limited`](WorkQueue::add_rate_limited) and
    /// [`Item::retry`](super::Item::retry) by this instead of [`MaxOf::default`].
    pub fn rate_limiter(mut self, limiter: impl RateLimiter<T> + 'static) -> Self {
        self.limiter = Box::new(limiter);
        self
    }

    /// The queue. It starts no task.
    #[must_use]
    pub fn build(self) -> WorkQueue<T> {
        WorkQueue::over(Shared::new(self.name.as_deref(), self.limiter))
    }
}

impl<T> fmt::Debug for Builder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
