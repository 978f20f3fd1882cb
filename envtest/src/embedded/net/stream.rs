//! The stream below a connection: bytes pass through it, and a test can end, silence or break it.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, BytesMut};
use futures::task::AtomicWaker;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

use super::streams::Streams;

/// How long a connection that has served everything after its GOAWAY stays, as in Go.
const LINGER: Duration = Duration::from_secs(1);
/// How many bytes are read at once.
const CHUNK: usize = 16 * 1024;

/// What is wanted of a connection, from any thread.
#[derive(Debug, Default)]
pub(super) struct Control {
    go_away: AtomicBool,
    silent: AtomicBool,
    broken: AtomicBool,
    waker: AtomicWaker,
}

impl Control {
    /// Ends the connection in order: GOAWAY, and what is under way is served. HTTP/1.1 has no such
    /// frame and goes on.
    pub(super) fn go_away(&self) {
        self.want(&self.go_away);
    }

    /// Reads and writes nothing any more, without closing.
    pub(super) fn silence(&self) {
        self.want(&self.silent);
    }

    /// Closes the connection at once.
    pub(super) fn break_off(&self) {
        self.want(&self.broken);
    }

    fn want(&self, what: &AtomicBool) {
        what.store(true, Ordering::Release);
        self.waker.wake();
    }
}

/// A stream that obeys a [`Control`].
pub(super) struct ControlledStream<S, C> {
    inner: S,
    control: C,
    streams: Streams,
    /// Frames of ours that are to be written between those of the server.
    ours: BytesMut,
    /// What the client sent and the server has not read yet.
    arrived: BytesMut,
    linger: Option<Pin<Box<Sleep>>>,
}

impl<S, C> ControlledStream<S, C>
where
    S: AsyncRead + AsyncWrite + Unpin,
    C: AsRef<Control> + Unpin,
{
    pub(super) fn new(inner: S, control: C) -> Self {
        Self {
            inner,
            control,
            streams: Streams::new(),
            ours: BytesMut::new(),
            arrived: BytesMut::new(),
            linger: None,
        }
    }

    /// Whether the stream may be used at all: not while it is silent, and an error once it is broken.
    fn poll_usable(&self, cx: &Context<'_>) -> Poll<io::Result<()>> {
        let control = self.control.as_ref();
        control.waker.register(cx.waker());
        if control.broken.load(Ordering::Acquire) {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        if control.silent.load(Ordering::Acquire) {
            return Poll::Pending;
        }
        Poll::Ready(Ok(()))
    }

    /// Writes the frames that are ours, where they may stand.
    fn poll_ours(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.control.as_ref().go_away.load(Ordering::Acquire)
            && let Some(frame) = self.streams.go_away()
        {
            self.ours.extend_from_slice(&frame);
        }
        if let Some(frame) = self.streams.window_update() {
            self.ours.extend_from_slice(&frame);
        }
        while !self.ours.is_empty() {
            let written = ready!(Pin::new(&mut self.inner).poll_write(cx, &self.ours))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.ours.advance(written);
            if self.ours.is_empty() {
                // Nobody else flushes it if the server has nothing to write.
                let _ = Pin::new(&mut self.inner).poll_flush(cx)?;
            }
        }
        Poll::Ready(Ok(()))
    }

    /// The end of a connection that has served everything.
    fn poll_linger(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if !self.streams.are_served() {
            return Poll::Pending;
        }
        let linger = self.linger.get_or_insert_with(|| Box::pin(sleep(LINGER)));
        linger.as_mut().poll(cx)
    }

    /// Reads what the client sent; ready with `false` at its end.
    fn poll_arrival(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        let mut chunk = [std::mem::MaybeUninit::uninit(); CHUNK];
        let mut chunk = ReadBuf::uninit(&mut chunk);
        ready!(Pin::new(&mut self.inner).poll_read(cx, &mut chunk))?;
        let bytes = chunk.filled();
        self.streams.receive(bytes, &mut self.arrived);
        Poll::Ready(Ok(!bytes.is_empty()))
    }

    /// Whether a frame of ours waits for its place.
    fn has_ours(&self) -> bool {
        !self.ours.is_empty() || self.control.as_ref().go_away.load(Ordering::Acquire)
    }
}

impl<S, C> AsyncRead for ControlledStream<S, C>
where
    S: AsyncRead + AsyncWrite + Unpin,
    C: AsRef<Control> + Unpin,
{
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        ready!(self.poll_usable(cx))?;
        loop {
            if let Poll::Ready(Err(error)) = self.poll_ours(cx) {
                return Poll::Ready(Err(error));
            }
            if !self.arrived.is_empty() {
                let length = self.arrived.len().min(buf.remaining());
                buf.put_slice(&self.arrived.split_to(length));
                return Poll::Ready(Ok(()));
            }
            if self.poll_linger(cx).is_ready() || !ready!(self.poll_arrival(cx))? {
                return Poll::Ready(Ok(()));
            }
        }
    }
}

