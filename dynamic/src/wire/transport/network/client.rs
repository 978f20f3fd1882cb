//! One HTTP client with its connections: the settings that all lanes have.

mod dialer;
pub(super) mod named;

use std::error::Error as StdError;
use std::time::Duration;

use bytes::Bytes;
use futures::future::{BoxFuture, FutureExt};
use futures::stream::{BoxStream, StreamExt};
use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderValue, Uri};
use http_body_util::BodyExt;
use rustls::pki_types::ServerName;
use url::Url;

use self::dialer::Dialer;
use self::named::Named;
use super::door::Door;
use super::gate::Gated;
use crate::model::error::Result;
use crate::wire::config::Proxy;
use crate::wire::transport::problem::TransportProblem;

/// A connection that has been silent this long is asked whether it lives ([rule R12](crate::semantics#r12)).
const PING_INTERVAL: Duration = Duration::from_secs(30);
const PING_TIMEOUT: Duration = Duration::from_secs(15);

/// What one answer may have on the way while nobody reads it.
const STREAM_WINDOW: u32 = 1 << 20;
/// The same for all answers of a connection together. More than the streams of a lane and one
/// take, or answers that nobody reads would hold up the others; no more than that, because h2
/// ends a connection for a flood of tiny frames by this measure.
const CONNECTION_WINDOW: u32 = 104 << 20;
/// Headers longer than this are refused.
const HEADER_LIST: u32 = 64 << 10;

pub(super) type BoxError = Box<dyn StdError + Send + Sync>;

/// How to make one more client.
pub(super) struct Settings {
    pub(super) user_agent: HeaderValue,
    pub(super) tls: rustls::ClientConfig,
    /// What the server is called in TLS, where that is not the host of its URL.
    pub(super) server_name: Option<ServerName<'static>>,
    pub(super) proxy: Option<Proxy>,
    /// How long a connection over HTTP/1.1 is kept for a next request.
    pub(super) idle: Option<Duration>,
}

/// An HTTP client. Its connections end with it and with the answers that are still open.
pub(super) struct Client {
    http: Http,
    user_agent: HeaderValue,
    pub(super) door: Door,
}

enum Http {
    Reqwest(reqwest::Client),
    Named(Box<Named>),
}

/// The head of an answer and its bytes.
pub(super) type Answer = http::Response<BoxStream<'static, Result<Bytes, BoxError>>>;
type Answering = BoxFuture<'static, Result<Answer, BoxError>>;

impl Settings {
    pub(super) fn client(&self, door: Door) -> Result<Client> {
        let http = match &self.server_name {
            Some(name) => {
                let dialer = Dialer::new(self.proxy.as_ref(), &self.tls)?;
                let client = named::client(dialer, self.tls.clone(), name.clone(), &door);
                Http::Named(Box::new(client))
            }
            None => Http::Reqwest(self.reqwest(door.clone())?),
        };
        Ok(Client {
            http,
            user_agent: self.user_agent.clone(),
            door,
        })
    }

    fn reqwest(&self, door: Door) -> Result<reqwest::Client> {
        let http = reqwest::Client::builder()
            .user_agent(self.user_agent.clone())
            .redirect(reqwest::redirect::Policy::none())
            .http2_keep_alive_interval(PING_INTERVAL)
            .http2_keep_alive_timeout(PING_TIMEOUT)
            .http2_keep_alive_while_idle(true)
            .http2_initial_stream_window_size(STREAM_WINDOW)
            .http2_initial_connection_window_size(CONNECTION_WINDOW)
            .http2_max_header_list_size(HEADER_LIST)
            // The same over HTTP/1.1, where the kernel has to ask.
            .tcp_keepalive(PING_INTERVAL)
            .tcp_keepalive_interval(PING_TIMEOUT)
            .tcp_keepalive_retries(2)
            .pool_idle_timeout(self.idle)
            // What is sent again is decided by `resend`, which knows more.
            .retry(reqwest::retry::never())
            .tls_backend_preconfigured(self.tls.clone())
            .connector_layer(door);
        // Whether there is a proxy is decided already, by Go's rules and not by reqwest's.
        let http = match &self.proxy {
            Some(proxy) => http.proxy(through(proxy)?),
            None => http.no_proxy(),
        };
        let built = http.build();
        Ok(built.map_err(|source| TransportProblem::NoClient { source })?)
    }
}

fn through(proxy: &Proxy) -> Result<reqwest::Proxy, TransportProblem> {
    let made = reqwest::Proxy::all(proxy.with_credentials());
    made.map_err(|source| TransportProblem::NoClient {
        source: source.without_url(),
    })
}

impl Client {
    /// Sends a request and waits for the head of its answer.
    pub(super) fn send(
        &self,
        mut request: http::Request<Gated>,
        uri: &Uri,
        url: &Url,
    ) -> Answering {
        match &self.http {
            Http::Reqwest(http) => by_reqwest(http, request, url.clone()).boxed(),
            Http::Named(http) => {
                *request.uri_mut() = uri.clone();
                // What reqwest adds.
                let headers = request.headers_mut();
                let anything = HeaderValue::from_static("*/*");
                headers.entry(ACCEPT).or_insert(anything);
                headers
                    .entry(USER_AGENT)
                    .or_insert_with(|| self.user_agent.clone());
                by_name(http.request(request)).boxed()
            }
        }
    }
}

fn by_reqwest(
    http: &reqwest::Client,
    request: http::Request<Gated>,
    url: Url,
) -> impl Future<Output = Result<Answer, BoxError>> + Send + use<> {
    let (parts, body) = request.into_parts();
    let mut sent = reqwest::Request::new(parts.method, url);
    *sent.headers_mut() = parts.headers;
    *sent.body_mut() = Some(reqwest::Body::wrap(body));
    let sent = http.execute(sent);
    async move {
        let mut response = sent.await.map_err(without_url)?;
        let mut head = http::Response::new(());
        *head.status_mut() = response.status();
        *head.headers_mut() = std::mem::take(response.headers_mut());
        *head.extensions_mut() = std::mem::take(response.extensions_mut());
        let chunks = response.bytes_stream();
        Ok(head.map(|()| chunks.map(|chunk| chunk.map_err(without_url)).boxed()))
    }
}

async fn by_name(sent: hyper_util::client::legacy::ResponseFuture) -> Result<Answer, BoxError> {
    let answer = sent.await?;
    Ok(answer.map(|body| {
        let chunks = body.into_data_stream();
        chunks.map(|chunk| chunk.map_err(Into::into)).boxed()
    }))
}

/// reqwest's own text would show the whole URL.
fn without_url(error: reqwest::Error) -> BoxError {
    error.without_url().into()
}
