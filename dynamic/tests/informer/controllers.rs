//! Controllers over the wire: calls, their timing, and the handling of failures.

use std::future::pending;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use kubewright::cache::{Delta, NamespacedName, SharedInformer};
use kubewright::controller::{Action, Controller, Failure, FailureKind, Request};
use kubewright::workqueue::{ExponentialBackoff, RateLimiter, WorkQueue};
use kubewright::{Error, Unstructured};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinHandle;

use super::server::{Asks, Injected, Server, State, until};

type Pod = Unstructured;
type Running = JoinHandle<Result<(), Error>>;

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
    // Rules CR2, CR4: nothing before the caches are filled, and then by what is urgent
    let server = Server::holding(&["a", "b", "c"]);
    let (told, mut heard) = mpsc::unbounded_channel();
    let gate = Arc::new(Notify::new());
    let (inside, enter) = (Arc::clone(&gate), Arc::new(Notify::new()));
    let entered = Arc::clone(&enter);
    let informer = server.informer();
    // A controller without workers would do nothing.
    let controller = Controller::new(informer.clone()).workers(0);
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
async fn failures_of_every_sort_are_reported_and_retried() {
    // Rule CR3: but for one that gives up
    let server = Server::holding(&["a"]);
    let failures = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&failures);
    let calls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&calls);
    let controller = quick(Controller::new(server.informer()).named("test"))
        .reconcile_timeout(Duration::from_millis(50))
        .on_failure(move |failure: &Failure| {
            let text = failure.to_string();
            assert!(text.ends_with(failure.message()));
            let kept = (failure.kind(), failure.failures(), text);
            failures.lock().unwrap().push(kept);
            panic!("who listens panics too");
        });
    let before = Arc::<Mutex<Vec<u32>>>::default();
    let noted = Arc::clone(&before);
    let running: Running = tokio::spawn(controller.run(move |request| {
        noted.lock().unwrap().push(request.failures());
        let call = counted.fetch_add(1, Ordering::SeqCst);
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
    assert_eq!(*before.lock().unwrap(), [0, 1, 2, 3, 4, 0]);
    let kept = kept.lock().unwrap();
    let expected = [
        (FailureKind::Error, "prod/a failed: not yet"),
        (FailureKind::Panic, "prod/a panicked: a mistake of mine"),
        (
            FailureKind::Timeout,
            "prod/a took longer than 50ms, so the call was dropped",
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
    let server = Server::holding(&["a"]);
    let calls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&calls);
    let controller = quick(Controller::new(server.informer()));
    let running: Running = tokio::spawn(controller.run(move |_| {
        let call = counted.fetch_add(1, Ordering::SeqCst);
        assert!(call > 1, "no future is returned");
        async { done() }
    }));
    until("the third call", || calls.load(Ordering::SeqCst) == 3).await;
    running.abort();
}

#[tokio::test]
async fn deletions_in_a_gap_of_the_watch_are_delivered() {
    let server = Server::holding(&["a", "b"]);
    let (told, mut heard) = mpsc::unbounded_channel();
    let controller = Controller::new(server.informer());
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
    let server = Server::holding(&["a"]);
    let (told, mut heard) = mpsc::unbounded_channel();
    let concerns = |pod: &Pod| {
        assert_ne!(pod.name(), "odd", "a panic");
        vec![NamespacedName::cluster(format!("for-{}", pod.name()))]
    };
    let controller = Controller::new(server.informer()).watches(server.informer(), concerns);
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
    let server = Server::holding(&["a", "b"]);
    let (told, mut heard) = mpsc::unbounded_channel();
    let third = |pod: &Pod| pod.labels()["third"] == "0";
    let only = move |delta: &Delta<Pod>| {
        assert_ne!(delta.object().name(), "odd", "a panic");
        third(delta.object())
    };
    let controller = Controller::new(server.informer()).only(only);
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

#[tokio::test]
async fn whom_an_object_concerned_before_its_change_is_called_too() {
    // The label `third` is the version modulo 3.
    let (empty, others) = (Server::holding(&[]), Server::holding(&["a"]));
    let (told, mut heard) = mpsc::unbounded_channel();
    let concerns = |pod: &Pod| vec![NamespacedName::cluster(pod.labels()["third"].to_string())];
    let controller = Controller::new(empty.informer()).watches(others.informer(), concerns);
    let running: Running = tokio::spawn(controller.run(move |request| {
        told.send(request.key().to_string()).unwrap();
        async { done() }
    }));
    assert_eq!(heard.recv().await.as_deref(), Some("1"));
    others.write(|collection| collection.put("a"));
    let mut called = [heard.recv().await.unwrap(), heard.recv().await.unwrap()];
    called.sort();
    assert_eq!(called, ["1", "2"]);
    running.abort();
}

/// A rate limiter that counts how often it is asked.
struct Counting(Arc<AtomicU32>);

impl RateLimiter<NamespacedName> for Counting {
    fn when(&mut self, _: &NamespacedName, _: Instant) -> Duration {
        self.0.fetch_add(1, Ordering::SeqCst);
        Duration::from_millis(1)
    }
    fn forget(&mut self, _: &NamespacedName) {}
    fn requeues(&self, _: &NamespacedName) -> u32 {
        0
    }
}

#[tokio::test]
async fn a_limiter_of_ones_own_is_the_one_that_is_asked() {
    let asked = Arc::<AtomicU32>::default();
    let server = Server::holding(&["a"]);
    let controller = Controller::new(server.informer()).rate_limiter(Counting(Arc::clone(&asked)));
    let running: Running = tokio::spawn(controller.run(|_| async { Err("again") }));
    until("the second failure", || asked.load(Ordering::SeqCst) > 1).await;
    running.abort();
}

/// A controller in the middle of its calls, which end one by one when the gate is opened.
struct Stuck {
    running: Running,
    queue: WorkQueue<NamespacedName>,
    end: oneshot::Sender<()>,
    gate: Arc<Notify>,
    began: mpsc::UnboundedReceiver<()>,
    finished: Arc<AtomicU32>,
}

async fn stuck(server: &Server, workers: usize, limit: Duration) -> Stuck {
    let (end, ended) = oneshot::channel::<()>();
    let gate = Arc::new(Notify::new());
    let (begin, mut began) = mpsc::unbounded_channel();
    let finished = Arc::<AtomicU32>::default();
    let (inside, counted) = (Arc::clone(&gate), Arc::clone(&finished));
    let controller = Controller::new(server.informer())
        .workers(workers)
        .drain_timeout(limit);
    let queue = controller.queue().clone();
    let end_of_work = async { ended.await.unwrap_or_default() };
    let running = tokio::spawn(controller.run_until(end_of_work, move |_| {
        let (gate, counted) = (Arc::clone(&inside), Arc::clone(&counted));
        begin.send(()).unwrap();
        async move {
            gate.notified().await;
            counted.fetch_add(1, Ordering::SeqCst);
            done()
        }
    }));
    for _ in 0..workers {
        began.recv().await.unwrap();
    }
    Stuck {
        running,
        queue,
        end,
        gate,
        began,
        finished,
    }
}

#[tokio::test]
async fn the_end_waits_for_calls_and_begins_none() {
    let server = Server::holding(&["a", "b", "c"]);
    let mut stuck = stuck(&server, 2, Duration::from_secs(20)).await;
    stuck.end.send(()).unwrap();
    for finished in 0..2 {
        let early = tokio::time::timeout(Duration::from_millis(20), &mut stuck.running).await;
        assert!(early.is_err(), "a call is being made");
        assert_eq!(stuck.finished.load(Ordering::SeqCst), finished);
        stuck.gate.notify_one();
    }
    stuck.running.await.unwrap().unwrap();
    assert_eq!(stuck.finished.load(Ordering::SeqCst), 2);
    assert!(stuck.queue.is_shut_down());
    until("the end of the watch", || server.state().watches == 0).await;
}

#[tokio::test]
async fn the_end_does_not_wait_for_ever() {
    let server = Server::holding(&["a", "b"]);
    let mut stuck = stuck(&server, 1, Duration::from_millis(20)).await;
    stuck.gate.notify_one();
    stuck.began.recv().await.unwrap();
    stuck.end.send(()).unwrap();
    let error = stuck.running.await.unwrap().unwrap_err();
    assert!(error.is_timeout() && !error.is_request());
    assert_eq!(error.to_string().matches("prod/").count(), 1, "{error}");
    assert_eq!(stuck.finished.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn without_its_caches_a_controller_ends_and_says_why() {
    // Rule CR4
    let refused = Injected::Status(403, "Forbidden", "");
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
    let other = Server::new(State::default());
    let nodes = other.client().resource(&"v1/nodes".parse().unwrap());
    let filled = SharedInformer::<Pod>::builder(nodes.namespace("prod")).build();
    filled.start();
    filled.synced().await.unwrap();
    let unfilled = Controller::new(server.informer())
        .watches(filled, |_| Vec::new())
        .sync_timeout(Duration::from_millis(100));
    let error = unfilled.run(never).await.unwrap_err();
    assert!(error.is_timeout() && error.is_not_ready());
    assert_eq!(error.missing(), ["pods"]);
    assert!(error.to_string().contains("HTTP 403"), "{error}");

    server.state().faults.clear();
    let stopped = server.informer();
    stopped.stop();
    let error = Controller::new(stopped).run(never).await.unwrap_err();
    assert!(error.is_stopped() && !error.is_request());

    // Also where another cache is waited for that comes later, or never.
    let (silent, _socket) = Server::refusing(State::default());
    let (waiting, ended) = (silent.informer(), server.informer());
    ended.stop();
    let unfilled = Controller::new(waiting).owns(ended).run(never);
    let error = tokio::time::timeout(Duration::from_secs(10), unfilled).await;
    let error = error.unwrap().unwrap_err();
    assert!(error.is_stopped() && error.is_not_ready());

    let shared = server.informer();
    let running: Running = tokio::spawn(Controller::new(shared.clone()).run(never));
    shared.synced().await.unwrap();
    shared.stop();
    let error = running.await.unwrap().unwrap_err();
    assert!(error.is_stopped() && error.to_string().contains("pods"));
}

#[tokio::test]
async fn what_does_not_change_is_looked_at_again_now_and_then() {
    // Rule I17: a second is the shortest period
    let server = Server::holding(&["a"]);
    let calls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&calls);
    let controller = Controller::new(server.informer()).resync(Duration::from_millis(1));
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
    let server = Server::holding(&["a", "b"]);
    for limiter in [true, false] {
        let (told, mut heard) = mpsc::unbounded_channel();
        let controller = Controller::new(server.informer());
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

/// A controller that has been called, and its queue.
async fn at_work(server: &Server) -> (Running, WorkQueue<NamespacedName>) {
    let called = Arc::new(Notify::new());
    let inside = Arc::clone(&called);
    let controller = Controller::new(server.informer());
    let queue = controller.queue().clone();
    let running = tokio::spawn(controller.run(move |_| {
        inside.notify_one();
        async { done() }
    }));
    called.notified().await;
    (running, queue)
}

#[tokio::test]
async fn a_controller_that_is_gone_takes_no_more_keys() {
    let server = Server::holding(&["a"]);
    let (running, queue) = at_work(&server).await;
    assert!(queue.add(NamespacedName::cluster("b")));
    running.abort();
    assert!(running.await.unwrap_err().is_cancelled());
    assert!(!queue.add(NamespacedName::cluster("c")));
}

#[tokio::test]
async fn a_controller_whose_queue_is_shut_down_ends_and_says_so() {
    let server = Server::holding(&["a"]);
    let (running, queue) = at_work(&server).await;
    queue.shut_down();
    let ended = tokio::time::timeout(Duration::from_secs(10), running).await;
    let error = ended.unwrap().unwrap().unwrap_err();
    assert!(error.is_stopped() && error.to_string().contains("queue"));
}