impl<S, C> AsyncWrite for ControlledStream<S, C>
where
    S: AsyncRead + AsyncWrite + Unpin,
    C: AsRef<Control> + Unpin,
{
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_usable(cx))?;
        ready!(self.poll_ours(cx))?;
        let length = match self.has_ours() {
            true => self.streams.writable(bytes.len()),
            false => bytes.len(),
        };
        let written = ready!(Pin::new(&mut self.inner).poll_write(cx, &bytes[..length]))?;
        self.streams.sent(&bytes[..written]);
        Poll::Ready(Ok(written))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.has_ours() {
            let first = slices.iter().find(|slice| !slice.is_empty());
            return self.poll_write(cx, first.map_or(&[], |slice| slice));
        }
        ready!(self.poll_usable(cx))?;
        ready!(self.poll_ours(cx))?;
        let written = ready!(Pin::new(&mut self.inner).poll_write_vectored(cx, slices))?;
        let mut rest = written;
        for slice in slices {
            let part = &slice[..rest.min(slice.len())];
            self.streams.sent(part);
            rest -= part.len();
        }
        Poll::Ready(Ok(written))
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_usable(cx))?;
        ready!(self.poll_ours(cx))?;
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_usable(cx))?;
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    use super::super::frames::tests::frame;
    use super::super::frames::{END_STREAM, HEADERS, go_away};
    use super::*;

    const SETTINGS: u8 = 0x4;

    /// A client, and a server that has taken its first request and answered it.
    async fn begun() -> (DuplexStream, ControlledStream<DuplexStream, Arc<Control>>) {
        let (mut client, server) = duplex(1024);
        let mut server = ControlledStream::new(server, Arc::new(Control::default()));
        let request = frame(HEADERS, END_STREAM, 1, 3);
        let sent = [&b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"[..], &request].concat();
        client.write_all(&sent).await.unwrap();
        let mut seen = vec![0; sent.len()];
        server.read_exact(&mut seen).await.unwrap();
        let answer = [frame(SETTINGS, 0, 0, 0), frame(HEADERS, END_STREAM, 1, 3)].concat();
        server.write_all(&answer).await.unwrap();
        client.read_exact(&mut vec![0; answer.len()]).await.unwrap();
        (client, server)
    }

    #[tokio::test]
    async fn a_connection_that_has_served_everything_ends_a_second_after_goaway() {
        let (mut client, mut server) = begun().await;
        let control = server.control.clone();
        let waiting = tokio::spawn(async move { server.read(&mut [0; 10]).await.unwrap() });
        let begin = tokio::time::Instant::now();
        control.go_away();
        let mut goaway = [0; 17];
        client.read_exact(&mut goaway).await.unwrap();
        assert_eq!(goaway, go_away(1));
        assert_eq!(waiting.await.unwrap(), 0, "the end");
        assert!(begin.elapsed() >= LINGER);
    }

    #[tokio::test]
    async fn a_frame_is_never_cut_by_goaway() {
        let (mut client, mut server) = begun().await;
        let answer = frame(HEADERS, END_STREAM, 1, 30);
        server.write_all(&answer[..20]).await.unwrap();
        server.control.go_away();
        server.write_all(&answer[20..]).await.unwrap();
        server.write_all(&frame(SETTINGS, 1, 0, 0)).await.unwrap();
        let expected = [answer, go_away(1).to_vec(), frame(SETTINGS, 1, 0, 0)].concat();
        let mut seen = vec![0; expected.len()];
        client.read_exact(&mut seen).await.unwrap();
        assert_eq!(seen, expected);
    }

    #[tokio::test]
    async fn a_silent_stream_is_silent_until_it_is_broken() {
        let (mut client, mut server) = begun().await;
        let control = server.control.clone();
        control.silence();
        client.write_all(b"more").await.unwrap();
        let waiting = tokio::spawn(async move { server.read(&mut [0; 10]).await.unwrap_err() });
        let mut nothing = [0; 10];
        let silent = tokio::time::timeout(Duration::from_millis(100), client.read(&mut nothing));
        assert!(silent.await.is_err());
        control.break_off();
        let error = waiting.await.unwrap();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    }
}
