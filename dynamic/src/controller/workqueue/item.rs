//! The guard of an item that a worker holds.

use std::fmt;
use std::hash::Hash;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use super::options::AddOptions;
use super::shared::Shared;
use super::state::Work;

/// An item that a worker holds. No other worker gets it until this is dropped.
///
/// It is the item, by `Deref`. However a worker ends (return, error, panic, cancelled
/// task), the drop says that the work is done, and if the item was added in the
/// meantime it takes its turn again. A drop says nothing about success: what comes of the
/// work is said by [`forget`](Self::forget), [`retry`](Self::retry) or
/// [`requeue_after`](Self::requeue_after), which end it too ([rule CR3](crate::semantics#cr3)).
///
/// ```
/// use kubewright::workqueue::WorkQueue;
///
/// # async fn reconcile(name: &str) -> Result<(), std::io::Error> { Ok(()) }
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// let queue = WorkQueue::new();
/// queue.add("web".to_owned());
/// # queue.shut_down();
/// while let Some(item) = queue.get().await {
///     match reconcile(&item).await {
///         Ok(()) => item.forget(),
///         Err(error) => {
///             eprintln!("{item}: {error}");
///             item.retry();
///         }
///     }
/// }
/// # }
/// ```
#[must_use = "an item that is dropped is done"]
pub struct Item<T: Eq + Hash> {
    item: Arc<T>,
    priority: i32,
    queue: Arc<Shared<T>>,
}

impl<T: Eq + Hash> Item<T> {
    pub(super) fn new(queue: Arc<Shared<T>>, work: Work<T>) -> Self {
        Self {
            item: work.item,
            priority: work.priority,
            queue,
        }
    }

    /// The priority at which the item was handed out.
    #[must_use]
    pub fn priority(&self) -> i32 {
        self.priority
    }

    /// The work succeeded or is given up: the rate limiter forgets the item's failures.
    pub fn forget(self) {
        self.queue.forget(&self.item);
    }

    /// The work failed: the item comes again when the rate limiter says so, at the
    /// priority it had. `false` when the queue was shut down and it will not.
    pub fn retry(self) -> bool {
        self.again(AddOptions::new().rate_limited())
    }

    /// The work succeeded and is to be looked at again: forgets the item's failures and
    /// adds it after the delay, at the priority it had. `false` when the queue was shut
    /// down and it will not come.
    pub fn requeue_after(self, delay: Duration) -> bool {
        self.queue.forget(&self.item);
        self.again(AddOptions::new().after(delay))
    }

    fn again(&self, options: AddOptions) -> bool {
        let item = Arc::clone(&self.item);
        self.queue.add(item, options.priority(self.priority))
    }
}

impl<T: Eq + Hash> Deref for Item<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.item
    }
}

/// As the item itself.
impl<T: Eq + Hash + fmt::Display> fmt::Display for Item<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.item.fmt(f)
    }
}

impl<T: Eq + Hash> Drop for Item<T> {
    fn drop(&mut self) {
        self.queue.done(&self.item);
    }
}

impl<T: Eq + Hash + fmt::Debug> fmt::Debug for Item<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Item")
            .field("item", &self.item)
            .field("priority", &self.priority)
            .finish_non_exhaustive()
    }
}
