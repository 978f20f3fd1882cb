//! The way to the server and back: one HTTP client, with credentials and patience.
//!
//! A request passes `auth` (who asks), then the connection (TLS, HTTP/2), then `retry`,
//! which decides from the outcome whether to wait and send it again. What the bytes mean is
//! not known here.

mod auth;
mod compression;
mod names;
mod retry;
#[cfg(feature = "cache")]
mod thread;
mod tls;

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures::stream::{BoxStream, StreamExt, TryStreamExt};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
#[cfg(feature = "cache")]
use tokio::runtime::Handle;
use url::Url;

use self::auth::Authenticator;
use self::retry::Outcome;
#[cfg(feature = "cache")]
use self::thread::CacheThread;
use crate::model::error::{Error, ErrorKind, Fault, Result};
use crate::wire::config::Config;
use crate::wire::warning::{self, WarningHandler};

/// Finding a server and agreeing on TLS takes no longer than this.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// A connection that has been silent this long is asked whether it lives
/// ([rule R12](crate::semantics#r12)).
const PING_INTERVAL: Duration = Duration::from_secs(30);
const PING_TIMEOUT: Duration = Duration::from_secs(15);
/// A refusal is read no further than this: no `Status` is as long, a hostile body may be.
const LARGEST_REFUSAL: usize = 1 << 20;

/// A server, reached as one user. Cheap to clone; all clones share the connections.
#[derive(Clone)]
pub(crate) struct Transport {
    shared: Arc<Shared>,
}

struct Shared {
    http: reqwest::Client,
    server: Url,
    /// The server under the name that its certificate has, where that is another.
    dialled: Url,
    auth: Authenticator,
    timeout: Option<Duration>,
    compression: bool,
    on_warning: Option<WarningHandler>,
    #[cfg(feature = "cache")]
    caches: Option<CacheThread>,
}

/// An answer whose body is still on its way.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    chunks: BoxStream<'static, Result<Bytes>>,
}

/// How long an exchange may last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lifetime {
    /// One answer, within the configured timeout.
    Short,
    /// A watch: once open, as long as the server keeps it ([rule R10](crate::semantics#r10)).
    Stream,
}

impl Transport {
    pub(crate) fn new(config: &Config) -> Result<Self> {
        let (dialled, resolver) =
            names::dialled(&config.server, config.tls.server_name.as_deref())?;
        let mut http = reqwest::Client::builder()
            .user_agent(config.user_agent.as_str())
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .http2_keep_alive_interval(PING_INTERVAL)
            .http2_keep_alive_timeout(PING_TIMEOUT)
            .http2_keep_alive_while_idle(true)
            .http2_adaptive_window(true)
            // The same over HTTP/1.1, where the kernel has to ask.
            .tcp_keepalive(PING_INTERVAL)
            .tcp_keepalive_interval(PING_TIMEOUT)
            .tcp_keepalive_retries(2)
            // A failed request is retried here, where the rules are known, or not at all.
            .retry(reqwest::retry::never())
            .no_proxy();
        // Over http no TLS is spoken, and the certificates of the system need not be read.
        let tls = if config.is_https() {
            tls::client_config(&config.tls)?
        } else {
            tls::trusting_nobody()?
        };
        http = http.tls_backend_preconfigured(tls);
        if let Some(resolver) = resolver {
            http = http.dns_resolver(resolver);
        }
        let http = http.build().map_err(|error| {
            Error::config(format!(
                "no HTTP client can be made of the configuration: {error}"
            ))
            .with_source(error)
        })?;
        Ok(Transport {
            shared: Arc::new(Shared {
                http,
                server: config.server.clone(),
                dialled,
                auth: Authenticator::new(config),
                timeout: config.timeout,
                compression: config.compression,
                on_warning: config.on_warning.clone(),
                #[cfg(feature = "cache")]
                caches: config.cache_thread.then(CacheThread::default),
            }),
        })
    }

    /// The URL below which every path is.
    pub(crate) fn server(&self) -> &Url {
        &self.shared.server
    }

