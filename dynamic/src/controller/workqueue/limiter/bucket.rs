//! A token bucket: at most so many tries in a period, for all items together.
//!
//! A caller here takes a token that is not there yet and learns when it will be, so that
//! each item gets a place of its own in the line. The crates for rate limits refuse such a
//! caller or make it wait, and bring a clock; the arithmetic is one number: how far the
//! tokens taken are ahead of the time.

use std::time::{Duration, Instant};

use super::RateLimiter;

/// Lets a burst through at once, and then one try in each interval, whatever the item.
///
/// `Bucket::default()` is 10 in a second after a burst of 100, as client-go's is.
///
/// ```
/// use std::time::{Duration, Instant};
/// use kubewright::workqueue::{Bucket, RateLimiter};
///
/// let mut limiter = Bucket::every(Duration::from_millis(100), 2);
/// let now = Instant::now();
/// let waits: Vec<_> = ["a", "b", "c", "d"].iter().map(|item| limiter.when(item, now)).collect();
/// assert_eq!(waits, [0, 0, 100, 200].map(Duration::from_millis));
/// ```
#[derive(Clone, Debug)]
pub struct Bucket {
    interval: Duration,
    /// How far ahead the tokens of a full bucket reach.
    capacity: Duration,
    /// When the bucket will be full again.
    full_at: Option<Instant>,
}

impl Bucket {
    /// A bucket that holds `burst` tokens, starts full and gains a token each `interval`.
    ///
    /// An interval of zero limits nothing; with a burst of zero also the first waits.
    #[must_use]
    pub fn every(interval: Duration, burst: u32) -> Self {
        Self {
            interval,
            capacity: interval.saturating_mul(burst),
            full_at: None,
        }
    }
}

impl Default for Bucket {
    fn default() -> Self {
        Self::every(Duration::from_millis(100), 100)
    }
}

impl<T> RateLimiter<T> for Bucket {
    fn when(&mut self, _item: &T, now: Instant) -> Duration {
        let full_at = self.full_at.unwrap_or(now);
        let taken = full_at
            .saturating_duration_since(now)
            .saturating_add(self.interval);
        // What cannot be written as a time is as good as the last that could.
        self.full_at = now.checked_add(taken).or(self.full_at);
        taken.saturating_sub(self.capacity)
    }

    fn forget(&mut self, _item: &T) {}

    fn requeues(&self, _item: &T) -> u32 {
        0
    }
}
