//! Requests through the one door, on scripted exchanges and a clock that jumps.

use std::time::Duration;

use futures::{StreamExt, TryStreamExt};
use http::StatusCode;
use http::header::RETRY_AFTER;
use tokio::time::Instant;

use super::*;
use crate::client::api::Api;
use crate::model::error::Fault;
use crate::model::subresource::LogOptions;
use crate::model::unstructured::Unstructured;
use crate::wire::rest::ListOptions;
use crate::wire::transport::script::{Exchange, Part, Script};

const POD: &str = r#"{"kind":"Pod","metadata":{"name":"web"}}"#;
const LIST: &str = r#"{"kind":"PodList","metadata":{"resourceVersion":"7"},"items":[]}"#;

fn pods(exchanges: impl IntoIterator<Item = Exchange>) -> Api<Unstructured> {
    let mut config = Script::config();
    config.timeout = Some(Duration::from_secs(10));
    let transport = Script::playing(exchanges).transport(&config);
    let client = Client::over(transport, &config);
    client
        .resource(&"v1/pods".parse().unwrap())
        .namespace("prod")
}

fn ok(parts: impl IntoIterator<Item = Part, IntoIter: Send + 'static>) -> Exchange {
    Exchange::parts(StatusCode::OK, parts)
}

fn busy(seconds: &'static str) -> Exchange {
    Exchange::answer(StatusCode::TOO_MANY_REQUESTS, "").header(RETRY_AFTER, seconds)
}

/// One of each family: what all of them have in common is what this module does.
async fn every_way(exchange: impl Fn() -> Exchange) -> Vec<Error> {
    let options = ListOptions::new();
    let log = pods([exchange()])
        .logs("web", &LogOptions::new())
        .text()
        .await;
    let raw = pods([exchange()]);
    let raw = raw.client().raw(http::Request::new(Bytes::new())).await;
    vec![
        pods([exchange()]).get("web").await.unwrap_err(),
        pods([exchange()]).list(&options).await.unwrap_err(),
        log.unwrap_err(),
        raw.map(drop).unwrap_err(),
    ]
}

#[tokio::test(start_paused = true)]
async fn every_refusal_is_read_and_reported_in_one_way() {
    let refused = || Exchange::answer(StatusCode::FORBIDDEN, "not you");
    let mut errors = every_way(refused).await;
    errors.push(
        pods([refused()])
            .watch(&ListOptions::new())
            .await
            .map(drop)
            .unwrap_err(),
    );
    for error in errors {
        assert!(error.is_forbidden(), "{error}");
        assert!(error.to_string().contains("not you"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_failure_says_what_was_asked_whenever_it_comes() {
    let broken_body = || ok([Part::Bytes("{".into()), Part::Break]);
    let broken_refusal = || Exchange::parts(StatusCode::FORBIDDEN, [Part::Break]);
    let asked = [
        "get pods `web`",
        "list pods",
        "connect pods/log `web`",
        "request /",
    ];
    let refused = || Exchange::fails(Fault::Connect);
    for errors in [
        every_way(refused).await,
        every_way(broken_body).await,
        every_way(broken_refusal).await,
    ] {
        for (error, asked) in errors.iter().zip(asked) {
            assert!(error.is_transport(), "{error}");
            let text = error.to_string();
            assert!(text.starts_with(&format!("{asked}: the API")), "{text}");
            assert_eq!(text.matches(asked).count(), 1, "{text}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_read_no_further_than_a_status_can_be() {
    let endless =
        futures::stream::repeat(()).map(|()| Part::Bytes(Bytes::from(vec![b' '; 1 << 16])));
    let refused = Exchange::streaming(StatusCode::FORBIDDEN, endless);
    assert!(pods([refused]).get("web").await.unwrap_err().is_forbidden());
}

#[tokio::test(start_paused = true)]
async fn a_server_that_asks_for_patience_gets_as_much_as_there_is() {
    // Rules R1, R5, R9
    let begin = Instant::now();
    let pod = pods([busy("2"), busy("3"), Exchange::answer(StatusCode::OK, POD)]);
    assert_eq!(pod.get("web").await.unwrap().name(), "web");
    assert_eq!(begin.elapsed(), Duration::from_secs(5));
    let begin = Instant::now();
    let error = pods([busy("6"), busy("6")]).get("web").await.unwrap_err();
    assert!(error.is_too_many_requests(), "{error}");
    assert_eq!(
        begin.elapsed(),
        Duration::from_secs(6),
        "6 more are too many"
    );
}

#[tokio::test(start_paused = true)]
async fn one_deadline_is_for_the_head_the_body_and_every_attempt() {
    // Rule R9
    let late = |seconds| Exchange::answer(StatusCode::OK, POD).after(Duration::from_secs(seconds));
    let slow = || Part::Pause(Duration::from_secs(6));
    for exchanges in [
        vec![Exchange::silence()],
        vec![late(11)],
        vec![busy("5"), late(6)],
        vec![ok([slow(), Part::Bytes("{".into()), slow()])],
        vec![ok([Part::Bytes("{".into()), Part::Silence])],
        vec![Exchange::parts(StatusCode::FORBIDDEN, [Part::Silence])],
    ] {
        let begin = Instant::now();
        let error = pods(exchanges).get("web").await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert_eq!(begin.elapsed(), Duration::from_secs(10));
    }
    let begin = Instant::now();
    let list = [ok([slow(), Part::Bytes(LIST.into())])];
    assert!(pods(list).list(&ListOptions::new()).await.is_ok());
    assert_eq!(begin.elapsed(), Duration::from_secs(6));
}

#[tokio::test(start_paused = true)]
async fn a_watch_must_begin_in_time_and_may_last() {
    // Rule R10
    let options = ListOptions::new();
    let error = pods([Exchange::silence()]).watch(&options).await.map(drop);
    assert!(error.unwrap_err().is_timeout());
    let event = r#"{"type":"DELETED","object":{"kind":"Pod","metadata":{"name":"web"}}}"#;
    let day = Part::Pause(Duration::from_secs(24 * 3600));
    let mut watch = pods([ok([day, Part::Bytes(event.into())])])
        .watch(&options)
        .await
        .unwrap();
    assert!(watch.try_next().await.unwrap().is_some());
}

#[tokio::test(start_paused = true)]
async fn a_log_may_hold_what_elsewhere_is_a_refusal() {
    let logged = r#"{"kind":"Status","apiVersion":"v1","status":"Failure","code":403}"#;
    let answered = || Exchange::answer(StatusCode::OK, logged);
    let log = pods([answered()])
        .logs("web", &LogOptions::new())
        .text()
        .await;
    assert_eq!(log.unwrap(), logged);
    assert!(
        pods([answered()])
            .get("web")
            .await
            .unwrap_err()
            .is_forbidden()
    );
}
