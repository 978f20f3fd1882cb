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

/// Sends one request, once. Dropping the future or the body gives the exchange up.
pub(crate) trait Carrier: Send + Sync {
    /// Sends the request and waits for the head of its answer, however long that takes.
    fn carry(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<Head>>;
}

/// An exchange with a server that failed on the way.
pub(super) fn failure(
    server: &Url,
    fault: Fault,
    error: impl StdError + Send + Sync + 'static,
) -> Error {
    ExchangeProblem {
        server: server.clone(),
        fault,
        cause: Box::new(error),
    }
    .into()
}
