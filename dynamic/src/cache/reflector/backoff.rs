//! The waits after failures.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Shorter steps become this one: without a wait, requests would not end.
const SHORTEST: Duration = Duration::from_millis(1);
/// A longer one is this, which any clock can add.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);

/// The steps of waiting: each twice the last, up to the longest, started over after a quiet
/// time.
///
/// A wait is between a step and twice that step, so that many clients do not come back at
/// the same moment ([rule F26](crate::semantics#f26)). Quiet is counted from the last failure;
/// client-go counts from the last reset, and so forgets while failures go on
/// ([rule F27](crate::semantics#f27)).
///
/// ```no_run
/// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
/// use std::time::Duration;
/// use kubewright::cache::{BackoffPolicy, SharedInformer};
///
/// let mut patient = BackoffPolicy::default();
/// patient.longest = Duration::from_secs(300);
/// let pods = SharedInformer::builder(client.lookup("pods").await?).backoff(patient).build();
/// # drop(pods);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct BackoffPolicy {
    /// The first step; at least a millisecond.
    pub first: Duration,
    /// The longest step.
    pub longest: Duration,
    /// How long without a failure until the next one is a first one.
    pub quiet: Duration,
    /// Part of a step, in 1/256, that is added to it.
    jitter: Arc<dyn Fn() -> u8 + Send + Sync>,
}

impl BackoffPolicy {
    /// Another source of the part of a step, in 1/256, that is added to it: asked once for
    /// each wait. The default one is random.
    #[must_use]
    pub fn with_jitter(mut self, jitter: impl Fn() -> u8 + Send + Sync + 'static) -> Self {
        self.jitter = Arc::new(jitter);
        self
    }
}

impl fmt::Debug for BackoffPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BackoffPolicy")
            .field("first", &self.first)
            .field("longest", &self.longest)
            .field("quiet", &self.quiet)
            .finish_non_exhaustive()
    }
}

impl Default for BackoffPolicy {
    /// 800 ms doubling to 30 s, forgotten after two quiet minutes.
    fn default() -> Self {
        BackoffPolicy {
            first: Duration::from_millis(800),
            longest: Duration::from_secs(30),
            quiet: Duration::from_secs(120),
            jitter: Arc::new(random_byte),
        }
    }
}

/// A byte of the standard library's per-instance hash keys: jitter needs no better source.
pub(crate) fn random_byte() -> u8 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(()).to_le_bytes()[0]
}

/// Failures so far.
#[derive(Debug)]
pub(crate) struct Backoff {
    policy: BackoffPolicy,
    step: Duration,
    last: Option<Instant>,
}

impl Backoff {
    pub(crate) fn new(mut policy: BackoffPolicy) -> Self {
        policy.longest = policy.longest.clamp(SHORTEST, LONGEST);
        policy.first = policy.first.clamp(SHORTEST, policy.longest);
        Backoff {
            step: policy.first,
            policy,
            last: None,
        }
    }

    /// Counts a failure and says how long to wait after it.
    pub(crate) fn next(&mut self, now: Instant) -> Duration {
        let quiet = self
            .last
            .is_some_and(|last| now.saturating_duration_since(last) > self.policy.quiet);
        if quiet {
            self.step = self.policy.first;
        }
        let step = self.step;
        let wait = step + step * u32::from((self.policy.jitter)()) / 256;
        self.step = (step * 2).min(self.policy.longest);
        // Waiting is not quiet: what counts is the time after it.
        self.last = Some(now + wait);
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without_jitter() -> BackoffPolicy {
        BackoffPolicy::default().with_jitter(|| 0)
    }

    #[test]
    fn steps_double_up_to_the_longest() {
        // Rule F26
        let mut backoff = Backoff::new(without_jitter());
        let now = Instant::now();
        let waits: Vec<_> = (0..7).map(|_| backoff.next(now).as_millis()).collect();
        assert_eq!(waits, [800, 1600, 3200, 6400, 12_800, 25_600, 30_000]);
    }

    #[test]
    fn those_who_fail_together_do_not_wait_together() {
        // Rule F26
        let waits = (0..100).map(|_| Backoff::new(BackoffPolicy::default()).next(Instant::now()));
        let different: std::collections::BTreeSet<_> = waits.collect();
        assert!(different.len() > 20, "{different:?}");
    }

    #[test]
    fn a_wait_is_at_most_twice_its_step() {
        let mut backoff = Backoff::new(BackoffPolicy::default().with_jitter(|| 255));
        let wait = backoff.next(Instant::now());
        assert!(
            wait > Duration::from_millis(1590) && wait < Duration::from_millis(1600),
            "{wait:?}"
        );
    }

    #[test]
    fn quiet_is_counted_from_the_end_of_the_last_wait() {
        // Rule F27
        let mut backoff = Backoff::new(without_jitter());
        let mut now = Instant::now();
        for _ in 0..10 {
            now += backoff.next(now) + Duration::from_secs(100);
        }
        assert_eq!(backoff.next(now), Duration::from_secs(30), "failures go on");
        now += Duration::from_secs(30) + Duration::from_secs(121);
        assert_eq!(backoff.next(now), Duration::from_millis(800));
    }
}
