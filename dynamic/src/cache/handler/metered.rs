//! Metrics of a handler with a name, by the `metrics` crate.

use std::time::Duration;

use metrics::{
    Counter, Gauge, Histogram, Unit, counter, describe_counter, describe_gauge, describe_histogram,
    gauge, histogram,
};

const DEPTH: &str = "informer_handler_queue_depth";
const DURATION: &str = "informer_handler_duration_seconds";
const PANICS: &str = "informer_handler_panics_total";
const LOST: &str = "informer_handler_lost_total";

pub(super) struct Meter {
    depth: Gauge,
    duration: Histogram,
    panics: Counter,
    lost: Counter,
}

impl Meter {
    pub(super) fn new(informer: &str, handler: &str) -> Self {
        describe();
        let labels = [
            ("informer", informer.to_owned()),
            ("handler", handler.to_owned()),
        ];
        Meter {
            depth: gauge!(DEPTH, &labels),
            duration: histogram!(DURATION, &labels),
            panics: counter!(PANICS, &labels),
            lost: counter!(LOST, &labels),
        }
    }

    pub(super) fn called(&self, took: Duration, depth: usize, lost: u64) {
        self.duration.record(took);
        self.depth.set(depth as f64);
        self.lost.absolute(lost);
    }

    pub(super) fn panicked(&self) {
        self.panics.increment(1);
    }
}

fn describe() {
    describe_gauge!(DEPTH, "Calls that wait to be made.");
    describe_histogram!(DURATION, Unit::Seconds, "How long calls of a handler took.");
    describe_counter!(PANICS, "Calls of a handler that panicked.");
    describe_counter!(LOST, "Deltas that were dropped because a handler was slow.");
}
