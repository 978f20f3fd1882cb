//! Two speeds: a few quick tries, and slow ones after that.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::{Duration, Instant};

use super::RateLimiter;

/// Waits `fast` for the first failures of an item and `slow` for all after.
///
/// An item is remembered until it is forgotten.
///
/// ```
/// use std::time::{Duration, Instant};
/// use kubewright::workqueue::{FastSlow, RateLimiter};
///
/// let (fast, slow) = (Duration::from_millis(5), Duration::from_secs(10));
/// let mut limiter = FastSlow::new(fast, slow, 2);
/// let now = Instant::now();
/// let waits: Vec<_> = (0..3).map(|_| limiter.when(&"web", now)).collect();
/// assert_eq!(waits, [fast, fast, slow]);
/// ```
#[derive(Clone, Debug)]
pub struct FastSlow<T> {
    fast: Duration,
    slow: Duration,
    fast_tries: u32,
    failures: HashMap<T, u32>,
}

impl<T: Eq + Hash> FastSlow<T> {
    /// Waits `fast` for `fast_tries` times, then `slow`.
    #[must_use]
    pub fn new(fast: Duration, slow: Duration, fast_tries: u32) -> Self {
        Self {
            fast,
            slow,
            fast_tries,
            failures: HashMap::new(),
        }
    }
}

impl<T: Eq + Hash + Clone + Send> RateLimiter<T> for FastSlow<T> {
    fn when(&mut self, item: &T, _now: Instant) -> Duration {
        let failures = self.requeues(item).saturating_add(1);
        self.failures.insert(item.clone(), failures);
        if failures <= self.fast_tries {
            self.fast
        } else {
            self.slow
        }
    }

    fn forget(&mut self, item: &T) {
        self.failures.remove(item);
    }

    fn requeues(&self, item: &T) -> u32 {
        self.failures.get(item).copied().unwrap_or_default()
    }
}
