//! Objects of a cache that a reader opened: closed once nobody holds them.

use super::model::State;
use super::server::{Server, until};
use crate::cache::SharedInformer;
use crate::model::object::Object;

#[tokio::test(start_paused = true)]
async fn a_bookmark_closes_what_was_opened_and_is_not_held() {
    let mut state = State::default();
    for name in ["a", "b", "c"] {
        state.collection.put(name);
    }
    let server = Server::new(state);
    let informer = SharedInformer::from(server.pods());
    informer.start();
    informer.synced().await.unwrap();
    let open = || {
        let all = informer.store().list();
        all.iter().filter(|pod| pod.is_open()).count()
    };
    let held = informer.store().find("prod", "a").unwrap();
    for pod in informer.store().list() {
        let read = pod.path::<String>("/metadata/name").unwrap();
        assert_eq!(read.as_deref(), pod.open()["metadata"]["name"].as_str());
    }
    assert_eq!(open(), 0, "neither path nor open keeps anything");
    for pod in informer.store().list() {
        assert_eq!(pod["metadata"]["name"], pod.name());
    }
    assert_eq!(open(), 3);
    server.bookmark();
    until("the close", || open() == 1).await;
    assert!(held.is_open(), "what is held stays as it is");
    drop(held);
    server.bookmark();
    until("the close", || open() == 0).await;
    assert_eq!(informer.store().len(), 3);
}
