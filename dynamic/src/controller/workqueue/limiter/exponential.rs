//! Exponential back-off: each failure of an item doubles its wait.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};
use std::time::{Duration, Instant};

use super::RateLimiter;

/// Waits `base`, then twice that for each failure more of the same item, up to `longest`.
///
/// `ExponentialBackoff::default()` goes from 5 ms to 1000 s, as client-go's does for
/// controllers (its plain limiter of items starts at 1 ms). An item is remembered until
/// it is forgotten: say so for those that succeeded and those that are given up.
///
/// ```
/// use std::time::{Duration, Instant};
/// use kubewright::workqueue::{ExponentialBackoff, RateLimiter};
///
/// let mut limiter = ExponentialBackoff::new(Duration::from_millis(5), Duration::from_secs(60));
/// let now = Instant::now();
/// let waits: Vec<_> = (0..4).map(|_| limiter.when(&"web", now).as_millis()).collect();
/// assert_eq!(waits, [5, 10, 20, 40]);
/// assert_eq!(limiter.requeues(&"web"), 4);
/// limiter.forget(&"web");
/// assert_eq!(limiter.when(&"web", now), Duration::from_millis(5));
/// ```
#[derive(Clone, Debug)]
pub struct ExponentialBackoff<T> {
    base: Duration,
    longest: Duration,
    jitter: f64,
    failures: HashMap<T, u32>,
    /// The source of jitter: keyed at random, and different for each item and failure.
    dice: RandomState,
}

impl<T: Eq + Hash> ExponentialBackoff<T> {
    /// A back-off from `base` to `longest`.
    #[must_use]
    pub fn new(base: Duration, longest: Duration) -> Self {
        Self {
            base,
            longest,
            jitter: 0.0,
            failures: HashMap::new(),
            dice: RandomState::new(),
        }
    }

    /// Adds to each wait a random part of it, up to this fraction, so that items that
    /// failed together are not tried together. Nothing is added beyond `longest`.
    ///
    /// A fraction below 0 is 0, and one above 1 is 1.
    #[must_use]
    pub fn jitter(mut self, fraction: f64) -> Self {
        self.jitter = fraction.clamp(0.0, 1.0);
        self
    }

    /// The base, doubled so many times; what does not fit is the longest.
    fn doubled(&self, times: u32) -> Duration {
        let factor = 2_u128.checked_pow(times).unwrap_or(u128::MAX);
        let nanos = self.base.as_nanos().saturating_mul(factor);
        u64::try_from(nanos).map_or(self.longest, Duration::from_nanos)
    }

    fn scatter(&self, wait: Duration, item: &T, failures: u32) -> Duration {
        if self.jitter == 0.0 {
            return wait;
        }
        let roll = self.dice.hash_one((item, failures)) >> 32;
        let part = f64::from(u32::try_from(roll).unwrap_or_default()) / f64::from(u32::MAX);
        let more = wait.as_secs_f64() * self.jitter * part;
        wait.saturating_add(Duration::try_from_secs_f64(more).unwrap_or_default())
    }
}

impl<T: Eq + Hash> Default for ExponentialBackoff<T> {
    fn default() -> Self {
        Self::new(Duration::from_millis(5), Duration::from_secs(1000))
    }
}

impl<T: Eq + Hash + Clone + Send> RateLimiter<T> for ExponentialBackoff<T> {
    fn when(&mut self, item: &T, _now: Instant) -> Duration {
        let before = self.requeues(item);
        self.failures.insert(item.clone(), before.saturating_add(1));
        let wait = self.doubled(before).min(self.longest);
        self.scatter(wait, item, before).min(self.longest)
    }

    fn forget(&mut self, item: &T) {
        self.failures.remove(item);
    }

    fn requeues(&self, item: &T) -> u32 {
        self.failures.get(item).copied().unwrap_or_default()
    }
}
