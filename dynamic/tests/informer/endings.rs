//! The ends of a cache: its subscribers are notified, and their state equals the cache's.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use kubewright::cache::{Delta, SharedInformer, Transform};
use kubewright::{Client, ObjectMeta, Resource, Unstructured};
use serde::{Deserialize, Deserializer, Serialize};
use tokio::runtime::Builder;
use tokio::sync::mpsc;

use super::replay::Replay;
use super::server::impatient;
use super::server::{Server, until};

const PATIENCE: Duration = Duration::from_secs(10);

#[tokio::test]
async fn a_runtime_that_ends_takes_its_informers_with_it_and_notifies_the_others() {
    let server = Server::holding(&["a"]);
    let informer = server.informer();
    let (mut deltas, other) = (informer.subscribe(), informer.clone());
    let elsewhere = tokio::task::spawn_blocking(move || {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            other.start();
            other.synced().await
        })
    });
    elsewhere.await.unwrap().unwrap();
    let all = async { while deltas.next().await.is_some() {} };
    assert!(tokio::time::timeout(PATIENCE, all).await.is_ok());
    assert!(informer.is_stopped());
    assert!(informer.caught_up("2").await.unwrap_err().is_stopped());
    // What is started on a runtime that is gone ends at once.
    informer.shut_down().await;
}

/// A type with a bug: one of its objects makes its reading panic.
#[derive(Resource, Clone, Debug, Serialize, Deserialize)]
#[resource(group = "example.com", version = "v1", namespaced)]
struct Trap {
    metadata: ObjectMeta,
    #[serde(default, deserialize_with = "spring")]
    spec: String,
}

fn spring<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let spec = String::deserialize(deserializer)?;
    assert!(spec != "trap", "a bug of the user");
    Ok(spec)
}

#[tokio::test]
async fn a_type_whose_reading_panics_costs_its_object_and_no_other() {
    let server = Server::holding(&["a"]);
    let api = server
        .client()
        .typed::<Trap>(server.pods().api_resource().clone());
    let informer = SharedInformer::builder(api).backoff(impatient()).build();
    let mut errors = informer.errors();
    informer.start();
    informer.synced().await.unwrap();
    server.cut(r#"{"type":"ADDED","object":{"kind":"Pod","metadata":{"name":"odd","resourceVersion":"2"},"spec":"trap"}}"#);
    let told = tokio::time::timeout(PATIENCE, errors.recv()).await;
    let told = told.unwrap().unwrap().to_string();
    assert!(told.contains("panicked") && told.contains("odd"), "{told}");
    server.write(|collection| collection.put("b"));
    until("the next object", || informer.store().len() == 2).await;
    assert!(!informer.is_stopped());
}

#[tokio::test]
async fn what_has_ended_is_not_begun_again_by_a_resync() {
    // Rules I15, I17
    let server = Server::holding(&["a"]);
    let informer = server.informer();
    let mut deltas = informer.subscribe().resync(Duration::from_secs(1));
    informer.start();
    assert!(deltas.next().await.is_some());
    informer.stop();
    assert!(deltas.next().await.is_none());
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(3)).await;
    tokio::time::resume();
    assert!(deltas.next().await.is_none());
    // Nor for one who is slower than the period, and would never come to the end.
    let mut slow = informer.subscribe().resync(Duration::from_secs(1));
    let mut taken = 0;
    while slow.next().await.is_some() && taken < 5 {
        taken += 1;
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(2)).await;
        tokio::time::resume();
    }
    assert_eq!(taken, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_handler_of_the_initial_list_finds_the_informer_synced() {
    // Rule I10: that of a handler comes after that of its informer
    let server = Server::holding(&["a"]);
    let informer = server.informer();
    let early = Arc::new(AtomicBool::new(false));
    let (inside, lister) = (Arc::clone(&early), informer.clone());
    let registration = informer.add_event_handler(move |_: &Delta<Unstructured>| {
        if !lister.has_synced() {
            inside.store(true, Ordering::SeqCst);
        }
    });
    // Delivering all of these takes a while.
    let _others: Vec<_> = (0..20_000).map(|_| informer.subscribe()).collect();
    informer.start();
    registration.synced().await.unwrap();
    assert!(!early.load(Ordering::SeqCst) && informer.has_synced());
    registration.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_cache_equals_the_state_of_its_subscribers() {
    for round in 0..40 {
        let server = Server::holding(&["a"]);
        let informer = server.informer();
        let mut replay = Replay::new(informer.subscribe());
        informer.start();
        informer.synced().await.unwrap();
        let writer = {
            let server = server.clone();
            tokio::spawn(async move {
                for write in 0..400 {
                    server.write(|collection| collection.put(&format!("o{}", write % 50)));
                    if write % 8 == 0 {
                        tokio::task::yield_now().await;
                    }
                }
            })
        };
        until("some changes", || informer.store().len() > round).await;
        informer.stop();
        replay.drain();
        writer.await.unwrap();
        informer.shut_down().await;
        let shown = informer.store().list();
        let mut shown: Vec<_> = shown
            .iter()
            .map(|pod| super::replay::state(&**pod))
            .collect();
        shown.sort();
        let mut told = replay.states_now();
        told.sort();
        assert_eq!(told, shown);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_has_a_thread_for_its_caches_unless_it_is_configured_without() {
    for wanted in [true, false] {
        let server = Server::holding(&["a"]);
        let client = Client::new(&server.config().with_cache_thread(wanted)).unwrap();
        let pods = client
            .resource(&"v1/pods".parse().unwrap())
            .namespace("prod");
        let (told, mut heard) = mpsc::unbounded_channel();
        let transform = Transform::new().change(move |_: &mut Unstructured| {
            let name = std::thread::current().name().map(str::to_owned);
            told.send(name).unwrap();
        });
        let informer = SharedInformer::builder(pods).transform(transform).build();
        informer.start();
        informer.synced().await.unwrap();
        let is_own = heard.recv().await.unwrap().as_deref() == Some("kubewright");
        assert_eq!(is_own, wanted);
    }
}
