//! The schedule of a subscriber's resyncs.
//!
//! A resync is an update without a change: `Updated` with the same object twice, for each object
//! of the cache. It asks nothing of the server. It helps who keeps something else in step
//! with the cluster, and may have failed at that without knowing.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep};

use super::reflector::random_byte;

/// A shorter period is this one ([rule I17](crate::semantics#i17)).
const SHORTEST: Duration = Duration::from_secs(1);

/// A longer one is this, which any clock can add.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);

/// The random part of a period, so that resyncs that began together drift apart.
const JITTER: f64 = 0.1;

/// A timer that does not need a runtime before it is first polled.
pub(super) struct Resync {
    period: Duration,
    jitter: fn() -> u8,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Resync {
    pub(super) fn new(period: Duration) -> Self {
        Resync {
            period: period.clamp(SHORTEST, LONGEST),
            jitter: random_byte,
            timer: None,
        }
    }

    /// Ready each time the period has passed.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let mut timer = match self.timer.take() {
            Some(timer) => timer,
            None => Box::pin(tokio::time::sleep(self.wait())),
        };
        let passed = timer.as_mut().poll(context);
        if passed.is_ready() {
            timer.as_mut().reset(Instant::now() + self.wait());
        }
        self.timer = Some(timer);
        passed
    }

    /// Between 0.9 and 1.1 periods.
    fn wait(&self) -> Duration {
        let random = f64::from((self.jitter)()) / f64::from(u8::MAX);
        self.period.mul_f64(1.0 - JITTER + 2.0 * JITTER * random)
    }
}
