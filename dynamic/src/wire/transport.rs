//! The way to the server and back: credentials, patience, and a carrier below them.
//!
//! A request passes `auth` (who asks), then the [`Carrier`] (connections, TLS), then `retry`,
//! which decides from the outcome whether to wait and send it again. What the bytes mean is
//! not known here: `client` reads answers, and all requests come from its one door.

mod access;
mod acting;
pub(crate) mod auth;
mod body;
mod carrier;
pub(crate) mod certificate;
mod compression;
mod generations;
mod network;
pub(crate) mod problem;
mod retry;
#[cfg(test)]
pub(crate) mod script;
#[cfg(feature = "cache")]
mod thread;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderValue, Method};
#[cfg(feature = "cache")]
use tokio::runtime::Handle;
use tokio::time::error::Elapsed;
use tokio::time::{Instant, sleep, timeout_at};
use url::Url;

use self::access::{Access, Pass};
use self::acting::Acting;
use self::auth::Authenticator;
pub(crate) use self::body::Body;
use self::body::late;
use self::carrier::Head;
pub(crate) use self::carrier::{Carrier, Lifetime};
use self::generations::{Generations, Tenure};
use self::network::Network;
use self::retry::Outcome;
#[cfg(feature = "cache")]
use self::thread::CacheThread;
use crate::model::error::Result;
use crate::wire::config::{Config, Impersonation};
use crate::wire::credential::problem::CredentialProblem;
use crate::wire::warning::{self, WarningHandler};

/// A server, reached as one user. Cheap to clone; all clones share the connections.
#[derive(Clone)]
pub(crate) struct Transport {
    shared: Arc<Shared>,
    acting: Option<Arc<Acting>>,
}

struct Shared {
    access: Access,
    server: Url,
    timeout: Option<Duration>,
    compression: bool,
    on_warning: Option<WarningHandler>,
    #[cfg(feature = "cache")]
    caches: Option<CacheThread>,
}

impl Transport {
    pub(crate) fn new(config: &Config) -> Result<Self> {
        let network = |config: &Config| Ok(Arc::new(Network::new(config)?) as Arc<dyn Carrier>);
        Transport::of(Generations::new(config, network)?, config)
    }

    /// What is above the carrier, on any carrier.
    ///
    /// # Errors
    /// When the user to act as is not valid in a header.
    #[cfg(test)]
    pub(crate) fn over(carrier: Box<dyn Carrier>, config: &Config) -> Result<Self> {
        Transport::of(Generations::fixed(Arc::from(carrier), config), config)
    }

    fn of(generations: Generations, config: &Config) -> Result<Self> {
        let acting = config.impersonation.as_ref().map(Acting::new).transpose()?;
        let access = Access::new(Authenticator::new(config), generations);
        Ok(Transport {
            acting: acting.map(Arc::new),
            shared: Arc::new(Shared {
                access,
                server: config.server.clone(),
                timeout: config.timeout,
                compression: config.compression,
                on_warning: config.on_warning.clone(),
                #[cfg(feature = "cache")]
                caches: config.cache_thread.then(CacheThread::default),
            }),
        })
    }

