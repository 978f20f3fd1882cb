//! GOAWAY as Go's server sends it.

use h2::Reason;
use kubewright_envtest::Embedded;

use crate::client::{Connection, eventually};

const WATCH: &str = "/api/v1/configmaps?watch=1";

#[tokio::test]
async fn the_request_that_draws_goaway_is_served_and_the_connection_ends() {
    let server = Embedded::builder().tls().goaway_chance(1.0);
    let server = server.start().await.unwrap();
    let mut connection = Connection::to(&server).await;
    let answer = connection.create("a").await.unwrap();
    assert_eq!(answer.status(), 201);
    drop(answer);
    connection.closed().await.unwrap();
    eventually("the connection is gone", || server.connections_open() == 0).await;
}

#[tokio::test]
async fn streams_that_are_open_go_on_and_new_ones_are_not_begun() {
    let server = Embedded::builder().tls().start().await.unwrap();
    let mut connection = Connection::to(&server).await;
    let mut watch = connection.get(WATCH).await.unwrap().into_body();
    server.send_goaway();
    let mut refused = connection.get("/version").await;
    while refused.is_ok() {
        refused = connection.get("/version").await;
    }
    let error = refused.unwrap_err();
    assert!(error.is_go_away() && error.is_remote(), "{error:?}");
    assert_eq!(error.reason(), Some(Reason::NO_ERROR));

    let mut other = Connection::to(&server).await;
    other.create("a").await.unwrap();
    let event = watch.data().await.unwrap().unwrap();
    assert!(event.starts_with(br#"{"type":"ADDED""#), "{event:?}");
    drop(watch);
    connection.closed().await.unwrap();
}

#[tokio::test]
async fn nothing_is_carried_out_beyond_the_last_stream() {
    let server = Embedded::builder().tls().goaway_chance(0.2);
    let server = server.start().await.unwrap();
    let (mut made, mut refused) = (0, 0);
    for round in 0..40 {
        let mut connection = Connection::to(&server).await;
        let mut answers = Vec::new();
        for at in 0..5 {
            let body = format!(
                r#"{{"apiVersion":"v1","kind":"ConfigMap","metadata":{{"name":"m{round}-{at}"}}}}"#
            );
            let path = "/api/v1/namespaces/default/configmaps";
            answers.push(connection.send("POST", path, body.into()).await);
        }
        for answer in answers {
            let answer = match answer {
                Ok(answer) => answer.await,
                Err(error) => Err(error),
            };
            match answer {
                Ok(answer) => made += usize::from(answer.status() == 201),
                Err(error) => {
                    assert!(error.is_go_away(), "{error:?}");
                    refused += 1;
                }
            }
        }
    }
    assert_eq!(made + refused, 200);
    assert_eq!(server.requests("create").carried_out, made);
}
