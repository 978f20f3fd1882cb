//! The carrier that programs use: [lanes] of HTTP clients, over TLS, HTTP/2 where the server
//! speaks it.
//!
//! A request is given a place in a lane and sent there. If it gets no answer, what is known of it
//! decides whether it goes to another connection at once ([resend]): what the server has certainly
//! not begun is not the caller's business.

mod client;
mod door;
mod gate;
mod lanes;
mod resend;
mod signs;
mod tls;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::future::BoxFuture;
use futures::stream::StreamExt;
use http::HeaderValue;
use rustls::pki_types::ServerName;
use tokio::time::timeout;
use url::Url;

use self::client::{Answer, BoxError, Client, Settings, named};
use self::door::{Door, Spoken};
use self::gate::{Gate, gated};
use self::lanes::{Lanes, Permit};
use self::resend::Sign;
use super::carrier::{Carrier, Head, Lifetime, failure};
use super::problem::{Mute, TransportProblem};
use crate::model::error::{Error, Fault, Result};
use crate::wire::config::Config;

/// How often a request without an answer is looked at. An open connection takes a request in less
/// time than this.
const LOOK: Duration = Duration::from_secs(5);
/// How often a request without an answer is looked at before it is given up, if the caller has
/// set no timeout. API servers give up after one minute.
const LOOKS: u32 = 60;

/// An idle connection over HTTP/1.1 is not kept longer, as servers close theirs after a while. One
/// over HTTP/2 is: the time counts from the last request, so an old watch would take a connection
/// out of the pool, and the next request would open another one.
const IDLE: Duration = Duration::from_secs(90);

/// The connections to one server.
pub(super) struct Network {
    lanes: Lanes<Client>,
    spoken: Arc<Spoken>,
    server: Url,
}

/// A request that can be sent again and again.
struct Plan {
    head: http::request::Parts,
    url: Url,
    body: Bytes,
}

/// An attempt without an answer.
struct Lost {
    sign: Sign,
    fault: Fault,
    cause: BoxError,
}

impl Network {
    pub(super) fn new(config: &Config) -> Result<Self> {
        // Over http no TLS is spoken, and the certificates of the system need not be read.
        let (tls, spoken) = if config.is_https() {
            (tls::client_config(&config.tls)?, Spoken::unknown())
        } else {
            (tls::trusting_nobody()?, Spoken::http_1())
        };
        let settings = Settings {
            user_agent: user_agent(&config.user_agent)?,
            tls,
            server_name: server_name(config)?,
            proxy: config.proxy()?,
            idle: spoken.is_http_1().then_some(IDLE),
        };
        let spoken = Arc::new(spoken);
        let known = Arc::clone(&spoken);
        let lanes = Lanes::new(move || settings.client(Door::new(Arc::clone(&known))))?;
        Ok(Network {
            lanes,
            spoken,
            server: config.server.clone(),
        })
    }

    async fn send(&self, request: http::Request<Bytes>, lifetime: Lifetime) -> Result<Head> {
        let plan = Plan::of(request)?;
        let mut tries = 0;
        loop {
            let permit = self.lanes.take(lifetime, !self.spoken.is_http_1())?;
            let (body, gate) = gated(plan.body.clone());
            let lost = match attempt(&plan, body, &gate, &permit).await {
                Ok(answer) => return Ok(self.head(answer, permit)),
                Err(lost) => lost,
            };
            match lost.sign {
                Sign::Refused => permit.is_refused(),
                Sign::Stuck => permit.is_stuck(),
                _ => {}
            }
            drop(permit);
            let is_safe = plan.head.method.is_safe();
            let Some(wait) = resend::wait(lost.sign, gate.close(), is_safe, tries) else {
                return Err(failure(&self.server, lost.fault, lost.cause));
            };
            tracing::debug!(sign = ?lost.sign, tries, ?wait, "the request goes to another connection");
            tokio::time::sleep(wait).await;
            tries += 1;
        }
    }

    /// The answer, which has its place in the lane until it is dropped.
    fn head(&self, answer: Answer, permit: Permit<Client>) -> Head {
        let server = self.server.clone();
        answer.map(|chunks| {
            let chunks = chunks.map(move |chunk| {
                let _held = &permit;
                chunk.map_err(|error| broken(&server, error))
            });
            chunks.boxed()
        })
    }
}

fn user_agent(text: &str) -> Result<HeaderValue, TransportProblem> {
    HeaderValue::from_str(text).map_err(|source| TransportProblem::BadUserAgent { source })
}

/// What the server is called in TLS, where that is not the host of its URL.
fn server_name(config: &Config) -> Result<Option<ServerName<'static>>> {
    let host = config.server.host_str();
    let other = config.tls.server_name.as_deref();
    let other = other.filter(|&name| config.is_https() && Some(name) != host);
    Ok(other.map(named::server_name).transpose()?)
}

impl Carrier for Network {
    fn carry(
        &self,
        request: http::Request<Bytes>,
        lifetime: Lifetime,
    ) -> BoxFuture<'_, Result<Head>> {
        Box::pin(self.send(request, lifetime))
    }
}

impl Plan {
    fn of(request: http::Request<Bytes>) -> Result<Self> {
        let (head, body) = request.into_parts();
        let uri = head.uri.to_string();
        match Url::parse(&uri) {
            Ok(url) => Ok(Plan { head, url, body }),
            Err(source) => Err(TransportProblem::NotAUrl { uri, source }.into()),
        }
    }
}

/// Sends the request once, and waits for the head of its answer as long as that may take.
async fn attempt(
    plan: &Plan,
    body: gate::Gated,
    gate: &Gate,
    permit: &Permit<Client>,
) -> Result<Answer, Lost> {
    let mut request = http::Request::new(body);
    *request.method_mut() = plan.head.method.clone();
    *request.headers_mut() = plan.head.headers.clone();
    // Without a body nothing tells whether a write has left.
    let tells = !gate.is_empty || request.method().is_safe();
    let client = permit.client();
    let mut sending = client.send(request, &plan.head.uri, &plan.url);
    for _ in 0..LOOKS {
        match timeout(LOOK, &mut sending).await {
            Ok(Ok(answer)) => {
                permit.is_answered();
                return Ok(answer);
            }
            Ok(Err(error)) => return Err(Lost::by(error)),
            // Rule R15
            Err(_) if tells && !client.door.is_connecting() && gate.take_back() => {
                return Err(Lost::stuck());
            }
            Err(_) => {}
        }
    }
    Err(Lost::mute())
}

impl Lost {
    fn by(cause: BoxError) -> Self {
        let fault = signs::fault(&*cause);
        let sign = signs::sign(&*cause, fault);
        Lost { sign, fault, cause }
    }

    fn stuck() -> Self {
        Lost {
            sign: Sign::Stuck,
            fault: Fault::Broken,
            cause: Box::new(Mute::NotTaken),
        }
    }

    fn mute() -> Self {
        Lost {
            sign: Sign::Final,
            fault: Fault::Timeout,
            cause: Box::new(Mute::NoHead),
        }
    }
}

/// A body that ended too early.
fn broken(server: &Url, error: BoxError) -> Error {
    failure(server, signs::fault(&*error), error)
}
