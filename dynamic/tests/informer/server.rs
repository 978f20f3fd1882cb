//! An API server of one collection that answers LIST and WATCH as the real one does, and
//! fails as it is told.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use kubewright::cache::{BackoffPolicy, SharedInformer};
use kubewright::{Api, Client, Config, Unstructured};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::collection::{Collection, Pod};
use super::faults::impatient;
use super::http::{answer, open_head, read_request};

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asks {
    List,
    NextPage,
    /// A watch that begins with what is there.
    Stream,
    Watch,
}

/// What happens to one request.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// An answer that is not a success: code, reason, cause.
    Status(u16, &'static str, &'static str),
    /// As 429, with a `Retry-After` of one second.
    InASecond,
    /// The connection ends before the answer.
    Close,
    /// After so many frames these bytes come, and the end.
    After(usize, String),
    /// After so many frames the connection breaks.
    Reset(usize),
    /// These bytes come before everything else.
    First(String),
    /// The objects that are there come, their end does not.
    NoBookmark,
    /// The objects that are there come, their end only behind the next change.
    LateEnd,
    /// A list begins with this item.
    Item(String),
    /// These bytes come in place of a list.
    Body(String),
    /// The list comes compressed; half of it, where so.
    Gzip(bool),
    /// The request is taken and never answered.
    Silence,
    /// The answer stops after so many bytes, and the connection stays.
    Stall(usize),
    /// A bookmark comes first that says the beginning is not over.
    FalseBookmark,
}

pub(crate) const EXPIRED: Fault = Fault::Status(410, "Expired", "");
pub(crate) const TOO_LARGE: Fault = Fault::Status(504, "Timeout", "ResourceVersionTooLarge");
pub(crate) const INVALID: Fault = Fault::Status(422, "Invalid", "");
pub(crate) const BUSY: Fault = Fault::Status(429, "TooManyRequests", "");
pub(crate) const BROKEN: Fault = Fault::Status(500, "InternalError", "");

/// An ERROR event.
pub(crate) fn error_event(code: u16, reason: &str) -> String {
    format!(
        r#"{{"type":"ERROR","object":{}}}"#,
        status(code, reason, "")
    )
}

pub(crate) type OnRequest = Box<dyn Fn(&mut Collection) + Send>;