    /// Where a cache is to run that a program starts on this runtime.
    #[cfg(feature = "cache")]
    pub(crate) fn runtime_of_caches(&self, runtime: &Handle) -> Handle {
        let own = self.shared.caches.as_ref();
        own.map_or_else(|| runtime.clone(), |own| own.instead_of(runtime))
    }

    /// Sends a request and returns its answer as soon as the head is there, retrying as
    /// the rules of section 2 allow. The last answer is returned whatever it says.
    pub(crate) async fn send(
        &self,
        request: http::Request<Bytes>,
        lifetime: Lifetime,
    ) -> Result<Answer> {
        // One deadline for all attempts together (rule R9).
        let deadline = self
            .shared
            .timeout
            .and_then(|timeout| Instant::now().checked_add(timeout));
        let in_time = |wait: &Duration| deadline.is_none_or(|end| *wait < left(end));
        let mut attempt = 0;
        loop {
            let result = self.send_once(&request, lifetime, deadline).await;
            let outcome = Outcome::of(&result);
            let wait = retry::wait(request.method(), attempt, &outcome).filter(in_time);
            let Some(wait) = wait else {
                return result;
            };
            tracing::debug!(
                path = request.uri().path(),
                attempt,
                ?wait,
                "the request is sent again"
            );
            // Reading the rest of a refused answer lets the connection be used again (rule R5).
            if let Ok(answer) = result {
                answer.discard().await;
            }
            tokio::time::sleep(wait).await;
            attempt += 1;
        }
    }

    async fn send_once(
        &self,
        request: &http::Request<Bytes>,
        lifetime: Lifetime,
        deadline: Option<Instant>,
    ) -> Result<Answer> {
        let mut headers = request.headers().clone();
        if let Some(authorization) = self.shared.auth.header().await? {
            // A header that the caller set stays (rule C16).
            headers
                .entry(http::header::AUTHORIZATION)
                .or_insert(authorization);
        }
        // Which answers are worth it the server knows: large ones, and snapshots as streams.
        if self.shared.compression {
            headers
                .entry(http::header::ACCEPT_ENCODING)
                .or_insert(HeaderValue::from_static("gzip"));
        }
        let sent = self
            .shared
            .http
            .request(request.method().clone(), self.dialled(request.uri())?)
            .headers(headers)
            .body(request.body().clone());
        let response = self.head_of(sent, lifetime, deadline.map(left)).await?;
        warning::report(response.headers(), self.shared.on_warning.as_ref());
        self.answer(response)
    }

    fn answer(&self, response: reqwest::Response) -> Result<Answer> {
        let transport = self.clone();
        let (status, mut headers) = (response.status(), response.headers().clone());
        let chunks = response
            .bytes_stream()
            .map(move |chunk| chunk.map_err(|error| transport.transport_error(error)))
            .boxed();
        Ok(Answer {
            status,
            chunks: compression::decoded(chunks, &mut headers)?,
            headers,
        })
    }

    /// Waits for the head of the answer; what is `left` is also for the body of a short one.
    async fn head_of(
        &self,
        sent: reqwest::RequestBuilder,
        lifetime: Lifetime,
        left: Option<Duration>,
    ) -> Result<reqwest::Response> {
        let response = match (lifetime, left) {
            (_, None) => sent.send().await,
            (Lifetime::Short, Some(left)) => sent.timeout(left).send().await,
            (Lifetime::Stream, Some(left)) => tokio::time::timeout(left, sent.send())
                .await
                .map_err(|late| self.failure(Fault::Timeout, late))?,
        };
        response.map_err(|error| self.transport_error(error))
    }

    /// The same address under the name that TLS is to see.
    fn dialled(&self, uri: &http::Uri) -> Result<Url> {
        let mut url = Url::parse(&uri.to_string()).map_err(|error| {
            Error::request(format!("`{uri}` is not a URL: {error}")).with_source(error)
        })?;
        let host = self.shared.dialled.host_str();
        url.set_host(host)
            .map_err(|error| Error::request(format!("`{uri}` has no host: {error}")))?;
        Ok(url)
    }

