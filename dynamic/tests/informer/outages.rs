//! A server that is away, slow or out of sight, and an informer that leaves (rule P7).

use kubewright::cache::{Selection, SharedInformer};

use super::collection::change;
use super::server::{Asks, INVALID, Injected, Server, State, follow, until};

fn server(faults: Vec<(Asks, Injected)>) -> Server {
    let mut state = State {
        faults,
        ..State::default()
    };
    state.collection.put("a");
    state.collection.put("b");
    Server::new(state)
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
async fn an_item_that_no_watch_could_bring_is_listed() {
    let text = "x".repeat(17 << 20);
    let large = format!(
        r#"{{"metadata":{{"name":"large","namespace":"prod","uid":"l","resourceVersion":"2"}},"text":"{text}"}}"#
    );
    let server = server(vec![
        (Asks::Stream, INVALID),
        (Asks::List, Injected::Item(large)),
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
        Some((Asks::Stream, Injected::Silence)),
        Some((Asks::Stream, Injected::NoBookmark)),
        Some((Asks::List, Injected::Silence)),
        Some((Asks::List, Injected::Stall(300))),
        Some((Asks::Watch, Injected::Silence)),
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
