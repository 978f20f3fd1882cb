//! Connections: accepted, secured where a builder asked for it, and served by HTTP/1.1 or HTTP/2.
//!
//! It knows nothing of Kubernetes: requests go to a [`Service`], and on the way there a test's
//! [`Fault`] may strike.

mod counts;
mod faults;
mod frames;
mod serve;
mod stream;
mod streams;
mod tls;

use std::future::Future;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use axum::body::Body;
use rustls::ServerConfig;
use rustls::pki_types::CertificateDer;

pub(crate) use self::counts::Connections;
pub use self::faults::Fault;
use self::faults::Faults;
pub(crate) use self::serve::serve;
use self::stream::Control;
use crate::certificates::Identity;

/// What a builder may choose of connections.
#[derive(Debug, Clone)]
pub(crate) struct NetOptions {
    /// Whether HTTP/2 is offered beside HTTP/1.1.
    pub(crate) http2: bool,
    pub(crate) http2_streams: u32,
    pub(crate) goaway_chance: f64,
}

/// The connections of one server, and the means to disturb them.
#[derive(Debug)]
pub(crate) struct Net {
    options: NetOptions,
    /// Serves plain HTTP without one.
    tls: Option<Mutex<Arc<ServerConfig>>>,
    faults: Faults,
    controls: Mutex<Vec<Weak<Control>>>,
    pub(crate) connections: Connections,
}

/// What the other side of a connection has shown of itself.
#[derive(Debug, Default)]
pub(crate) struct Peer {
    /// The client's certificate and what it sent with it; empty without one.
    pub(crate) certificates: Vec<CertificateDer<'static>>,
}

/// Answers requests.
pub(crate) trait Service: Send + Sync + 'static {
    /// What is known about the connection of a request, kept with it.
    type Session: Send + Sync + 'static;

    fn session(&self, peer: Peer) -> Self::Session;

    fn answer(
        &self,
        request: http::Request<Body>,
        session: &Self::Session,
    ) -> impl Future<Output = http::Response<Body>> + Send;

    /// An answer that is an error with this code.
    fn status(&self, code: u16) -> http::Response<Body>;
}

impl Net {
    /// Serves as `identity`; over plain HTTP without one.
    pub(crate) fn new(options: NetOptions, identity: Option<&Identity>) -> io::Result<Self> {
        let config = identity.map(|identity| tls::server_config(identity, options.http2));
        Ok(Self {
            options,
            tls: config.transpose()?.map(|config| Mutex::new(config.into())),
            faults: Faults::default(),
            controls: Mutex::default(),
            connections: Connections::default(),
        })
    }

    /// Serves new connections as `identity`.
    pub(crate) fn serve_as(&self, identity: &Identity) -> io::Result<()> {
        let tls = self.tls.as_ref().ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::Unsupported,
                "a server of plain HTTP has no certificate: start it with tls()",
            )
        })?;
        *locked(tls) = tls::server_config(identity, self.options.http2)?.into();
        Ok(())
    }

    pub(crate) fn inject(&self, fault: Fault) {
        self.faults.inject(fault);
    }

    /// Ends every open connection in order.
    pub(crate) fn go_away(&self) {
        self.each(Control::go_away);
    }

    /// Silences every open connection.
    pub(crate) fn silence(&self) {
        self.each(Control::silence);
    }

    /// Closes every open connection.
    pub(crate) fn break_off(&self) {
        self.each(Control::break_off);
    }

    fn each(&self, what: impl Fn(&Control)) {
        let controls = locked(&self.controls);
        controls
            .iter()
            .filter_map(Weak::upgrade)
            .for_each(|control| what(&control));
    }

    /// A connection that begins.
    fn control(&self) -> Arc<Control> {
        let control = Arc::new(Control::default());
        let mut controls = locked(&self.controls);
        controls.retain(|control| control.strong_count() > 0);
        controls.push(Arc::downgrade(&control));
        control
    }

    fn tls(&self) -> Option<Arc<ServerConfig>> {
        self.tls.as_ref().map(|config| locked(config).clone())
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Each write is one assignment or one call on a collection.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
