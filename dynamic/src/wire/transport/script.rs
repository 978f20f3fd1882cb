//! The carrier of tests: plays what a test wrote, on tokio's clock and without a socket.
//!
//! A script answers each request with one [`Exchange`]: from a list, or as a function decides
//! that a model of a server is behind. Under a paused clock its delays take no time.

use std::collections::VecDeque;
use std::future::pending;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures::future::BoxFuture;
use futures::stream::{self, Stream, StreamExt};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::Transport;
use super::carrier::{Carrier, Chunks, Head, Lifetime, failure};
use crate::model::error::{Error, Fault, Result};
use crate::wire::config::Config;

/// Where the server of a script would be.
const SERVER: &str = "http://script.test";

/// What a server says. Clones are the same script.
#[derive(Clone)]
pub(crate) struct Script {
    answer: Arc<Mutex<Answering>>,
}

type Answering = dyn FnMut(&http::Request<Bytes>) -> Exchange + Send;

/// What comes of one request.
pub(crate) struct Exchange {
    after: Duration,
    head: ScriptedHead,
    chunks: Chunks,
}

enum ScriptedHead {
    Answer(StatusCode, HeaderMap),
    /// No answer: the exchange fails.
    Fails(Fault),
    /// No answer, ever.
    Silence,
}

/// A part of a body.
pub(crate) enum Part {
    Bytes(Bytes),
    /// Nothing comes for a while.
    Pause(Duration),
    /// The connection breaks.
    Break,
    /// Nothing comes any more, not even the end.
    Silence,
}

impl Script {
    /// Answers as `answer` decides, which is asked once for each request.
    pub(crate) fn new(
        answer: impl FnMut(&http::Request<Bytes>) -> Exchange + Send + 'static,
    ) -> Self {
        Script {
            answer: Arc::new(Mutex::new(answer)),
        }
    }

    /// Plays a list, and fails a request behind its end as a server that is not there.
    pub(crate) fn playing(exchanges: impl IntoIterator<Item = Exchange>) -> Self {
        let mut exchanges: VecDeque<_> = exchanges.into_iter().collect();
        Script::new(move |_| {
            let next = exchanges.pop_front();
            next.unwrap_or_else(|| Exchange::fails(Fault::Connect))
        })
    }

    /// The configuration of a client of the scripted server.
    pub(crate) fn config() -> Config {
        Config::new(SERVER).unwrap()
    }

    /// A transport of this configuration on the script.
    pub(crate) fn transport(&self, config: &Config) -> Transport {
        Transport::over(Box::new(self.clone()), config).unwrap()
    }
}

impl Carrier for Script {
    fn carry(
        &self,
        request: http::Request<Bytes>,
        _lifetime: Lifetime,
    ) -> BoxFuture<'_, Result<Head>> {
        Box::pin(async move {
            let exchange = {
                let mut answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner);
                answer(&request)
            };
            if !exchange.after.is_zero() {
                tokio::time::sleep(exchange.after).await;
            }
            match exchange.head {
                ScriptedHead::Answer(status, headers) => {
                    let mut head = http::Response::new(exchange.chunks);
                    *head.status_mut() = status;
                    *head.headers_mut() = headers;
                    Ok(head)
                }
                ScriptedHead::Fails(fault) => Err(broken(fault)),
                ScriptedHead::Silence => pending().await,
            }
        })
    }
}

impl Exchange {
    /// An answer whose body is one text.
    pub(crate) fn answer(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Exchange::parts(status, [Part::Bytes(body.into())])
    }

    /// An answer whose body comes in parts.
    pub(crate) fn parts(
        status: StatusCode,
        parts: impl IntoIterator<Item = Part, IntoIter: Send + 'static>,
    ) -> Self {
        Exchange::streaming(status, stream::iter(parts))
    }

    /// An answer whose body is made as it goes.
    pub(crate) fn streaming(
        status: StatusCode,
        parts: impl Stream<Item = Part> + Send + 'static,
    ) -> Self {
        Exchange {
            after: Duration::ZERO,
            head: ScriptedHead::Answer(status, HeaderMap::new()),
            chunks: parts.filter_map(Part::play).boxed(),
        }
    }

    /// No answer, but a failure.
    pub(crate) fn fails(fault: Fault) -> Self {
        Exchange::without_answer(ScriptedHead::Fails(fault))
    }

    /// No answer at all.
    pub(crate) fn silence() -> Self {
        Exchange::without_answer(ScriptedHead::Silence)
    }

    fn without_answer(head: ScriptedHead) -> Self {
        Exchange {
            after: Duration::ZERO,
            head,
            chunks: stream::empty().boxed(),
        }
    }

    /// The same, so much later.
    pub(crate) fn after(mut self, delay: Duration) -> Self {
        self.after = delay;
        self
    }

    /// The same, with a header more.
    pub(crate) fn header(mut self, name: HeaderName, value: &'static str) -> Self {
        if let ScriptedHead::Answer(_, headers) = &mut self.head {
            headers.insert(name, HeaderValue::from_static(value));
        }
        self
    }
}

impl Part {
    async fn play(self) -> Option<Result<Bytes>> {
        match self {
            Part::Bytes(bytes) => Some(Ok(bytes)),
            Part::Pause(pause) => {
                tokio::time::sleep(pause).await;
                None
            }
            Part::Break => Some(Err(broken(Fault::Broken))),
            Part::Silence => pending().await,
        }
    }
}

fn broken(fault: Fault) -> Error {
    let scripted = std::io::Error::other("the script says so");
    failure(&Script::config().server, fault, scripted)
}
