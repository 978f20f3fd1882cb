//! The model of a server behind a scripted carrier, and a record of all that was said.

use std::fmt::Display;
use std::io::Write;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures::stream::{self, StreamExt};
use http::StatusCode;
use http::header::{CONTENT_ENCODING, RETRY_AFTER};
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use super::collection::{Collection, Pod};
use super::model::{Asks, Injected, Query, Said, State, Watching, status};
use super::replay::Replay;
use crate::cache::{BackoffPolicy, SharedInformer};
use crate::client::Client;
use crate::client::api::Api;
use crate::model::error::Fault;
use crate::model::partial::PartialObjectMetadata;
use crate::model::unstructured::Unstructured;
use crate::wire::transport::script::{Exchange, Part, Script};

/// Clones are the same server.
#[derive(Clone)]
pub(super) struct Server {
    inside: Arc<Inside>,
}

struct Inside {
    state: Mutex<State>,
    changed: watch::Sender<()>,
    begin: Instant,
    record: Mutex<Vec<String>>,
    /// Bodies come in pieces of at most so many bytes.
    piece: usize,
}

impl Server {
    pub(super) fn new(state: State) -> Self {
        Server::in_pieces(usize::MAX, state)
    }

    pub(super) fn in_pieces(piece: usize, state: State) -> Self {
        Server {
            inside: Arc::new(Inside {
                state: Mutex::new(state),
                changed: watch::Sender::new(()),
                begin: Instant::now(),
                record: Mutex::default(),
                piece,
            }),
        }
    }

    pub(super) fn client(&self) -> Client {
        let server = self.clone();
        let script = Script::new(move |request| server.answer(request));
        let config = Script::config();
        Client::over(script.transport(&config), &config)
    }

    pub(super) fn pods(&self) -> Api<Unstructured> {
        self.client()
            .resource(&"v1/pods".parse().unwrap())
            .namespace("prod")
    }

    /// The waits of production, the same each time, and seen in the log of requests.
    pub(super) fn backoff(&self) -> BackoffPolicy {
        let server = self.clone();
        BackoffPolicy::default().with_jitter(move || {
            server.state().waited = true;
            0
        })
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.inside.state.lock().unwrap()
    }

    /// Changes the collection; open watches send it.
    pub(super) fn write(&self, change: impl FnOnce(&mut Collection)) {
        change(&mut self.state().collection);
        self.inside.changed.send_replace(());
    }

    /// Open watches bring a bookmark.
    pub(super) fn bookmark(&self) {
        self.state().bookmarks += 1;
        self.inside.changed.send_replace(());
    }

    /// Open watches say these bytes and end.
    pub(super) fn cut(&self, last: &str) {
        let mut state = self.state();
        state.cuts = (state.cuts.0 + 1, last.to_owned());
        drop(state);
        self.inside.changed.send_replace(());
    }

    /// The states of all objects, sorted by name.
    pub(super) fn states(&self) -> Vec<String> {
        self.state().collection.pods().map(Pod::state).collect()
    }

    /// Writes down what happens, and when.
    pub(super) fn note(&self, what: impl Display) {
        let at = self.inside.begin.elapsed().as_secs_f64();
        let mut record = self.inside.record.lock().unwrap();
        record.push(format!("{at:>9.3} {what}"));
    }

    /// All that happened, a line each.
    pub(super) fn record(&self) -> String {
        self.inside.record.lock().unwrap().join("\n")
    }

    fn answer(&self, request: &http::Request<Bytes>) -> Exchange {
        let target = request.uri().path_and_query().unwrap().as_str();
        let query = Query::of(target);
        let fault = self.state().note(&query);
        match &fault {
            None => self.note(format_args!("asked: {}", query.short)),
            Some(fault) => self.note(format_args!("asked: {}, met by {fault:?}", query.short)),
        }
        match fault {
            Some(Injected::Status(code, reason, cause)) => {
                refuse(code, status(code, reason, cause))
            }
            Some(Injected::InASecond) => {
                refuse(429, status(429, "TooManyRequests", "")).header(RETRY_AFTER, "1")
            }
            Some(Injected::Close) => Exchange::fails(Fault::Broken),
            Some(Injected::Silence) => Exchange::silence(),
            fault => match query.asks {
                Asks::List | Asks::NextPage => self.list(&query, fault.as_ref()),
                Asks::Stream | Asks::Watch => self.watch(&query, fault),
            },
        }
    }

