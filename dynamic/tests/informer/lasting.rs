//! Faults that last: what they cost, and that they end well.

use std::time::Duration;

use kubewright::cache::SharedInformer;

use super::collection::{Collection, change};
use super::replay::Replay;
use super::server::{Asks, EXPIRED, INVALID, Injected, Server, State, follow, until};

fn with_one_pod(faults: Vec<(Asks, Injected)>) -> State {
    let mut state = State {
        faults,
        ..State::default()
    };
    state.collection.put("a");
    state
}

#[tokio::test]
async fn a_server_that_is_not_there_yet_is_waited_for() {
    // Rule F22
    let (server, socket) = Server::refusing(with_one_pod(Vec::new()));
    let informer = server.informer();
    let mut errors = informer.errors();
    let mut replay = Replay::new(informer.subscribe());
    informer.start();
    for _ in 0..3 {
        let told = errors.recv().await.unwrap();
        assert!(told.is_connect(), "{told}");
    }
    assert!(!informer.has_synced());
    let server = server.listen(socket);
    informer.synced().await.unwrap();
    replay.drain();
    assert_eq!(replay.told, ["+a"]);
    assert_eq!(server.state().requests, ["stream"]);
}

#[tokio::test]
async fn a_list_that_does_not_go_on_is_not_asked_without_end() {
    // A server that does not know `continue` answers with its first page for ever.
    let again =
        r#"{"kind":"PodList","metadata":{"resourceVersion":"1","continue":"1-0"},"items":[]}"#;
    let server = Server::new(with_one_pod(vec![
        (Asks::Stream, INVALID),
        (Asks::List, Injected::Body(again.to_owned())),
        (Asks::NextPage, Injected::Body(again.to_owned())),
    ]));
    let (informer, mut replay) = follow(&server);
    let mut errors = informer.errors();
    informer.synced().await.unwrap();
    replay.drain();
    assert_eq!(replay.told, ["+a"]);
    let first = ["stream", "list 0 limit=500", "list limit=500 continue=1-0"];
    let requests = server.state().requests.clone();
    assert_eq!(
        (&requests[..3], &*requests[3]),
        (&first.map(str::to_owned)[..], "~ list 0 limit=500")
    );
    let mut told = String::new();
    while !told.contains("continue") {
        told = errors.recv().await.unwrap().to_string();
    }
}

#[tokio::test]
async fn changes_while_the_beginning_comes_are_part_of_it() {
    // Rule F10
    let mut state = with_one_pod(vec![(Asks::Stream, Injected::LateEnd)]);
    state.collection.put("b");
    let server = Server::new(state);
    let (informer, mut replay) = follow(&server);
    until("the stream", || server.state().watches == 1).await;
    assert!(!informer.has_synced());
    server.write(change);
    informer.synced().await.unwrap();
    replay.drain();
    assert_eq!(replay.told.join(" "), "+b +c");
}

#[tokio::test]
async fn changes_during_a_later_snapshot_are_delivered_as_differences() {
    // Rule I5
    let mut state = with_one_pod(vec![
        (Asks::Stream, Injected::After(4, String::new())),
        (Asks::Watch, EXPIRED),
        (Asks::Stream, Injected::LateEnd),
    ]);
    state.collection.put("b");
    state.collection.put("z");
    let server = Server::new(state);
    let (informer, mut replay) = follow(&server);
    until("the second stream", || {
        let state = server.state();
        state.requests.len() == 3 && state.watches == 1
    })
    .await;
    server.write(change);
    until("the changes", || informer.store().resource_version() == "6").await;
    replay.drain();
    assert_eq!(replay.told.join(" "), "+a +b +z -a +c ~b");
    assert_eq!(replay.states_now(), server.states());
}

