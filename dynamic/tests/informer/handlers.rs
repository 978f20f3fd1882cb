//! Handlers over the wire: called in order, each for itself, whatever happens in a call.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kubewright::Unstructured;
use kubewright::cache::{
    BufferPolicy, Delta, EventHandler, HandlerFuncs, HandlerOptions, Registration, SharedInformer,
};
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::server::{Server, until};

/// The calls of a handler, in short: `+a!` of the initial list, `+a`, `~a`, `=a` in a
/// resync, `-a`, `-a?` where that was noticed late, `?3` for three that were lost.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Told {
    fn note(&self, text: String) {
        self.0.lock().unwrap().push(text);
    }

    fn text(&self) -> String {
        self.0.lock().unwrap().join(" ")
    }
}

impl EventHandler<Unstructured> for Told {
    fn on_add(&mut self, object: &Arc<Unstructured>, is_in_initial_list: bool) {
        let mark = if is_in_initial_list { "!" } else { "" };
        self.note(format!("+{}{mark}", object.name()));
    }

    fn on_update(&mut self, old: &Arc<Unstructured>, new: &Arc<Unstructured>) {
        let sign = if Arc::ptr_eq(old, new) { '=' } else { '~' };
        self.note(format!("{sign}{}", new.name()));
    }

    fn on_delete(&mut self, last: &Arc<Unstructured>, final_state_known: bool) {
        let doubt = if final_state_known { "" } else { "?" };
        self.note(format!("-{}{doubt}", last.name()));
    }

    fn on_lost(&mut self, deltas: u64) {
        self.note(format!("?{deltas}"));
    }
}

async fn told(told: &Told, text: &str) {
    until(text, || told.text() == text).await;
}

#[tokio::test]
async fn handlers_get_every_object_whenever_they_are_added() {
    // Rules I1, I2, I7, I13
    let server = Server::holding(&["a"]);
    let informer = server.informer();
    let (early, late) = (Told::default(), Told::default());
    let first = informer.add_event_handler(early.clone());
    assert!(!first.has_synced());
    informer.start();
    first.synced().await.unwrap();
    assert!(first.has_synced() && !first.has_ended());
    server.write(|collection| collection.put("b"));
    told(&early, "+a! +b").await;
    let second = informer.add_event_handler(late.clone());
    let again = informer.add_event_handler(late.clone());
    second.synced().await.unwrap();
    again.synced().await.unwrap();
    server.write(|collection| {
        collection.put("a");
        collection.delete("b");
    });
    told(&early, "+a! +b ~a -b").await;
    until("both", || late.text().matches("-b").count() == 2).await;
    for sign in ["+a!", "+b!", "~a", "-b"] {
        assert_eq!(late.text().matches(sign).count(), 2, "{sign}");
    }
}

#[tokio::test]
async fn functions_are_handlers() {
    let server = Server::holding(&["a"]);
    let informer = server.informer();
    let (one, two) = (Told::default(), Told::default());
    let (notes, added, deleted) = (one.clone(), two.clone(), two.clone());
    let of_deltas = informer.add_event_handler(move |delta: &Delta<Unstructured>| {
        notes.note(format!("{} {}", delta.object().name(), delta.is_deleted()));
    });
    of_deltas.detach();
    let funcs = HandlerFuncs::new()
        .on_add(move |object: &Arc<Unstructured>, initial| {
            added.note(format!("+{} {initial}", object.name()));
        })
        .on_delete(move |last: &Arc<Unstructured>, known| {
            deleted.note(format!("-{} {known}", last.name()));
        });
    let _funcs = informer.add_event_handler(funcs);
    informer.start();
    informer.synced().await.unwrap();
    server.write(|collection| collection.put("a"));
    server.write(|collection| collection.delete("a"));
    told(&one, "a false a false a true").await;
    told(&two, "+a true -a true").await;
}

#[tokio::test]
async fn a_filter_turns_what_crosses_its_edge_into_coming_and_going() {
    // Rule I9; the label is the version modulo 3
    let server = Server::holding(&["a"]);
    let informer = server.informer();
    let notes = Told::default();
    let two = |object: &Unstructured| object.labels().get("third").is_some_and(|is| is == "2");
    let _handler = informer.add_event_handler(notes.clone().filtered(two));
    informer.start();
    informer.synced().await.unwrap();
    for _ in 0..4 {
        server.write(|collection| collection.put("a"));
    }
    told(&notes, "+a -a +a").await;
    server.write(|collection| {
        collection.pass();
        collection.pass();
        collection.delete("a");
    });
    told(&notes, "+a -a +a -a").await;
}

