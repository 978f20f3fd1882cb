//! The model of a server behind a socket, and what tests do to it.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use kubewright::cache::{BackoffPolicy, SharedInformer};
use kubewright::{Api, Client, Config, PartialObjectMetadata, Unstructured};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::collection::{Collection, Pod};
use super::http::{answer, open_head, read_request};
pub(crate) use super::model::{Asks, BROKEN, EXPIRED, INVALID, Injected, State};
use super::model::{Query, Said, Watching, status};
use super::replay::Replay;

#[derive(Clone)]
pub(crate) struct Server {
    url: String,
    state: Arc<Mutex<State>>,
    changed: watch::Sender<()>,
    accepting: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl Server {
    pub(crate) fn new(state: State) -> Self {
        let server = Server::refusing(state);
        server.0.listen(server.1)
    }

    /// With pods of these names.
    pub(crate) fn holding(names: &[&str]) -> Self {
        let mut state = State::default();
        names.iter().for_each(|name| state.collection.put(name));
        Self::new(state)
    }

    /// An informer of its pods that never waits long; it does not run yet.
    pub(crate) fn informer(&self) -> SharedInformer<Unstructured> {
        SharedInformer::builder(self.pods())
            .backoff(impatient())
            .build()
    }

    /// A server that has an address and does not listen yet.
    pub(crate) fn refusing(state: State) -> (Self, TcpSocket) {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_reuseaddr(true).unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let server = Server {
            url: format!("http://{}", socket.local_addr().unwrap()),
            state: Arc::new(Mutex::new(state)),
            changed: watch::Sender::new(()),
            accepting: Arc::default(),
        };
        (server, socket)
    }

    pub(crate) fn listen(self, socket: TcpSocket) -> Self {
        let listener = socket.listen(1024).unwrap();
        let server = self.clone();
        let accepting = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(server.clone().serve(stream));
            }
        });
        *self.accepting.lock().unwrap() = Some(accepting);
        self
    }

    /// Refuses connections from now on, and cuts the watches.
    pub(crate) async fn go_away(&self) {
        let accepting = self.accepting.lock().unwrap().take().unwrap();
        accepting.abort();
        assert!(accepting.await.unwrap_err().is_cancelled());
        self.cut("");
    }

    /// Is there again, where it was.
    pub(crate) fn come_back(&self) {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_reuseaddr(true).unwrap();
        let address = self.url.trim_start_matches("http://").parse().unwrap();
        socket.bind(address).unwrap();
        self.clone().listen(socket);
    }

    /// Waits that are short, and seen in the log of requests.
    pub(crate) fn impatient(&self) -> BackoffPolicy {
        let mut policy = BackoffPolicy::default();
        policy.first = Duration::from_millis(1);
        policy.longest = Duration::from_millis(8);
        let state = Arc::clone(&self.state);
        policy.with_jitter(move || {
            state.lock().unwrap().waited = true;
            128
        })
    }

    pub(crate) fn config(&self) -> Config {
        Config::new(&self.url).unwrap()
    }

    pub(crate) fn pods(&self) -> Api<Unstructured> {
        self.client()
            .resource(&"v1/pods".parse().unwrap())
            .namespace("prod")
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(&self.config()).unwrap()
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Changes the collection; open watches deliver the changes.
    pub(crate) fn write(&self, change: impl FnOnce(&mut Collection)) {
        change(&mut self.state().collection);
        self.changed.send_replace(());
    }

    /// Open watches bring a bookmark.
    pub(crate) fn bookmark(&self) {
        self.state().bookmarks += 1;
        self.changed.send_replace(());
    }

    /// Open watches say these bytes and end.
    pub(crate) fn cut(&self, last: &str) {
        let mut state = self.state();
        state.cuts = (state.cuts.0 + 1, last.to_owned());
        drop(state);
        self.changed.send_replace(());
    }

    /// The states of all objects, sorted by name.
    pub(crate) fn states(&self) -> Vec<String> {
        self.state().collection.pods().map(Pod::state).collect()
    }

    async fn serve(self, stream: TcpStream) {
        self.state().connections += 1;
        self.answer(stream).await;
        self.state().connections -= 1;
    }

    async fn answer(&self, mut stream: TcpStream) {
        let Some(request) = read_request(&mut stream).await else {
            return;
        };
        let query = Query::of(request.split(' ').nth(1).unwrap_or_default());
        let fault = self.state().note(&query);
        // Whether the client reads to the end is its own business.
        let _ = match fault {
            Some(Injected::Status(code, reason, cause)) => {
                refuse(&mut stream, code, &status(code, reason, cause), &[]).await
            }
            Some(Injected::InASecond) => {
                let body = status(429, "TooManyRequests", "");
                refuse(&mut stream, 429, &body, &["retry-after: 1"]).await
            }
            Some(Injected::Close) => Ok(()),
            Some(Injected::Silence) => stream.read_to_end(&mut Vec::new()).await.map(drop),
            fault => match query.asks {
                Asks::List | Asks::NextPage => self.list(&mut stream, &query, fault).await,
                Asks::Stream | Asks::Watch => {
                    self.state().watches += 1;
                    let end = self.watch(&mut stream, &query, fault).await;
                    self.state().watches -= 1;
                    end
                }
            },
        };
    }

    async fn list(
        &self,
        stream: &mut TcpStream,
        query: &Query,
        fault: Option<Injected>,
    ) -> io::Result<()> {
        let said = self.state().list(query, fault.as_ref());
        let body = match said {
            Ok(body) => body,
            Err((code, body)) => return refuse(stream, code, &body, &[]).await,
        };
        match fault {
            Some(Injected::Stall(bytes)) => {
                let bytes = &answer("200 OK", &[], body)[..bytes];
                stream.write_all(bytes).await?;
                stream.read_to_end(&mut Vec::new()).await.map(drop)
            }
            _ => stream.write_all(&answer("200 OK", &[], body)).await,
        }
    }

    async fn watch(
        &self,
        stream: &mut TcpStream,
        query: &Query,
        fault: Option<Injected>,
    ) -> io::Result<()> {
        let mut changed = self.changed.subscribe();
        let begun = Watching::begin(&self.state(), query, fault);
        let mut watching = match begun {
            Ok(watching) => watching,
            Err((code, body)) => return refuse(stream, code, &body, &[]).await,
        };
        stream.set_nodelay(true)?;
        stream.write_all(&open_head("200 OK")).await?;
        let mut gone = [0];
        loop {
            let said = watching.next(&self.state());
            match said {
                Said::Frames(frames) => stream.write_all(frames.as_bytes()).await?,
                Said::Last(last) => return stream.write_all(last.as_bytes()).await,
                Said::Reset => return stream.set_zero_linger(),
                Said::Nothing => tokio::select! {
                    _ = changed.changed() => {}
                    _ = stream.read(&mut gone) => return Ok(()),
                },
            }
        }
    }
}

async fn refuse(stream: &mut TcpStream, code: u16, body: &str, headers: &[&str]) -> io::Result<()> {
    stream
        .write_all(&answer(&format!("{code} Refused"), headers, body))
        .await
}

/// Waits until something is so.
pub(crate) async fn until(what: &str, so: impl Fn() -> bool) {
    let begin = std::time::Instant::now();
    while !so() {
        assert!(
            begin.elapsed() < Duration::from_secs(20),
            "never came: {what}"
        );
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// Waits that are over before anybody notices.
pub(crate) fn impatient() -> BackoffPolicy {
    let mut policy = BackoffPolicy::default();
    policy.first = Duration::from_millis(1);
    policy.longest = Duration::from_millis(8);
    policy
}

pub(crate) type Informer = SharedInformer<PartialObjectMetadata>;

/// A started informer and somebody who listened from the beginning.
pub(crate) fn follow(server: &Server) -> (Informer, Replay<PartialObjectMetadata>) {
    let resource = server.pods().api_resource().clone();
    let api = server.client().typed(resource);
    let informer = SharedInformer::builder(api)
        .backoff(server.impatient())
        .build();
    let replay = Replay::new(informer.subscribe());
    informer.start();
    (informer, replay)
}
