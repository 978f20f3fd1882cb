//! The options of adding an item: when it comes, and before which others.

use std::time::Duration;

/// The priority of keys that can wait: a controller adds the objects of the initial list and of
/// a resync with it, because nothing has changed ([rule CR2](crate::semantics#cr2)). The default
/// priority is 0.
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
