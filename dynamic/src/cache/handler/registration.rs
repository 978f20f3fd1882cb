//! A handler that was added to an informer, as its owner sees it.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::cache::buffer::{BufferPolicy, Level};
use crate::cache::problem::CacheProblem;
use crate::model::error::Result;

/// How a handler is called.
///
/// ```
/// use std::time::Duration;
/// use kubewright::cache::{BufferPolicy, HandlerOptions};
///
/// let options = HandlerOptions::new()
///     .name("dns-records")
///     .resync(Duration::from_secs(3600))
///     .buffer(BufferPolicy::Coalesce);
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct HandlerOptions {
    pub(in crate::cache) name: Option<String>,
    pub(in crate::cache) resync: Option<Duration>,
    pub(in crate::cache) buffer: BufferPolicy,
}

impl HandlerOptions {
    /// Without a name, with the resync of its informer, keeping everything.
    pub fn new() -> Self {
        Self::default()
    }

    /// Measures the handler under this name, and names it in the log.
    ///
    /// The metrics go to the recorder of the `metrics` crate that is installed when the
    /// handler is added, with the labels `informer` and `handler`:
    /// `informer_handler_queue_depth`, `informer_handler_duration_seconds`,
    /// `informer_handler_panics_total` and `informer_handler_lost_total`.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Gives the handler every object of the cache once more, about so often: one tenth
    /// more or less each time, so that many do not do so at once.
    ///
    /// Such an update has the same object twice; the server is not asked
    /// ([rule F28](crate::semantics#f28), [I18](crate::semantics#i18)). A period below one second
    /// is one second ([rule I17](crate::semantics#i17)). While some of the last resync wait still,
    /// the next is left out. [`Duration::ZERO`] is never, also where the informer has a period of
    /// its own.
    pub fn resync(mut self, period: Duration) -> Self {
        self.resync = Some(period);
        self
    }

    /// Sets the buffer policy, for a handler that is slower than the changes.
    pub fn buffer(mut self, policy: BufferPolicy) -> Self {
        self.buffer = policy;
        self
    }
}

/// A handler that was added to an informer: dropping this takes it away.
///
/// After the drop no new call begins; one that is being made ends, and
/// [`Registration::remove`] waits for it ([rule I12](crate::semantics#i12)). The handler also ends
/// with its informer, and what waits for it then is dropped ([rule I15](crate::semantics#i15)).
#[must_use = "the handler is taken away when this is dropped: keep it, or detach it"]
pub struct Registration {
    pub(super) informer: String,
    pub(super) status: Arc<Status>,
    pub(super) level: Arc<dyn Level>,
    pub(super) synced: watch::Receiver<bool>,
    /// `None` once it was given away.
    pub(super) task: Option<JoinHandle<()>>,
}

/// The state of the task.
#[derive(Debug, Default)]
pub(super) struct Status {
    removed: AtomicBool,
    ended: AtomicBool,
    panics: AtomicU64,
    last_panic: Mutex<Option<String>>,
}

impl Status {
    /// Whether no further call may begin. An aborted task would go on to its next pause,
    /// and a busy one makes none.
    pub(super) fn is_removed(&self) -> bool {
        self.removed.load(Ordering::Acquire)
    }

    pub(super) fn ended(&self) {
        self.ended.store(true, Ordering::Release);
    }

    pub(super) fn panicked(&self, message: String) {
        self.panics.fetch_add(1, Ordering::Relaxed);
        let mut last = self
            .last_panic
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *last = Some(message);
    }
}

impl Registration {
    /// Whether the informer has synced and the handler has returned from every call for the
    /// initial list ([rule I10](crate::semantics#i10)); stays true. A call that panicked has
    /// returned.
    pub fn has_synced(&self) -> bool {
        *self.synced.borrow()
    }

    /// Waits until [`Registration::has_synced`].
    ///
    /// # Errors
    /// `is_stopped()` when the handler ended before, with its informer.
    pub async fn synced(&self) -> Result<()> {
        let mut synced = self.synced.clone();
        match synced.wait_for(|synced| *synced).await {
            Ok(_) => Ok(()),
            Err(_) => Err(CacheProblem::HandlerEnded {
                informer: self.informer.clone(),
            }
            .into()),
        }
    }

    /// As [`Registration::synced`], but not longer than this.
    ///
    /// # Errors
    /// `is_timeout()` when the time is over, and `is_stopped()` when the handler ended before.
    pub async fn synced_within(&self, limit: Duration) -> Result<()> {
        let in_time = tokio::time::timeout(limit, self.synced()).await;
        in_time.unwrap_or_else(|_| {
            Err(CacheProblem::HandlerLate {
                informer: self.informer.clone(),
                limit,
            }
            .into())
        })
    }

    /// How many calls wait to be made.
    pub fn depth(&self) -> usize {
        self.level.depth()
    }

    /// How many deltas were dropped so far; 0 unless the policy drops.
    pub fn lost(&self) -> u64 {
        self.level.lost()
    }

    /// How many calls have panicked.
    pub fn panics(&self) -> u64 {
        self.status.panics.load(Ordering::Relaxed)
    }

    /// The message of the last panic.
    pub fn last_panic(&self) -> Option<String> {
        let last = self.status.last_panic.lock();
        last.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether no call will be made any more, because the informer has ended.
    pub fn has_ended(&self) -> bool {
        let is_finished = || self.task.as_ref().is_none_or(JoinHandle::is_finished);
        self.status.ended.load(Ordering::Acquire) || is_finished()
    }

    /// Takes the handler away and waits until a call that is being made has ended. Called
    /// from the handler itself it would wait for itself.
    pub async fn remove(mut self) {
        self.take_away();
        if let Some(task) = self.task.take() {
            // It ends by being aborted, and whatever it was has been reported.
            let _ = task.await;
        }
    }

    /// Lets the handler be called until its informer ends.
    pub fn detach(mut self) {
        self.task = None;
    }

    fn take_away(&self) {
        if let Some(task) = &self.task {
            self.status.removed.store(true, Ordering::Release);
            task.abort();
        }
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.take_away();
    }
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration")
            .field("synced", &self.has_synced())
            .field("depth", &self.depth())
            .field("lost", &self.lost())
            .field("panics", &self.panics())
            .finish_non_exhaustive()
    }
}
