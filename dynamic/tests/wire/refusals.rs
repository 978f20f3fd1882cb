//! Things that the client refuses: to follow, to leak, to wait for ever, to leave its place.

use std::time::Duration;

use bytes::Bytes;
use kubewright::ListOptions;

use super::server::{Act, Server, answer, json, pod, pods};

#[tokio::test]
async fn a_redirect_is_an_error_and_not_followed() {
    let elsewhere = Server::playing([json("{}")]).await;
    let location = format!("location: {}/", elsewhere.url);
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "307 Temporary Redirect",
    ] {
        let server = Server::playing([Act::Say(answer(status, &[&location], ""))]).await;
        let error = server.pods().get("web").await.unwrap_err();
        assert_eq!(
            error.code().map(|code| code.to_string()),
            Some(status[..3].to_owned())
        );
        assert_eq!(server.requests().len(), 1);
    }
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn a_token_never_leaves_in_the_clear() {
    // Rule C6
    let server = Server::playing([Act::Say(answer("401 Unauthorized", &[], ""))]).await;
    let config = server.config().with_token("hunter2");
    let client = config.connect().await.unwrap();
    let error = pods(&client).get("web").await.unwrap_err();
    assert!(error.is_unauthorized());
    assert!(!format!("{error} {error:?} {client:?} {config:?}").contains("hunter2"));
    let requests = server.requests();
    assert!(!requests[0].contains("authorization") && !requests[0].contains("hunter2"));
}

#[tokio::test]
async fn an_answer_that_never_comes_is_given_up() {
    for act in [
        Act::Hang(Vec::new()),
        Act::Hang(b"HTTP/1.1 200 OK\r\ncontent-type: ".to_vec()),
        Act::Hang(b"HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n{".to_vec()),
    ] {
        let server = Server::playing([act]).await;
        let config = server.config().with_timeout(Duration::from_millis(500));
        let client = config.connect().await.unwrap();
        let error = pods(&client).get("web").await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
        // Rule R2: a timeout is not tried again.
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_watch_that_does_not_open_is_given_up() {
    let server = Server::playing([Act::Hang(b"HTTP/1.1 200 OK\r\n".to_vec())]).await;
    let config = server.config().with_timeout(Duration::from_millis(500));
    let client = config.connect().await.unwrap();
    let error = pods(&client).watch(&ListOptions::new()).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn headers_without_end_are_an_error() {
    let head = b"HTTP/1.1 200 OK\r\n".to_vec();
    let server = Server::playing([Act::Flood(head, b"x: y\r\n".repeat(1000))]).await;
    let error = server.pods().get("web").await.unwrap_err();
    assert!(error.is_transport(), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_asked_is_not_sent() {
    // Rules U5, U8, U16
    let server = Server::playing([json("{}")]).await;
    let pods = server.pods();
    let mut read = pod("web");
    read["metadata"]["managedFields"] = serde_json::json!([{"manager": "kubectl"}]);
    for error in [
        pods.get("").await.unwrap_err(),
        pods.get("..").await.unwrap_err(),
        pods.get("a/b").await.unwrap_err(),
        pods.get("a%2fb").await.unwrap_err(),
        pods.clone().namespace("..").get("web").await.unwrap_err(),
        pods.clone()
            .namespace("")
            .list(&ListOptions::new())
            .await
            .unwrap_err(),
        pods.replace(&pod("")).await.unwrap_err(),
        pods.delete("").await.unwrap_err(),
        pods.apply("", &pod("web")).await.unwrap_err(),
        pods.apply("tool", &pod("")).await.unwrap_err(),
        pods.apply("tool", &read).await.unwrap_err(),
    ] {
        assert!(error.is_request(), "{error}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn no_path_climbs_out_of_its_place() {
    // Rules U3, U8: what a URL parser would clean away must not have been said.
    let server = Server::playing([json("{}")]).await;
    let config = kubewright::Config::new(&format!("{}/prefix", server.url)).unwrap();
    let client = config.connect().await.unwrap();
    for path in [
        "/../secret",
        "/a/../../secret",
        "/%2e%2e/secret",
        "/.%2E/secret",
        "/a/%2e",
        "/a\\..\\..\\secret",
        "version",
        "http://elsewhere/version",
    ] {
        let error = client.text(path).await.unwrap_err();
        assert!(error.is_request(), "{path}: {error}");
        if let Ok(request) = http::Request::get(path).body(Bytes::new()) {
            let error = client.raw(request).await.unwrap_err();
            assert!(error.is_request(), "{path}: {error}");
        }
    }
    assert!(client.text("/.\t./secret").await.unwrap_err().is_request());
    assert!(server.requests().is_empty());
    client.text("/a..b/...").await.unwrap();
    assert!(server.requests()[0].starts_with("GET /prefix/a..b/... "));
}
