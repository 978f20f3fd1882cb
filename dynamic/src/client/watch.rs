//! Watches: the stream of changes of a collection.
//!
//! `decoder` cuts bytes into frames and turns a frame into an event, without I/O; this
//! module joins it to a response. To survive the end of a stream, a relist
//! or an expired version uses an informer, which is built on this.

mod decoder;
mod event;
pub(crate) mod problem;

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures::future::BoxFuture;
use futures::stream::Stream;
use http::{HeaderValue, Method};

pub use self::decoder::{FrameError, WatchDecoder};
use self::event::Fail;
pub use self::event::{Bookmark, WatchEvent};
#[cfg(feature = "cache")]
pub(crate) use self::event::{Change, Frame, read_object};
use crate::client::api::{Api, Table};
use crate::client::problem::ClientProblem;
use crate::client::{Answer, Client};
use crate::model::error::{Error, ErrorKind, Fault, Result};
use crate::model::object::Object;
use crate::model::verbs;
use crate::wire::rest::{JSON, ListOptions, PARTIAL, Request, TABLE, Target};
use crate::wire::transport::Lifetime;

impl<K: Object + verbs::Watch> Api<K> {
    /// Watches objects from the options' resourceVersion on; without one, the watch begins
    /// with an `Added` for each object that is there, and goes on from then.
    ///
    /// Awaiting it opens the stream, whose end is routine: the server closes it after some
    /// minutes, and a lost connection ends it the same way ([rule W3](crate::semantics#w3)).
    ///
    /// # Errors
    /// From the await, what the server says to the request. From the stream: `is_expired()`
    /// when the version is too old, `is_decode()` for a frame or object that cannot be read.
    ///
    /// ```no_run
    /// # async fn doc(pods: kubewright::Api<kubewright::Unstructured>) -> kubewright::Result<()> {
    /// use futures::TryStreamExt;
    /// use kubewright::{ListOptions, WatchEvent};
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
    #[doc(alias = "watcher")]
    pub fn watch(&self, options: &ListOptions) -> WatchCall<K> {
        let accept = if K::METADATA_ONLY { PARTIAL } else { JSON };
        WatchCall {
            client: self.client().clone(),
            request: request(self, options, accept),
            read: WatchDecoder::read_event,
        }
    }

    /// Watches objects as tables whose columns and cells the server chooses: each event
    /// holds a table of one row, the first of a stream its columns too.
    ///
    /// Without a version, bookmarks come only if the options ask for them: a server with Kubernetes
    /// 1.32 ends the first objects with a bookmark then, and cannot make a table of it.
    ///
    /// # Errors
    /// As [`Api::watch`]; the stream ends with `is_decode()` at a server that does not make
    /// tables.
    ///
    /// ```no_run
    /// # async fn doc(pods: kubewright::Api<kubewright::Unstructured>) -> kubewright::Result<()> {
    /// use futures::TryStreamExt;
    /// use kubewright::ListOptions;
    ///
    /// let mut changes = pods.watch_table(&ListOptions::new()).await?;
    /// while let Some(event) = changes.try_next().await? {
    ///     for row in event.object().iter().flat_map(|table| &table.rows) {
    ///         println!("{:?}", row.cells);
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn watch_table(&self, options: &ListOptions) -> WatchCall<Table> {
        WatchCall {
            client: self.client().clone(),
            request: request(self, &for_a_table(options), TABLE),
            read: |decoder| decoder.read(event::of_table),
        }
    }
}

/// Options that a server of any release takes for a table ([rule W10](crate::semantics#w10)).
fn for_a_table(options: &ListOptions) -> ListOptions {
    let options = options.clone();
    let has_no_version = matches!(options.resource_version.as_deref(), None | Some("" | "0"));
    match (options.bookmarks, options.initial_events) {
        (None, None) if has_no_version => options.bookmarks(false),
        _ => options,
    }
}

fn request<K: Object>(api: &Api<K>, options: &ListOptions, accept: HeaderValue) -> Result<Request> {
    let target = Target {
        resource: api.api_resource(),
        namespace: api.current_namespace(),
        name: None,
        subresource: None,
    };
    let mut request = Request::new(Method::GET, &target, "watch")?;
    request.query = options.to_watch_query()?;
    request.accept = accept;
    Ok(request)
}

/// How the next frame becomes an event.
type Read<T> = fn(&mut WatchDecoder) -> Option<Result<Result<WatchEvent<T>, Fail>>>;

/// A watch that has not been opened.
#[must_use = "a watch is opened when it is awaited"]
#[derive(Debug)]
pub struct WatchCall<T> {
    client: Client,
    request: Result<Request>,
    read: Read<T>,
}

