//! Retries, as a server sees them (rules R1 to R5, R9).

use std::time::{Duration, Instant};

use kubewright::{ListOptions, Patch};
use serde_json::json;

use super::server::{Act, Server, answer, json, pod};

const POD: &str = r#"{"kind":"Pod","metadata":{"name":"web"}}"#;

fn busy(status: &str, headers: &[&str]) -> Act {
    Act::Say(answer(status, headers, ""))
}

#[tokio::test]
async fn patience_is_asked_for_and_given_to_every_verb() {
    // Rules R1, R2: a 429 was not begun.
    let server = Server::playing([
        busy("429 Too Many Requests", &["retry-after: 0"]),
        json(POD),
    ])
    .await;
    server.pods().create(&pod("web")).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    // Rule R4: the body is sent again in full.
    assert_eq!(requests[0], requests[1]);
    assert!(requests[0].starts_with("POST ") && requests[0].ends_with(r#""spec":{}}"#));
}

#[tokio::test]
async fn the_wait_is_as_long_as_asked() {
    // Rule R5
    let server = Server::playing([
        busy("429 Too Many Requests", &["retry-after: 1"]),
        json(POD),
    ])
    .await;
    let start = Instant::now();
    server.pods().get("web").await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn a_broken_server_is_asked_again_only_what_may_be_asked_twice() {
    // Rules R1, R2
    let script = || {
        [
            busy("503 Service Unavailable", &["retry-after: 0"]),
            json(POD),
        ]
    };
    let server = Server::playing(script()).await;
    server.pods().get("web").await.unwrap();
    assert_eq!(server.requests().len(), 2);

    let server = Server::playing(script()).await;
    server.pods().delete("web").await.unwrap();
    assert_eq!(server.requests().len(), 2);

    let server = Server::playing(script()).await;
    let error = server.pods().create(&pod("web")).await.unwrap_err();
    assert_eq!((error.code(), server.requests().len()), (Some(503), 1));

    let server = Server::playing(script()).await;
    let patch = Patch::merge(json!({}));
    let error = server.pods().patch("web", &patch).await.unwrap_err();
    assert_eq!((error.code(), server.requests().len()), (Some(503), 1));
}

#[tokio::test]
async fn answers_without_a_usable_retry_after_are_not_retried() {
    // Rule R1
    for (status, headers) in [
        ("429 Too Many Requests", &[][..]),
        ("503 Service Unavailable", &[]),
        (
            "429 Too Many Requests",
            &["retry-after: Fri, 31 Dec 1999 23:59:59 GMT"],
        ),
        ("429 Too Many Requests", &["retry-after: 1.5"]),
        ("429 Too Many Requests", &["retry-after: -1"]),
        ("429 Too Many Requests", &["retry-after: 86400"]),
        ("302 Found", &["retry-after: 0", "location: /elsewhere"]),
        ("404 Not Found", &["retry-after: 0"]),
    ] {
        let server = Server::playing([busy(status, headers), json(POD)]).await;
        let error = server.pods().get("web").await.unwrap_err();
        assert!(status.starts_with(&error.code().unwrap().to_string()));
        assert_eq!(server.requests().len(), 1, "{status} {headers:?}");
    }
}

#[tokio::test]
async fn eleven_attempts_are_enough() {
    // Rule R3: the last answer is the error.
    let server = Server::playing([busy("429 Too Many Requests", &["retry-after: 0"])]).await;
    let error = server.pods().get("web").await.unwrap_err();
    assert!(error.is_too_many_requests());
    assert_eq!(server.requests().len(), 11);
}

#[tokio::test]
async fn a_connection_that_breaks_before_the_answer_is_tried_again_for_reads() {
    // Rules R2, R3
    for broken in [Act::Reset(Vec::new()), Act::Say(Vec::new())] {
        let server = Server::playing([broken.clone(), json(POD)]).await;
        server.pods().get("web").await.unwrap();
        assert_eq!(server.requests().len(), 2);

        let server = Server::playing([broken, json(POD)]).await;
        let error = server.pods().create(&pod("web")).await.unwrap_err();
        assert!(error.is_transport() && !error.is_connect() && !error.is_timeout());
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_server_that_does_not_speak_http_is_not_asked_again() {
    let server = Server::playing([Act::Say(b"SSH-2.0-OpenSSH_9.9\r\n".to_vec())]).await;
    let error = server.pods().get("web").await.unwrap_err();
    assert!(error.is_transport() && !error.is_connect(), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_closed_port_is_reported_at_once() {
    // Rule R2
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let config = kubewright::Config::new(&address.to_string()).unwrap();
    let client = config.connect().await.unwrap();
    let start = Instant::now();
    let error = super::server::pods(&client).get("web").await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert!(error.to_string().starts_with("get pods `web`: "), "{error}");
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn the_timeout_holds_for_all_attempts_together() {
    // Rule R9
    let server = Server::playing([busy("429 Too Many Requests", &["retry-after: 1"])]).await;
    let config = server.config().with_timeout(Duration::from_millis(1500));
    let client = config.connect().await.unwrap();
    let start = Instant::now();
    let error = super::server::pods(&client).get("web").await.unwrap_err();
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
    // A wait that would outlast the timeout is not begun: what the server said is known.
    assert!(error.is_too_many_requests(), "{error}");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_watch_is_opened_with_the_same_patience() {
    // Rule R2
    let server =
        Server::playing([busy("429 Too Many Requests", &["retry-after: 0"]), json("")]).await;
    let watch = server.pods().watch(&ListOptions::new()).await;
    drop(watch.unwrap());
    assert_eq!(server.requests().len(), 2);
}