    /// The same connections and credentials, acting as somebody else.
    ///
    /// # Errors
    /// When there is no user, or a value is not valid in a header.
    pub(crate) fn acting_as(&self, who: &Impersonation) -> Result<Self> {
        Ok(Transport {
            shared: Arc::clone(&self.shared),
            acting: Some(Arc::new(Acting::new(who)?)),
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
    /// [the rules](crate::semantics) allow. The last answer is returned whatever it says.
    pub(crate) async fn send(
        &self,
        request: http::Request<Bytes>,
        lifetime: Lifetime,
    ) -> Result<http::Response<Body>> {
        // One deadline for all attempts together (rule R9).
        let deadline = self
            .shared
            .timeout
            .and_then(|timeout| Instant::now().checked_add(timeout));
        let in_time = |wait: &Duration| deadline.is_none_or(|end| *wait < left(end));
        let mut attempt = 0;
        loop {
            let result = self.send_admitted(&request, lifetime, deadline).await;
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
            if let Ok(answer) = result {
                discard(answer.into_body()).await;
            }
            sleep(wait).await;
            attempt += 1;
        }
    }

    /// Sends a request with the present credential on the present connections, and once more
    /// if the server does not take it and these have changed since
    /// ([rule C14](crate::semantics#c14), [C21](crate::semantics#c21)).
    async fn send_admitted(
        &self,
        request: &http::Request<Bytes>,
        lifetime: Lifetime,
        deadline: Option<Instant>,
    ) -> Result<http::Response<Body>> {
        let access = &self.shared.access;
        let pass = before(deadline, access.pass(request.headers())).await;
        let pass = pass.map_err(|_| CredentialProblem::Late)??;
        let result = self.send_once(request, &pass, lifetime, deadline).await;
        let Some(refusal) = retry::refusal(request.method(), &result) else {
            return result;
        };
        let other = before(deadline, access.instead_of(&pass, refusal)).await;
        let Ok(Some(other)) = other else {
            return result;
        };
        if let Ok(answer) = result {
            discard(answer.into_body()).await;
        }
        self.send_once(request, &other, lifetime, deadline).await
    }

    async fn send_once(
        &self,
        request: &http::Request<Bytes>,
        pass: &Pass,
        lifetime: Lifetime,
        deadline: Option<Instant>,
    ) -> Result<http::Response<Body>> {
        let shared = &*self.shared;
        let mut request = request.clone();
        let headers = request.headers_mut();
        if let Some(authorization) = pass.authorization() {
            headers.insert(AUTHORIZATION, authorization.clone());
        } else if let Some(own) = headers.get_mut(AUTHORIZATION) {
            own.set_sensitive(true);
        }
        if let Some(acting) = &self.acting {
            acting.add_to(headers);
        }
        // Which answers are worth it the server knows: large ones, and snapshots as streams.
        if shared.compression {
            headers
                .entry(http::header::ACCEPT_ENCODING)
                .or_insert(HeaderValue::from_static("gzip"));
        }
        let (mut head, chunks) = self
            .head_of(request, pass, lifetime, deadline)
            .await?
            .into_parts();
        warning::report(&head.headers, shared.on_warning.as_ref());
        let chunks = compression::decoded(chunks, &mut head.headers)?;
        // What is left is also for the body of a short answer.
        let deadline = deadline.filter(|_| lifetime == Lifetime::Short);
        let tenure = match lifetime {
            Lifetime::Short => Tenure::without_end(),
            Lifetime::Stream => shared.access.tenure(pass),
        };
        let body = Body::new(chunks, &shared.server, deadline, tenure);
        Ok(http::Response::from_parts(head, body))
    }

    async fn head_of(
        &self,
        request: http::Request<Bytes>,
        pass: &Pass,
        lifetime: Lifetime,
        deadline: Option<Instant>,
    ) -> Result<Head> {
        let carrier = &pass.generation.carrier;
        let head = before(deadline, carrier.carry(request, lifetime)).await;
        head.unwrap_or_else(|_| Err(late(&self.shared.server)))
    }
}

/// What comes of it in time.
async fn before<T>(
    deadline: Option<Instant>,
    future: impl Future<Output = T>,
) -> Result<T, Elapsed> {
    match deadline {
        None => Ok(future.await),
        Some(deadline) => timeout_at(deadline, future).await,
    }
}

/// Reads the rest of a short refusal, which lets the connection be used again ([rule R5](crate::semantics#r5)); a long
/// one is cheaper to cut off.
async fn discard(body: Body) {
    const ENOUGH: usize = 2048;
    // A connection that breaks here is not used again, and that is all.
    let _ = body.up_to(ENOUGH).await;
}

fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}

/// Whether sending the same request twice does no harm.
pub(crate) fn is_idempotent(method: &Method) -> bool {
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE
    )
}
