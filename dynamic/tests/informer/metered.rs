//! Metrics of controllers and handlers with a name.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use kubewright::Unstructured;
use kubewright::cache::{
    Delta, HandlerOptions, InformerName, Selection, SharedInformer, SharedInformerFactory,
};
use kubewright::controller::{Action, Controller};
use kubewright::workqueue::ExponentialBackoff;
use metrics::{
    Counter, CounterFn, Gauge, GaugeFn, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder,
    SharedString, Unit,
};

use super::server::{Server, until};

/// Numbers by name and labels: `name{label=value}`. Of histograms, how many there were.
#[derive(Clone, Default)]
struct Book(Arc<Mutex<BTreeMap<String, Arc<Number>>>>);

#[derive(Default)]
struct Number(AtomicU64);

impl CounterFn for Number {
    fn increment(&self, value: u64) {
        self.0.fetch_add(value, Ordering::SeqCst);
    }

    fn absolute(&self, value: u64) {
        self.0.fetch_max(value, Ordering::SeqCst);
    }
}

impl GaugeFn for Number {
    fn increment(&self, value: f64) {
        self.0.fetch_add(value as u64, Ordering::SeqCst);
    }

    fn decrement(&self, value: f64) {
        self.0.fetch_sub(value as u64, Ordering::SeqCst);
    }

    fn set(&self, value: f64) {
        self.0.store(value as u64, Ordering::SeqCst);
    }
}

impl HistogramFn for Number {
    fn record(&self, _: f64) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Book {
    /// The one of this process: workers are on any thread.
    fn of_all() -> &'static Book {
        static BOOK: OnceLock<Book> = OnceLock::new();
        BOOK.get_or_init(|| {
            let book = Book::default();
            metrics::set_global_recorder(book.clone()).unwrap();
            book
        })
    }

    fn number(&self, key: &Key) -> Arc<Number> {
        let labels: Vec<_> = key
            .labels()
            .map(|label| format!("{}={}", label.key(), label.value()))
            .collect();
        let name = format!("{}{{{}}}", key.name(), labels.join(","));
        Arc::clone(self.0.lock().unwrap().entry(name).or_default())
    }

    fn get(&self, name: &str) -> u64 {
        let book = self.0.lock().unwrap();
        // What has not begun has no numbers yet.
        book.get(name)
            .map_or(0, |number| number.0.load(Ordering::SeqCst))
    }
}

impl Recorder for Book {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.number(key))
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::from_arc(self.number(key))
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(self.number(key))
    }
}

fn informer() -> (Server, SharedInformer<Unstructured>) {
    let server = Server::holding(&["a"]);
    let informer = server.informer();
    (server, informer)
}

#[tokio::test]
async fn a_controller_counts_its_calls_by_what_came_of_them() {
    let book = Book::of_all();
    let (_server, informer) = informer();
    let wait = Duration::from_millis(1);
    let controller = Controller::new(informer)
        .named("metered")
        .rate_limiter(ExponentialBackoff::new(wait, wait))
        .reconcile_timeout(Duration::from_millis(20))
        .workers(3);
    let (calls, counted) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let inside = Arc::clone(&calls);
    let outside = Arc::clone(&counted);
    let running = tokio::spawn(controller.run(move |_| {
        let call = inside.fetch_add(1, Ordering::SeqCst);
        outside.fetch_max(
            book.get("controller_runtime_active_workers{controller=metered}"),
            Ordering::SeqCst,
        );
        async move {
            match call {
                0 => Err("not yet"),
                1 => panic!("a mistake"),
                2 => std::future::pending().await,
                3 => Ok(Action::requeue_after(Duration::from_millis(1))),
                4 => Ok(Action::give_up("in vain")),
                _ => Ok(Action::await_change()),
            }
        }
    }));
    let get = |name: &str| book.get(&format!("controller_runtime_{name}"));
    until("the last call", || {
        get("terminal_reconcile_errors_total{controller=metered}") == 1
    })
    .await;
    assert_eq!(counted.load(Ordering::SeqCst), 1, "one worker was at work");
    for (name, expected) in [
        ("reconcile_total{controller=metered,result=success}", 0),
        (
            "reconcile_total{controller=metered,result=requeue_after}",
            1,
        ),
        ("reconcile_total{controller=metered,result=error}", 4),
        ("reconcile_errors_total{controller=metered}", 4),
        ("reconcile_panics_total{controller=metered}", 1),
        ("reconcile_timeouts_total{controller=metered}", 1),
        ("reconcile_time_seconds{controller=metered}", 5),
        ("active_workers{controller=metered}", 0),
        ("max_concurrent_reconciles{controller=metered}", 3),
    ] {
        assert_eq!(get(name), expected, "{name}");
    }
    // Rule K9: the queue's too, under the same name.
    assert_eq!(
        book.get("workqueue_queue_duration_seconds{name=metered}"),
        5
    );
    assert_eq!(book.get("workqueue_retries_total{name=metered}"), 4);
    running.abort();
}

#[tokio::test]
async fn a_handler_with_a_name_counts_its_calls() {
    let book = Book::of_all();
    let (server, informer) = informer();
    let handler = |delta: &Delta<Unstructured>| assert!(!delta.is_deleted(), "a panic");
    let options = HandlerOptions::new().name("metered");
    let registration = informer.add_event_handler_with(handler, options);
    informer.start();
    registration.synced().await.unwrap();
    server.write(|collection| collection.put("a"));
    server.write(|collection| collection.delete("a"));
    until("the panic", || registration.panics() == 1).await;
    let get = |name: &str| {
        book.get(&format!(
            "informer_handler_{name}{{informer=pods,handler=metered}}"
        ))
    };
    assert_eq!(get("duration_seconds"), 3);
    assert_eq!(
        (get("panics_total"), get("queue_depth"), get("lost_total")),
        (1, 0, 0)
    );
}

#[tokio::test]
async fn an_informer_with_a_name_is_counted_and_no_other_of_its_resource() {
    // Rule FA6
    let book = Book::of_all();
    let server = Server::holding(&["a"]);
    let name = InformerName::new("counted").unwrap();
    let taken = InformerName::new("counted").unwrap_err().to_string();
    assert!(taken.contains("counted"), "{taken}");
    let factory = SharedInformerFactory::new(&server.client()).named(&name);
    let pods = server.pods().api_resource().clone();
    let informer = factory.dynamic(pods.clone());
    let second = factory
        .selecting(Selection::new().labels("app=web"))
        .dynamic(pods);
    factory.start();
    factory.synced().await.unwrap();
    drop(second);
    server.write(|collection| collection.put("b"));
    until("the change", || informer.store().len() == 2).await;
    server.cut(r#"{"type":"ADDED","object":{}}"#);
    let of = |what: &str| format!("informer_{what}{{name=counted,resource=pods,version=v1}}");
    until("the error", || book.get(&of("errors_total")) == 1).await;
    assert_eq!(book.get(&of("objects")), 2);
    assert_eq!(book.get(&of("snapshots_total")), 1);
    // One that comes later is measured once the first is gone.
    factory.stop();
    until("its end", || book.get(&of("objects")) == 0).await;
    let builder = SharedInformer::builder(server.pods()).name(&name);
    let later = builder.build();
    later.start();
    until("the next one", || book.get(&of("snapshots_total")) == 2).await;
    drop((name, later));
    assert!(InformerName::new("counted").is_err(), "it is in use");
    drop((factory, informer));
    let is_free = || InformerName::new("counted").is_ok();
    until("the end of all who were named so", is_free).await;
}
