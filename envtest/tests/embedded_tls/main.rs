//! The embedded server over TLS, as raw clients of HTTP/1.1 and HTTP/2 see it: protocols, GOAWAY,
//! credentials and their rotation, faults.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic is how a test fails"
)]

mod client;
mod credentials;
mod faults;
mod goaway;

use client::Client;
use kubewright_envtest::Embedded;

#[tokio::test]
async fn both_protocols_are_offered_and_http2_is_preferred() {
    let server = Embedded::builder().tls().start().await.unwrap();
    let both = Client::to(&server, &["h2", "http/1.1"]);
    let old = Client::to(&server, &["http/1.1"]);
    assert_eq!(both.version_of_protocol().await, http::Version::HTTP_2);
    assert_eq!(old.version_of_protocol().await, http::Version::HTTP_11);

    let server = Embedded::builder()
        .tls()
        .http2(false)
        .start()
        .await
        .unwrap();
    let both = Client::to(&server, &["h2", "http/1.1"]);
    assert_eq!(both.version_of_protocol().await, http::Version::HTTP_11);
}

#[tokio::test]
async fn a_connection_has_as_many_streams_as_was_chosen() {
    for streams in [100, 7] {
        let server = Embedded::builder().tls().http2_streams(streams);
        let server = server.start().await.unwrap();
        let mut connection = client::Connection::to(&server).await;
        connection.get("/version").await.unwrap();
        assert_eq!(connection.most_streams(), streams as usize);
    }
}

#[tokio::test]
async fn connections_are_counted() {
    let server = Embedded::builder().tls().start().await.unwrap();
    let mut first = client::Connection::to(&server).await;
    let mut second = client::Connection::to(&server).await;
    first.get("/version").await.unwrap();
    second.get("/version").await.unwrap();
    assert_eq!(
        (server.connections_opened(), server.connections_open()),
        (2, 2)
    );
    drop(first);
    client::eventually("one connection is left", || server.connections_open() == 1).await;
    assert_eq!(server.connections_opened(), 2);
}

#[tokio::test]
async fn the_kubeconfig_is_enough_to_connect() {
    let server = Embedded::builder()
        .tls()
        .authentication()
        .start()
        .await
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kubeconfig");
    server.write_kubeconfig(&file).unwrap();
    let config = kubewright::Config::from_kubeconfig_file(&file).unwrap();
    config.connect().await.unwrap().version().await.unwrap();
}
