//! Subresources that speak text or streams: logs, and all of [`Connect`].
//!
//! Text is read here. What needs a connection of its own (exec, attach, port-forward) ends
//! in a request that is built and checked: this client opens no websocket yet, and another
//! one can upgrade it.

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures::stream::{BoxStream, Stream, StreamExt};
use http::Method;

use super::{Api, Object};
use crate::client::Client;
use crate::client::problem::ClientProblem;
use crate::model::error::Result;
use crate::model::subresource::{Connect, HasLog, Parameters, Text};
use crate::wire::rest::{ANYTHING, Request};
use crate::wire::transport::Lifetime;

/// A longer line comes in pieces of this length.
const LONGEST_LINE: usize = 1 << 20;

impl<K: HasLog> Api<K> {
    /// The log of a pod: all of it, its lines as they arrive, or its bytes.
    ///
    /// An untyped handle takes [`LogOptions`](crate::LogOptions), a generated `Pod` the
    /// `PodLogOptions` of its crate.
    ///
    /// # Errors
    /// From the reading: `is_not_found()` when there is no such pod, `is_bad_request()` when
    /// a container has to be named or has not begun.
    ///
    /// ```no_run
    /// # async fn doc(pods: kubewright::Api<kubewright::Unstructured>) -> kubewright::Result<()> {
    /// use kubewright::LogOptions;
    ///
    /// let last = pods.logs("web-0", &LogOptions::new().tail(100)).text().await?;
    /// println!("{last}");
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "GetLogs")]
    pub fn logs(&self, name: &str, options: &<K::Log as Connect>::Options) -> Connection<K::Log> {
        self.connection(name, <K::Log as Connect>::NAME, options)
    }
}

impl<K: Object> Api<K> {
    /// A subresource that speaks text or a stream, of one object: exec, attach, port-forward.
    /// Logs have a method of their own, [`Api::logs`].
    #[doc(alias("exec", "attach", "portforward"))]
    pub fn connect<C: Connect<Parent = K>>(
        &self,
        _which: C,
        name: &str,
        options: &C::Options,
    ) -> Connection<C> {
        self.connection(name, C::NAME, options)
    }

    /// A request for a subresource at any path, to be read as `C` is.
    pub(super) fn connection<C: Connect<Parent = K>>(
        &self,
        name: &str,
        path: &str,
        options: &impl Parameters,
    ) -> Connection<C> {
        let method = Method::from_bytes(C::METHOD.as_bytes());
        let method = method.map_err(|source| {
            ClientProblem::NotAMethod {
                method: C::METHOD,
                source,
            }
            .into()
        });
        let request =
            method.and_then(|method| Request::new(method, &self.subobject(name, path), "connect"));
        let request = request.map(|mut request| {
            request.accept = ANYTHING;
            options.each(&mut |key, value| request.query.add(key, value.to_string()));
            request
        });
        Connection {
            client: self.client.clone(),
            request,
            which: PhantomData,
        }
    }
}

/// A request for text or a stream that has not been sent.
#[must_use = "nothing is sent until it is read"]
pub struct Connection<C> {
    client: Client,
    request: Result<Request>,
    which: PhantomData<fn() -> C>,
}

impl<C: Connect> Connection<C> {
    /// The request as path and query, without server and credentials: what
    /// [`Client::raw`] sends, and what a websocket client upgrades.
    ///
    /// # Errors
    /// When the name of the object or the namespace can be none.
    pub fn into_request(self) -> Result<http::Request<Bytes>> {
        let request = self.request?;
        let query = request.query.to_string();
        let separator = if query.is_empty() { "" } else { "?" };
        let built = http::Request::builder()
            .method(request.method)
            .uri(format!("{}{separator}{query}", request.path))
            .body(Bytes::new());
        Ok(built.map_err(|source| ClientProblem::NotARequest { source })?)
    }
}

impl<C: Text> Connection<C> {
    /// All of it, as text.
    ///
    /// # Errors
    /// The server's, and when what it sends is not UTF-8.
    pub async fn text(self) -> Result<String> {
        let answer = self.client.open(self.request?, Lifetime::Short).await?;
        answer.text().await
    }

    /// The bytes as they arrive, for as long as the server sends them.
    ///
    /// # Errors
    /// The server's, when it refuses.
    pub async fn bytes(self) -> Result<BoxStream<'static, Result<Bytes>>> {
        let answer = self.client.open(self.request?, Lifetime::Stream).await?;
        Ok(answer.boxed())
    }

    /// The lines as they arrive, without their ends.
    ///
    /// # Errors
    /// As [`Connection::bytes`].
    pub async fn lines(self) -> Result<Lines> {
        Ok(Lines::new(self.bytes().await?))
    }
}

