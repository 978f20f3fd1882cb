//! HTTP/2 that cannot starve, stall or lose a write (rules R14, R15, R16).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::future::{join_all, try_join_all};
use futures::{FutureExt, StreamExt, TryStreamExt};
use h2::Reason;
use http::{Method, Response};
use kubewright::{Api, Client, ListOptions, Unstructured};
use tokio::time::timeout;

use super::frames::{Asked, Behaviour, Http2Server, Then, read, reset, usual};
use super::pings::jump;
use super::server::{pod, pods, until};

/// Long enough for a slow machine.
const DEADLINE: Duration = Duration::from_secs(20);

async fn connected(server: &Http2Server) -> (Client, Api<Unstructured>) {
    let client = server.config().connect().await.unwrap();
    let pods = pods(&client);
    (client, pods)
}

async fn in_time<T>(call: impl IntoFuture<Output = T>) -> T {
    let found = timeout(DEADLINE, call.into_future()).await;
    found.expect("an answer in time")
}

/// Creates so many pods with `workers` at a time, each under a name of its own.
async fn create_many(pods: &Api<Unstructured>, workers: usize, each: usize) -> Vec<String> {
    let failures = (0..workers).map(|worker| async move {
        let mut failures = Vec::new();
        for number in 0..each {
            let created = pods.create(&pod(&format!("p-{worker}-{number}"))).await;
            failures.extend(created.err().map(|error| format!("{error:#}")));
        }
        failures
    });
    join_all(failures).await.concat()
}

fn is_watch(asked: &Asked) -> bool {
    let query = asked.request.uri().query().unwrap_or_default();
    query.contains("watch=true")
}

