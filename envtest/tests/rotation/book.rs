//! The counters of the process, as far as they count snapshots.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};

const SNAPSHOTS: &str = "informer_snapshots_total";

#[derive(Clone, Default)]
pub(crate) struct Book(Arc<Mutex<BTreeMap<String, Arc<AtomicU64>>>>);

impl Book {
    pub(crate) fn install() -> Self {
        let book = Book::default();
        metrics::set_global_recorder(book.clone()).unwrap();
        book
    }

    /// How often the informer of this name has taken everything.
    pub(crate) fn snapshots(&self, name: &str) -> u64 {
        let counts = self.0.lock().unwrap();
        counts
            .get(name)
            .map_or(0, |count| count.load(Ordering::SeqCst))
    }
}

impl Recorder for Book {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        let name = key.labels().find(|label| label.key() == "name");
        let Some(name) = name.filter(|_| key.name() == SNAPSHOTS) else {
            return Counter::noop();
        };
        let mut counts = self.0.lock().unwrap();
        let count = counts.entry(name.value().to_owned()).or_default();
        Counter::from_arc(Arc::clone(count))
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}