#[tokio::test]
async fn an_unreadable_object_is_named_and_does_not_stop_the_others() {
    // Rules F21, I19
    const ODD: &str =
        r#"{"kind":"Pod","metadata":{"name":"odd","resourceVersion":"1","labels":[]}}"#;
    let event = format!(r#"{{"type":"ADDED","object":{ODD}}}"#);
    for (faults, named) in [
        (
            vec![(Asks::Stream, Injected::First(event))],
            "watched object Pod odd at version 1",
        ),
        (
            vec![
                (Asks::Stream, INVALID),
                (Asks::List, Injected::Item(ODD.to_owned())),
            ],
            "item 0 (Pod odd)",
        ),
    ] {
        let server = Server::new(with_one_pod(faults));
        let (informer, mut replay) = follow(&server);
        let mut errors = informer.errors();
        informer.synced().await.unwrap();
        replay.drain();
        assert_eq!(replay.told, ["+a"]);
        let mut told = String::new();
        while !told.contains(named) {
            told = errors.recv().await.unwrap().to_string();
        }
        assert!(told.contains("metadata.labels"), "{told}");
    }
}

#[tokio::test]
async fn an_object_needs_a_name_and_a_list_needs_items() {
    // Rules F7, F21: a proxy or an odd server may answer with tables, whatever was asked for.
    const TABLE: &str = r#"{"kind":"Table","metadata":{"resourceVersion":"9"},"rows":[]}"#;
    let event = format!(r#"{{"type":"ADDED","object":{TABLE}}}"#);
    for faults in [
        vec![(Asks::Stream, Injected::First(event))],
        vec![
            (Asks::Stream, INVALID),
            (Asks::List, Injected::Item(TABLE.to_owned())),
        ],
    ] {
        let server = Server::new(with_one_pod(faults));
        let (informer, mut replay) = follow(&server);
        let mut errors = informer.errors();
        informer.synced().await.unwrap();
        replay.drain();
        assert_eq!(replay.told, ["+a"]);
        let mut told = String::new();
        while !told.contains("without a name") {
            told = errors.recv().await.unwrap().to_string();
        }
        assert_eq!(informer.store().resource_version(), "1", "it says nothing");
    }
    let faults = vec![
        (Asks::Stream, INVALID),
        (Asks::List, Injected::Body(TABLE.to_owned())),
    ];
    let server = Server::new(with_one_pod(faults));
    let (informer, mut replay) = follow(&server);
    informer.synced().await.unwrap();
    replay.drain();
    assert_eq!(replay.told, ["+a"]);
    let asked = [
        "stream",
        "list 0 limit=500",
        "~ list 0 limit=500",
        "watch 1",
    ];
    until("the watch", || server.state().requests == asked).await;
    let told = informer.last_error().unwrap().to_string();
    assert!(told.contains("`items`"), "{told}");
}

#[tokio::test]
async fn a_writer_can_wait_until_the_cache_has_its_write() {
    // Rule S13
    let server = Server::new(with_one_pod(Vec::new()));
    let informer = SharedInformer::builder(server.pods()).build();
    assert!(informer.caught_up("what").await.unwrap_err().is_request());
    let early = informer.caught_up("1");
    informer.start();
    early.await.unwrap();
    assert_eq!(informer.store().len(), 1);
    let waiting = tokio::spawn({
        let informer = informer.clone();
        async move {
            informer.caught_up("3").await.unwrap();
            informer.store().len()
        }
    });
    server.write(|collection| collection.put("b"));
    informer.caught_up("2").await.unwrap();
    assert!(!waiting.is_finished());
    server.write(|collection| collection.put("c"));
    assert_eq!(waiting.await.unwrap(), 3);
    // What is not of these objects comes with a bookmark.
    server.write(Collection::pass);
    let waiting = tokio::spawn({
        let informer = informer.clone();
        async move { informer.caught_up("4").await }
    });
    server.bookmark();
    waiting.await.unwrap().unwrap();
    let waiting = tokio::spawn({
        let informer = informer.clone();
        async move { informer.caught_up("9").await }
    });
    tokio::task::yield_now().await;
    informer.stop();
    let error = waiting.await.unwrap().unwrap_err().to_string();
    assert!(error.contains("pods") && error.contains('9'), "{error}");
    assert!(
        informer.caught_up("4").await.is_ok(),
        "the last state stays"
    );
    assert!(informer.caught_up("5").await.is_err());
}

#[tokio::test]
async fn an_index_function_that_panics_costs_its_object_and_no_other() {
    // Rule S4
    let server = Server::new(with_one_pod(Vec::new()));
    server.write(|collection| collection.put("odd"));
    let informer = SharedInformer::builder(server.pods()).build();
    let by_letter = |pod: &kubewright::Unstructured| {
        assert!(pod.name() != "odd", "a bug of the user");
        vec![pod.name()[..1].to_owned()]
    };
    informer.add_index("letter", by_letter).unwrap();
    informer.start();
    informer.synced().await.unwrap();
    server.write(|collection| collection.put("odd"));
    server.write(|collection| collection.put("b"));
    informer.caught_up("4").await.unwrap();
    assert_eq!(informer.store().index_values("letter").unwrap(), ["a", "b"]);
    assert_eq!(informer.store().len(), 3);
    assert!(!informer.is_stopped() && informer.last_error().is_none());
}

#[tokio::test]
async fn an_index_function_that_reads_its_own_cache_panics_with_the_reason() {
    // Rule S4: it would wait for itself, and everybody for it
    let server = Server::new(with_one_pod(Vec::new()));
    let informer = SharedInformer::builder(server.pods()).build();
    let (own, other) = (
        informer.store().clone(),
        SharedInformer::from(server.pods()),
    );
    let others = other.store().clone();
    let neighbours = move |_: &kubewright::Unstructured| vec![own.len().to_string()];
    let elsewhere = move |_: &kubewright::Unstructured| vec![others.len().to_string()];
    informer.add_index("neighbours", neighbours).unwrap();
    informer.add_index("elsewhere", elsewhere).unwrap();
    informer.start();
    let synced = tokio::time::timeout(Duration::from_secs(10), informer.synced());
    synced.await.unwrap().unwrap();
    let values = |index| informer.store().index_values(index).unwrap();
    assert_eq!(
        (values("neighbours"), values("elsewhere")),
        (vec![], vec!["0".to_owned()])
    );
}

#[tokio::test]
async fn the_last_handle_takes_the_watch_with_it() {
    let server = Server::new(with_one_pod(Vec::new()));
    let informer = server.informer();
    let mut deltas = informer.subscribe();
    let other = informer.clone();
    informer.start();
    informer.synced().await.unwrap();
    drop(informer);
    server.write(|collection| collection.put("b"));
    until("the other handle to go on", || other.store().len() == 2).await;
    let lister = other.lister();
    // Rules F25, Q11
    drop(other);
    until("the end of the watch", || server.state().watches == 0).await;
    assert_eq!(lister.all().len(), 2, "the last state stays");
    for _ in 0..2 {
        assert!(deltas.next().await.is_some());
    }
    assert!(deltas.next().await.is_none());
}

#[tokio::test]
async fn a_bookmark_before_the_first_snapshot_does_not_change_the_version_of_the_cache() {
    // Rule S9: who waits for a version would believe that it is there
    let bookmark = r#"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"99"}}}"#;
    let faults = vec![
        (Asks::Stream, Injected::After(0, bookmark.to_owned())),
        (Asks::List, Injected::Silence),
    ];
    let server = Server::new(with_one_pod(faults));
    let informer = server.informer();
    informer.start();
    until("the list", || server.state().requests.len() == 2).await;
    assert_eq!(informer.store().resource_version(), "");
}

#[tokio::test]
async fn a_version_that_is_too_old_is_not_an_error() {
    // Rule F23: it is what happens to a quiet watch
    let server = Server::new(with_one_pod(Vec::new()));
    let informer = server.informer();
    informer.start();
    informer.synced().await.unwrap();
    server.write(|collection| {
        collection.put("a");
        collection.compact();
    });
    until("the relist", || informer.store().resource_version() == "2").await;
    assert!(informer.last_error().is_none());
}
