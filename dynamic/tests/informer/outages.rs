//! A server that is away, slow or out of sight, and an informer that leaves (rule P7).

use std::time::Duration;

use kubewright::cache::{Selection, SharedInformer};

use super::faults::{change, follow};
use super::server::{Asks, Fault, INVALID, Server, State, until};

fn server(faults: Vec<(Asks, Fault)>) -> Server {
    let mut state = State {
        faults,
        ..State::default()
    };
    state.collection.put("a");
    state.collection.put("b");
    Server::new(state)
}

/// Lets the clock jump until something is so; it goes on as usual while bytes travel, and
/// on a busy machine they take their time: a jump too many would end what it began.
async fn after_jumps(what: &str, seconds: u64, so: impl Fn() -> bool) {
    for _ in 0..10 {
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(seconds)).await;
        tokio::time::resume();
        let jump = std::time::Instant::now();
        while jump.elapsed() < Duration::from_secs(3) {
            if so() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
    panic!("never came: {what}");
}

#[tokio::test]
async fn a_server_that_goes_away_is_waited_for_and_asked_where_it_was() {
    // Rule F22
    let server = server(Vec::new());
    let (informer, mut replay) = follow(&server);
    informer.synced().await.unwrap();
    let mut errors = informer.errors();
    server.go_away().await;
    for _ in 0..4 {
        let told = errors.recv().await.unwrap();
        assert!(told.is_connect(), "{told}");
    }
    assert_eq!(informer.store().len(), 2, "what is known stays");
    server.write(change);
    server.come_back();
    until("the changes", || informer.store().resource_version() == "5").await;
    replay.drain();
    assert_eq!(replay.told.join(" "), "+a +b +c ~b -a");
    assert_eq!(server.state().requests, ["stream", "~ watch 2"]);
}

#[tokio::test]
async fn a_watch_that_is_not_answered_is_asked_for_again() {
    for (faults, jump, requests) in [
        (
            vec![
                (Asks::Stream, Fault::After(3, String::new())),
                (Asks::Watch, Fault::Silence),
            ],
            61,
            &["stream", "watch 2", "~ watch 2"][..],
        ),
        (
            vec![(Asks::Stream, Fault::Silence)],
            21,
            &["stream", "list 0 limit=500", "watch 2"],
        ),
    ] {
        let server = server(faults);
        let (informer, mut replay) = follow(&server);
        let mut errors = informer.errors();
        until("the faults", || server.state().faults.is_empty()).await;
        after_jumps("the last request", jump, || {
            server.state().requests.len() >= requests.len()
        })
        .await;
        server.write(change);
        until("the changes", || informer.store().resource_version() == "5").await;
        replay.drain();
        assert_eq!(replay.told.join(" "), "+a +b +c ~b -a");
        assert_eq!(server.state().requests[..requests.len()], *requests);
        assert!(errors.recv().await.unwrap().is_timeout());
    }
}

#[tokio::test]
async fn a_list_that_stops_half_way_changes_nothing_and_is_asked_for_again() {
    // Rule F8
    for (fault, is_paged) in [
        (Fault::Silence, false),
        (Fault::Stall(300), false),
        (Fault::Stall(300), true),
    ] {
        let asks = if is_paged { Asks::NextPage } else { Asks::List };
        let server = server(vec![(Asks::Stream, INVALID), (asks, fault)]);
        server.state().page = is_paged.then_some(1);
        let (informer, mut replay) = follow(&server);
        until("the faults", || server.state().faults.is_empty()).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(informer.store().is_empty() && !informer.has_synced());
        after_jumps("the second list", 61, || informer.has_synced()).await;
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
            ]
        } else {
            &["stream", "list 0 limit=500", "~ list 0 limit=500"]
        };
        assert_eq!(server.state().requests[..expected.len()], *expected);
    }
}

