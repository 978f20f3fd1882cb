//! Rate limiters: how long a failed item waits for its next try.
//!
//! A limiter is plain state that takes the time and answers with a delay; it waits for
//! nothing and locks nothing, which is the queue's part. Two are built from others:
//! [`MaxOf`] asks several, [`WithMaxWait`] cuts what one says.

mod bucket;
mod exponential;
mod fast_slow;

use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub use self::bucket::Bucket;
pub use self::exponential::ExponentialBackoff;
pub use self::fast_slow::FastSlow;

/// Says how long an item waits before it is tried again.
///
/// To share one limiter among several queues, give each a clone of an
/// `Arc<Mutex<limiter>>`, which is a limiter too.
///
/// ```
/// use std::time::{Duration, Instant};
/// use kubewright::workqueue::{RateLimiter, WorkQueue};
///
/// /// Tries again at the next full beat.
/// struct Metronome(Instant);
///
/// impl<T> RateLimiter<T> for Metronome {
///     fn when(&mut self, _item: &T, now: Instant) -> Duration {
///         let passed = now.saturating_duration_since(self.0).subsec_nanos();
///         Duration::from_secs(1) - Duration::from_nanos(passed.into())
///     }
///     fn forget(&mut self, _item: &T) {}
///     fn requeues(&self, _item: &T) -> u32 { 0 }
/// }
///
/// let queue = WorkQueue::builder().rate_limiter(Metronome(Instant::now())).build();
/// queue.add_rate_limited("web");
/// assert_eq!(queue.stats().delayed, 1);
/// ```
pub trait RateLimiter<T>: Send {
    /// How long the item has to wait from now on. Each call counts as one more failure.
    fn when(&mut self, item: &T, now: Instant) -> Duration;

    /// Forgets the item's failures, because it succeeded or is given up.
    fn forget(&mut self, item: &T);

    /// How often the item has failed since it was last forgotten.
    fn requeues(&self, item: &T) -> u32;
}

impl<T, L: RateLimiter<T> + ?Sized> RateLimiter<T> for Box<L> {
    fn when(&mut self, item: &T, now: Instant) -> Duration {
        (**self).when(item, now)
    }

    fn forget(&mut self, item: &T) {
        (**self).forget(item);
    }

    fn requeues(&self, item: &T) -> u32 {
        (**self).requeues(item)
    }
}

impl<T, L: RateLimiter<T> + ?Sized> RateLimiter<T> for Arc<Mutex<L>> {
    fn when(&mut self, item: &T, now: Instant) -> Duration {
        let mut limiter = self.lock().unwrap_or_else(PoisonError::into_inner);
        limiter.when(item, now)
    }

    fn forget(&mut self, item: &T) {
        let mut limiter = self.lock().unwrap_or_else(PoisonError::into_inner);
        limiter.forget(item);
    }

    fn requeues(&self, item: &T) -> u32 {
        let limiter = self.lock().unwrap_or_else(PoisonError::into_inner);
        limiter.requeues(item)
    }
}

/// Asks every limiter and takes the longest wait, and the highest count.
///
/// Every limiter counts each failure: a token of a [`Bucket`] is spent also when another
/// limiter says to wait longer ([rule K8](crate::semantics#k8)).
///
/// ```
/// use std::time::{Duration, Instant};
/// use kubewright::workqueue::{Bucket, FastSlow, MaxOf, RateLimiter};
///
/// let mut limiter = MaxOf::new(Bucket::every(Duration::from_secs(1), 1))
///     .and(FastSlow::new(Duration::from_millis(5), Duration::from_secs(9), 2));
/// let now = Instant::now();
/// assert_eq!(limiter.when(&"web", now), Duration::from_millis(5)); // fast; a token is left
/// assert_eq!(limiter.when(&"web", now), Duration::from_secs(1)); // fast; the next token
/// assert_eq!(limiter.when(&"web", now), Duration::from_secs(9)); // slow
/// ```
pub struct MaxOf<T> {
    limiters: Vec<Box<dyn RateLimiter<T>>>,
}

impl<T> MaxOf<T> {
    /// Begins with one limiter.
    pub fn new(limiter: impl RateLimiter<T> + 'static) -> Self {
        Self {
            limiters: vec![Box::new(limiter)],
        }
    }

    /// Asks this one too.
    #[must_use]
    pub fn and(mut self, limiter: impl RateLimiter<T> + 'static) -> Self {
        self.limiters.push(Box::new(limiter));
        self
    }
}

/// The default of client-go's controllers: the longer of the waits of [`ExponentialBackoff`] for
/// the item and of [`Bucket`] for all items.
impl<T: Eq + Hash + Clone + Send + 'static> Default for MaxOf<T> {
    fn default() -> Self {
        Self::new(ExponentialBackoff::default()).and(Bucket::default())
    }
}

impl<T> RateLimiter<T> for MaxOf<T> {
    fn when(&mut self, item: &T, now: Instant) -> Duration {
        let waits = self.limiters.iter_mut().map(|one| one.when(item, now));
        waits.max().unwrap_or_default()
    }

    fn forget(&mut self, item: &T) {
        for limiter in &mut self.limiters {
            limiter.forget(item);
        }
    }

    fn requeues(&self, item: &T) -> u32 {
        let counts = self.limiters.iter().map(|one| one.requeues(item));
        counts.max().unwrap_or_default()
    }
}

impl<T> fmt::Debug for MaxOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MaxOf")
            .field("limiters", &self.limiters.len())
            .finish()
    }
}

/// Never waits longer than a limit, whatever the limiter inside says.
///
/// ```
/// use std::time::{Duration, Instant};
/// use kubewright::workqueue::{Bucket, RateLimiter, WithMaxWait};
///
/// let hourly = Bucket::every(Duration::from_secs(3600), 1);
/// let mut limiter = WithMaxWait::new(hourly, Duration::from_secs(30));
/// let now = Instant::now();
/// assert_eq!(limiter.when(&"web", now), Duration::ZERO);
/// assert_eq!(limiter.when(&"web", now), Duration::from_secs(30));
/// ```
#[derive(Clone, Debug)]
pub struct WithMaxWait<L> {
    limiter: L,
    longest: Duration,
}

impl<L> WithMaxWait<L> {
    /// Cuts what the limiter says to at most `longest`.
    pub fn new(limiter: L, longest: Duration) -> Self {
        Self { limiter, longest }
    }
}

impl<T, L: RateLimiter<T>> RateLimiter<T> for WithMaxWait<L> {
    fn when(&mut self, item: &T, now: Instant) -> Duration {
        self.limiter.when(item, now).min(self.longest)
    }

    fn forget(&mut self, item: &T) {
        self.limiter.forget(item);
    }

    fn requeues(&self, item: &T) -> u32 {
        self.limiter.requeues(item)
    }
}

#[cfg(test)]
mod tests;