#[derive(Default)]
pub(crate) struct State {
    pub(crate) collection: Collection,
    /// Each meets the first request of its kind, and is gone.
    pub(crate) faults: Vec<(Asks, Fault)>,
    /// All requests so far, in short; those that the client waited before are marked `~`.
    pub(crate) requests: Vec<String>,
    /// Objects a page; without it lists come in one piece.
    pub(crate) page: Option<usize>,
    /// Happens to the collection when a request arrives, before it is answered.
    pub(crate) on_request: Option<OnRequest>,
    /// Whether forgotten versions are told as an event.
    pub(crate) late_expiry: bool,
    /// Open watches.
    pub(crate) watches: usize,
    /// Connections that are being served.
    pub(crate) connections: usize,
    pub(crate) bookmarks: usize,
    /// Open watches bring nothing, and do not end.
    pub(crate) is_deaf: bool,
    /// The client has waited since the last request.
    pub(crate) waited: bool,
    /// How often open watches were cut, and what they say last.
    pub(crate) cuts: (usize, String),
}

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

    /// Changes the collection; open watches tell of it.
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
        let query = Query::of(&request);
        let fault = self.note(&query);
        // Whether the client reads to the end is its own business.
        let _ = match fault {
            Some(Fault::Status(code, reason, cause)) => {
                refuse(&mut stream, code, &status(code, reason, cause), &[]).await
            }
            Some(Fault::InASecond) => {
                let body = status(429, "TooManyRequests", "");
                refuse(&mut stream, 429, &body, &["retry-after: 1"]).await
            }
            Some(Fault::Close) => Ok(()),
            Some(Fault::Silence) => stream.read_to_end(&mut Vec::new()).await.map(drop),
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

    fn note(&self, query: &Query) -> Option<Fault> {
        let mut guard = self.state();
        let state = &mut *guard;
        if let Some(act) = &state.on_request {
            act(&mut state.collection);
        }
        let wait = if std::mem::take(&mut state.waited) {
            "~ "
        } else {
            ""
        };
        state.requests.push(format!("{wait}{}", query.short));
        let place = state
            .faults
            .iter()
            .position(|(asks, _)| *asks == query.asks)?;
        Some(state.faults.remove(place).1)
    }

    async fn list(
        &self,
        stream: &mut TcpStream,
        query: &Query,
        fault: Option<Fault>,
    ) -> io::Result<()> {
        let odd = match &fault {
            Some(Fault::Item(odd)) => Some(odd.clone()),
            _ => None,
        };
        let said = match fault.clone() {
            Some(Fault::Body(body)) => Ok(body),
            _ => self.state().list(query, odd),
        };
        if let (Some(Fault::Stall(bytes)), Ok(body)) = (&fault, &said) {
            let bytes = &answer("200 OK", &[], body)[..*bytes];
            stream.write_all(bytes).await?;
            return stream.read_to_end(&mut Vec::new()).await.map(drop);
        }
        if let (Some(Fault::Gzip(is_cut)), Ok(body)) = (&fault, &said) {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(body.as_bytes())?;
            let mut body = encoder.finish()?;
            body.truncate(body.len() / if *is_cut { 2 } else { 1 });
            let bytes = answer("200 OK", &["content-encoding: gzip"], body);
            return stream.write_all(&bytes).await;
        }
        match said {
            Ok(body) => stream.write_all(&answer("200 OK", &[], body)).await,
            Err((code, body)) => refuse(stream, code, &body, &[]).await,
        }
    }

    async fn watch(
        &self,
        stream: &mut TcpStream,
        query: &Query,
        fault: Option<Fault>,
    ) -> io::Result<()> {
        let mut changed = self.changed.subscribe();
        let begun = self.state().begin_watch(query);
        let (mut open, first) = match begun {
            Ok(begun) => begun,
            Err((code, body)) => return refuse(stream, code, &body, &[]).await,
        };
        stream.set_nodelay(true)?;
        stream.write_all(&open_head("200 OK")).await?;
        let mut frames = first;
        match &fault {
            Some(Fault::First(text)) => frames.insert(0, text.clone()),
            Some(Fault::FalseBookmark) => frames.insert(0, bookmark(open.version, Some("false"))),
            Some(Fault::NoBookmark) => drop(frames.pop()),
            Some(Fault::LateEnd) => open.unended = frames.pop().is_some(),
            _ => {}
        }
        let mut left = match fault {
            Some(Fault::After(frames, _) | Fault::Reset(frames)) => frames,
            _ => usize::MAX,
        };
        let mut gone = [0];
        loop {
            frames.truncate(left);
            left -= frames.len();
            stream.write_all(frames.concat().as_bytes()).await?;
            if left == 0 {
                return match fault {
                    Some(Fault::After(_, last)) => stream.write_all(last.as_bytes()).await,
                    _ => stream.set_zero_linger(),
                };
            }
            let more = self.state().go_on(&mut open);
            match more {
                Ok(more) if more.is_empty() => {}
                Ok(more) => {
                    frames = more;
                    continue;
                }
                Err(last) => return stream.write_all(last.as_bytes()).await,
            }
            frames.clear();
            tokio::select! {
                _ = changed.changed() => {}
                _ = stream.read(&mut gone) => return Ok(()),
            }
        }
    }
}

/// How far an open watch has come.
struct Open {
    version: u64,
    bookmarks: usize,
    cuts: usize,
    /// The beginning waits for a change.
    unended: bool,
}

impl State {
    fn list(&mut self, query: &Query, odd: Option<String>) -> Result<String, (u16, String)> {
        self.refuse_future(query)?;
        let most = self.page.filter(|_| query.limited).unwrap_or(usize::MAX);
        let (version, from) = query.page.unwrap_or((self.collection.version, 0));
        let Some((pods, rest)) = self.collection.page(version, from, most) else {
            return Err((410, status(410, "Expired", "")));
        };
        let token = match rest {
            0 => String::new(),
            _ => format!("{version}-{}", from + pods.len()),
        };
        let items: Vec<_> = odd.into_iter().chain(pods.iter().map(Pod::json)).collect();
        Ok(format!(
            r#"{{"kind":"PodList","apiVersion":"v1","metadata":{{"resourceVersion":"{version}","continue":"{token}"}},"items":[{}]}}"#,
            items.join(",")
        ))
    }

    /// Where a watch stands, and what it brings first.
    fn begin_watch(&self, query: &Query) -> Result<(Open, Vec<String>), (u16, String)> {
        self.refuse_future(query)?;
        let mut open = Open {
            version: query.version,
            bookmarks: self.bookmarks,
            cuts: self.cuts.0,
            unended: false,
        };
        if query.asks == Asks::Stream {
            open.version = self.collection.version;
            let mut frames: Vec<_> = self
                .collection
                .pods()
                .map(|pod| frame("ADDED", pod))
                .collect();
            frames.push(bookmark(open.version, Some("true")));
            return Ok((open, frames));
        }
        if self.collection.since(query.version).is_none() && !self.late_expiry {
            return Err((410, status(410, "Expired", "")));
        }
        Ok((open, Vec::new()))
    }