#[tokio::test]
async fn a_connection_with_nobody_at_the_other_end_is_left() {
    // Nothing comes, not even an end: the watch lasts as long as it was asked to, and a little.
    let server = server(Vec::new());
    let (informer, mut replay) = follow(&server);
    informer.synced().await.unwrap();
    server.state().is_deaf = true;
    server.write(change);
    after_jumps("the second watch", 331, || {
        server.state().requests.len() >= 2
    })
    .await;
    server.state().is_deaf = false;
    server.write(|_| ());
    until("the changes", || informer.store().resource_version() == "5").await;
    replay.drain();
    assert_eq!(replay.told.join(" "), "+a +b +c ~b -a");
    // A jump of the clock may end the patience with the second one, too.
    assert_eq!(server.state().requests[..2], ["stream", "watch 2"]);
}

#[tokio::test]
async fn an_item_that_no_watch_could_bring_is_listed() {
    let text = "x".repeat(17 << 20);
    let large = format!(
        r#"{{"metadata":{{"name":"large","namespace":"prod","uid":"l","resourceVersion":"2"}},"text":"{text}"}}"#
    );
    let server = server(vec![
        (Asks::Stream, INVALID),
        (Asks::List, Fault::Item(large)),
    ]);
    let informer = SharedInformer::builder(server.pods())
        .backoff(server.impatient())
        .build();
    informer.start();
    informer.synced().await.unwrap();
    assert_eq!(informer.store().len(), 3);
    let large = informer.store().find("prod", "large").unwrap();
    assert_eq!(large.kind(), "Pod");
    assert_eq!(
        large.path::<String>("/text").unwrap().unwrap().len(),
        text.len()
    );
}

#[tokio::test]
async fn what_one_informer_learnt_of_a_server_others_do_not_ask() {
    // Rule F15
    let server = server(vec![(Asks::Stream, INVALID)]);
    let client = server.pods();
    for _ in 0..2 {
        let informer = SharedInformer::new(client.clone(), Selection::new());
        informer.start();
        informer.synced().await.unwrap();
    }
    let lists = |requests: &[String]| {
        requests
            .iter()
            .filter(|request| request.starts_with("list"))
            .count()
    };
    let requests = server.state().requests.clone();
    assert_eq!(
        (
            requests
                .iter()
                .filter(|request| *request == "stream")
                .count(),
            lists(&requests)
        ),
        (1, 2),
        "{requests:?}"
    );
}

/// Wherever it is stopped: while it watches, lists, waits or is refused.
#[test]
fn an_informer_that_is_dropped_leaves_no_task_and_no_connection() {
    // Rules F7, F25, I15
    let outside = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    for fault in [
        None,
        Some((Asks::Stream, Fault::Silence)),
        Some((Asks::Stream, Fault::NoBookmark)),
        Some((Asks::List, Fault::Silence)),
        Some((Asks::List, Fault::Stall(300))),
        Some((Asks::Watch, Fault::Silence)),
    ] {
        let inside = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let server = outside.block_on(async {
            let mut faults = Vec::from_iter(fault.clone());
            if !matches!(fault, None | Some((Asks::Stream, _))) {
                faults.push((Asks::Stream, INVALID));
            }
            server(faults)
        });
        inside.block_on(async {
            let informer = SharedInformer::builder(server.pods())
                .backoff(server.impatient())
                .build();
            let mut deltas = informer.subscribe();
            informer.start();
            until("the fault", || {
                server.state().faults.is_empty() && !server.state().requests.is_empty()
            })
            .await;
            if fault.is_none() {
                informer.synced().await.unwrap();
            }
            drop(informer);
            while deltas.next().await.is_some() {}
            let tasks = tokio::runtime::Handle::current();
            until("the end of all tasks", || {
                tasks.metrics().num_alive_tasks() == 0
            })
            .await;
        });
        outside.block_on(until("the end of all connections", || {
            server.state().connections == 0
        }));
    }
}