fn pod(name: &str) -> Arc<Unstructured> {
    let text = format!(r#"{{"metadata":{{"name":"{name}"}}}}"#);
    Arc::new(text.parse().unwrap())
}

#[test]
fn a_filter_hands_on_what_is_known_of_each_change() {
    // Rules I7, I8, I9
    let notes = Told::default();
    let mut handler = notes
        .clone()
        .filtered(|pod: &Unstructured| pod.name() == "in");
    let (inside, outside) = (pod("in"), pod("out"));
    for object in [&inside, &outside] {
        handler.on_add(object, true);
        handler.on_add(object, false);
        handler.on_update(object, object);
        handler.on_delete(object, false);
        handler.on_delete(object, true);
    }
    handler.on_update(&outside, &inside);
    handler.on_update(&inside, &outside);
    handler.on_lost(3);
    assert_eq!(notes.text(), "+in! +in =in -in? -in +in -in ?3");
}

#[test]
fn a_function_is_called_for_what_it_is_of_and_none_is_needed() {
    let notes = Told::default();
    let [mut added, mut updated, mut deleted, mut lost] = [(); 4].map(|()| notes.clone());
    let funcs = HandlerFuncs::new()
        .on_add(move |object, initial| added.on_add(object, initial))
        .on_update(move |old, new| updated.on_update(old, new))
        .on_delete(move |last, known| deleted.on_delete(last, known))
        .on_lost(move |deltas| lost.on_lost(deltas));
    for mut funcs in [funcs, HandlerFuncs::default()] {
        let handler: &mut dyn EventHandler<_> = &mut funcs;
        handler.on_add(&pod("a"), true);
        handler.on_update(&pod("a"), &pod("a"));
        handler.on_delete(&pod("a"), false);
        handler.on_lost(2);
    }
    assert_eq!(notes.text(), "+a! ~a -a? ?2");
}

#[tokio::test]
async fn a_handler_that_panics_hurts_only_itself() {
    // Rule I11, and unlike client-go's it comes to be synced
    let server = Server::holding(&["a", "b"]);
    let informer = server.informer();
    let well = Told::default();
    let told_well = informer.add_event_handler(well.clone());
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let panicking = informer.add_event_handler(move |delta: &Delta<Unstructured>| {
        counted.fetch_add(1, Ordering::SeqCst);
        panic!("cannot bear {}", delta.object().name());
    });
    informer.start();
    panicking.synced().await.unwrap();
    told_well.synced().await.unwrap();
    assert_eq!(panicking.panics(), 2);
    server.write(|collection| collection.put("c"));
    until("the third panic", || panicking.panics() == 3).await;
    assert_eq!(calls.load(Ordering::SeqCst), 3);
    assert_eq!(panicking.last_panic().as_deref(), Some("cannot bear c"));
    told(&well, "+a! +b! +c").await;
    assert_eq!((told_well.panics(), told_well.last_panic()), (0, None));
}

/// Holds a handler at every call. When the test is over, or has failed, it goes on by
/// itself: a runtime waits for its threads.
struct Gate {
    entered: mpsc::UnboundedReceiver<()>,
    go_on: std::sync::mpsc::Sender<()>,
}

impl Gate {
    fn new() -> (Self, impl FnMut(&Delta<Unstructured>) + Send + 'static) {
        let (enter, entered) = mpsc::unbounded_channel();
        let (go_on, gone_on) = std::sync::mpsc::channel();
        let handler = move |_: &Delta<Unstructured>| {
            let _ = enter.send(());
            let _ = gone_on.recv();
        };
        (Gate { entered, go_on }, handler)
    }

    async fn entered(&mut self) {
        self.entered.recv().await.unwrap();
    }

    fn go_on(&self) {
        self.go_on.send(()).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_slow_handler_does_not_delay_others_and_is_synced_when_it_has_returned() {
    // Rules I3, I10
    let server = Server::holding(&["a"]);
    let informer = server.informer();
    let (mut gate, handler) = Gate::new();
    let slow = informer.add_event_handler(handler);
    let quick = Told::default();
    let _quick = informer.add_event_handler(quick.clone());
    informer.start();
    informer.synced().await.unwrap();
    gate.entered().await;
    for _ in 0..3 {
        server.write(|collection| collection.put("a"));
    }
    told(&quick, "+a! ~a ~a ~a").await;
    assert_eq!((slow.depth(), slow.has_synced()), (3, false));
    gate.go_on();
    slow.synced().await.unwrap();
    // It is in its second call, which ends, and no third begins.
    gate.entered().await;
    let mut removed = Box::pin(slow.remove());
    assert!(
        futures::poll!(&mut removed).is_pending(),
        "the call is being made"
    );
    gate.go_on();
    removed.await;
    assert_eq!(gate.entered.recv().await, None, "the handler is gone");
    told(&quick, "+a! ~a ~a ~a").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_end_waits_for_the_call_that_is_made_and_drops_what_waits() {
    // Rule I15
    let server = Server::holding(&["a"]);
    let informer = server.informer();
    let (mut gate, handler) = Gate::new();
    let slow = informer.add_event_handler(handler);
    informer.start();
    gate.entered().await;
    for _ in 0..3 {
        server.write(|collection| collection.put("a"));
    }
    until("all to wait", || slow.depth() == 3).await;
    let mut end = Box::pin(informer.shut_down());
    assert!(
        futures::poll!(&mut end).is_pending(),
        "the call is being made"
    );
    gate.go_on();
    end.await;
    assert!(slow.has_ended());
    assert_eq!(gate.entered.recv().await, None, "no other call began");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_more_is_kept_for_a_handler_that_hangs_than_was_asked_for() {
    // Rule I3
    let server = Server::holding(&["a"]);
    let informer = server.informer();
    let (mut gate, mut hold) = Gate::new();
    let notes = Told::default();
    let mut lost = notes.clone();
    let funcs = HandlerFuncs::new()
        .on_add(move |pod, _| hold(&Delta::Added(Arc::clone(pod))))
        .on_lost(move |deltas| lost.on_lost(deltas));
    let options = HandlerOptions::new().buffer(BufferPolicy::DropOldest(2));
    let slow = informer.add_event_handler_with(funcs, options);
    informer.start();
    gate.entered().await;
    for _ in 0..5 {
        server.write(|collection| collection.put("a"));
    }
    until("the loss", || slow.lost() == 3).await;
    assert_eq!(slow.depth(), 2);
    gate.go_on();
    told(&notes, "?3").await;
}

#[tokio::test]
async fn a_handler_that_panics_each_time_is_called_seldom() {
    // Rule I11: a pause that doubles up to a second, and not after a call that went well
    let names: Vec<_> = (0..12).map(|number| format!("o{number}")).collect();
    let server = Server::holding(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let informer = server.informer();
    informer.start();
    informer.synced().await.unwrap();
    tokio::time::pause();
    for (each, least, most) in [(1, 3000, 3100), (2, 6, 100)] {
        let (begin, mut call) = (tokio::time::Instant::now(), 0);
        let handler = informer.add_event_handler(move |_: &Delta<Unstructured>| {
            call += 1;
            assert_ne!(call % each, 0, "cannot bear it");
        });
        handler.synced().await.unwrap();
        let took = begin.elapsed().as_millis();
        assert!((least..=most).contains(&took), "{took} ms");
    }
}

#[tokio::test]
async fn what_a_limited_handler_loses_is_reported() {
    let server = Server::holding(&["a"]);
    let informer = server.informer();
    informer.start();
    informer.synced().await.unwrap();
    let notes = Told::default();
    let options = HandlerOptions::new().buffer(BufferPolicy::DropOldest(2));
    let handler = informer.add_event_handler_with(notes.clone(), options);
    // Nothing is taken before the next await.
    let coalescing = informer.subscribe_with(BufferPolicy::Coalesce);
    let mut keeping = informer.subscribe();
    for _ in 0..5 {
        server.write(|collection| collection.put("a"));
    }
    while keeping
        .next()
        .await
        .is_some_and(|delta| version(&delta) < 6)
    {}
    until("the end", || notes.text().ends_with("~a")).await;
    assert!(coalescing.depth() <= 1);
    let text = notes.text();
    let told = text.matches("~a").count() as u64;
    assert_eq!(told + handler.lost(), 5, "{text}");
}

fn version(delta: &Delta<Unstructured>) -> u64 {
    delta.object().resource_version().unwrap().parse().unwrap()
}

#[tokio::test]
async fn each_handler_has_its_own_resync_and_the_server_is_not_asked() {
    // Rules I17, I18, F28
    let server = Server::holding(&["a", "b"]);
    let builder = SharedInformer::builder(server.pods()).resync(Duration::from_secs(60));
    let informer = builder.build();
    informer.start();
    informer.synced().await.unwrap();
    let [often, seldom, never] = [(); 3].map(|()| Told::default());
    let add = |told: &Told, options| informer.add_event_handler_with(told.clone(), options);
    let registrations = [
        add(
            &often,
            HandlerOptions::new().resync(Duration::from_secs(10)),
        ),
        add(&seldom, HandlerOptions::new()),
        add(&never, HandlerOptions::new().resync(Duration::ZERO)),
    ];
    for registration in &registrations {
        registration.synced().await.unwrap();
    }
    let requests = server.state().requests.len();
    let resyncs = |told: &Told| told.text().matches('=').count();
    tokio::time::pause();
    for _ in 0..32 {
        tokio::time::advance(Duration::from_secs(1)).await;
        tokio::task::yield_now().await;
    }
    assert!((4..=6).contains(&resyncs(&often)), "{}", often.text());
    assert_eq!((resyncs(&seldom), resyncs(&never)), (0, 0));
    for _ in 0..40 {
        tokio::time::advance(Duration::from_secs(1)).await;
        tokio::task::yield_now().await;
    }
    assert_eq!((resyncs(&seldom), resyncs(&never)), (2, 0));
    assert_eq!(server.state().requests.len(), requests);
}

#[tokio::test]
async fn a_stream_can_have_a_resync_too() {
    // Rule I18
    let server = Server::holding(&["a"]);
    let informer = server.informer();
    informer.start();
    informer.synced().await.unwrap();
    let mut deltas = informer.subscribe().resync(Duration::from_secs(10));
    let mut never = informer.subscribe().resync(Duration::ZERO);
    assert!(deltas.next().await.is_some() && never.next().await.is_some());
    tokio::time::pause();
    let begin = tokio::time::Instant::now();
    for _ in 0..2 {
        let delta = deltas.next().await.unwrap();
        let Delta::Updated { old, new } = delta else {
            panic!("{delta:?}");
        };
        assert!(Arc::ptr_eq(&old, &new));
    }
    let took = begin.elapsed().as_secs();
    assert!((17..=23).contains(&took), "{took} s");
    assert_eq!(never.depth(), 0);
}

/// As many handlers and subscribers as come and go while things change.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn removed_handlers_leave_no_task_behind() {
    // Rules I12, I16
    let server = Server::holding(&["a"]);
    let informer = server.informer();
    informer.start();
    informer.synced().await.unwrap();
    let tasks = || Handle::current().metrics().num_alive_tasks();
    let before = tasks();
    let mut kept: Vec<Registration> = Vec::new();
    for round in 0..200 {
        server.write(|collection| collection.put("a"));
        let registration = informer.add_event_handler(Told::default());
        match round % 3 {
            0 => drop(registration),
            1 => registration.remove().await,
            _ => kept.push(registration),
        }
    }
    until("the tasks of those who left to end", || {
        tasks() <= before + kept.len()
    })
    .await;
    let last = kept.pop().unwrap();
    last.detach();
    informer.shut_down().await;
    assert!(informer.is_stopped() && kept.iter().all(Registration::has_ended));
    until("all tasks to end", || tasks() < before).await;
    until("the end of the watch", || server.state().watches == 0).await;
    // Rule I14: what was stopped shows its last state, and stays so.
    informer.start();
    let mut deltas = informer.subscribe();
    assert!(deltas.next().await.is_some() && deltas.next().await.is_none());
    let late = informer.add_event_handler(Told::default());
    until("the late handler to end", || late.has_ended()).await;
    assert!(late.synced().await.unwrap_err().is_stopped());
}
