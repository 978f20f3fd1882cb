//! Factories over the wire: the same informer for all who ask, and all informers as one.

use std::sync::Arc;
use std::time::Duration;

use kubewright::cache::{
    Delta, HandlerOptions, Selection, SharedInformer, SharedInformerFactory, Transform,
};
use kubewright::{ApiResource, Unstructured};
use tokio::runtime::Handle;

use super::server::{Asks, Injected, Server, State, until};

fn server() -> Server {
    Server::holding(&["a"])
}

fn pods(server: &Server) -> ApiResource {
    server.pods().api_resource().clone()
}

fn same<K>(one: &SharedInformer<K>, two: &SharedInformer<K>) -> bool
where
    K: kubewright::Object,
{
    let cached = |informer: &SharedInformer<K>| informer.store().list().pop().unwrap();
    Arc::ptr_eq(&cached(one), &cached(two))
}

#[tokio::test]
async fn equal_requests_share_one_informer() {
    // Rule FA1; also through another handle on the same factory
    let server = server();
    let factory = SharedInformerFactory::new(&server.client());
    let prod = factory.in_namespace("prod");
    let web = prod.selecting(Selection::new().labels("app=web"));
    let one = prod.dynamic(pods(&server));
    let two = factory.in_namespace("prod").dynamic(pods(&server));
    let often = prod.resync(Duration::from_secs(60)).dynamic(pods(&server));
    let others = [
        factory.dynamic(pods(&server)),
        web.dynamic(pods(&server)),
        prod.selecting(Selection::new().fields("spec.nodeName=n"))
            .dynamic(pods(&server)),
    ];
    let metadata = prod.metadata(pods(&server));
    assert_eq!(
        factory.unsynced(),
        [
            "pods",
            "pods in prod",
            "pods in prod",
            "pods in prod where app=web",
            "pods in prod where spec.nodeName=n"
        ]
    );
    factory.start();
    factory.synced().await.unwrap();
    assert!(same(&one, &two) && same(&one, &often));
    assert!(others.iter().all(|other| !same(&one, other)));
    assert_eq!(metadata.store().len(), 1);
    assert_eq!(server.state().requests.len(), 5, "one watch each");
}

#[tokio::test]
async fn a_transform_is_of_one_type_and_part_of_what_is_shared() {
    // Rule FA5
    let server = server();
    let factory = SharedInformerFactory::new(&server.client()).in_namespace("prod");
    let change = |pod: &mut Unstructured| {
        pod.set_path("/metadata/annotations", serde_json::json!({"seen": "1"}))
            .unwrap();
    };
    let lean = factory.transforming(Transform::new().change(change));
    let (plain, one, two) = (
        factory.dynamic(pods(&server)),
        lean.dynamic(pods(&server)),
        lean.clone().dynamic(pods(&server)),
    );
    let metadata = lean.metadata(pods(&server));
    factory.start();
    factory.synced().await.unwrap();
    assert!(same(&one, &two) && !same(&one, &plain));
    let annotations =
        |informer: &SharedInformer<Unstructured>| informer.store().list()[0].annotations().len();
    assert_eq!((annotations(&plain), annotations(&one)), (0, 1));
    assert!(metadata.store().list()[0].metadata.annotations.is_empty());
    assert_eq!(server.state().requests.len(), 3);
}

#[tokio::test]
async fn what_is_asked_for_after_the_start_runs_at_once() {
    // Rule FA2
    let server = server();
    let factory = SharedInformerFactory::new(&server.client());
    factory.start();
    factory.synced().await.unwrap();
    let late = factory.dynamic(pods(&server));
    factory.synced().await.unwrap();
    assert_eq!(late.store().len(), 1);
}

#[tokio::test]
async fn a_timeout_says_what_was_missing_and_why() {
    // Rules FA3, I22
    let refused = Injected::Status(403, "Forbidden", "");
    let faults = (0..100).flat_map(|_| {
        [
            (Asks::Stream, refused.clone()),
            (Asks::List, refused.clone()),
        ]
    });
    let server = Server::new(State {
        faults: faults.collect(),
        ..State::default()
    });
    let factory = SharedInformerFactory::new(&server.client()).in_namespace("prod");
    let informer = factory.dynamic(pods(&server));
    factory.start();
    until("the refusal", || informer.last_error().is_some()).await;
    let error = factory
        .synced_within(Duration::from_millis(20))
        .await
        .unwrap_err();
    assert!(error.is_not_ready() && error.is_timeout() && !error.is_stopped());
    assert_eq!(error.missing(), ["pods in prod"]);
    assert!(error.to_string().contains("HTTP 403"), "{error}");
    let alone = informer.synced_within(Duration::from_millis(20)).await;
    assert_eq!(alone.unwrap_err().missing(), ["pods"]);
    let waiting = tokio::spawn({
        let factory = factory.clone();
        async move { factory.synced().await }
    });
    factory.stop();
    let error = waiting.await.unwrap().unwrap_err();
    assert!(error.is_not_ready() && error.is_stopped() && !error.is_request());
    assert_eq!(error.missing(), ["pods in prod"]);
}

#[tokio::test]
async fn what_was_stopped_stays_stopped() {
    // Rule FA4
    let server = server();
    let factory = SharedInformerFactory::new(&server.client());
    let informer = factory.dynamic(pods(&server));
    let mut deltas = informer.subscribe();
    let handler = |_: &Delta<Unstructured>| {};
    let registration = informer.add_event_handler_with(handler, HandlerOptions::new().name("h"));
    factory.start();
    factory.synced().await.unwrap();
    factory.shut_down().await;
    assert!(registration.has_ended());
    assert!(deltas.next().await.is_some() && deltas.next().await.is_none());
    until("the end of the watch", || server.state().watches == 0).await;
    factory.start();
    let late = factory.in_namespace("prod").dynamic(pods(&server));
    assert!(informer.is_stopped() && late.is_stopped());
    assert!(late.synced().await.unwrap_err().is_stopped());
    assert_eq!(informer.store().len(), 1, "the last state stays");
}

#[tokio::test]
async fn dropping_a_factory_and_its_informers_ends_every_task() {
    let server = server();
    let factory = SharedInformerFactory::new(&server.client());
    let tasks = || Handle::current().metrics().num_alive_tasks();
    let before = tasks();
    let informers = [
        factory.dynamic(pods(&server)),
        factory.in_namespace("prod").dynamic(pods(&server)),
    ];
    for informer in &informers {
        informer
            .add_event_handler(|_: &Delta<Unstructured>| {})
            .detach();
    }
    factory.start();
    factory.synced().await.unwrap();
    until("two watches", || server.state().watches == 2).await;
    drop(factory);
    assert_eq!(
        server.state().watches,
        2,
        "the informers have handles still"
    );
    drop(informers);
    until("the end of the watches", || server.state().watches == 0).await;
    // What is left belongs to connections that are kept for reuse, and to the server.
    until("the tasks to end", || tasks() <= before + 4).await;
}
