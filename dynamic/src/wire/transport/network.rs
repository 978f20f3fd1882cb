//! The carrier that programs use: reqwest, over TLS, HTTP/2 where the server speaks it.

mod names;
mod tls;

use std::time::Duration;

use bytes::Bytes;
use futures::future::BoxFuture;
use futures::stream::StreamExt;
use url::Url;

use super::carrier::{Carrier, Head, failure};
use super::problem::{TransportProblem, sources};
use crate::model::error::{Error, Fault, Result};
use crate::wire::config::Config;

/// Finding a server and agreeing on TLS takes no longer than this.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// A connection that has been silent this long is asked whether it lives ([rule R12](crate::semantics#r12)).
const PING_INTERVAL: Duration = Duration::from_secs(30);
const PING_TIMEOUT: Duration = Duration::from_secs(15);

/// The connections to one server.
pub(super) struct Network {
    http: reqwest::Client,
    server: Url,
    /// The server under the name that its certificate has, where that is another.
    dialled: Url,
}

impl Network {
    pub(super) fn new(config: &Config) -> Result<Self> {
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
            // A failed request is retried above, where the rules are known, or not at all.
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
        let http = http
            .build()
            .map_err(|source| TransportProblem::NoClient { source })?;
        Ok(Network {
            http,
            server: config.server.clone(),
            dialled,
        })
    }

    async fn send(&self, request: http::Request<Bytes>) -> Result<Head> {
        let (parts, body) = request.into_parts();
        let sent = self
            .http
            .request(parts.method, self.dialled(&parts.uri)?)
            .headers(parts.headers)
            .body(body);
        let response = sent.send().await;
        let mut response = response.map_err(|error| transport_error(&self.server, error))?;
        let mut head = http::Response::new(());
        *head.status_mut() = response.status();
        *head.headers_mut() = std::mem::take(response.headers_mut());
        *head.extensions_mut() = std::mem::take(response.extensions_mut());
        let server = self.server.clone();
        let chunks = response
            .bytes_stream()
            .map(move |chunk| chunk.map_err(|error| transport_error(&server, error)));
        Ok(head.map(|()| chunks.boxed()))
    }

    /// The same address under the name that TLS is to see.
    fn dialled(&self, uri: &http::Uri) -> Result<Url> {
        let not_a_url = |source| TransportProblem::NotAUrl {
            uri: uri.to_string(),
            source,
        };
        let mut url = Url::parse(&uri.to_string()).map_err(not_a_url)?;
        url.set_host(self.dialled.host_str()).map_err(not_a_url)?;
        Ok(url)
    }
}

impl Carrier for Network {
    fn carry(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<Head>> {
        Box::pin(self.send(request))
    }
}

/// Names the server alone: reqwest's own text would show the whole URL.
fn transport_error(server: &Url, error: reqwest::Error) -> Error {
    failure(server, fault(&error), error.without_url())
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

/// The other end speaks another protocol, and will again.
fn is_no_http(error: &(dyn std::error::Error + 'static)) -> bool {
    error
        .downcast_ref::<hyper::Error>()
        .is_some_and(hyper::Error::is_parse)
}
