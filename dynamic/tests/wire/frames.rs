//! A server that speaks HTTP/2 frame by frame, and counts what it is asked.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures::future::BoxFuture;
use h2::server::{Builder, SendResponse};
use h2::{Reason, RecvStream};
use http::{Method, Response};
use kubewright::Config;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::tls_server::{Authority, acceptor};

pub(crate) const POD: &str = r#"{"kind":"Pod","metadata":{"name":"web"}}"#;

/// One request, to be answered.
pub(crate) struct Asked {
    pub(crate) request: http::Request<RecvStream>,
    pub(crate) answer: SendResponse<Bytes>,
    pub(crate) counted: Counted,
}

/// What a connection does once it has passed a request on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    GoesOn,
    /// Sends GOAWAY, and serves what it has.
    GoesAway,
}

/// What was asked, and how often.
#[derive(Clone, Default)]
pub(crate) struct Counted {
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
    whole: Arc<Mutex<BTreeMap<String, usize>>>,
}

type Serve = dyn Fn(Asked) -> (Then, BoxFuture<'static, ()>) + Send + Sync;

/// How a server is to be.
#[derive(Clone)]
pub(crate) struct Behaviour {
    pub(crate) settings: Builder,
    serve: Arc<Serve>,
}

pub(crate) struct Http2Server {
    authority: Authority,
    address: SocketAddr,
    pub(crate) counted: Counted,
}

impl Behaviour {
    /// Serves each request with `serve`.
    pub(crate) fn new(
        serve: impl Fn(Asked) -> (Then, BoxFuture<'static, ()>) + Send + Sync + 'static,
    ) -> Self {
        Behaviour {
            settings: Builder::new(),
            serve: Arc::new(serve),
        }
    }

    /// Answers everything as `usual` does.
    pub(crate) fn usual() -> Self {
        Behaviour::new(|asked| (Then::GoesOn, Box::pin(usual(asked))))
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Builder)) -> Self {
        change(&mut self.settings);
        self
    }
}

impl Http2Server {
    pub(crate) async fn start(behaviour: Behaviour) -> Self {
        let authority = Authority::new();
        let acceptor = acceptor(
            &authority,
            &authority.issue("127.0.0.1"),
            &[b"h2", b"http/1.1"],
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let counted = Counted::default();
        tokio::spawn(listen(listener, acceptor, behaviour, counted.clone()));
        Http2Server {
            authority,
            address,
            counted,
        }
    }

    pub(crate) fn config(&self) -> Config {
        let config = Config::new(&format!("https://{}", self.address)).unwrap();
        config.with_ca_pem(self.authority.pem.as_str())
    }
}

impl Counted {
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    /// Bodies that came as a whole, and how often.
    pub(crate) fn whole(&self) -> BTreeMap<String, usize> {
        self.whole.lock().unwrap().clone()
    }
}

async fn listen(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    behaviour: Behaviour,
    counted: Counted,
) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let (acceptor, behaviour, counted) = (acceptor.clone(), behaviour.clone(), counted.clone());
        tokio::spawn(async move {
            counted.connections.fetch_add(1, Ordering::SeqCst);
            if let Ok(stream) = acceptor.accept(stream).await {
                speak(stream, behaviour, counted).await;
            }
        });
    }
}

async fn speak(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    behaviour: Behaviour,
    counted: Counted,
) {
    let Ok(mut speaking) = behaviour.settings.handshake::<_, Bytes>(stream).await else {
        return;
    };
    while let Some(Ok((request, answer))) = speaking.accept().await {
        counted.requests.fetch_add(1, Ordering::SeqCst);
        let (then, serving) = (behaviour.serve)(Asked {
            request,
            answer,
            counted: counted.clone(),
        });
        tokio::spawn(serving);
        if then == Then::GoesAway {
            speaking.graceful_shutdown();
        }
    }
}

/// A pod for a GET, what was sent for a write, and a watch with one event and then silence.
pub(crate) async fn usual(mut asked: Asked) {
    if asked.request.method() != Method::GET {
        return carry_out(asked).await;
    }
    let query = asked.request.uri().query().unwrap_or_default();
    if !query.contains("watch=true") {
        return say(&mut asked.answer, POD);
    }
    let Ok(mut body) = asked.answer.send_response(Response::new(()), false) else {
        return;
    };
    let event = format!(r#"{{"type":"ADDED","object":{POD}}}"#);
    let _ = body.send_data(event.into(), false);
    std::future::poll_fn(|context| body.poll_reset(context))
        .await
        .ok();
}

/// Counts a write whose body has come as a whole.
pub(crate) async fn carry_out(mut asked: Asked) {
    let Some(body) = read(&mut asked.request).await else {
        return;
    };
    let mut whole = asked.counted.whole.lock().unwrap();
    *whole.entry(body.clone()).or_default() += 1;
    drop(whole);
    say(&mut asked.answer, body);
}

/// The whole body; `None` when the client has given the request up.
pub(crate) async fn read(request: &mut http::Request<RecvStream>) -> Option<String> {
    let mut text = Vec::new();
    let body = request.body_mut();
    while let Some(chunk) = body.data().await {
        let chunk = chunk.ok()?;
        let _ = body.flow_control().release_capacity(chunk.len());
        text.extend_from_slice(&chunk);
    }
    String::from_utf8(text).ok()
}

/// The client may be gone.
pub(crate) fn say(answer: &mut SendResponse<Bytes>, text: impl Into<Bytes>) {
    if let Ok(mut body) = answer.send_response(Response::new(()), false) {
        let _ = body.send_data(text.into(), true);
    }
}

pub(crate) fn reset(answer: &mut SendResponse<Bytes>, reason: Reason) {
    answer.send_reset(reason);
}
