//! One function for many pieces of work, by several workers.
//!
//! Where keys come and go there is the queue; here the pieces are known, and numbered.

use std::panic::resume_unwind;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio::task::JoinSet;

/// Calls a function once for each of so many pieces, by some workers at a time, each a task
/// of the runtime: where threads are free, side by side.
///
/// A worker takes the next piece when it is through with one, or the next few of them, so that
/// taking costs little where pieces are small ([rule K10](crate::semantics#k10)). For calls that
/// only wait for a server, [`for_each_concurrent`](futures::StreamExt::for_each_concurrent) does
/// without tasks.
///
/// ```
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicUsize, Ordering};
/// use kubewright::workqueue::Parallel;
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// let names: Arc<[&str]> = Arc::new(["web", "db", "dns"]);
/// let letters = Arc::new(AtomicUsize::new(0));
/// let sum = Arc::clone(&letters);
/// let pieces = names.len();
/// Parallel::workers(2)
///     .run(pieces, move |piece| {
///         sum.fetch_add(names[piece].len(), Ordering::Relaxed);
///         async {}
///     })
///     .await;
/// assert_eq!(letters.load(Ordering::Relaxed), 8);
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "nothing is done before it runs"]
pub struct Parallel {
    workers: usize,
    chunk: usize,
}

impl Parallel {
    /// So many workers, at least one, which take piece by piece.
    pub fn workers(workers: usize) -> Self {
        Parallel {
            workers: workers.max(1),
            chunk: 1,
        }
    }

    /// A worker takes so many pieces at once, at least one.
    pub fn chunks_of(mut self, pieces: usize) -> Self {
        self.chunk = pieces.max(1);
        self
    }

    /// Calls the function for the pieces from 0 on. Dropping the future drops the calls that
    /// are being made.
    ///
    /// # Panics
    /// As a piece does, once the others that have begun were dropped; and outside of a tokio
    /// runtime, as `tokio::spawn` does.
    pub async fn run<F, R>(self, pieces: usize, work: F)
    where
        F: Fn(usize) -> R + Send + Sync + 'static,
        R: Future<Output = ()> + Send + 'static,
    {
        self.run_until(pieces, std::future::pending(), work).await;
    }

    /// As [`Parallel::run`], and begins no further piece once `end` resolves: what has begun
    /// is waited for. Says how many pieces were done, which need not be the first.
    ///
    /// # Panics
    /// As [`Parallel::run`].
    pub async fn run_until<F, R>(
        self,
        pieces: usize,
        end: impl Future<Output = ()>,
        work: F,
    ) -> usize
    where
        F: Fn(usize) -> R + Send + Sync + 'static,
        R: Future<Output = ()> + Send + 'static,
    {
        let shared = Arc::new(Shared {
            pieces,
            chunk: self.chunk,
            next: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            is_over: AtomicBool::new(false),
            work,
        });
        let mut workers = JoinSet::new();
        for _ in 0..self.workers.min(pieces.div_ceil(self.chunk)) {
            workers.spawn(Arc::clone(&shared).go_on());
        }
        let mut all = pin!(join(workers));
        tokio::select! {
            biased;
            () = end => {
                shared.is_over.store(true, Ordering::Relaxed);
                all.await;
            }
            () = &mut all => {}
        }
        shared.done.load(Ordering::Relaxed)
    }
}

async fn join(mut workers: JoinSet<()>) {
    while let Some(ended) = workers.join_next().await {
        if let Err(error) = ended
            && let Ok(panic) = error.try_into_panic()
        {
            resume_unwind(panic);
        }
    }
}

struct Shared<F> {
    pieces: usize,
    chunk: usize,
    next: AtomicUsize,
    done: AtomicUsize,
    is_over: AtomicBool,
    work: F,
}

impl<F, R> Shared<F>
where
    F: Fn(usize) -> R,
    R: Future<Output = ()>,
{
    async fn go_on(self: Arc<Self>) {
        while let Some(chunk) = self.take() {
            for piece in chunk {
                if self.is_over.load(Ordering::Relaxed) {
                    return;
                }
                (self.work)(piece).await;
                self.done.fetch_add(1, Ordering::Relaxed);
                // Pieces that wait for nothing would never let another task run.
                tokio::task::coop::consume_budget().await;
            }
        }
    }

    fn take(&self) -> Option<std::ops::Range<usize>> {
        let step = |next: usize| (next < self.pieces).then(|| next.saturating_add(self.chunk));
        let taken = self
            .next
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, step);
        let begin = taken.ok()?;
        Some(begin..begin.saturating_add(self.chunk).min(self.pieces))
    }
}
