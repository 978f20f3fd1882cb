//! Logs: the requests, and the lines as they arrive.

use std::fmt::Display;

use futures::StreamExt;
use kubewright::{Connect, Parameters, Text, Unstructured};

use super::server::{Act, Server, answer};

struct Log;

#[derive(Default)]
struct LogOptions {
    follow: Option<bool>,
    container: Vec<String>,
}

impl Parameters for LogOptions {
    fn each(&self, add: &mut dyn FnMut(&'static str, &dyn Display)) {
        self.follow.iter().for_each(|value| add("follow", value));
        self.container
            .iter()
            .for_each(|value| add("container", value));
    }
}

impl Connect for Log {
    type Parent = Unstructured;
    type Options = LogOptions;
    const NAME: &'static str = "log";
}

impl Text for Log {}

#[tokio::test]
async fn a_log_is_asked_for_with_its_parameters_and_comes_line_by_line() {
    let text = answer("200 OK", &["content-type: text/plain"], "one\ntwo\nend");
    let server = Server::playing([Act::Say(text)]).await;
    let options = LogOptions {
        follow: Some(true),
        container: vec!["a b".to_owned()],
    };
    let lines = server
        .pods()
        .connect(Log, "web", &options)
        .lines()
        .await
        .unwrap();
    let lines: Vec<String> = lines.map(Result::unwrap).collect().await;
    assert_eq!(lines, ["one", "two", "end"]);
    let requests = server.requests();
    assert!(
        requests[0].contains("/pods/web/log?container=a+b&follow=true "),
        "{}",
        requests[0]
    );
    assert!(requests[0].contains("accept: */*"), "{}", requests[0]);
}

#[tokio::test]
async fn a_refusal_is_the_servers_error() {
    let status = r#"{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","message":"no pod","code":404}"#;
    let server = Server::playing([Act::Say(answer("404 Not Found", &[], status))]).await;
    let asked = server.pods().connect(Log, "web", &LogOptions::default());
    let error = asked.lines().await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn a_name_that_can_be_none_is_never_sent() {
    let server = Server::playing([]).await;
    let asked = server.pods().connect(Log, "a/b", &LogOptions::default());
    assert!(asked.text().await.is_err());
    assert!(server.requests().is_empty());
}