impl<T: 'static> IntoFuture for WatchCall<T> {
    type Output = Result<Watch<T>>;
    type IntoFuture = BoxFuture<'static, Result<Watch<T>>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let frames = open(&self.client, self.request?).await?;
            Ok(Watch {
                frames,
                read: self.read,
            })
        })
    }
}

#[cfg(feature = "cache")]
impl<T> WatchCall<T> {
    /// Opens the stream, to read its frames one by one where they lie.
    pub(crate) async fn frames(self) -> Result<Frames> {
        open(&self.client, self.request?).await
    }
}

async fn open(client: &Client, request: Request) -> Result<Frames> {
    let answer = client.open(request, Lifetime::Stream).await?;
    // A watch is answered 200 or refused (rule E1).
    if answer.status() != http::StatusCode::OK {
        let status = answer.status();
        let error = Error::from(ClientProblem::NotAWatch { status });
        return Err(error.while_doing(answer.asked().clone()));
    }
    Ok(Frames {
        answer: Some(answer),
        decoder: WatchDecoder::new(),
    })
}

/// The frames of a watch, as they arrive.
pub(crate) struct Frames {
    /// `None` once nothing more can follow.
    answer: Option<Answer>,
    decoder: WatchDecoder,
}

impl Frames {
    /// Hands the next frame to `take`; `None` at the end, which a connection that breaks
    /// and one that is closed are alike ([rule W3](crate::semantics#w3)). Cancel-safe.
    #[cfg(feature = "cache")]
    pub(crate) async fn next<R>(
        &mut self,
        mut take: impl FnMut(Frame<'_>) -> R,
    ) -> Result<Option<R>> {
        let mut read = |decoder: &mut WatchDecoder| decoder.read(&mut take);
        std::future::poll_fn(|context| self.poll(context, &mut read))
            .await
            .transpose()
    }

    fn poll<R>(
        &mut self,
        context: &mut Context<'_>,
        read: &mut impl FnMut(&mut WatchDecoder) -> Option<Result<R>>,
    ) -> Poll<Option<Result<R>>> {
        loop {
            let Some(answer) = &mut self.answer else {
                return Poll::Ready(None);
            };
            if let Some(taken) = read(&mut self.decoder) {
                if taken.is_err() {
                    self.answer = None;
                }
                return Poll::Ready(Some(taken));
            }
            match Pin::new(&mut *answer).poll_next(context) {
                Poll::Ready(Some(Ok(chunk))) => self.decoder.push(&chunk),
                Poll::Ready(end) => {
                    self.answer = None;
                    return Poll::Ready(end.and_then(Result::err).and_then(unless_cut).map(Err));
                }
                Poll::Pending if self.decoder.is_mid_frame() => return Poll::Pending,
                // Rule C14: between two frames nothing is lost.
                Poll::Pending => {
                    ready!(answer.poll_moved(context));
                    self.answer = None;
                    return Poll::Ready(None);
                }
            }
        }
    }
}

/// A connection that breaks and one that ends are the same to a watcher
/// ([rule W3](crate::semantics#w3)).
fn unless_cut(error: Error) -> Option<Error> {
    let is_cut = matches!(
        error.kind(),
        ErrorKind::Transport(Fault::Broken | Fault::Timeout)
    );
    (!is_cut).then_some(error)
}

/// The changes of a collection, as they happen: a [`Stream`] of [`WatchEvent`]s.
///
/// Nothing is read ahead of the consumer but what one network read holds, so a slow
/// consumer slows the server down ([rule W5](crate::semantics#w5)). Dropping it closes the
/// connection's stream. After an object that cannot be read as a `T` the stream goes on; after a
/// frame that is not an event, or an error of the server, it ends.
pub struct Watch<T> {
    frames: Frames,
    read: Read<T>,
}

impl<T> Stream for Watch<T> {
    type Item = Result<WatchEvent<T>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let event = ready!(this.frames.poll(context, &mut this.read));
        Poll::Ready(event.map(|read| match read? {
            Ok(event) => Ok(event),
            Err(Fail::Object(error)) => Err(error),
            Err(Fail::Stream(error)) => {
                this.frames.answer = None;
                Err(error)
            }
        }))
    }
}

impl<T> Unpin for Watch<T> {}

impl<T> fmt::Debug for Watch<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("open", &self.frames.answer.is_some())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watch_of_tables_asks_for_bookmarks_only_after_a_version() {
        // Rule W10
        let new = ListOptions::new;
        for (options, bookmarks) in [
            (new(), Some(false)),
            (new().resource_version(""), Some(false)),
            (new().resource_version("0"), Some(false)),
            (new().resource_version("7"), None),
            (new().bookmarks(true), Some(true)),
            // Without them it would not be seen where the beginning ends.
            (new().initial_events(true), None),
        ] {
            assert_eq!(for_a_table(&options).bookmarks, bookmarks, "{options:?}");
        }
    }
}
