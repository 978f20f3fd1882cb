//! One connection after the other: the handshake, the protocol, and each request of it.

use std::convert::Infallible;
use std::error::Error;
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures::stream;
use http::{Request, Response, Version};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use super::faults::{Effect, Moment};
use super::stream::{Control, ControlledStream};
use super::{Net, Peer, Service};

type BoxError = Box<dyn Error + Send + Sync>;

/// A handshake that takes longer is given up.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Between two attempts to accept, where the machine has no more file descriptors.
const PAUSE: Duration = Duration::from_millis(50);
/// What kube-apiserver lets a client send of a body before it has read any of it, and the largest
/// frame it takes.
const STREAM_WINDOW: u32 = 256 * 1024;

/// Accepts connections, without end.
pub(crate) async fn serve<S: Service>(listener: TcpListener, net: Arc<Net>, service: Arc<S>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            sleep(PAUSE).await;
            continue;
        };
        // Watch events are small and must not wait for company.
        let _ = stream.set_nodelay(true);
        tokio::spawn(connection(stream, net.clone(), service.clone()));
    }
}

/// Counts a connection while it lives.
struct Counted(Arc<Net>);

impl Counted {
    fn new(net: Arc<Net>) -> Self {
        net.connections.begin();
        Self(net)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.connections.end();
    }
}

async fn connection<S: Service>(stream: TcpStream, net: Arc<Net>, service: Arc<S>) {
    let _counted = Counted::new(net.clone());
    let control = net.control();
    let Some(config) = net.tls() else {
        return requests(stream, Peer::default(), net, control, service).await;
    };
    let accepted = TlsAcceptor::from(config).accept(stream).into_fallible();
    match timeout(HANDSHAKE, accepted).await {
        Ok(Ok(stream)) => {
            let certificates = stream.get_ref().1.peer_certificates();
            let peer = Peer {
                certificates: certificates.map(<[_]>::to_vec).unwrap_or_default(),
            };
            requests(stream, peer, net, control, service).await;
        }
        // Closed with something unread, the connection would be reset and the alert lost.
        Ok(Err((_, mut stream))) => {
            let _ = timeout(HANDSHAKE, stream.read_to_end(&mut Vec::new())).await;
        }
        Err(_) => {}
    }
}

/// What the requests of a connection share.
struct Connection<S: Service> {
    net: Arc<Net>,
    control: Arc<Control>,
    service: Arc<S>,
    session: S::Session,
}

async fn requests<S: Service>(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: Peer,
    net: Arc<Net>,
    control: Arc<Control>,
    service: Arc<S>,
) {
    let stream = TokioIo::new(ControlledStream::new(stream, control.clone()));
    let protocol = protocol(&net);
    let session = service.session(peer);
    let connection = Arc::new(Connection {
        net,
        control,
        service,
        session,
    });
    let service = service_fn(move |request| answer(connection.clone(), request));
    // A client that goes away in the middle is nothing that anybody must hear of.
    let _ = protocol
        .serve_connection_with_upgrades(stream, service)
        .await;
}

fn protocol(net: &Net) -> Builder<TokioExecutor> {
    let streams = net.options.http2_streams;
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(streams)
        .max_frame_size(STREAM_WINDOW)
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(STREAM_WINDOW.saturating_mul(streams.clamp(1, 1000)));
    builder
}

async fn answer<S: Service>(
    connection: Arc<Connection<S>>,
    request: Request<Incoming>,
) -> Result<Response<Body>, BoxError> {
    let (parts, body) = request.into_parts();
    let version = parts.version;
    let fault = connection.net.faults.take(&parts);
    let (before, after) = match fault.map(|fault| (fault.moment, fault.effect)) {
        Some((Moment::Before, effect)) => (Some(effect), None),
        Some((Moment::After, effect)) => (None, Some(effect)),
        None => (None, None),
    };
    if let Some(effect) = before
        && let Some(answer) = connection.strike(effect, version).await?
    {
        return Ok(answer);
    }
    let request = Request::from_parts(parts, Body::new(body));
    let answer = connection
        .service
        .answer(request, &connection.session)
        .await;
    connection.draw_goaway(version);
    if let Some(effect) = after
        && let Some(answer) = connection.strike(effect, version).await?
    {
        return Ok(answer);
    }
    match before.or(after) {
        Some(Effect::StallAnswer) => Ok(stalled(answer)),
        _ => Ok(answer),
    }
}

impl<S: Service> Connection<S> {
    /// What a fault makes of a request: another answer, an error that resets its stream, silence;
    /// or nothing, and the request goes on.
    async fn strike(
        &self,
        effect: Effect,
        version: Version,
    ) -> Result<Option<Response<Body>>, BoxError> {
        match effect {
            Effect::GoAway => self.control.go_away(),
            Effect::StallAnswer => {}
            Effect::Status(code) => return Ok(Some(self.service.status(code))),
            Effect::ResetStream(code) if version == Version::HTTP_2 => {
                return Err(h2::Error::from(h2::Reason::from(code)).into());
            }
            Effect::Stall => pending::<()>().await,
            Effect::Silence => {
                self.control.silence();
                pending::<()>().await;
            }
            Effect::BreakOff | Effect::ResetStream(_) => {
                self.control.break_off();
                pending::<()>().await;
            }
        }
        Ok(None)
    }

    /// Ends the connection by chance, as `--goaway-chance` makes kube-apiserver do with HTTP/2.
    fn draw_goaway(&self, version: Version) {
        if version == Version::HTTP_2 && fastrand::f64() < self.net.options.goaway_chance {
            self.control.go_away();
        }
    }
}

/// The head of an answer, with a body that never begins.
fn stalled(answer: Response<Body>) -> Response<Body> {
    let never = stream::pending::<Result<Bytes, Infallible>>();
    answer.map(|_| Body::from_stream(never))
}
