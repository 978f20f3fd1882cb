//! Credentials on their way to a scripted server, which rejects some.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures::future::join_all;
use http::{Method, StatusCode};
use parking_lot::Mutex;
use secrecy::SecretString;

use super::*;
use crate::wire::credential::{CredentialProvider, ProviderError};
use crate::wire::transport::script::{Exchange, Script};
use crate::wire::transport::{Lifetime, Transport};

/// Tokens from a list, the last one for ever.
struct Tokens {
    left: Mutex<Vec<&'static str>>,
    asked: Arc<AtomicUsize>,
}

impl CredentialProvider for Tokens {
    async fn credential(&self) -> Result<Credential, ProviderError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let mut left = self.left.lock();
        let token = match left.len() {
            0 => return Err("no token is left".into()),
            1 => left[0],
            _ => left.remove(0),
        };
        Ok(Credential::token(token))
    }
}

/// A client with these tokens of a server that accepts one, and what the server saw.
struct Bench {
    transport: Transport,
    seen: Arc<Mutex<Vec<String>>>,
    asked: Arc<AtomicUsize>,
}

impl Bench {
    fn new(tokens: &[&'static str], accepted: &'static str) -> Self {
        let asked = Arc::new(AtomicUsize::new(0));
        let provider = Tokens {
            left: Mutex::new(tokens.to_vec()),
            asked: Arc::clone(&asked),
        };
        let mut config = Config::new("https://script.test").unwrap();
        config = config.with_credentials(provider);
        config.timeout = Some(Duration::from_secs(10));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let script = Script::new(move |request| {
            let header = request.headers().get(AUTHORIZATION);
            let token = header.map_or("nobody", |value| value.to_str().unwrap());
            let body = String::from_utf8(request.body().to_vec()).unwrap();
            log.lock()
                .push(format!("{} {token} {body}", request.method()));
            match token == accepted {
                true => Exchange::answer(StatusCode::OK, "{}"),
                false => Exchange::answer(StatusCode::UNAUTHORIZED, "who?"),
            }
        });
        Bench {
            transport: script.transport(&config),
            seen,
            asked,
        }
    }

    async fn send(&self, method: Method) -> StatusCode {
        let mut request = http::Request::new(Bytes::from("body"));
        *request.method_mut() = method;
        let answer = self.transport.send(request, Lifetime::Short).await;
        answer.unwrap().status()
    }
}

#[tokio::test(start_paused = true)]
async fn a_rejected_request_of_any_verb_is_sent_once_more_with_another_credential() {
    // Rule C21
    for method in [Method::GET, Method::POST, Method::PATCH, Method::DELETE] {
        let bench = Bench::new(&["old", "new"], "Bearer new");
        assert_eq!(bench.send(method.clone()).await, StatusCode::OK);
        let expected = [
            format!("{method} Bearer old body"),
            format!("{method} Bearer new body"),
        ];
        assert_eq!(*bench.seen.lock(), expected);
        assert_eq!(bench.send(method).await, StatusCode::OK);
        assert_eq!(bench.seen.lock().len(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_is_not_sent_again_with_the_same_credential() {
    let bench = Bench::new(&["bad"], "Bearer good");
    assert_eq!(bench.send(Method::GET).await, StatusCode::UNAUTHORIZED);
    assert_eq!(bench.seen.lock().len(), 1);
    assert_eq!(bench.asked.load(Ordering::Relaxed), 2);
    // The provider is left in peace for a while.
    assert_eq!(bench.send(Method::GET).await, StatusCode::UNAUTHORIZED);
    assert_eq!(bench.asked.load(Ordering::Relaxed), 2);
}

#[tokio::test(start_paused = true)]
async fn a_request_is_sent_twice_at_most() {
    let bench = Bench::new(&["a", "b", "c", "d"], "Bearer z");
    assert_eq!(bench.send(Method::GET).await, StatusCode::UNAUTHORIZED);
    assert_eq!(bench.seen.lock().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn many_rejected_requests_cause_one_asking() {
    // Rule C21
    let bench = Bench::new(&["old", "new"], "Bearer new");
    for status in join_all((0..50).map(|_| bench.send(Method::POST))).await {
        assert_eq!(status, StatusCode::OK);
    }
    assert_eq!(bench.asked.load(Ordering::Relaxed), 2);
}

#[tokio::test(start_paused = true)]
async fn a_header_of_the_caller_is_neither_replaced_nor_renewed() {
    // Rules C16, C22
    let bench = Bench::new(&["old", "new"], "Bearer new");
    let mut request = http::Request::new(Bytes::new());
    request
        .headers_mut()
        .insert(AUTHORIZATION, "Bearer mine".parse().unwrap());
    let answer = bench
        .transport
        .send(request, Lifetime::Short)
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(*bench.seen.lock(), ["GET Bearer mine "]);
    assert_eq!(bench.asked.load(Ordering::Relaxed), 0);
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_fails_is_the_error_of_the_request() {
    let bench = Bench::new(&[], "Bearer new");
    let request = http::Request::new(Bytes::new());
    let error = bench.transport.send(request, Lifetime::Short).await;
    let error = error.map(drop).unwrap_err();
    assert!(
        format!("{error:#}").contains("no token is left"),
        "{error:#}"
    );
    assert!(bench.seen.lock().is_empty());
}

/// Never answers.
struct Silent;

impl CredentialProvider for Silent {
    async fn credential(&self) -> Result<Credential, ProviderError> {
        std::future::pending().await
    }
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_credential_counts_as_waiting() {
    // Rule R9
    let mut config = Config::new("https://script.test")
        .unwrap()
        .with_credentials(Silent);
    config.timeout = Some(Duration::from_secs(10));
    let transport = Script::playing([]).transport(&config);
    let begun = tokio::time::Instant::now();
    let request = http::Request::new(Bytes::new());
    let error = transport
        .send(request, Lifetime::Short)
        .await
        .map(drop)
        .unwrap_err();
    assert!(error.is_timeout() && !error.is_transport(), "{error}");
    assert_eq!(begun.elapsed(), Duration::from_secs(10));
}

async fn shown(config: &Config) -> String {
    let held = Authenticator::new(config)
        .credential(&HeaderMap::new())
        .await;
    let held = held.unwrap();
    let header = held.as_ref().and_then(|held| held.authorization());
    header.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
}

#[tokio::test]
async fn nothing_is_sent_over_http() {
    // Rule C6
    let config = Config::new("http://k").unwrap().with_token("t");
    assert_eq!(shown(&config).await, "");
}

#[tokio::test]
async fn tokens_and_passwords_take_their_forms() {
    let mut config = Config::new("https://k").unwrap().with_token("t");
    assert_eq!(shown(&config).await, "Bearer t");
    config.credentials = Credentials::Basic {
        username: "u".into(),
        password: SecretString::from("p".to_owned()),
    };
    assert_eq!(shown(&config).await, "Basic dTpw");
}

#[tokio::test]
async fn a_header_of_the_caller_needs_no_credential() {
    // Rules C16, C22
    let config = Config::new("https://k").unwrap().with_token("t");
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, "Bearer mine".parse().unwrap());
    let held = Authenticator::new(&config).credential(&headers).await;
    assert!(held.unwrap().is_none());
}

#[tokio::test]
async fn the_header_is_hidden_and_a_bad_token_is_not_quoted() {
    let config = Config::new("https://k").unwrap().with_token("hunter2");
    let held = Authenticator::new(&config)
        .credential(&HeaderMap::new())
        .await;
    let header = held.unwrap().unwrap();
    assert!(!format!("{:?}", header.authorization()).contains("hunter2"));
    let config = Config::new("https://k").unwrap().with_token("hunter2\n");
    let error = Authenticator::new(&config)
        .credential(&HeaderMap::new())
        .await;
    let error = error.err().unwrap();
    assert!(!format!("{error:?} {error:#}").contains("hunter2"));
}