    /// What an open watch brings next; the error is its last word.
    fn go_on(&self, open: &mut Open) -> Result<Vec<String>, String> {
        if self.is_deaf {
            return Ok(Vec::new());
        }
        if self.cuts.0 != open.cuts {
            return Err(self.cuts.1.clone());
        }
        let Some(changes) = self.collection.since(open.version) else {
            return Err(error_event(410, "Expired"));
        };
        let mut frames: Vec<_> = changes
            .map(|change| frame(change.kind, &change.pod))
            .collect();
        let changed = open.version != self.collection.version;
        open.version = self.collection.version;
        if open.unended && changed {
            open.unended = false;
            frames.push(bookmark(open.version, Some("true")));
        }
        if self.bookmarks != open.bookmarks {
            open.bookmarks = self.bookmarks;
            frames.push(bookmark(open.version, None));
        }
        Ok(frames)
    }

    fn refuse_future(&self, query: &Query) -> Result<(), (u16, String)> {
        if query.version <= self.collection.version {
            return Ok(());
        }
        Err((504, status(504, "Timeout", "ResourceVersionTooLarge")))
    }
}

struct Query {
    asks: Asks,
    version: u64,
    limited: bool,
    /// Version and first object.
    page: Option<(u64, usize)>,
    short: String,
}

impl Query {
    fn of(request: &str) -> Self {
        let target = request.split(' ').nth(1).unwrap_or_default();
        let query = target.split_once('?').map_or("", |(_, query)| query);
        let pairs: Vec<_> = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .collect();
        let value = |key: &str| pairs.iter().find(|pair| pair.0 == key).map(|pair| pair.1);
        let asks = match (
            value("watch"),
            value("sendInitialEvents"),
            value("continue"),
        ) {
            (Some(_), Some(_), _) => Asks::Stream,
            (Some(_), None, _) => Asks::Watch,
            (None, _, Some(_)) => Asks::NextPage,
            (None, _, None) => Asks::List,
        };
        Query {
            asks,
            version: value("resourceVersion").map_or(0, |text| text.parse().unwrap()),
            limited: value("limit").is_some(),
            page: value("continue").map(|token| {
                let (version, from) = token.split_once('-').unwrap();
                (version.parse().unwrap(), from.parse().unwrap())
            }),
            short: short(asks, &pairs),
        }
    }
}

/// What differs between requests of one kind.
fn short(asks: Asks, pairs: &[(&str, &str)]) -> String {
    let value = |key: &str| pairs.iter().find(|pair| pair.0 == key).map(|pair| pair.1);
    let words = [
        value("resourceVersion").map(str::to_owned),
        value("limit").map(|limit| format!("limit={limit}")),
        value("continue").map(|token| format!("continue={token}")),
    ];
    let verb = match asks {
        Asks::List | Asks::NextPage => "list",
        Asks::Stream => "stream",
        Asks::Watch => "watch",
    };
    let words = words.into_iter().flatten();
    [verb.to_owned()]
        .into_iter()
        .chain(words)
        .collect::<Vec<_>>()
        .join(" ")
}

async fn refuse(stream: &mut TcpStream, code: u16, body: &str, headers: &[&str]) -> io::Result<()> {
    stream
        .write_all(&answer(&format!("{code} Refused"), headers, body))
        .await
}

fn status(code: u16, reason: &str, cause: &str) -> String {
    let causes = match cause {
        "" => String::new(),
        cause => format!(r#","details":{{"causes":[{{"reason":"{cause}","message":"as told"}}]}}"#),
    };
    format!(
        r#"{{"kind":"Status","apiVersion":"v1","metadata":{{}},"status":"Failure","message":"as told","reason":"{reason}","code":{code}{causes}}}"#
    )
}

fn frame(kind: &str, pod: &Pod) -> String {
    format!(r#"{{"type":"{kind}","object":{}}}"#, pod.json()) + "\n"
}

fn bookmark(version: u64, end: Option<&str>) -> String {
    let annotations = end.map_or(String::new(), |end| {
        format!(r#","annotations":{{"k8s.io/initial-events-end":"{end}"}}"#)
    });
    format!(
        r#"{{"type":"BOOKMARK","object":{{"kind":"Pod","apiVersion":"v1","metadata":{{"resourceVersion":"{version}"{annotations}}}}}}}"#
    ) + "\n"
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
