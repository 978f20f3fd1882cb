//! The door in front of a server: one HTTP/2 connection is opened at a time.
//!
//! The pool of an HTTP client that offers both protocols does not know before the handshake that
//! one connection will carry all requests. It would open one for each that waits: 64 at a cold
//! start, and again after each GOAWAY. Here the first attempt goes on, and the others wait for
//! what comes of it. If it is HTTP/2, the pool gives them that connection; over HTTP/1.1 each
//! opens its own; if it fails, it has failed for all of them.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures::future::BoxFuture;
use hyper_util::client::legacy::connect::Connection;
use parking_lot::Mutex;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout};
use tower_layer::Layer;
use tower_service::Service;

type BoxError = Box<dyn StdError + Send + Sync>;

/// Finding a server and agreeing on TLS takes no longer than this, the way through a proxy
/// included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// From the handshake until the pool has handed the connection to those who wait for it.
const SETTLE: Duration = Duration::from_millis(5);

/// The protocol that a server was last seen to speak.
pub(super) struct Spoken(AtomicU8);

const UNKNOWN: u8 = 0;
const HTTP_1: u8 = 1;
const HTTP_2: u8 = 2;

impl Spoken {
    pub(super) fn unknown() -> Self {
        Spoken(AtomicU8::new(UNKNOWN))
    }

    pub(super) fn http_1() -> Self {
        Spoken(AtomicU8::new(HTTP_1))
    }

    /// Whether a connection may carry one request only, at a time.
    pub(super) fn is_http_1(&self) -> bool {
        self.0.load(Ordering::Relaxed) == HTTP_1
    }

    fn is(&self, http_2: bool) {
        let now = if http_2 { HTTP_2 } else { HTTP_1 };
        self.0.store(now, Ordering::Relaxed);
    }
}

/// A layer around the connector of one HTTP client.
#[derive(Clone)]
pub(super) struct Door {
    shared: Arc<Shared>,
}

struct Shared {
    spoken: Arc<Spoken>,
    connecting: AtomicUsize,
    last: Mutex<Last>,
}

/// The last attempt to connect.
struct Last {
    result: watch::Receiver<Option<Opened>>,
}

/// What came of an attempt.
#[derive(Clone)]
enum Opened {
    Http1,
    Http2 { at: Instant },
    Failed(Failed),
}

/// What an attempt is to do.
enum Turn {
    /// Connect, and tell the others.
    First(watch::Sender<Option<Opened>>),
    /// Wait for the one before.
    After(watch::Receiver<Option<Opened>>),
    /// Connect beside others.
    Beside,
}

impl Door {
    pub(super) fn new(spoken: Arc<Spoken>) -> Self {
        let (_, result) = watch::channel(None);
        Door {
            shared: Arc::new(Shared {
                spoken,
                connecting: AtomicUsize::new(0),
                last: Mutex::new(Last { result }),
            }),
        }
    }

    /// Whether somebody is trying to open a connection right now.
    pub(super) fn is_connecting(&self) -> bool {
        self.shared.connecting.load(Ordering::Relaxed) > 0
    }

    fn turn(&self) -> Turn {
        if self.shared.spoken.is_http_1() {
            return Turn::Beside;
        }
        let mut last = self.shared.last.lock();
        if last.is_worth_waiting_for() {
            return Turn::After(last.result.clone());
        }
        let (sender, result) = watch::channel(None);
        last.result = result;
        Turn::First(sender)
    }

    async fn pass<S, R>(self, service: S, request: R) -> Result<S::Response, BoxError>
    where
        S: Service<R, Error = BoxError>,
        S::Response: Connection,
    {
        loop {
            match self.turn() {
                Turn::Beside => return Ok(self.connect(service, request).await.1?),
                Turn::First(teller) => {
                    let (opened, connection) = self.connect(service, request).await;
                    teller.send_replace(Some(opened));
                    return Ok(connection?);
                }
                Turn::After(result) => wait_for(result).await?,
            }
        }
    }

    async fn connect<S, R>(
        &self,
        mut service: S,
        request: R,
    ) -> (Opened, Result<S::Response, Failed>)
    where
        S: Service<R, Error = BoxError>,
        S::Response: Connection,
    {
        let _connecting = Counted::new(&self.shared.connecting);
        let connection = timeout(CONNECT_TIMEOUT, service.call(request)).await;
        let connection = connection
            .unwrap_or_else(|_| Err(late()))
            .map_err(Failed::from);
        (self.seen(&connection), connection)
    }

    fn seen<C: Connection>(&self, result: &Result<C, Failed>) -> Opened {
        match result {
            Ok(connection) => {
                let is_http_2 = connection.connected().is_negotiated_h2();
                self.shared.spoken.is(is_http_2);
                if is_http_2 {
                    Opened::Http2 { at: Instant::now() }
                } else {
                    Opened::Http1
                }
            }
            Err(failed) => Opened::Failed(failed.clone()),
        }
    }
}

/// Returns if this attempt is to look again whose turn it is.
async fn wait_for(mut result: watch::Receiver<Option<Opened>>) -> Result<(), BoxError> {
    // An attempt that was given up says nothing.
    let opened = match result.wait_for(Option::is_some).await {
        Ok(opened) => opened.clone(),
        Err(_) => None,
    };
    match opened {
        Some(Opened::Http2 { at }) => {
            sleep_until(at + SETTLE).await;
            Err(Spared.into())
        }
        Some(Opened::Failed(failed)) => Err(failed.into()),
        Some(Opened::Http1) | None => Ok(()),
    }
}

fn late() -> BoxError {
    let text = "no connection within 30 seconds";
    io::Error::new(io::ErrorKind::TimedOut, text).into()
}

impl Last {
    /// An attempt under way, or one that succeeded just now. The sender of an attempt that was
    /// given up is gone.
    fn is_worth_waiting_for(&self) -> bool {
        match &*self.result.borrow() {
            None => self.result.has_changed().is_ok(),
            Some(Opened::Http2 { at }) => at.elapsed() < SETTLE,
            Some(Opened::Http1 | Opened::Failed(_)) => false,
        }
    }
}

impl<S> Layer<S> for Door {
    type Service = Entrance<S>;

    fn layer(&self, service: S) -> Entrance<S> {
        Entrance {
            door: self.clone(),
            service,
        }
    }
}

/// A connector behind its door.
#[derive(Clone)]
pub(super) struct Entrance<S> {
    door: Door,
    service: S,
}

impl<S, R> Service<R> for Entrance<S>
where
    S: Service<R, Error = BoxError> + Clone + Send + 'static,
    S::Response: Connection + Send + 'static,
    S::Future: Send,
    R: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<S::Response, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        // The one that was found ready is used up; its clone takes its place.
        let clone = self.service.clone();
        let ready = std::mem::replace(&mut self.service, clone);
        Box::pin(self.door.clone().pass(ready, request))
    }
}

struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Counted(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Another connection was opened, and the pool has it.
#[derive(Debug, thiserror::Error)]
#[error("another connection to the server was opened meanwhile")]
pub(super) struct Spared;

/// A failure that several attempts share.
#[derive(Clone, Debug)]
struct Failed(Arc<BoxError>);

impl From<BoxError> for Failed {
    fn from(error: BoxError) -> Self {
        Failed(Arc::new(error))
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a connection cannot be opened")
    }
}

impl StdError for Failed {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&**self.0)
    }
}