    fn list(&self, query: &Query, fault: Option<&Injected>) -> Exchange {
        let body = match self.state().list(query, fault) {
            Ok(body) => body,
            Err((code, body)) => return refuse(code, body),
        };
        match fault {
            Some(Injected::Stall(bytes)) => {
                let beginning = Bytes::from(body).slice(..*bytes);
                Exchange::parts(StatusCode::OK, [Part::Bytes(beginning), Part::Silence])
            }
            Some(Injected::Gzip(is_cut)) => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
                encoder.write_all(body.as_bytes()).unwrap();
                let mut body = encoder.finish().unwrap();
                body.truncate(body.len() / if *is_cut { 2 } else { 1 });
                Exchange::answer(StatusCode::OK, body).header(CONTENT_ENCODING, "gzip")
            }
            _ => {
                let parts = pieces(body, self.inside.piece).map(Part::Bytes);
                Exchange::parts(StatusCode::OK, parts)
            }
        }
    }

    fn watch(&self, query: &Query, fault: Option<Injected>) -> Exchange {
        let begun = Watching::begin(&self.state(), query, fault);
        let mut watching = match begun {
            Ok(watching) => watching,
            Err((code, body)) => return refuse(code, body),
        };
        self.state().watches += 1;
        let open = OpenWatch(self.clone());
        let mut changed = self.inside.changed.subscribe();
        let said = async move || {
            loop {
                let said = watching.next(&open.0.state());
                match said {
                    Said::Nothing => changed.changed().await.unwrap(),
                    said => return open.0.parts(said),
                }
            }
        };
        let parts = stream::unfold(Some(said), async |said| {
            let mut said = said?;
            let (parts, is_over) = said().await;
            Some((stream::iter(parts), (!is_over).then_some(said)))
        });
        Exchange::streaming(StatusCode::OK, parts.flatten())
    }

    /// The chunks of a body, and whether they are complete.
    fn parts(&self, said: Said) -> (Vec<Part>, bool) {
        let bytes = |text: String| pieces(text, self.inside.piece).map(Part::Bytes).collect();
        match said {
            Said::Frames(frames) => {
                self.note(format_args!("said: {}", frames.trim_end()));
                (bytes(frames), false)
            }
            Said::Last(last) => {
                self.note(format_args!("said: {last} and the end"));
                (bytes(last), true)
            }
            Said::Reset => {
                self.note("the connection breaks");
                (vec![Part::Break], true)
            }
            Said::Nothing => (Vec::new(), false),
        }
    }
}

/// Counts as an open watch until the client has dropped it.
struct OpenWatch(Server);

impl Drop for OpenWatch {
    fn drop(&mut self) {
        self.0.state().watches -= 1;
    }
}

fn refuse(code: u16, body: String) -> Exchange {
    Exchange::answer(StatusCode::from_u16(code).unwrap(), body)
}

fn pieces(text: String, piece: usize) -> impl Iterator<Item = Bytes> + Send {
    let mut rest = Bytes::from(text);
    std::iter::from_fn(move || {
        let next = rest.split_to(rest.len().min(piece));
        (!next.is_empty()).then_some(next)
    })
}

pub(super) type Informer = SharedInformer<PartialObjectMetadata>;

/// A started informer and somebody who listened from the beginning.
pub(super) fn follow(server: &Server) -> (Informer, Replay<PartialObjectMetadata>) {
    let resource = server.pods().api_resource().clone();
    let api = server.client().typed(resource);
    let informer = SharedInformer::builder(api)
        .backoff(server.backoff())
        .spread(|| 0)
        .build();
    let replay = Replay::new(informer.subscribe());
    informer.start();
    (informer, replay)
}

/// Lets time pass until something is so.
pub(super) async fn until(what: &str, so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !so() {
        let waited = begin.elapsed();
        assert!(waited < Duration::from_secs(3600), "never came: {what}");
        sleep(Duration::from_millis(20)).await;
    }
}
