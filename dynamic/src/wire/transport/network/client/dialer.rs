//! The way to a server below TLS: straight, or through a proxy.

use std::error::Error as StdError;
use std::task::{Context, Poll};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures::future::{BoxFuture, FutureExt, TryFutureExt};
use http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use secrecy::ExposeSecret;
use tokio::net::TcpStream;
use tower_service::Service;

use super::{PING_INTERVAL, PING_TIMEOUT};
use crate::model::error::Result;
use crate::wire::config::{Proxy, ProxyKind};
use crate::wire::credential::secret_header;
use crate::wire::transport::problem::TransportProblem;

/// Opens what TLS then speaks on.
#[derive(Clone)]
pub(super) enum Dialer {
    Straight(HttpConnector),
    Tunnel(Tunnel<ToProxy>),
    Socks(SocksV5<ToProxy>),
}

/// A proxy may be reached over TLS itself.
type ToProxy = HttpsConnector<HttpConnector>;

impl Dialer {
    pub(super) fn new(proxy: Option<&Proxy>, tls: &ClientConfig) -> Result<Self> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_keepalive(Some(PING_INTERVAL));
        tcp.set_keepalive_interval(Some(PING_TIMEOUT));
        tcp.set_keepalive_retries(Some(2));
        let Some(proxy) = proxy else {
            return Ok(Dialer::Straight(tcp));
        };
        let address = match proxy.kind() {
            ProxyKind::Http => proxy.address(),
            // TCP without TLS.
            ProxyKind::Socks => format!("http://{}", proxy.place()),
        };
        let address: Uri = address
            .parse()
            .map_err(|source| TransportProblem::NotAProxy { address, source })?;
        Dialer::through(proxy, address, to_proxy(tcp, tls.clone()))
    }

    fn through(proxy: &Proxy, address: Uri, to_proxy: ToProxy) -> Result<Self> {
        let credentials = proxy.credentials();
        Ok(match proxy.kind() {
            ProxyKind::Http => {
                let tunnel = Tunnel::new(address, to_proxy);
                Dialer::Tunnel(match credentials {
                    Some((user, password)) => {
                        let pair = STANDARD.encode(format!("{user}:{}", password.expose_secret()));
                        tunnel.with_auth(secret_header(&format!("Basic {pair}"))?)
                    }
                    None => tunnel,
                })
            }
            ProxyKind::Socks => {
                let socks = SocksV5::new(address, to_proxy);
                Dialer::Socks(match credentials {
                    Some((user, password)) => {
                        socks.with_auth(user, password.expose_secret().to_owned())
                    }
                    None => socks,
                })
            }
        })
    }
}

/// A proxy is trusted as the server is, and speaks HTTP/1.1.
fn to_proxy(tcp: HttpConnector, mut tls: ClientConfig) -> ToProxy {
    tls.alpn_protocols.clear();
    HttpsConnector::from((tcp, tls))
}

impl Service<Uri> for Dialer {
    type Response = MaybeHttpsStream<TokioIo<TcpStream>>;
    type Error = Box<dyn StdError + Send + Sync>;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        match self {
            Dialer::Straight(tcp) => tcp.poll_ready(context).map_err(Into::into),
            Dialer::Tunnel(tunnel) => tunnel.poll_ready(context).map_err(Into::into),
            Dialer::Socks(socks) => socks.poll_ready(context).map_err(Into::into),
        }
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        match self {
            Dialer::Straight(tcp) => tcp
                .call(server)
                .map_ok(MaybeHttpsStream::Http)
                .err_into()
                .boxed(),
            Dialer::Tunnel(tunnel) => tunnel.call(server).err_into().boxed(),
            Dialer::Socks(socks) => socks.call(server).err_into().boxed(),
        }
    }
}
