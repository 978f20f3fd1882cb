//! Controllers over the wire: what is called, when, and what becomes of what goes wrong.

use std::future::pending;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use kubewright_dynamic::cache::{Delta, NamespacedName, SharedInformer};
use kubewright_dynamic::controller::{Action, Controller, Failure, FailureKind, Request};
use kubewright_dynamic::workqueue::{ExponentialBackoff, RateLimiter};
use kubewright_dynamic::{Error, Unstructured};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinHandle;

use super::faults::impatient;
use super::server::{Asks, Fault, Server, State, until};

type Pod = Unstructured;
type Running = JoinHandle<Result<(), Error>>;

fn server(names: &[&str]) -> Server {
    let mut state = State::default();
    names.iter().for_each(|name| state.collection.put(name));
    Server::new(state)
}

fn informer(server: &Server) -> SharedInformer<Pod> {
    SharedInformer::builder(server.pods())
        .backoff(impatient())
        .build()
}

/// Failures wait some milliseconds.
fn quick(controller: Controller<Pod>) -> Controller<Pod> {
    let wait = Duration::from_millis(1);
    controller.rate_limiter(ExponentialBackoff::new(wait, wait * 4))
}

fn done() -> Result<Action, Error> {
    Ok(Action::await_change())
}

fn shown(request: &Request<Pod>) -> String {
    let sign = if request.object().is_some() { '+' } else { '-' };
    format!("{sign}{}", request.key().name())
}

#[tokio::test]
async fn what_changes_goes_before_what_was_there() {
    // CR2, CR4: nothing before the caches are filled, and then by what is urgent
    let server = server(&["a", "b", "c"]);
    let (told, mut heard) = mpsc::unbounded_channel();
    let gate = Arc::new(Notify::new());
    let (inside, enter) = (Arc::clone(&gate), Arc::new(Notify::new()));
    let entered = Arc::clone(&enter);
    let informer = informer(&server);
    let controller = Controller::new(informer.clone());
    let queue = controller.queue().clone();
    let running: Running = tokio::spawn(controller.run(move |request| {
        let (told, gate, enter) = (told.clone(), Arc::clone(&inside), Arc::clone(&enter));
        async move {
            told.send(shown(&request)).unwrap();
            enter.notify_one();
            gate.notified().await;
            done()
        }
    }));
    entered.notified().await;
    server.write(|collection| collection.put("d"));
    until("all to wait", || queue.len() == 3).await;
    for _ in 0..3 {
        gate.notify_one();
        entered.notified().await;
    }
    let mut order = Vec::new();
    heard.recv_many(&mut order, 4).await;
    assert_eq!(order[1], "+d", "{order:?}");
    running.abort();
}

#[tokio::test]
async fn failures_of_every_sort_are_told_and_tried_again() {
    // CR3: but for one that gives up
    let server = server(&["a"]);
    let failures = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&failures);
    let calls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&calls);
    let controller = quick(Controller::new(informer(&server)).named("test"))
        .reconcile_timeout(Duration::from_millis(50))
        .on_failure(move |failure: &Failure| {
            let kept = (failure.kind(), failure.failures(), failure.to_string());
            failures.lock().unwrap().push(kept);
            panic!("who listens panics too");
        });
    let running: Running = tokio::spawn(controller.run(move |request| {
        let call = counted.fetch_add(1, Ordering::SeqCst);
        assert_eq!(request.failures(), if call > 4 { 0 } else { call });
        async move {
            match call {
                0 => Err("not yet".to_owned()),
                1 => panic!("a mistake of mine"),
                2 => pending().await,
                3 => Err("nor now".to_owned()),
                4 => Ok(Action::give_up("it makes no sense")),
                _ => Ok(Action::await_change()),
            }
        }
    }));
    until("the end of trying", || calls.load(Ordering::SeqCst) == 5).await;
    until("the last failure", || kept.lock().unwrap().len() == 5).await;
    server.write(|collection| collection.put("a"));
    until("the change", || calls.load(Ordering::SeqCst) == 6).await;
    let kept = kept.lock().unwrap();
    let expected = [
        (FailureKind::Error, "prod/a failed: not yet"),
        (FailureKind::Panic, "prod/a panicked: a mistake of mine"),
        (
            FailureKind::Timeout,
            "prod/a took too long: it may take 50ms",
        ),
        (FailureKind::Error, "prod/a failed: nor now"),
        (FailureKind::GaveUp, "prod/a gave up: it makes no sense"),
    ];
    for (number, ((kind, failures, text), (expected, end))) in kept.iter().zip(expected).enumerate()
    {
        assert_eq!((*kind, *failures as usize), (expected, number + 1));
        assert!(text.ends_with(end), "{text}");
    }
    running.abort();
}