/// A watch that sends events for as long as there is room; counts the bytes.
async fn flood(mut asked: Asked, sent: Arc<AtomicUsize>) {
    let Ok(mut body) = asked.answer.send_response(Response::new(()), false) else {
        return;
    };
    let event = format!(r#"{{"type":"ADDED","object":{}}}"#, super::frames::POD);
    let events = bytes::Bytes::from(event.repeat(20));
    let mut rest = events.clone();
    loop {
        body.reserve_capacity(rest.len());
        let room = std::future::poll_fn(|context| body.poll_capacity(context)).await;
        let Some(Ok(room)) = room else {
            return;
        };
        let part = rest.split_to(room.min(rest.len()));
        sent.fetch_add(part.len(), Ordering::SeqCst);
        if body.send_data(part, false).is_err() {
            return;
        }
        if rest.is_empty() {
            rest = events.clone();
        }
    }
}

#[tokio::test]
async fn watches_that_nobody_reads_hold_up_nothing_and_take_bounded_memory() {
    // Rule R16
    const WATCHES: usize = 90;
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    let server = Http2Server::start(Behaviour::new(move |asked| {
        if is_watch(&asked) {
            (Then::GoesOn, flood(asked, Arc::clone(&count)).boxed())
        } else {
            (Then::GoesOn, usual(asked).boxed())
        }
    }))
    .await;
    let (_client, pods) = connected(&server).await;
    let options = ListOptions::new();
    let watches = try_join_all((0..WATCHES).map(|_| async { pods.watch(&options).await }));
    let mut watches = in_time(watches).await.unwrap();
    // Each has as much on the way as one may: nobody reads.
    let full = WATCHES << 20;
    until("full windows", || sent.load(Ordering::SeqCst) >= full).await;
    in_time(pods.get("web")).await.unwrap();
    let late = in_time(pods.watch(&options)).await.unwrap();
    assert_eq!(
        server.counted.connections(),
        3,
        "one for GETs, two for watches"
    );
    assert!(sent.load(Ordering::SeqCst) <= full + (1 << 20) + (64 << 10));
    // Another one on the same connection goes on.
    let read = watches.remove(0).take(50_000).try_collect::<Vec<_>>();
    assert_eq!(in_time(read).await.unwrap().len(), 50_000);
    drop((late, watches));
}

#[tokio::test]
async fn more_watches_than_a_connection_takes_have_several() {
    // Rule R16
    const WATCHES: usize = 300;
    let limited = Behaviour::usual().with(|settings| {
        settings.max_concurrent_streams(100);
    });
    let server = Http2Server::start(limited).await;
    let (_client, pods) = connected(&server).await;
    let options = ListOptions::new();
    let open = async || {
        let watches = (0..WATCHES).map(|_| async { pods.watch(&options).await });
        let mut watches = try_join_all(watches).await?;
        let first = watches.iter_mut().map(TryStreamExt::try_next);
        try_join_all(first).await.map(|_| watches)
    };
    let watches = in_time(open()).await.unwrap();
    in_time(pods.get("web")).await.unwrap();
    assert_eq!(server.counted.connections(), 1 + WATCHES.div_ceil(90));
    drop(watches);
    let again = in_time(open()).await.unwrap();
    assert_eq!(server.counted.connections(), 1 + WATCHES.div_ceil(90));
    drop(again);
}

#[tokio::test]
async fn a_cold_client_opens_one_connection_for_all() {
    // Rule R16
    let server = Http2Server::start(Behaviour::usual()).await;
    let (_client, pods) = connected(&server).await;
    let all = try_join_all((0..64).map(|_| async { pods.get("web").await }));
    in_time(all).await.unwrap();
    assert_eq!(server.counted.connections(), 1);
}

#[tokio::test]
async fn writes_on_connections_that_go_away_are_carried_out_once() {
    // Rule R14
    let served = AtomicUsize::new(0);
    let server = Http2Server::start(Behaviour::new(move |asked| {
        let number = served.fetch_add(1, Ordering::SeqCst);
        let then = if number % 25 == 24 {
            Then::GoesAway
        } else {
            Then::GoesOn
        };
        (then, usual(asked).boxed())
    }))
    .await;
    let (_client, pods) = connected(&server).await;
    let failures = in_time(create_many(&pods, 20, 50)).await;
    assert_eq!(failures, Vec::<String>::new());
    let whole = server.counted.whole();
    assert_eq!(whole.len(), 1000);
    assert!(whole.values().all(|&times| times == 1));
    assert!(server.counted.connections() > 10, "it went away");
}

#[tokio::test]
async fn writes_that_are_refused_go_elsewhere_and_are_carried_out_once() {
    // Rules R14, R16
    let limited = Behaviour::usual().with(|settings| {
        settings.max_concurrent_streams(5);
    });
    let server = Http2Server::start(limited).await;
    let (_client, pods) = connected(&server).await;
    let failures = in_time(create_many(&pods, 20, 50)).await;
    assert_eq!(failures, Vec::<String>::new());
    let whole = server.counted.whole();
    assert_eq!(whole.len(), 1000);
    assert!(whole.values().all(|&times| times == 1));
}

/// Resets the first request once it is there as a whole.
fn resetting(reason: Reason) -> Behaviour {
    let served = AtomicUsize::new(0);
    Behaviour::new(move |mut asked| {
        let is_first = served.fetch_add(1, Ordering::SeqCst) == 0;
        let serving = async move {
            if is_first {
                read(&mut asked.request).await;
                reset(&mut asked.answer, reason);
            } else {
                usual(asked).await;
            }
        };
        (Then::GoesOn, serving.boxed())
    })
}

#[tokio::test]
async fn a_stream_that_is_reset_is_begun_again_only_if_it_was_refused() {
    // Rules R2, R14
    for (reason, is_carried_out) in [
        (Reason::REFUSED_STREAM, true),
        (Reason::INTERNAL_ERROR, false),
        (Reason::CANCEL, false),
    ] {
        let server = Http2Server::start(resetting(reason)).await;
        let (_client, pods) = connected(&server).await;
        let created = in_time(pods.create(&pod("web"))).await;
        assert_eq!(created.is_ok(), is_carried_out, "{reason:?}");
        let requests = server.counted.requests();
        assert_eq!(requests, if is_carried_out { 2 } else { 1 }, "{reason:?}");
        if let Err(error) = created {
            assert!(error.is_transport() && !error.is_timeout(), "{error}");
        }

        let server = Http2Server::start(resetting(reason)).await;
        let (_client, pods) = connected(&server).await;
        in_time(pods.get("web")).await.unwrap();
        assert_eq!(server.counted.requests(), 2, "{reason:?}");
    }
}

#[tokio::test]
async fn a_body_for_which_there_is_no_room_holds_up_nothing_else() {
    // Rules R9, R16: the server grants no window for what it is sent.
    let stalled = Behaviour::usual().with(|settings| {
        settings.initial_window_size(0);
    });
    let server = Http2Server::start(stalled).await;
    let config = server.config().with_timeout(Duration::from_secs(1));
    let pods = pods(&config.connect().await.unwrap());
    pods.get("web").await.unwrap();
    let web = pod("web");
    let gets = async {
        for _ in 0..100 {
            pods.get("web").await?;
        }
        Ok::<_, kubewright::Error>(())
    };
    let created = pods.create(&web).into_future();
    let (created, gets) = in_time(async { tokio::join!(created, gets) }).await;
    gets.unwrap();
    assert!(created.unwrap_err().is_timeout());
    assert!(server.counted.whole().is_empty());
    assert_eq!(server.counted.connections(), 1);
}

#[tokio::test]
async fn a_request_that_waits_for_its_turn_goes_to_another_connection() {
    // Rules R15, R16: the server allows three, and says so where hyper knows it and nobody else.
    let few = Behaviour::usual().with(|settings| {
        settings.max_concurrent_streams(3);
    });
    let server = Http2Server::start(few).await;
    let (_client, pods) = connected(&server).await;
    let options = ListOptions::new();
    let mut held = Vec::new();
    for _ in 0..3 {
        let mut watch = in_time(pods.watch(&options)).await.unwrap();
        assert!(in_time(watch.try_next()).await.unwrap().is_some());
        held.push(watch);
    }
    let waiting = async { pods.watch(&options).await };
    let is_over = AtomicUsize::new(0);
    let waiting = async {
        let watch = waiting.await;
        is_over.store(1, Ordering::SeqCst);
        watch
    };
    let jumping = async {
        for _ in 0..20 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        jump(Duration::from_secs(5)).await;
        until("another connection", || is_over.load(Ordering::SeqCst) == 1).await;
    };
    let (watch, ()) = in_time(async { tokio::join!(waiting, jumping) }).await;
    held.push(watch.unwrap());
    assert_eq!(server.counted.connections(), 2);
    // What was learned is used: no other one has to wait.
    for _ in 0..2 {
        held.push(in_time(pods.watch(&options)).await.unwrap());
    }
    in_time(pods.get("web")).await.unwrap();
}

#[tokio::test]
async fn a_call_that_nobody_answers_ends_after_five_minutes() {
    // Rule R17
    let silent = Behaviour::new(|asked| {
        let serving = async move {
            let _asked = asked;
            std::future::pending::<()>().await;
        };
        (Then::GoesOn, serving.boxed())
    });
    let server = Http2Server::start(silent).await;
    let (_client, pods) = connected(&server).await;
    let web = pod("web");
    let create = pods.create(&web).into_future();
    let five_minutes = async {
        until("a request", || server.counted.requests() == 1).await;
        for _ in 0..61 {
            jump(Duration::from_secs(5)).await;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let error = tokio::select! {
        created = create => created.unwrap_err(),
        () = five_minutes => panic!("no end after five minutes"),
    };
    assert!(error.is_timeout(), "{error:#}");
    assert_eq!(server.counted.requests(), 1);
}

#[tokio::test]
async fn a_write_without_a_body_is_sent_once() {
    // The rule for it after a GOAWAY is in the table of `resend` (rule R14).
    let server = Http2Server::start(Behaviour::usual()).await;
    let (client, _pods) = connected(&server).await;
    let request = http::Request::builder().method(Method::POST).uri("/now");
    let answer = client.raw(request.body(bytes::Bytes::new()).unwrap());
    in_time(answer).await.unwrap();
    assert_eq!(server.counted.requests(), 1);
}
