//! Servers that stop, and how long they are waited for: to the second, on a clock that jumps.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::collection::change;
use super::model::{Asks, INVALID, Injected, State};
use super::server::{Server, follow, until};

fn server(faults: Vec<(Asks, Injected)>) -> Server {
    let mut state = State {
        faults,
        ..State::default()
    };
    state.collection.put("a");
    state.collection.put("b");
    Server::new(state)
}

fn in_sync(server: &Server, informer: &super::server::Informer) -> bool {
    *informer.store().resource_version() == *server.state().collection.version.to_string()
}

#[tokio::test(start_paused = true)]
async fn a_watch_that_is_not_answered_is_asked_for_again() {
    for (faults, seconds, requests) in [
        (
            vec![
                (Asks::Stream, Injected::After(3, String::new())),
                (Asks::Watch, Injected::Silence),
            ],
            60.8,
            &["stream", "watch 2", "~ watch 2"][..],
        ),
        (
            vec![(Asks::Stream, Injected::Silence)],
            20.0,
            &["stream", "list 0 limit=500", "watch 2"],
        ),
    ] {
        let server = server(faults);
        let (informer, mut replay) = follow(&server);
        let mut errors = informer.errors();
        let begin = Instant::now();
        until("the last request", || {
            server.state().requests.len() >= requests.len()
        })
        .await;
        let waited = begin.elapsed().as_secs_f64();
        assert!((waited - seconds).abs() < 0.1, "{waited} s");
        server.write(change);
        until("the changes", || in_sync(&server, &informer)).await;
        replay.drain();
        assert_eq!(replay.told.join(" "), "+a +b +c ~b -a");
        assert_eq!(server.state().requests, requests);
        assert!(errors.recv().await.unwrap().is_timeout());
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_that_stops_half_way_changes_nothing_and_is_asked_for_again() {
    // Rule F8
    for (fault, is_paged) in [
        (Injected::Silence, false),
        (Injected::Stall(200), false),
        (Injected::Stall(200), true),
    ] {
        let asks = if is_paged { Asks::NextPage } else { Asks::List };
        let server = server(vec![(Asks::Stream, INVALID), (asks, fault)]);
        server.state().page = is_paged.then_some(1);
        let (informer, mut replay) = follow(&server);
        sleep(Duration::from_secs(59)).await;
        assert!(server.state().faults.is_empty());
        assert!(informer.store().is_empty() && !informer.has_synced());
        sleep(Duration::from_secs(2)).await;
        assert!(informer.has_synced());
        replay.drain();
        assert_eq!(replay.told.join(" "), "+a +b");
        let expected: &[_] = if is_paged {
            let page = "list limit=500 continue=2-1";
            &[
                "stream",
                "list 0 limit=500",
                page,
                "~ list 0 limit=500",
                page,
                "watch 2",
            ]
        } else {
            &[
                "stream",
                "list 0 limit=500",
                "~ list 0 limit=500",
                "watch 2",
            ]
        };
        assert_eq!(server.state().requests, expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_without_a_peer_is_closed() {
    // Nothing comes, not even an end: the watch lasts as long as it was asked to, and a little.
    let server = server(Vec::new());
    let (informer, mut replay) = follow(&server);
    informer.synced().await.unwrap();
    server.state().is_deaf = true;
    server.write(change);
    let begin = Instant::now();
    until("the second watch", || server.state().requests.len() >= 2).await;
    // The watch was asked for five minutes, which are over, and then some.
    assert_eq!(begin.elapsed().as_secs(), 330);
    server.state().is_deaf = false;
    server.write(|_| ());
    until("the changes", || in_sync(&server, &informer)).await;
    replay.drain();
    assert_eq!(replay.told.join(" "), "+a +b +c ~b -a");
    assert_eq!(server.state().requests, ["stream", "watch 2"]);
}

#[tokio::test(start_paused = true)]
async fn a_beginning_without_end_is_listed_instead() {
    // Rule F14
    let server = server(vec![(Asks::Stream, Injected::NoBookmark)]);
    let (informer, _replay) = follow(&server);
    sleep(Duration::from_secs(19)).await;
    assert!(!informer.has_synced());
    sleep(Duration::from_secs(2)).await;
    assert!(informer.has_synced());
    let requests = ["stream", "list 0 limit=500", "watch 2"];
    assert_eq!(server.state().requests, requests);
    assert_eq!(server.state().watches, 1, "the first one is closed");
}

#[tokio::test(start_paused = true)]
async fn a_beginning_without_end_is_listed_also_where_much_happens() {
    // Rule F14
    let server = server(vec![(Asks::Stream, Injected::NoBookmark)]);
    let (informer, _replay) = follow(&server);
    for _ in 0..8 {
        sleep(Duration::from_secs(10)).await;
        server.write(|collection| collection.put("a"));
    }
    assert!(!informer.has_synced());
    sleep(Duration::from_secs(11)).await;
    assert!(informer.has_synced());
}

#[tokio::test(start_paused = true)]
async fn a_server_that_closes_at_once_is_asked_seldom() {
    // Rule F24
    let at_once = || Injected::After(0, String::new());
    let faults = (0..1000).flat_map(|_| [(Asks::Stream, at_once()), (Asks::Watch, at_once())]);
    let server = server(faults.collect());
    let (informer, _replay) = follow(&server);
    informer.synced().await.unwrap();
    sleep(Duration::from_secs(60)).await;
    let requests = server.state().requests.len();
    // Three each time, and the waits between them double: 0.8 s, 1.6 s, to 25.6 s.
    assert_eq!(requests, 21, "{}", server.record());
}