#[tokio::test]
async fn a_panic_before_the_first_await_is_contained_too() {
    let server = server(&["a"]);
    let calls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&calls);
    let controller = quick(Controller::new(informer(&server)));
    let running: Running = tokio::spawn(controller.run(move |_| {
        let call = counted.fetch_add(1, Ordering::SeqCst);
        assert!(call > 1, "no future is returned");
        async { done() }
    }));
    until("the third call", || calls.load(Ordering::SeqCst) == 3).await;
    running.abort();
}

#[tokio::test]
async fn deletions_in_a_gap_of_the_watch_are_told() {
    let server = server(&["a", "b"]);
    let (told, mut heard) = mpsc::unbounded_channel();
    let controller = Controller::new(informer(&server));
    let running: Running = tokio::spawn(controller.run(move |request| {
        told.send(shown(&request)).unwrap();
        async { done() }
    }));
    let mut first = Vec::new();
    while first.len() < 2 {
        first.push(heard.recv().await.unwrap());
    }
    server.write(|collection| {
        collection.delete("a");
        collection.compact();
    });
    assert_eq!(heard.recv().await.as_deref(), Some("-a"));
    running.abort();
}

#[tokio::test]
async fn a_function_that_panics_for_one_object_works_for_others() {
    let server = server(&["a"]);
    let (told, mut heard) = mpsc::unbounded_channel();
    let concerns = |pod: &Pod| {
        assert_ne!(pod.name(), "odd", "a panic");
        vec![NamespacedName::cluster(format!("for-{}", pod.name()))]
    };
    let controller = Controller::new(informer(&server)).watches(informer(&server), concerns);
    let running: Running = tokio::spawn(controller.run(move |request| {
        told.send(request.key().to_string()).unwrap();
        async { done() }
    }));
    server.write(|collection| collection.put("odd"));
    server.write(|collection| collection.put("even"));
    while heard.recv().await.unwrap() != "for-even" {}
    running.abort();
}

#[tokio::test]
async fn only_what_a_predicate_lets_through_calls_and_what_is_there_always() {
    // The label `third` is the version modulo 3.
    let server = server(&["a", "b"]);
    let (told, mut heard) = mpsc::unbounded_channel();
    let third = |pod: &Pod| pod.labels()["third"] == "0";
    let only = move |delta: &Delta<Pod>| {
        assert_ne!(delta.object().name(), "odd", "a panic");
        third(delta.object())
    };
    let controller = Controller::new(informer(&server)).only(only);
    let running: Running = tokio::spawn(controller.run(move |request| {
        told.send(shown(&request)).unwrap();
        async { done() }
    }));
    let mut first = [heard.recv().await.unwrap(), heard.recv().await.unwrap()];
    first.sort();
    assert_eq!(first, ["+a", "+b"], "of versions 1 and 2");
    server.write(|collection| {
        collection.put("c"); // 3
        collection.put("d"); // 4
        collection.put("odd"); // 5
        collection.put("e"); // 6
    });
    let mut then = [heard.recv().await.unwrap(), heard.recv().await.unwrap()];
    then.sort();
    assert_eq!(then, ["+c", "+e"]);
    assert!(heard.try_recv().is_err());
    running.abort();
}

/// A controller in the middle of a call, which ends when the gate is opened.
struct Stuck {
    running: Running,
    end: oneshot::Sender<()>,
    gate: Arc<Notify>,
    finished: Arc<AtomicBool>,
}

async fn stuck(server: &Server, limit: Duration) -> Stuck {
    let (end, ended) = oneshot::channel::<()>();
    let [gate, began] = [(); 2].map(|()| Arc::new(Notify::new()));
    let finished = Arc::new(AtomicBool::new(false));
    let (inside, flag, begin) = (Arc::clone(&gate), Arc::clone(&finished), Arc::clone(&began));
    let controller = Controller::new(informer(server)).drain_timeout(limit);
    let end_of_work = async { ended.await.unwrap_or_default() };
    let running = tokio::spawn(controller.run_until(end_of_work, move |_| {
        let (gate, flag) = (Arc::clone(&inside), Arc::clone(&flag));
        begin.notify_one();
        async move {
            gate.notified().await;
            flag.store(true, Ordering::SeqCst);
            done()
        }
    }));
    began.notified().await;
    Stuck {
        running,
        end,
        gate,
        finished,
    }
}

#[tokio::test]
async fn the_end_waits_for_calls_and_begins_none() {
    let server = server(&["a", "b"]);
    let mut stuck = stuck(&server, Duration::from_secs(20)).await;
    stuck.end.send(()).unwrap();
    let early = tokio::time::timeout(Duration::from_millis(20), &mut stuck.running).await;
    assert!(early.is_err(), "a call is being made");
    stuck.gate.notify_one();
    stuck.running.await.unwrap().unwrap();
    assert!(stuck.finished.load(Ordering::SeqCst));
    until("the end of the watch", || server.state().watches == 0).await;
}

#[tokio::test]
async fn the_end_does_not_wait_for_ever() {
    let server = server(&["a"]);
    let stuck = stuck(&server, Duration::from_millis(20)).await;
    stuck.end.send(()).unwrap();
    let error = stuck.running.await.unwrap().unwrap_err().to_string();
    assert!(
        error.contains("20ms") && error.contains("prod/a"),
        "{error}"
    );
    assert!(!stuck.finished.load(Ordering::SeqCst));
}

