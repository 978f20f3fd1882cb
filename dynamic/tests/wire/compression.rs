//! Answers that are asked for, and come, compressed: of a watch, each event at once.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use futures::{StreamExt, TryStreamExt};
use kubewright::{Api, Client, Config, ListOptions, Result, Unstructured, WatchEvent};

use super::server::{Act, Server, answer, json, pods};

const LIST: &str = r#"{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"a"}}]}"#;

fn event(name: &str) -> String {
    format!(r#"{{"type":"ADDED","object":{{"kind":"Pod","metadata":{{"name":"{name}"}}}}}}"#)
}

/// A gzip member, whole.
fn member(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// A gzip member up to where all of the text can be read, and no further.
fn flushed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.flush().unwrap();
    encoder.get_ref().clone()
}

fn compressed(body: &[u8]) -> Vec<u8> {
    answer("200 OK", &["content-encoding: gzip"], body)
}

/// The same as the beginning of something longer.
fn begun(body: &[u8]) -> Vec<u8> {
    let mut bytes =
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 10000\r\n\r\n".to_vec();
    bytes.extend_from_slice(body);
    bytes
}

async fn names(api: &Api<Unstructured>) -> (Vec<String>, Option<kubewright::Error>) {
    let mut watch = api.watch(&ListOptions::new()).await.unwrap();
    let mut names = Vec::new();
    while let Some(event) = watch.next().await {
        match event {
            Ok(event) => names.extend(name(&event)),
            Err(error) => return (names, Some(error)),
        }
    }
    (names, None)
}

fn name(event: &WatchEvent<Unstructured>) -> Option<String> {
    event.object().map(|object| object.name().to_owned())
}

#[tokio::test]
async fn it_is_asked_for_by_clients_that_want_it() {
    let asks = async |config: fn(Config) -> Config| -> Result<Vec<bool>> {
        let server = Server::playing([json(LIST)]).await;
        let api = pods(&Client::new(&config(server.config()))?);
        api.list(&ListOptions::new()).await?;
        api.watch(&ListOptions::new()).await?;
        let requests = server.requests();
        let asks = |request: &String| request.contains("accept-encoding: gzip\r\n");
        Ok(requests.iter().map(asks).collect())
    };
    assert_eq!(asks(|config| config).await.unwrap(), [false, false]);
    let wanted = asks(|config| config.with_compression(true)).await;
    assert_eq!(wanted.unwrap(), [true, true]);
}

#[tokio::test]
async fn a_list_is_read_whole_and_a_cut_one_is_an_error() {
    let whole = member(LIST);
    let half = &whole[..whole.len() / 2];
    let server = Server::playing([whole.as_slice(), half].map(|body| Act::Say(compressed(body))));
    let api = server.await.pods();
    let list = api.list(&ListOptions::new()).await.unwrap();
    assert_eq!(list.items.len(), 1);
    let error = api.list(&ListOptions::new()).await.unwrap_err();
    assert!(error.is_transport(), "{error}");
    assert!(error.to_string().contains("not valid gzip"), "{error}");
}

#[tokio::test]
async fn an_event_is_there_as_soon_as_its_bytes_are() {
    // The server ends a member behind each event, or only flushes; nothing follows.
    for body in [member(&event("a")), flushed(&event("a"))] {
        let server = Server::playing([Act::Hang(begun(&body))]).await;
        let mut watch = server.pods().watch(&ListOptions::new()).await.unwrap();
        let first = watch.try_next().await.unwrap().unwrap();
        assert_eq!(name(&first).as_deref(), Some("a"));
    }
}

#[tokio::test]
async fn a_watch_may_end_where_a_member_does_and_nowhere_else() {
    let (one, other) = (member(&event("a")), member(&event("b")));
    let whole = [one.as_slice(), &other].concat();
    let cut = &whole[..whole.len() - 4];
    for (body, expected, is_error) in [
        (&[][..], &[][..], false),
        (&one, &["a"], false),
        (&whole, &["a", "b"], false),
        (cut, &["a", "b"], true),
        (&whole[..one.len() + 5], &["a"], true),
    ] {
        let server = Server::playing([Act::Say(compressed(body))]).await;
        let (names, error) = names(&server.pods()).await;
        assert_eq!(names, expected);
        assert_eq!(error.is_some(), is_error, "{error:?}");
    }
}
