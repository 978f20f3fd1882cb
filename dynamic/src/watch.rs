//! Following a collection: the stream of changes that a WATCH answers.
//!
//! `decoder` cuts bytes into frames and turns a frame into an event, without I/O; this
//! module joins it to a response. Whoever wants to survive the end of a stream, a relist
//! or an expired version uses an informer, which is built on this.

mod decoder;
mod event;

use std::collections::VecDeque;
use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures::future::BoxFuture;
use futures::stream::{BoxStream, Stream};
use http::Method;

pub use self::decoder::{FrameError, WatchDecoder};
pub use self::event::{Bookmark, WatchEvent};
use crate::api::Api;
use crate::error::{Error, ErrorKind, Fault, Result};
use crate::object::Object;
use crate::rest::{ListOptions, PARTIAL, Request, Target, check};
use crate::transport::Lifetime;
use crate::verbs;

impl<K: Object + verbs::Watch> Api<K> {
    /// Watches objects from the options' resourceVersion on; without one, the watch begins
    /// with an `Added` for each object that is there, and goes on from then.
    ///
    /// Awaiting it opens the stream, whose end is routine: the server closes it after some
    /// minutes, and a lost connection ends it the same way (semantics W3).
    ///
    /// # Errors
    /// From the await, what the server says to the request. From the stream: `is_expired()`
    /// when the version is too old, `is_decode()` for a frame or object that cannot be read.
    ///
    /// ```no_run
    /// # async fn doc(pods: kubewright_dynamic::Api<kubewright_dynamic::Unstructured>) -> kubewright_dynamic::Result<()> {
    /// use futures::TryStreamExt;
    /// use kubewright_dynamic::{ListOptions, WatchEvent};
    ///
    /// let list = pods.list(&ListOptions::new()).await?;
    /// let since = list.resource_version().unwrap_or_default().to_owned();
    /// let mut changes = pods.watch(&ListOptions::new().resource_version(since)).await?;
    /// while let Some(event) = changes.try_next().await? {
    ///     if let WatchEvent::Deleted(pod) = event {
    ///         println!("{} is gone", pod.name());
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn watch(&self, options: &ListOptions) -> WatchCall<K> {
        WatchCall {
            api: self.clone(),
            options: options.clone(),
        }
    }
}

/// A watch that has not been opened.
#[must_use = "a watch is opened when it is awaited"]
#[derive(Debug)]
pub struct WatchCall<K> {
    api: Api<K>,
    options: ListOptions,
}

impl<K: Object> IntoFuture for WatchCall<K> {
    type Output = Result<Watch<K>>;
    type IntoFuture = BoxFuture<'static, Result<Watch<K>>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let api = &self.api;
            let target = Target {
                resource: api.api_resource(),
                namespace: api.current_namespace(),
                name: None,
                subresource: None,
            };
            let mut request = Request::new(Method::GET, &target, "watch")?;
            request.query = self.options.to_watch_query();
            if K::METADATA_ONLY {
                request.accept = PARTIAL;
            }
            open(api, request).await
        })
    }
}

async fn open<K: Object>(api: &Api<K>, request: Request) -> Result<Watch<K>> {
    let asked = request.asked.clone();
    let transport = api.client().transport();
    let answer = api.client().open(request, Lifetime::Stream).await?;
    // A watch is answered 200 or refused (E1); a refusal has a body to be read whole.
    if answer.status != http::StatusCode::OK {
        let (status, headers) = (answer.status, answer.headers.clone());
        let body = answer.bytes(transport).await?;
        check(status, &headers, &body, &asked)?;
        return Err(Error::decode(format!(
            "{asked}: the server answered {status} to a watch"
        )));
    }
    Ok(Watch::new(answer.stream(transport)))
}

/// The changes of a collection, as they happen: a [`Stream`] of [`WatchEvent`]s.
///
/// Nothing is read ahead of the consumer but what one network read holds, so a slow
/// consumer slows the server down (semantics W5). Dropping it closes the connection's
/// stream. After an object that cannot be read as a `K` the stream goes on; after a frame
/// that is no event, or an error of the server, it ends.
pub struct Watch<K> {
    bytes: Option<BoxStream<'static, Result<Bytes>>>,
    decoder: WatchDecoder,
    ready: VecDeque<Result<WatchEvent<K>>>,
}

impl<K: Object> Watch<K> {
    fn new(bytes: BoxStream<'static, Result<Bytes>>) -> Self {
        Watch {
            bytes: Some(bytes),
            decoder: WatchDecoder::new(),
            ready: VecDeque::new(),
        }
    }

    /// Takes in what arrived; events wait in `ready`.
    fn take_in(&mut self, chunk: &[u8]) {
        self.decoder.push(chunk);
        while let Some(frame) = self.decoder.next_frame() {
            let event = frame
                .map_err(Error::from)
                .and_then(|frame| WatchEvent::from_json(&frame));
            let last = event
                .as_ref()
                .is_err_and(|error| !event::is_about_one_object(error));
            self.ready.push_back(event);
            if last {
                self.bytes = None;
                return;
            }
        }
    }

    fn end(&mut self, error: Option<Error>) {
        self.bytes = None;
        // A connection that breaks and one that ends are the same to whoever watches (W3).
        if let Some(error) = error.filter(|error| {
            !matches!(
                error.kind(),
                ErrorKind::Transport(Fault::Broken | Fault::Timeout)
            )
        }) {
            self.ready.push_back(Err(error));
        }
    }
}

impl<K: Object> Stream for Watch<K> {
    type Item = Result<WatchEvent<K>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(event) = this.ready.pop_front() {
                return Poll::Ready(Some(event));
            }
            let Some(bytes) = &mut this.bytes else {
                return Poll::Ready(None);
            };
            match ready!(bytes.as_mut().poll_next(context)) {
                Some(Ok(chunk)) => this.take_in(&chunk),
                Some(Err(error)) => this.end(Some(error)),
                None => this.end(None),
            }
        }
    }
}

impl<K> Unpin for Watch<K> {}

impl<K> fmt::Debug for Watch<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("open", &self.bytes.is_some())
            .finish_non_exhaustive()
    }
}