#[tokio::test]
async fn without_its_caches_a_controller_ends_and_says_why() {
    // CR4
    let refused = Fault::Status(403, "Forbidden", "");
    let faults = (0..1000).flat_map(|_| {
        [
            (Asks::Stream, refused.clone()),
            (Asks::List, refused.clone()),
        ]
    });
    let server = Server::new(State {
        faults: faults.collect(),
        ..State::default()
    });
    let never = |_| async { done() };
    let unfilled = Controller::new(informer(&server)).sync_timeout(Duration::from_millis(100));
    let error = unfilled.run(never).await.unwrap_err().to_string();
    assert!(error.contains("pods") && error.contains("403"), "{error}");

    server.state().faults.clear();
    let stopped = informer(&server);
    stopped.stop();
    let error = Controller::new(stopped)
        .run(never)
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("stopped"), "{error}");

    let shared = informer(&server);
    let running: Running = tokio::spawn(Controller::new(shared.clone()).run(never));
    shared.synced().await;
    shared.stop();
    let error = running.await.unwrap().unwrap_err().to_string();
    assert!(error.contains("pods was stopped"), "{error}");
}

#[tokio::test]
async fn what_does_not_change_is_looked_at_again_now_and_then() {
    // I17: a second is the shortest period
    let server = server(&["a"]);
    let calls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&calls);
    let controller = Controller::new(informer(&server)).resync(Duration::from_millis(1));
    let running: Running = tokio::spawn(controller.run(move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
        async { done() }
    }));
    until("two resyncs", || calls.load(Ordering::SeqCst) == 3).await;
    let requests = server.state().requests.len();
    assert_eq!(requests, 1, "the server is not asked");
    running.abort();
}

/// A rate limiter with a bug.
struct Broken;

impl RateLimiter<NamespacedName> for Broken {
    fn when(&mut self, _: &NamespacedName, _: Instant) -> Duration {
        panic!("a bug of the user");
    }
    fn forget(&mut self, _: &NamespacedName) {}
    fn requeues(&self, _: &NamespacedName) -> u32 {
        0
    }
}

/// Panics when it is dropped before it is done.
struct Fragile(bool);

impl Drop for Fragile {
    fn drop(&mut self) {
        assert!(self.0, "a bug of the user");
    }
}

#[tokio::test]
async fn a_panic_around_a_call_costs_its_key_some_time_and_no_worker() {
    let server = server(&["a", "b"]);
    for limiter in [true, false] {
        let (told, mut heard) = mpsc::unbounded_channel();
        let controller = Controller::new(informer(&server));
        let controller = match limiter {
            true => controller.rate_limiter(Broken),
            false => quick(controller).reconcile_timeout(Duration::from_millis(1)),
        };
        let running: Running = tokio::spawn(controller.run(move |request| {
            let told = told.clone();
            async move {
                told.send(request.key().name().to_owned()).unwrap();
                if limiter {
                    return Err("again");
                }
                let mut fragile = Fragile(false);
                pending::<()>().await;
                fragile.0 = true;
                Ok(Action::await_change())
            }
        }));
        let mut calls = Vec::new();
        while !["a", "b"]
            .iter()
            .all(|key| calls.iter().filter(|call| *call == key).count() > 1)
        {
            let call = tokio::time::timeout(Duration::from_secs(10), heard.recv()).await;
            calls.push(call.unwrap().unwrap());
        }
        assert!(!running.is_finished());
        running.abort();
    }
}

#[tokio::test]
async fn a_controller_that_is_gone_takes_no_more_keys() {
    let server = server(&["a"]);
    let called = Arc::new(Notify::new());
    let inside = Arc::clone(&called);
    let controller = Controller::new(informer(&server));
    let queue = controller.queue().clone();
    let running: Running = tokio::spawn(controller.run(move |_| {
        inside.notify_one();
        async { done() }
    }));
    called.notified().await;
    assert!(queue.add(NamespacedName::cluster("b")));
    running.abort();
    assert!(running.await.unwrap_err().is_cancelled());
    assert!(!queue.add(NamespacedName::cluster("c")));
}

#[tokio::test]
async fn a_controller_whose_queue_is_shut_down_ends_and_says_so() {
    let server = server(&["a"]);
    let called = Arc::new(Notify::new());
    let inside = Arc::clone(&called);
    let controller = Controller::new(informer(&server));
    let queue = controller.queue().clone();
    let running: Running = tokio::spawn(controller.run(move |_| {
        inside.notify_one();
        async { done() }
    }));
    called.notified().await;
    queue.shut_down();
    let ended = tokio::time::timeout(Duration::from_secs(10), running).await;
    let error = ended.unwrap().unwrap().unwrap_err().to_string();
    assert!(
        error.contains("queue") && error.contains("shut down"),
        "{error}"
    );
}
