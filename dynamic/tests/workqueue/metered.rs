//! Metrics of a queue with a name (rule K9).

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use kubewright::workqueue::ExponentialBackoff;
use metrics::{
    Counter, Gauge, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder, SharedString, Unit,
};
use tokio::time;

use super::*;

/// Keeps numbers by name, those of queues without the expected label left out.
#[derive(Default)]
struct Book {
    counters: Mutex<BTreeMap<String, Arc<AtomicU64>>>,
    gauges: Mutex<BTreeMap<String, Arc<AtomicU64>>>,
    histograms: Mutex<BTreeMap<String, Arc<Samples>>>,
}

#[derive(Default)]
struct Samples(Mutex<Vec<f64>>);

impl HistogramFn for Samples {
    fn record(&self, value: f64) {
        self.0.lock().unwrap().push(value);
    }
}

impl Recorder for Book {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(entry(&self.counters, key))
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::from_arc(entry(&self.gauges, key))
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(entry(&self.histograms, key))
    }
}

fn entry<V: Default>(book: &Mutex<BTreeMap<String, Arc<V>>>, key: &Key) -> Arc<V> {
    let labels: Vec<_> = key
        .labels()
        .map(|label| (label.key(), label.value()))
        .collect();
    assert_eq!(labels, [("name", "test")]);
    let mut book = book.lock().unwrap();
    Arc::clone(book.entry(key.name().to_owned()).or_default())
}

impl Book {
    /// A queue that is measured here.
    fn queue(&self) -> Queue {
        let backoff = ExponentialBackoff::new(secs(1), secs(60));
        metrics::with_local_recorder(self, || {
            Queue::builder().name("test").rate_limiter(backoff).build()
        })
    }

    fn counter(&self, name: &str) -> u64 {
        self.counters.lock().unwrap()[name].load(Ordering::Relaxed)
    }

    fn gauge(&self, name: &str) -> f64 {
        f64::from_bits(self.gauges.lock().unwrap()[name].load(Ordering::Relaxed))
    }

    /// Seconds, to the nearest tenth.
    fn samples(&self, name: &str) -> Vec<f64> {
        let samples = self.histograms.lock().unwrap()[name].clone();
        let samples = samples.0.lock().unwrap();
        samples
            .iter()
            .map(|value| (value * 10.0).round() / 10.0)
            .collect()
    }
}

#[tokio::test(start_paused = true)]
async fn a_named_queue_counts_what_happens() {
    let book = Book::default();
    let queue = book.queue();
    queue.add("a");
    queue.add("a");
    queue.add("b");
    assert_eq!(book.gauge("workqueue_depth"), 2.0);
    assert_eq!(book.counter("workqueue_adds_total"), 2);

    time::advance(secs(3)).await;
    let a = queue.get().await.unwrap();
    assert_eq!(book.gauge("workqueue_depth"), 1.0);
    assert_eq!(book.samples("workqueue_queue_duration_seconds"), [3.0]);

    time::advance(secs(2)).await;
    a.retry();
    assert_eq!(book.samples("workqueue_work_duration_seconds"), [2.0]);
    assert_eq!(book.counter("workqueue_retries_total"), 1);
    assert_eq!(
        book.counter("workqueue_adds_total"),
        2,
        "its time has not come"
    );

    drop(queue.get().await.unwrap());
    drop(queue.get().await.unwrap());
    assert_eq!(book.counter("workqueue_adds_total"), 3);
    assert_eq!(
        book.samples("workqueue_queue_duration_seconds"),
        [3.0, 5.0, 0.0]
    );
    queue.shut_down();
    queue.add_rate_limited("a");
    assert_eq!(book.counter("workqueue_retries_total"), 1, "was refused");
}

#[tokio::test(start_paused = true)]
async fn ages_of_unfinished_work_grow_while_nothing_happens_and_end_with_the_queue() {
    let book = Book::default();
    let queue = book.queue();
    let report = tokio::spawn(queue.report_metrics());
    queue.add("a");
    queue.add("b");
    let held = [queue.get().await, queue.get().await];
    time::sleep(secs(3)).await;
    let unfinished = || book.gauge("workqueue_unfinished_work_seconds");
    let longest = || book.gauge("workqueue_longest_running_processor_seconds");
    assert!((5.0..=6.0).contains(&unfinished()), "{}", unfinished());
    assert!((2.5..=3.0).contains(&longest()), "{}", longest());

    queue.shut_down();
    time::sleep(secs(1)).await;
    assert!(!report.is_finished(), "two still work");
    assert!(unfinished() >= 7.0);
    drop(held);
    report.await.unwrap();
    assert_eq!((unfinished(), longest()), (0.0, 0.0));
}

#[tokio::test]
async fn a_queue_without_a_name_is_not_measured() {
    let book = Book::default();
    let queue = metrics::with_local_recorder(&book, Queue::new);
    queue.add("a");
    queue.report_metrics().await;
    assert!(book.gauges.lock().unwrap().is_empty());
}
