//! A watch, frame by frame, and all the ways it can end (rules E1, W1 to W7, R10).

use std::time::Duration;

use futures::TryStreamExt;
use futures::stream::StreamExt;
use kubewright::{
    Api, Error, ListOptions, PartialObjectMetadata, Unstructured, WatchDecoder, WatchEvent,
};

use super::server::{Act, Server, answer, json, open_head, pods};

const ADDED: &str = r#"{"type":"ADDED","object":{"kind":"Pod","metadata":{"name":"a","resourceVersion":"1","annotations":{"x":"\"}\\ é😀"}}}}"#;
const DELETED: &str =
    r#"{"type":"DELETED","object":{"kind":"Pod","metadata":{"name":"a","resourceVersion":"2"}}}"#;

/// All that a watch gives: what each event is, and the error that ended it.
async fn seen(act: Act) -> (Vec<String>, Vec<Error>) {
    let server = Server::playing([act]).await;
    seen_of(server.pods()).await
}

async fn seen_of<K: kubewright::Object + kubewright::verbs::Watch>(
    api: Api<K>,
) -> (Vec<String>, Vec<Error>) {
    let mut watch = api.watch(&ListOptions::new()).await.unwrap();
    let (mut events, mut errors) = (Vec::new(), Vec::new());
    while let Some(event) = watch.next().await {
        match event {
            Ok(event) => events.push(described(&event)),
            Err(error) => errors.push(error),
        }
    }
    (events, errors)
}

fn described<K: kubewright::Object>(event: &WatchEvent<K>) -> String {
    match event {
        WatchEvent::Added(object) => format!("+{}", object.name()),
        WatchEvent::Modified(object) => format!("~{}", object.name()),
        WatchEvent::Deleted(object) => format!("-{}", object.name()),
        WatchEvent::Bookmark(bookmark) => format!("@{}", bookmark.resource_version),
    }
}

fn stream(body: impl AsRef<[u8]>) -> Vec<u8> {
    let mut bytes = open_head("200 OK");
    bytes.extend_from_slice(body.as_ref());
    bytes
}

fn chunked(pieces: &[&[u8]]) -> Vec<u8> {
    let mut bytes = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for piece in pieces {
        bytes.extend(format!("{:x}\r\n", piece.len()).bytes());
        bytes.extend_from_slice(piece);
        bytes.extend(b"\r\n");
    }
    bytes
}

#[tokio::test]
async fn frames_may_be_cut_anywhere() {
    // Rule W1
    let text = format!("{ADDED}\n{DELETED}");
    let mut bytes = chunked(&text.as_bytes().chunks(1).collect::<Vec<_>>());
    bytes.extend(b"0\r\n\r\n");
    let (events, errors) = seen(Act::Say(bytes)).await;
    assert_eq!(events, ["+a", "-a"]);
    assert!(errors.is_empty());
    for cut in 0..=text.len() {
        let mut decoder = WatchDecoder::new();
        let mut frames = Vec::new();
        for part in [&text.as_bytes()[..cut], &text.as_bytes()[cut..]] {
            decoder.push(part);
            frames.extend(std::iter::from_fn(|| decoder.next_frame()).map(Result::unwrap));
        }
        assert_eq!(frames, [ADDED, DELETED], "cut at {cut}");
    }
}

#[tokio::test]
async fn frames_arrive_as_they_are_sent() {
    // Rule W5: an event is not held back until the next one.
    let pieces = vec![stream(ADDED), DELETED.into()];
    let server = Server::playing([Act::Slowly(pieces, Duration::from_secs(3600))]).await;
    let mut watch = server.pods().watch(&ListOptions::new()).await.unwrap();
    let first = watch.try_next().await.unwrap().unwrap();
    assert_eq!(described(&first), "+a");
}

#[tokio::test]
async fn every_sudden_end_is_quiet() {
    // Rules W3, W6
    for body in ["", ADDED, &ADDED[..ADDED.len() - 1], &ADDED[..1], "\n\n"] {
        let expected: &[&str] = if body == ADDED { &["+a"] } else { &[] };
        for act in [
            Act::Say(stream(body)),
            Act::Say(chunked(&[body.as_bytes()][usize::from(body.is_empty())..])),
            Act::Say(answer("200 OK", &[], body)),
        ] {
            let (events, errors) = seen(act).await;
            assert_eq!(events, expected, "{body}");
            assert!(errors.is_empty(), "{body}: {errors:?}");
        }
    }
    let text = format!("{ADDED}{}", &DELETED[..20]);
    let (_, errors) = seen(Act::Reset(stream(&text))).await;
    assert!(errors.is_empty(), "{errors:?}");
}

