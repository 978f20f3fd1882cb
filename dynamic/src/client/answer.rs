//! The one door for requests: every request of a client leaves here, and what comes back is an
//! answer that succeeded, or an error that says what was asked.
//!
//! A list, a watch, a log and a single object differ in how they read the body, and in nothing
//! before it. What is to happen to every request belongs here or in the transport below.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures::stream::Stream;
use http::{HeaderMap, StatusCode};

use super::Client;
use crate::model::error::{Error, Result};
use crate::wire::rest::{self, Asked, Request};
use crate::wire::transport::{Body, Lifetime};

/// A refusal is read no further than this: no `Status` is as long, a hostile body may be.
const LARGEST_REFUSAL: usize = 1 << 20;

/// An answer that succeeded, as far as its head says. Its body is on the way, and is a stream
/// of bytes.
pub(crate) struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
    asked: Asked,
}

impl Client {
    /// Sends a request and returns its answer once the head is there.
    ///
    /// # Errors
    /// The server's own where it refuses; else what was asked, and why there is no answer.
    pub(crate) async fn open(&self, request: Request, lifetime: Lifetime) -> Result<Answer> {
        let asked = request.asked.clone();
        let request = request.into_http(self.transport().server())?;
        self.exchange(request, asked, lifetime).await
    }

    /// As [`Client::open`], for a request that has its server.
    pub(super) async fn exchange(
        &self,
        request: http::Request<Bytes>,
        asked: Asked,
        lifetime: Lifetime,
    ) -> Result<Answer> {
        let sent = self.transport().send(request, lifetime).await;
        let answer = sent.map_err(|error| in_context(error, &asked))?;
        let (head, body) = answer.into_parts();
        if rest::is_success(head.status) {
            return Ok(Answer {
                status: head.status,
                headers: head.headers,
                body,
                asked,
            });
        }
        let text = body.up_to(LARGEST_REFUSAL).await;
        let text = text.map_err(|error| in_context(error, &asked))?;
        Err(rest::refused(head.status, &head.headers, &text, &asked))
    }

    /// Sends a request and returns the whole body of its answer.
    pub(crate) async fn execute(&self, request: Request) -> Result<Bytes> {
        let answer = self.open(request, Lifetime::Short).await?;
        answer.bytes().await
    }
}

impl Answer {
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The subject of the request.
    pub(crate) fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Ready once new requests go to other connections than this answer comes from.
    pub(super) fn poll_moved(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.body.poll_moved(context)
    }

    /// The whole body.
    ///
    /// # Errors
    /// The server's own, which a success may hold ([rule E5](crate::semantics#e5)); else what broke on the way.
    pub(crate) async fn bytes(self) -> Result<Bytes> {
        let body = self.body.up_to(usize::MAX).await;
        let body = body.map_err(|error| in_context(error, &self.asked))?;
        rest::check(self.status, &body)?;
        Ok(body)
    }

    /// The whole body as text that means nothing here. A log may hold the JSON of a refusal,
    /// which is not one.
    pub(crate) async fn text(self) -> Result<String> {
        let asked = self.asked;
        let body = self.body.up_to(usize::MAX).await;
        let text = body.and_then(|body| rest::text(&body).map(str::to_owned));
        text.map_err(|error| in_context(error, &asked))
    }
}

impl Stream for Answer {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let next = Pin::new(&mut this.body).poll_next(context);
        next.map_err(|error| in_context(error, &this.asked))
    }
}

fn in_context(error: Error, asked: &Asked) -> Error {
    error.while_doing(asked.clone())
}

#[cfg(test)]
mod tests;