/// Lines of text as they arrive.
///
/// Bytes that are not UTF-8 are replaced, and a line of more than a mebibyte comes in pieces: a
/// program that writes such lines must not stop the reader of its log.
pub struct Lines {
    bytes: Option<BoxStream<'static, Result<Bytes>>>,
    rest: Vec<u8>,
    ready: VecDeque<String>,
}

impl Lines {
    fn new(bytes: BoxStream<'static, Result<Bytes>>) -> Self {
        Lines {
            bytes: Some(bytes),
            rest: Vec::new(),
            ready: VecDeque::new(),
        }
    }

    fn push(&mut self, chunk: &[u8]) {
        for part in chunk.split_inclusive(|&byte| byte == b'\n') {
            self.rest.extend_from_slice(part);
            if self.rest.ends_with(b"\n") || self.rest.len() >= LONGEST_LINE {
                self.end_line();
            }
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.rest);
        let line = line.strip_suffix(b"\n").unwrap_or(&line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        self.ready
            .push_back(String::from_utf8_lossy(line).into_owned());
    }
}

impl Stream for Lines {
    type Item = Result<String>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(line) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(line)));
            }
            let Some(bytes) = &mut self.bytes else {
                return Poll::Ready(None);
            };
            match ready!(bytes.as_mut().poll_next(context)) {
                Some(Ok(chunk)) => self.push(&chunk),
                Some(Err(error)) => {
                    self.bytes = None;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.bytes = None;
                    if !self.rest.is_empty() {
                        self.end_line();
                    }
                }
            }
        }
    }
}

impl<C: Connect> fmt::Debug for Connection<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.request {
            Ok(request) => write!(f, "Connection({})", request.asked),
            Err(error) => write!(f, "Connection({error})"),
        }
    }
}

impl fmt::Debug for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines")
            .field("ended", &self.bytes.is_none())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures::{StreamExt, stream};

    use super::*;
    use crate::model::subresource::LogOptions;
    use crate::wire::transport::script::Script;

    #[test]
    fn the_options_of_a_log_are_sent_where_they_are_set() {
        let config = Script::config();
        let client = Client::over(Script::playing([]).transport(&config), &config);
        let pods = client.resource(&"v1/pods".parse().unwrap()).namespace("a");
        let asked = |options: &LogOptions| {
            let request = pods.logs("web", options).into_request().unwrap();
            let (method, uri) = (request.method().clone(), request.uri().to_string());
            assert_eq!(method, Method::GET);
            uri.replace("/api/v1/namespaces/a/pods/web/log", "")
        };
        let all = LogOptions::new()
            .container("app")
            .follow()
            .previous()
            .since(Duration::from_millis(10))
            .tail(5)
            .limit_bytes(7)
            .timestamps();
        assert_eq!(asked(&LogOptions::new()), "");
        assert_eq!(asked(&LogOptions::new().tail(0)), "?tailLines=0");
        assert_eq!(
            asked(&all),
            "?container=app&follow=true&limitBytes=7&previous=true&sinceSeconds=1&tailLines=5&timestamps=true"
        );
        let proxied = pods.any_subresource("proxy/metrics").connect("web", &());
        let uri = proxied.into_request().unwrap().uri().to_string();
        assert_eq!(uri, "/api/v1/namespaces/a/pods/web/proxy/metrics");
    }

    async fn lines(chunks: &[&[u8]]) -> Vec<String> {
        let chunks: Vec<_> = chunks
            .iter()
            .map(|chunk| Ok(Bytes::copy_from_slice(chunk)))
            .collect();
        let lines = Lines::new(stream::iter(chunks).boxed());
        lines.map(Result::unwrap_or_default).collect().await
    }

    #[tokio::test]
    async fn lines_are_whole_wherever_the_chunks_end() {
        assert_eq!(
            lines(&[b"a\nb", b"c\r\n\n", b"end"]).await,
            ["a", "bc", "", "end"]
        );
        assert_eq!(lines(&[]).await, Vec::<String>::new());
        assert_eq!(lines(&[b"\xff\n"]).await, ["\u{fffd}"]);
    }

    #[tokio::test]
    async fn a_line_without_end_comes_in_pieces() {
        let chunk = vec![b'x'; LONGEST_LINE / 2];
        let pieces = lines(&[&chunk, &chunk, &chunk]).await;
        let lengths: Vec<_> = pieces.iter().map(String::len).collect();
        assert_eq!(lengths, [LONGEST_LINE, LONGEST_LINE / 2]);
    }

    #[tokio::test]
    async fn an_error_ends_the_lines() {
        let chunks = vec![
            Ok(Bytes::from_static(b"a\nb")),
            Err(ClientProblem::Nameless.into()),
        ];
        let mut lines = Lines::new(stream::iter(chunks).boxed());
        assert!(lines.next().await.is_some_and(|line| line.is_ok()));
        assert!(lines.next().await.is_some_and(|line| line.is_err()));
        assert!(lines.next().await.is_none());
    }
}
