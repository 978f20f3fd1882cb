//! Snapshots that are compared with a list of the same version (rule F16).

use kubewright::Unstructured;
use kubewright::cache::{SharedInformer, Transform};

use super::server::impatient;
use super::server::{Asks, BROKEN, EXPIRED, Injected, Server, State, until};

fn server(faults: Vec<(Asks, Injected)>) -> Server {
    let mut state = State {
        faults,
        ..State::default()
    };
    state.collection.put("a");
    state.collection.put("b");
    Server::new(state)
}

fn informer(server: &Server) -> SharedInformer<Unstructured> {
    let builder = SharedInformer::builder(server.pods()).backoff(impatient());
    let transform = Transform::new()
        .cut_managed_fields()
        .change(|pod: &mut Unstructured| pod.set_path("/seen", true).unwrap());
    builder.transform(transform).check_consistency(true).build()
}

const GHOST: &str =
    r#"{"metadata":{"name":"ghost","namespace":"prod","uid":"9","resourceVersion":"1"}}"#;

#[tokio::test]
async fn a_snapshot_that_a_list_confirms_is_not_reported_and_a_failed_list_is_repeated() {
    let server = server(vec![(Asks::List, BROKEN)]);
    let informer = informer(&server);
    informer.start();
    informer.synced().await.unwrap();
    until("a second list", || server.state().requests.len() == 3).await;
    assert_eq!(server.state().requests, ["stream", "list 2", "list 2"]);
    // It goes on as if nothing had been asked, and on the same stream.
    server.write(|collection| collection.put("c"));
    until("the change", || informer.store().len() == 3).await;
    let told = informer.last_error().unwrap().to_string();
    assert!(told.contains("500"), "the list alone failed: {told}");
    assert_eq!(server.state().requests.len(), 3);
}

#[tokio::test]
async fn a_snapshot_that_a_list_contradicts_is_reported_and_kept() {
    let other = r#"{"metadata":{"name":"a","namespace":"prod","uid":"1","resourceVersion":"1","labels":{"third":"9"}}}"#;
    for (fault, said) in [
        (
            Injected::Item(GHOST.to_owned()),
            "`prod/ghost` is only in the list",
        ),
        (Injected::Item(other.to_owned()), "`prod/a` differs"),
        (
            Injected::Body(
                r#"{"kind":"PodList","metadata":{"resourceVersion":"2"},"items":[]}"#.to_owned(),
            ),
            "`prod/b` is only in the stream",
        ),
    ] {
        let server = server(vec![(Asks::List, fault)]);
        let informer = informer(&server);
        let mut errors = informer.errors();
        informer.start();
        let told = errors.recv().await.unwrap().to_string();
        assert!(
            told.contains(said) && told.contains("pods at version 2"),
            "{told}"
        );
        server.write(|collection| collection.put("c"));
        until("the change", || informer.store().len() == 3).await;
        assert_eq!(server.state().requests, ["stream", "list 2"]);
    }
}

#[tokio::test]
async fn a_version_that_the_server_has_forgotten_is_not_compared() {
    let server = server(vec![(Asks::List, EXPIRED)]);
    let informer = informer(&server);
    informer.start();
    informer.synced().await.unwrap();
    server.write(|collection| collection.put("c"));
    until("the change", || informer.store().len() == 3).await;
    assert_eq!(server.state().requests, ["stream", "list 2"]);
    assert!(informer.last_error().is_none());
}

#[tokio::test]
async fn lists_are_not_compared_unless_the_check_is_on() {
    let server = server(vec![(Asks::Stream, super::server::INVALID)]);
    // A list needs no second one.
    let informer = informer(&server);
    informer.start();
    informer.synced().await.unwrap();
    until("the watch", || server.state().watches == 1).await;
    assert_eq!(
        server.state().requests,
        ["stream", "list 0 limit=500", "watch 2"]
    );
}
