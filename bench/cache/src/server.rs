//! The other side of a measurement: an API server of pods that follows a script.
//!
//! It runs in a process of its own, so that nothing it costs is counted, and serves what a
//! reflector asks for: lists in pages or whole, watches, watches that begin with what is
//! there, whole objects or metadata. What happens to the pods is ordered under `/script`.

mod body;
mod gzip;
mod listen;
mod reply;
mod script;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures::stream::Stream;
use hyper::body::Incoming;
use hyper::{Method, Request, StatusCode, Version};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use self::body::{Form, error_frame, event, list, now};
use self::reply::{Reply, refusal};
use crate::failure::Failure;
use crate::pods::{FIRST_VERSION, Pod, generate};
use crate::wire::Wire;

/// How the server gives what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Snapshots {
    /// As a watch that begins with them (KEP-3157), or in pages for a list.
    Stream,
    /// In pages to everybody.
    Pages,
    /// In one piece for version 0, as a server with a watch cache does.
    Whole,
}

#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    objects: usize,
    #[arg(long)]
    seed: u64,
    #[arg(long, value_enum)]
    snapshots: Snapshots,
    #[arg(long, value_enum)]
    wire: Wire,
    /// Close every watch at once.
    #[arg(long)]
    closing: bool,
}

struct Server {
    snapshots: Snapshots,
    closing: bool,
    pods: Mutex<Vec<Pod>>,
    version: AtomicU64,
    watchers: Mutex<Vec<Watcher>>,
    requests: AtomicU64,
    /// Whether a request came over HTTP/2, and whether one asked for compression.
    http_2: AtomicBool,
    compressed: AtomicBool,
    stopped: AtomicBool,
}

/// One open watch, behind its snapshot.
#[derive(Clone)]
struct Watcher {
    sender: mpsc::Sender<Bytes>,
    form: Form,
}

/// Frames that wait for a slow reader; beyond them the script waits.
const WAITING_FRAMES: usize = 256;

/// Serves until standard input ends, which it does when the measuring program is gone.
pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let server = Arc::new(Server {
        snapshots: args.snapshots,
        closing: args.closing,
        pods: Mutex::new(generate(args.objects, args.seed)),
        version: AtomicU64::new(FIRST_VERSION),
        watchers: Mutex::default(),
        requests: AtomicU64::new(0),
        http_2: AtomicBool::new(false),
        compressed: AtomicBool::new(false),
        stopped: AtomicBool::new(false),
    });
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(0);
    });
    runtime.block_on(listen::serve(server, args.wire, answer, obey))
}

fn obey(server: Arc<Server>, request: Request<Incoming>) -> Reply {
    let query = Query::of(&request);
    let order = request.uri().path().trim_start_matches('/');
    reply::text(StatusCode::OK, script::obey(&server, order, &query))
}

fn answer(server: Arc<Server>, request: Request<Incoming>) -> Reply {
    let query = Query::of(&request);
    server.requests.fetch_add(1, Ordering::Relaxed);
    let is_http_2 = request.version() == Version::HTTP_2;
    server.http_2.fetch_or(is_http_2, Ordering::Relaxed);
    if request.method() != Method::GET || request.uri().path() != "/api/v1/pods" {
        return refusal(StatusCode::NOT_FOUND, "NotFound");
    }
    let form = Form::asked_for(request.headers());
    let gzip = gzip::is_asked_for(request.headers());
    server.compressed.fetch_or(gzip, Ordering::Relaxed);
    if !query.flag("watch") {
        return list(server, form, &query, gzip);
    }
    let initial = query.flag("sendInitialEvents");
    if initial && server.snapshots != Snapshots::Stream {
        return refusal(StatusCode::UNPROCESSABLE_ENTITY, "Invalid");
    }
    watch(server, form, initial, gzip)
}

/// Of watches, those that begin with what is there are compressed, from Kubernetes 1.37 on.
fn watch(server: Arc<Server>, form: Form, initial: bool, gzip: bool) -> Reply {
    let (sender, receiver) = mpsc::channel(WAITING_FRAMES);
    tokio::spawn(async move {
        if initial && send_snapshot(&server, form, &sender).await.is_err() {
            return;
        }
        if !server.closing {
            server.watchers().push(Watcher { sender, form });
        }
    });
    if initial && gzip {
        gzip::watch(receiver)
    } else {
        reply::stream(frames(receiver))
    }
}

fn frames(receiver: mpsc::Receiver<Bytes>) -> impl Stream<Item = Bytes> + Send {
    futures::stream::unfold(receiver, async |mut receiver| {
        receiver.recv().await.map(|frame| (frame, receiver))
    })
}

async fn send_snapshot(
    server: &Server,
    form: Form,
    sender: &mpsc::Sender<Bytes>,
) -> Result<(), mpsc::error::SendError<Bytes>> {
    let count = server.pods().len();
    for index in 0..count {
        let frame = event("ADDED", form, &server.pods()[index]);
        sender.send(frame).await?;
    }
    sender
        .send(body::initial_events_end(form, now(server)))
        .await
}

impl Server {
    fn pods(&self) -> MutexGuard<'_, Vec<Pod>> {
        self.pods.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watchers(&self) -> MutexGuard<'_, Vec<Watcher>> {
        self.watchers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends a frame to each watch; without any it waits for one.
    async fn send(&self, frame: impl Fn(Form) -> Bytes) {
        let mut watchers = self.watchers().clone();
        while watchers.is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
            watchers = self.watchers().clone();
        }
        for watcher in watchers {
            if watcher.sender.send(frame(watcher.form)).await.is_err() {
                self.watchers().retain(|known| !known.sender.is_closed());
            }
        }
    }

    /// Ends all watches with 410: their clients have to start over.
    async fn expire(&self) {
        self.send(|_| error_frame()).await;
        self.watchers().clear();
    }
}

/// The parameters of a request.
struct Query(Vec<(String, String)>);

impl Query {
    fn of<B>(request: &Request<B>) -> Self {
        let query = request.uri().query().unwrap_or_default();
        Query(
            form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.parse().ok()
    }

    fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Some("true" | "1"))
    }
}
