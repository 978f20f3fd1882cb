//! Transforms of objects before a cache keeps them (rules Q10, I20).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kubewright::cache::{SharedInformer, Transform};
use kubewright::{PartialObjectMetadata, Unstructured};

use super::replay::Replay;
use super::server::impatient;
use super::server::{Asks, EXPIRED, INVALID, Injected, Server, State, until};

/// A server of the objects `a`, `b` and `c`.
fn server(faults: Vec<(Asks, Injected)>) -> Server {
    let mut state = State {
        faults,
        ..State::default()
    };
    for name in ["a", "b", "c"] {
        state.collection.put(name);
    }
    Server::new(state)
}

fn informer(
    server: &Server,
    transform: Transform<Unstructured>,
) -> (SharedInformer<Unstructured>, Replay<Unstructured>) {
    let builder = SharedInformer::builder(server.pods()).backoff(impatient());
    let informer = builder.transform(transform).build();
    let replay = Replay::new(informer.subscribe());
    informer.start();
    (informer, replay)
}

#[tokio::test]
async fn managed_fields_are_cut_from_lists_and_streams() {
    for faults in [vec![], vec![(Asks::Stream, INVALID)]] {
        let server = server(faults);
        let (informer, mut replay) = informer(&server, Transform::new().cut_managed_fields());
        informer.synced().await.unwrap();
        server.write(|collection| collection.put("a"));
        until("the change", || informer.store().resource_version() == "4").await;
        for pod in informer.store().list() {
            assert!(!pod.to_json().contains("managedFields"), "{pod}");
            assert_eq!(pod.labels().len(), 1, "what stood behind them is found");
            assert_eq!((pod.kind(), pod.api_version()), ("Pod", "v1"));
        }
        replay.drain();
        assert_eq!(replay.told, ["+a", "+b", "+c", "~a"]);
        // The server keeps its own, so this may be sent back.
        let pod = informer.store().find("prod", "a").unwrap();
        let _ = server.pods().replace(&pod).await;
        assert!(server.state().requests.len() > 1);
    }
}

#[tokio::test]
async fn typed_objects_are_read_without_managed_fields() {
    let server = server(Vec::new());
    let api = server
        .client()
        .typed::<PartialObjectMetadata>(server.pods().api_resource().clone());
    let builder = SharedInformer::builder(api).backoff(impatient());
    let informer = builder
        .transform(Transform::new().cut_managed_fields())
        .build();
    informer.start();
    informer.synced().await.unwrap();
    assert_eq!(informer.store().len(), 3);
    let all = informer.store().list();
    assert!(all.iter().all(|pod| pod.metadata.managed_fields.is_none()));
}

#[tokio::test]
async fn a_state_is_transformed_once_and_an_unchanged_one_not_again() {
    // Rules Q10, I20, F10
    let server = server(vec![
        (Asks::Stream, Injected::After(4, String::new())),
        (Asks::Watch, EXPIRED),
    ]);
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let (informer, mut replay) = informer(
        &server,
        Transform::new().change(move |pod: &mut Unstructured| {
            counted.fetch_add(1, Ordering::SeqCst);
            pod.set_path("/seen", true).unwrap();
        }),
    );
    informer.synced().await.unwrap();
    until("the second stream", || {
        server.state().requests.len() == 3 && server.state().watches == 1
    })
    .await;
    server.write(|collection| collection.delete("b"));
    until("the deletion", || informer.store().len() == 2).await;
    assert_eq!(
        calls.load(Ordering::SeqCst),
        4,
        "three objects and the last state of one"
    );
    replay.drain();
    assert_eq!(replay.told, ["+a", "+b", "+c", "-b"]);
    for pod in informer.store().list() {
        assert_eq!(pod.path::<bool>("/seen").unwrap(), Some(true));
    }
    let requests = server.state().requests.len();
    let pod = informer.store().find("prod", "a").unwrap();
    let refused = server.pods().replace(&pod).await.unwrap_err();
    assert!(
        refused.is_request() && refused.to_string().contains("transform"),
        "{refused}"
    );
    assert_eq!(server.state().requests.len(), requests, "nothing was sent");
}

#[tokio::test]
async fn a_transform_that_panics_costs_its_object_and_no_other() {
    // Rule Q10
    let server = server(Vec::new());
    let (informer, mut replay) = informer(
        &server,
        Transform::new().change(|pod: &mut Unstructured| {
            assert!(pod.name() != "b", "a bug of the user");
        }),
    );
    let mut errors = informer.errors();
    informer.synced().await.unwrap();
    server.write(|collection| collection.delete("b"));
    server.write(|collection| collection.put("c"));
    until("the change", || informer.store().resource_version() == "5").await;
    replay.drain();
    assert_eq!(replay.told, ["+a", "+c", "~c"]);
    let told = errors.recv().await.unwrap().to_string();
    assert!(
        told.contains("transform") && told.contains("`prod/b`"),
        "{told}"
    );
}

#[tokio::test]
async fn what_a_relist_brings_and_cannot_be_read_stays_as_it_is_known() {
    // Rule Q10, in a stream and in a list
    for faults in [vec![], vec![(Asks::Stream, INVALID)]] {
        let server = server(faults);
        let (informer, mut replay) = informer(
            &server,
            Transform::new().change(|pod: &mut Unstructured| {
                let is_known = pod.resource_version() == Some("2");
                assert!(pod.name() != "b" || is_known, "a bug of the user");
            }),
        );
        informer.synced().await.unwrap();
        server.write(|collection| {
            collection.put("b");
            collection.put("c");
            collection.compact();
        });
        until("the relist", || informer.store().resource_version() == "5").await;
        replay.drain();
        assert_eq!(replay.told, ["+a", "+b", "+c", "~c"]);
        let kept = informer.store().find("prod", "b").unwrap();
        assert_eq!(kept.resource_version(), Some("2"));
    }
}
