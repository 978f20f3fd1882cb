//! Metrics of a queue with a name, by the `metrics` crate.
//!
//! The names are those of client-go's work queue, so that dashboards made for it work.

use std::time::Duration;

use metrics::{
    Counter, Gauge, Histogram, Unit, counter, describe_counter, describe_gauge, describe_histogram,
    gauge, histogram,
};

use super::state::Stats;

const DEPTH: &str = "workqueue_depth";
const ADDS: &str = "workqueue_adds_total";
const WAITED: &str = "workqueue_queue_duration_seconds";
const WORKED: &str = "workqueue_work_duration_seconds";
const RETRIES: &str = "workqueue_retries_total";
const UNFINISHED: &str = "workqueue_unfinished_work_seconds";
const LONGEST: &str = "workqueue_longest_running_processor_seconds";

pub(super) struct Meter {
    depth: Gauge,
    adds: Counter,
    waited: Histogram,
    worked: Histogram,
    retries: Counter,
    unfinished: Gauge,
    longest: Gauge,
}

impl Meter {
    pub(super) fn new(name: &str) -> Self {
        describe();
        let name = name.to_owned();
        Self {
            depth: gauge!(DEPTH, "name" => name.clone()),
            adds: counter!(ADDS, "name" => name.clone()),
            waited: histogram!(WAITED, "name" => name.clone()),
            worked: histogram!(WORKED, "name" => name.clone()),
            retries: counter!(RETRIES, "name" => name.clone()),
            unfinished: gauge!(UNFINISHED, "name" => name.clone()),
            longest: gauge!(LONGEST, "name" => name),
        }
    }

    /// Called under the queue's lock, so that a later count is never overwritten.
    pub(super) fn count(&self, depth: usize, adds: u64) {
        self.depth.set(depth as f64);
        self.adds.absolute(adds);
    }

    pub(super) fn handed_out(&self, waited: Duration) {
        self.waited.record(waited);
    }

    pub(super) fn finished(&self, worked: Duration) {
        self.worked.record(worked);
    }

    pub(super) fn retried(&self) {
        self.retries.increment(1);
    }

    pub(super) fn report(&self, stats: &Stats) {
        self.unfinished.set(stats.unfinished);
        self.longest.set(stats.longest_running);
    }
}

fn describe() {
    describe_gauge!(DEPTH, "Items that wait for a worker.");
    describe_counter!(ADDS, "Items that became ready to be worked on.");
    describe_histogram!(WAITED, Unit::Seconds, "How long items waited for a worker.");
    describe_histogram!(WORKED, Unit::Seconds, "How long workers held items.");
    describe_counter!(RETRIES, "Items added with a delay or a rate limit.");
    describe_gauge!(
        UNFINISHED,
        Unit::Seconds,
        "How long the items held have been held, added up."
    );
    describe_gauge!(
        LONGEST,
        Unit::Seconds,
        "How long the one held longest has been held."
    );
}
