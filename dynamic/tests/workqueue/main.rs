//! The work queue as its users see it: handles, getters, guards, time and metrics.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic in a test's helper is the failure report"
)]

mod delays;
mod getters;
mod guards;
mod metered;
mod parallel;
mod shutdown;
mod stress;

use std::pin::Pin;
use std::time::Duration;

use futures::FutureExt;
use kubewright::workqueue::{Item, WorkQueue};

type Queue = WorkQueue<&'static str>;

const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

const fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

/// What is handed out at once; `None` when a worker would have to wait.
fn take(queue: &Queue) -> Option<Item<&'static str>> {
    queue.get().now_or_never().flatten()
}

/// Takes what is there, each item done at once.
fn take_all(queue: &Queue) -> Vec<&'static str> {
    std::iter::from_fn(|| take(queue).map(|item| *item)).collect()
}

/// Polls once something that has to wait.
fn waits<T>(mut future: Pin<&mut impl Future<Output = T>>) {
    assert!(future.as_mut().now_or_never().is_none(), "did not wait");
}
