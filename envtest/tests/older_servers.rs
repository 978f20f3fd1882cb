//! Informers on servers that lack what newer ones have, as the embedded server can be made to.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::time::Duration;

use kubewright::cache::{Selection, SharedInformer};
use kubewright::{Client, Unstructured};
use kubewright_envtest::Embedded;
use kubewright_envtest::embedded::EmbeddedBuilder;
use serde_json::json;

const PATIENCE: Duration = Duration::from_secs(10);

async fn started(builder: EmbeddedBuilder) -> (Embedded, Client) {
    let server = builder.start().await.unwrap();
    let client = server.client_config().connect().await.unwrap();
    let maps = client.resource(&"v1/configmaps".parse().unwrap());
    let maps = maps.namespace("default");
    for name in ["a", "b"] {
        let map = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}});
        let map = Unstructured::try_from(map).unwrap();
        maps.create(&map).await.unwrap();
    }
    (server, client)
}

fn informer(client: &Client) -> SharedInformer<Unstructured> {
    let maps = client.resource(&"v1/configmaps".parse().unwrap());
    SharedInformer::new(maps, Selection::new())
}

// Rules F12, F15
#[tokio::test]
async fn informers_are_quiet_about_servers_that_cannot_stream() {
    for (builder, lists, refused) in [
        (Embedded::builder().streaming_lists(false), 3, 1),
        (Embedded::builder().progress_notifications(false), 3, 0),
        (Embedded::builder(), 0, 0),
    ] {
        let (server, client) = started(builder).await;
        for round in 0..3 {
            let informer = informer(&client);
            let mut errors = informer.errors();
            informer.start();
            informer.synced_within(PATIENCE).await.unwrap();
            assert_eq!(informer.lister().all().len(), 2);
            assert!(
                informer.last_error().is_none(),
                "{:?}",
                informer.last_error()
            );
            assert!(errors.try_recv().is_err(), "round {round}");
            informer.shut_down().await;
        }
        let watches = server.requests("watch");
        // One informer asked without success, and the others reuse that.
        assert_eq!(watches.asked - watches.carried_out, refused);
        assert_eq!(server.requests("list").asked, lists);
    }
}

// Rule S14
#[tokio::test]
async fn a_cache_that_lacks_nothing_reaches_any_version() {
    let (server, client) = started(Embedded::builder()).await;
    let informer = informer(&client);
    informer.start();
    informer.synced_within(PATIENCE).await.unwrap();
    let nodes = client.resource(&"v1/nodes".parse().unwrap());
    let node = json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "one"}});
    let node = nodes
        .create(&Unstructured::try_from(node).unwrap())
        .await
        .unwrap();
    let version = node.resource_version().unwrap();
    let waits = (0..10).map(|_| informer.caught_up(version));
    let all = futures::future::try_join_all(waits);
    tokio::time::timeout(PATIENCE, all).await.unwrap().unwrap();
    // Ten who wait ask once.
    assert_eq!(server.requests("list").asked, 1);
    assert_eq!(server.requests("watch").asked, 2);
}