#[tokio::test]
async fn garbage_is_one_error_and_the_end() {
    // Rule W2
    for (garbage, said) in [
        ("<html>", "not a JSON object"),
        ("{\"type\":\"ADDED\",}", "a watch frame is broken"),
        ("{\"type\":\"NEW\",\"object\":{}}", "unknown type `NEW`"),
        ("{\"object\":{}}", "unknown type"),
        ("{\"type\":\"ADDED\"}", "no object"),
        (
            "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{}}}",
            "no resourceVersion",
        ),
    ] {
        let (events, errors) = seen(Act::Say(stream(format!("{ADDED}{garbage}{DELETED}")))).await;
        assert_eq!(events, ["+a"], "{garbage}");
        assert_eq!(errors.len(), 1, "{garbage}");
        assert!(errors[0].is_decode(), "{garbage}");
        assert!(format!("{:#}", errors[0]).contains(said), "{errors:?}");
    }
    let (_, errors) = seen(Act::Say(stream(b"{\"type\":\"\xff\",\"object\":{}}"))).await;
    assert!(errors[0].to_string().contains("UTF-8"), "{errors:?}");
}

#[tokio::test]
async fn a_frame_without_end_is_given_up() {
    // Rule W4
    let head = stream("{\"type\":\"ADDED\",\"object\":{\"a\":\"");
    let (events, errors) = seen(Act::Flood(head, vec![b'x'; 1 << 16])).await;
    assert!(events.is_empty());
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0].to_string().contains("larger than 16777216 bytes"),
        "{}",
        errors[0]
    );
}

#[tokio::test]
async fn an_object_of_another_shape_is_named_and_passed_by() {
    let odd = r#"{"type":"MODIFIED","object":{"kind":"Pod","metadata":{"name":"odd","resourceVersion":"7","labels":[]}}}"#;
    let server = Server::playing([Act::Say(stream(format!("{ADDED}{odd}{DELETED}")))]).await;
    let resource = server.pods().api_resource().clone();
    let api = server.client().typed::<PartialObjectMetadata>(resource);
    let (events, errors) = seen_of(api).await;
    assert_eq!(events, ["+a", "-a"]);
    assert_eq!(errors.len(), 1);
    let text = errors[0].to_string();
    assert!(
        text.starts_with("watched object Pod odd at version 7: metadata.labels"),
        "{text}"
    );
}

#[tokio::test]
async fn the_servers_error_ends_the_stream() {
    // Rule W7
    let expired = r#"{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 1 (9)","reason":"Expired","code":410}}"#;
    let (events, errors) = seen(Act::Say(stream(format!("{ADDED}{expired}{DELETED}")))).await;
    assert_eq!(events, ["+a"]);
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0].is_expired() && errors[0].code() == Some(410),
        "{}",
        errors[0]
    );
}

#[tokio::test]
async fn a_refused_watch_is_one_error_however_its_body_is_printed() {
    // Rules E1, E2
    let body = r#"{
  "kind": "Status",
  "apiVersion": "v1",
  "metadata": {},
  "status": "Failure",
  "message": "pods is forbidden",
  "reason": "Forbidden",
  "code": 403
}
"#;
    let server = Server::playing([Act::Say(answer("403 Forbidden", &[], body))]).await;
    let error = server.pods().watch(&ListOptions::new()).await.unwrap_err();
    assert!(error.is_forbidden());
    assert_eq!(error.to_string(), "pods is forbidden (Forbidden, HTTP 403)");
}

#[tokio::test]
async fn only_200_is_a_watch() {
    // Rule E1
    for status in ["206 Partial Content", "204 No Content", "302 Found"] {
        let server = Server::playing([Act::Say(answer(status, &[], ""))]).await;
        let error = server.pods().watch(&ListOptions::new()).await.unwrap_err();
        assert!(error.to_string().contains(&status[..3]), "{error}");
    }
}

#[tokio::test]
async fn the_timeout_of_requests_is_not_one_of_watches() {
    // Rule R10
    let timeout = Duration::from_millis(400);
    let act = Act::Slowly(vec![stream(ADDED), DELETED.into()], 4 * timeout);
    let server = Server::playing([act]).await;
    let config = server.config().with_timeout(timeout);
    let watched = pods(&config.connect().await.unwrap());
    let (events, errors) = seen_of(watched).await;
    assert_eq!(events, ["+a", "-a"]);
    assert!(errors.is_empty(), "{errors:?}");
}

#[tokio::test]
async fn a_watch_that_is_dropped_lets_go_of_its_connection() {
    // Rule W5
    let (sent, received) = tokio::sync::oneshot::channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (mut stream, _) = listener.accept().await.unwrap();
        super::server::read_request(&mut stream).await.unwrap();
        stream.write_all(&open_head("200 OK")).await.unwrap();
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest).await;
        sent.send(()).unwrap();
    });
    let client = kubewright::Config::new(&url)
        .unwrap()
        .connect()
        .await
        .unwrap();
    let watch = pods(&client).watch(&ListOptions::new()).await.unwrap();
    drop(watch);
    tokio::time::timeout(Duration::from_secs(10), received)
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn the_types_of_a_watch_are_the_callers() {
    let server = Server::playing([json(ADDED)]).await;
    let watch = server.pods().watch(&ListOptions::new()).await.unwrap();
    let events: Vec<WatchEvent<Unstructured>> = watch.try_collect().await.unwrap();
    assert_eq!(
        events[0].object().unwrap()["metadata"]["annotations"]["x"],
        "\"}\\ é😀"
    );
}
