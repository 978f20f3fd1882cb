//! Faults that a test injects.

use bytes::Bytes;
use h2::Reason;
use kubewright_envtest::Embedded;
use kubewright_envtest::embedded::Fault;

use crate::client::{Connection, eventually, is_silent};

async fn start() -> (Embedded, Connection) {
    let server = Embedded::builder().tls().start().await.unwrap();
    let connection = Connection::to(&server).await;
    (server, connection)
}

#[tokio::test]
async fn a_refused_stream_was_not_carried_out() {
    let (server, mut connection) = start().await;
    server.inject(Fault::refused_stream().method("POST").times(2));
    connection.get("/version").await.unwrap();
    for _ in 0..2 {
        let error = connection.create("a").await.unwrap_err();
        assert!(error.is_reset() && error.is_remote());
        assert_eq!(error.reason(), Some(Reason::REFUSED_STREAM));
    }
    assert_eq!(connection.create("a").await.unwrap().status(), 201);
    assert_eq!(server.requests("create").asked, 1);
}

#[tokio::test]
async fn a_stream_can_be_reset_after_it_was_carried_out() {
    let (server, mut connection) = start().await;
    server.inject(Fault::reset_stream(2).after_it_was_carried_out());
    let error = connection.create("a").await.unwrap_err();
    assert_eq!(error.reason(), Some(Reason::INTERNAL_ERROR));
    assert_eq!(server.requests("create").carried_out, 1);
    assert_eq!(connection.create("a").await.unwrap().status(), 409);
}

#[tokio::test]
async fn a_stalled_request_keeps_the_window_of_its_body_shut() {
    let (server, mut connection) = start().await;
    server.inject(Fault::stall().method("POST"));
    let body = Bytes::from(vec![b' '; 1024 * 1024]);
    let answer = connection.send("POST", "/api/v1/namespaces", body).await;
    assert!(is_silent(answer.unwrap()).await);
    // The others of the connection are served.
    connection.get("/version").await.unwrap();
    assert_eq!(server.requests("create").asked, 0);
}

#[tokio::test]
async fn a_stalled_answer_has_a_head_alone() {
    let (server, mut connection) = start().await;
    server.inject(Fault::stalled_answer());
    let answer = connection.get("/version").await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(is_silent(answer.into_body().data()).await);
}

#[tokio::test]
async fn a_black_hole_answers_nothing_and_closes_nothing() {
    let (server, mut connection) = start().await;
    let mut other = Connection::to(&server).await;
    server.inject(Fault::black_hole().path("/api/"));
    assert!(is_silent(connection.create("a")).await);
    assert!(is_silent(connection.get("/version")).await);
    other.get("/version").await.unwrap();
    assert_eq!(
        (server.connections_open(), server.requests("create").asked),
        (2, 0)
    );

    server.black_hole();
    assert!(is_silent(other.get("/version")).await);
    server.close_connections();
    eventually("all connections are closed", || {
        server.connections_open() == 0
    })
    .await;
}

#[tokio::test]
async fn a_connection_closes_before_or_after_the_request_is_carried_out() {
    let (server, mut connection) = start().await;
    server.inject(Fault::closed_connection());
    connection.create("a").await.unwrap_err();
    assert_eq!(server.requests("create").asked, 0);
    let mut connection = Connection::to(&server).await;
    server.inject(Fault::closed_connection().after_it_was_carried_out());
    connection.create("a").await.unwrap_err();
    assert_eq!(server.requests("create").carried_out, 1);
}

#[tokio::test]
async fn a_status_replaces_the_answer() {
    let (server, mut connection) = start().await;
    server.inject(Fault::status(503));
    assert_eq!(connection.get("/version").await.unwrap().status(), 503);
    assert_eq!(connection.get("/version").await.unwrap().status(), 200);
}