    /// Names the server, not the path: reqwest's own text would show the whole URL.
    fn transport_error(&self, error: reqwest::Error) -> Error {
        self.failure(fault(&error), error.without_url())
    }

    fn failure(
        &self,
        fault: Fault,
        error: impl std::error::Error + Send + Sync + 'static,
    ) -> Error {
        let reason = innermost(&error);
        let what = match fault {
            Fault::Connect => "cannot be reached",
            Fault::Timeout => "did not answer in time",
            Fault::Broken => "closed the connection before the answer was whole",
            Fault::Other => "cannot be talked to",
        };
        let message = format!(
            "the API server {} {what}: {reason}",
            self.shared.server.as_str()
        );
        Error::new(ErrorKind::Transport(fault), message).with_source(error)
    }
}

impl Answer {
    /// The whole body; of a refusal, as much as anybody needs.
    pub(crate) async fn bytes(self) -> Result<Bytes> {
        let limit = if self.status.is_success() {
            usize::MAX
        } else {
            LARGEST_REFUSAL
        };
        self.beginning(limit).await
    }

    /// The body as it arrives.
    pub(crate) fn stream(self) -> BoxStream<'static, Result<Bytes>> {
        self.chunks
    }

    /// Reads a little of what is left; a long body is cheaper to cut off.
    async fn discard(self) {
        const ENOUGH: usize = 2048;
        // A connection that breaks here is not used again, and that is all.
        let _ = self.beginning(ENOUGH).await;
    }

    /// The body, cut off where it is longer than `limit`.
    async fn beginning(mut self, limit: usize) -> Result<Bytes> {
        let mut read = Vec::new();
        while let Some(chunk) = self.chunks.try_next().await? {
            read.extend_from_slice(&chunk);
            if read.len() > limit {
                read.truncate(limit);
                break;
            }
        }
        Ok(read.into())
    }
}

fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}

fn fault(error: &reqwest::Error) -> Fault {
    if error.is_timeout() {
        return Fault::Timeout;
    }
    // A refused certificate stays refused, also where the refusal comes after the handshake.
    if sources(error).any(|source| is_tls(source) || is_no_http(source)) {
        return Fault::Other;
    }
    if error.is_connect() {
        return Fault::Connect;
    }
    let broken = sources(error).any(|source| {
        source.downcast_ref::<std::io::Error>().is_some_and(|io| {
            use std::io::ErrorKind as Io;
            matches!(
                io.kind(),
                Io::ConnectionReset | Io::ConnectionAborted | Io::BrokenPipe | Io::UnexpectedEof
            )
        })
    });
    if broken || error.is_body() || error.is_decode() || error.is_request() {
        Fault::Broken
    } else {
        Fault::Other
    }
}

/// An `io::Error` hides what it wraps from `source()`, and may wrap another one.
fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    let io = error.downcast_ref::<std::io::Error>();
    let inner = io.and_then(std::io::Error::get_ref);
    // HTTP/2 keeps of it only the text and the kind that rustls gives all its errors.
    io.is_some_and(|io| io.kind() == std::io::ErrorKind::InvalidData)
        || error.is::<rustls::Error>()
        || inner.is_some_and(|inner| is_tls(inner))
}

/// Whoever answers speaks another protocol, and will again.
fn is_no_http(error: &(dyn std::error::Error + 'static)) -> bool {
    error
        .downcast_ref::<hyper::Error>()
        .is_some_and(hyper::Error::is_parse)
}

fn sources<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| error.source())
}

/// The last link of the chain says what happened; the others say where.
fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    sources(error)
        .last()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// Whether sending the same request twice does no harm.
pub(crate) fn is_idempotent(method: &Method) -> bool {
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE
    )
}

/// A header value that never shows in `Debug`.
pub(crate) fn secret_header(value: &str) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(value).map_err(|_| {
        Error::config("the credentials hold a character that no HTTP header may hold")
    })?;
    value.set_sensitive(true);
    Ok(value)
}
