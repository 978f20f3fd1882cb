//! Waiting tasks are woken, whenever the end comes: an informer is stopped, dropped or shut
//! down at a random moment, while others wait for what they will never get.

use std::time::Duration;

use futures::future::join_all;
use kubewright::Unstructured;
use kubewright::cache::{BufferPolicy, Delta, SharedInformer, SharedInformerFactory};
use tokio::task::JoinHandle;

use super::random::Random;
use super::server::{Asks, Injected, Server, State, until};

const ROUNDS: u64 = 150;
const AT_ONCE: u64 = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn waiting_for_an_ended_informer_ends() {
    // Rules I14, I16
    for first in (0..ROUNDS).step_by(AT_ONCE as usize) {
        let rounds = (first..first + AT_ONCE).map(|seed| tokio::spawn(play(seed)));
        for (seed, round) in (first..).zip(join_all(rounds).await) {
            assert!(round.is_ok(), "round {seed} fails: see above");
        }
    }
}

async fn play(seed: u64) {
    let mut random = Random::new(seed);
    let server = Server::holding(&["a"]);
    let informer = server.informer();
    let mut waiting = Vec::new();
    for _ in 0..random.below(4) {
        waiting.push(wait(&informer, &mut random));
    }
    let writing = tokio::spawn(write(server.clone()));
    if random.below(4) > 0 {
        informer.start();
    }
    for _ in 0..random.below(40) {
        tokio::task::yield_now().await;
        if random.below(8) == 0 {
            waiting.push(wait(&informer, &mut random));
        }
    }
    match random.below(3) {
        0 => informer.stop(),
        1 => informer.shut_down().await,
        _ => {}
    }
    drop(informer);
    writing.abort();
    let ended = tokio::time::timeout(Duration::from_secs(30), join_all(waiting)).await;
    for ended in ended.expect("somebody waits still") {
        ended.unwrap();
    }
    until("the end of the watch", || server.state().watches == 0).await;
}

async fn write(server: Server) {
    loop {
        server.write(|collection| collection.put("a"));
        tokio::task::yield_now().await;
    }
}

/// One of the ways to wait, without a handle of the informer.
fn wait(informer: &SharedInformer<Unstructured>, random: &mut Random) -> JoinHandle<()> {
    let ignore = |_: &Delta<Unstructured>| {};
    match random.below(3) {
        0 => {
            let policies = [
                BufferPolicy::Unbounded,
                BufferPolicy::Coalesce,
                BufferPolicy::DropOldest(2),
            ];
            let mut deltas = informer.subscribe_with(random.one_of(&policies));
            tokio::spawn(async move { while deltas.next().await.is_some() {} })
        }
        1 => {
            let registration = informer.add_event_handler(ignore);
            tokio::spawn(async move {
                let _ = registration.synced().await;
                registration.remove().await;
            })
        }
        _ => {
            let registration = informer.add_event_handler(ignore);
            tokio::spawn(async move {
                until("the handler to end", || registration.has_ended()).await;
            })
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn waiting_for_a_stopped_factory_ends() {
    // Rules FA3, FA4: also where it was never started, or its server never answers.
    for seed in 0..60 {
        let mut random = Random::new(seed);
        let server = match random.below(2) {
            0 => Server::new(State::default()),
            _ => Server::refusing(State::default()).0,
        };
        let factory = SharedInformerFactory::new(&server.client());
        let informers = [
            factory.dynamic(server.pods().api_resource()),
            factory
                .in_namespace("prod")
                .dynamic(server.pods().api_resource()),
        ];
        let mut waiting: Vec<JoinHandle<()>> = Vec::new();
        for informer in &informers {
            let (informer, factory) = (informer.clone(), factory.clone());
            waiting.push(tokio::spawn(async move {
                let _ = informer.synced().await;
            }));
            waiting.push(tokio::spawn(async move { drop(factory.synced().await) }));
        }
        if random.below(3) > 0 {
            factory.start();
        }
        for _ in 0..random.below(20) {
            tokio::task::yield_now().await;
        }
        factory.stop();
        let ended = tokio::time::timeout(Duration::from_secs(30), join_all(waiting)).await;
        assert!(ended.is_ok(), "seed {seed}: somebody waits still");
    }
}

#[tokio::test]
async fn a_subscriber_with_endless_changes_yields_to_others() {
    let mut state = State::default();
    for number in 0..2000 {
        state.collection.put(&format!("o{number}"));
    }
    let server = Server::new(state);
    let informer = SharedInformer::builder(server.pods()).build();
    informer.start();
    informer.synced().await.unwrap();
    let mut deltas = informer.subscribe();
    tokio::task::yield_now().await;
    let other = tokio::spawn(async {});
    while !other.is_finished() {
        assert!(deltas.next().await.is_some());
        assert!(deltas.depth() > 1000, "starved");
    }
}

#[tokio::test]
async fn sleeping_subscribers_get_a_change_before_the_driver_waits_for_the_server() {
    let server = Server::holding(&["a"]);
    let informer = server.informer();
    informer.start();
    let mut deltas = informer.subscribe();
    assert!(deltas.next().await.is_some());
    until("the watch", || server.state().watches == 1).await;
    server
        .state()
        .faults
        .push((Asks::Stream, Injected::Silence));
    // The change and what ends the stream arrive together; nobody answers then.
    let added = r#"{"type":"ADDED","object":{"metadata":{"name":"b","namespace":"prod","uid":"b","resourceVersion":"2"}}}"#;
    let told = tokio::spawn(async move { deltas.next().await });
    tokio::task::yield_now().await;
    server.cut(&format!("{added} garbage"));
    until("somebody to be woken", || told.is_finished()).await;
    let told = told.await.unwrap().unwrap();
    assert_eq!(told.object().name(), "b");
}
