//! The builder of a work queue.

use std::fmt;
use std::hash::Hash;

use super::WorkQueue;
use super::limiter::{MaxOf, RateLimiter};
use super::shared::Shared;

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
    /// `workqueue_longest_running_processor_seconds` ([rule K9](crate::semantics#k9)).
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
