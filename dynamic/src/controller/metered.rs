//! Metrics of a controller, by the `metrics` crate.
//!
//! The names are those of controller-runtime, so that dashboards made for it work.

use std::time::Duration;

use metrics::{
    Counter, Gauge, Histogram, Unit, counter, describe_counter, describe_gauge, describe_histogram,
    gauge, histogram,
};

use super::problem::CallProblem;
use super::request::{Action, Then};

const TOTAL: &str = "controller_runtime_reconcile_total";
const ERRORS: &str = "controller_runtime_reconcile_errors_total";
const TERMINAL: &str = "controller_runtime_terminal_reconcile_errors_total";
const PANICS: &str = "controller_runtime_reconcile_panics_total";
const TIMEOUTS: &str = "controller_runtime_reconcile_timeouts_total";
const DURATION: &str = "controller_runtime_reconcile_time_seconds";
const ACTIVE: &str = "controller_runtime_active_workers";
const WORKERS: &str = "controller_runtime_max_concurrent_reconciles";

pub(super) struct Meter {
    succeeded: Counter,
    requeued: Counter,
    failed: Counter,
    errors: Counter,
    terminal: Counter,
    panics: Counter,
    timeouts: Counter,
    duration: Histogram,
    active: Gauge,
}

impl Meter {
    pub(super) fn new(controller: &str, workers: usize) -> Self {
        describe();
        let name = || controller.to_owned();
        let total =
            |result: &'static str| counter!(TOTAL, "controller" => name(), "result" => result);
        gauge!(WORKERS, "controller" => name()).set(workers as f64);
        Meter {
            succeeded: total("success"),
            requeued: total("requeue_after"),
            failed: total("error"),
            errors: counter!(ERRORS, "controller" => name()),
            terminal: counter!(TERMINAL, "controller" => name()),
            panics: counter!(PANICS, "controller" => name()),
            timeouts: counter!(TIMEOUTS, "controller" => name()),
            duration: histogram!(DURATION, "controller" => name()),
            active: gauge!(ACTIVE, "controller" => name()),
        }
    }

    pub(super) fn began(&self) {
        self.active.increment(1.0);
    }

    pub(super) fn ended(&self, took: Duration) {
        self.active.decrement(1.0);
        self.duration.record(took);
    }

    pub(super) fn count(&self, outcome: &Result<Action, CallProblem>) {
        let (result, also) = match outcome {
            Ok(Action(Then::AwaitChange)) => (&self.succeeded, None),
            Ok(Action(Then::After(_))) => (&self.requeued, None),
            Ok(Action(Then::GiveUp(_))) => (&self.failed, Some(&self.terminal)),
            Err(CallProblem::Panic(_)) => (&self.failed, Some(&self.panics)),
            Err(CallProblem::Timeout(_)) => (&self.failed, Some(&self.timeouts)),
            Err(_) => (&self.failed, None),
        };
        result.increment(1);
        if outcome.is_err() || also.is_some() {
            self.errors.increment(1);
        }
        if let Some(also) = also {
            also.increment(1);
        }
    }
}

fn describe() {
    describe_counter!(TOTAL, "Calls of the reconcile function, by result.");
    describe_counter!(ERRORS, "Calls that failed in any way.");
    describe_counter!(TERMINAL, "Calls that gave up.");
    describe_counter!(PANICS, "Calls that panicked.");
    describe_counter!(TIMEOUTS, "Calls that took too long.");
    describe_histogram!(DURATION, Unit::Seconds, "How long calls took.");
    describe_gauge!(ACTIVE, "Calls that are being made.");
    describe_gauge!(WORKERS, "How many calls may be made at once.");
}
