//! The seam below the client: a request goes in, the head of its answer and a body come out.
//!
//! A carrier knows how to reach a server and nothing else. Credentials, retries, deadlines,
//! compression and warnings are above it, once, whatever carries the bytes: `network` for
//! programs, `script` for tests. The head keeps its extensions, which is where hyper leaves the
//! connection of an upgrade.

use std::error::Error as StdError;

use bytes::Bytes;
use futures::future::BoxFuture;
use futures::stream::BoxStream;
use url::Url;

use super::problem::ExchangeProblem;
use crate::model::error::{Error, Fault, Result};

/// The bytes of a body, as they arrive.
pub(super) type Chunks = BoxStream<'static, Result<Bytes>>;

/// The head of an answer, and its body on the way.
pub(super) type Head = http::Response<Chunks>;

/// How long an exchange may last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lifetime {
    /// One answer, within the configured timeout.
    Short,
    /// A watch: once open, as long as the server keeps it ([rule R10](crate::semantics#r10)).
    Stream,
}

/// Sends one request, which the server begins once at most. Dropping the future or the body gives
/// the exchange up.
pub(crate) trait Carrier: Send + Sync {
    /// Sends the request and waits for the head of its answer.
    fn carry(
        &self,
        request: http::Request<Bytes>,
        lifetime: Lifetime,
    ) -> BoxFuture<'_, Result<Head>>;
}

/// An exchange with a server that failed on the way.
pub(super) fn failure(
    server: &Url,
    fault: Fault,
    error: impl Into<Box<dyn StdError + Send + Sync>>,
) -> Error {
    ExchangeProblem {
        server: server.clone(),
        fault,
        cause: error.into(),
    }
    .into()
}
