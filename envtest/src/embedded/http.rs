//! The rim: HTTP on one side, calls on the [`Cluster`] on the other.
//!
//! Everything that waits is here (bodies, watches, reads of a future revision); everything that
//! decides is behind the lock and waits for nothing.

mod objects;
mod reply;
mod tally;
mod watch;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::response::Response;
use bytes::Bytes;
use http::Request;
use http::request::Parts;
use serde_json::Value;
use tokio::sync::watch::{Receiver, Sender};
use tokio::time::timeout;

pub use self::tally::Tallied;
use self::tally::Tally;
use super::access::{Access, Session};
use super::cluster::Cluster;
use super::negotiate::wants_aggregated;
use super::net::{Peer, Service};
use super::params::{Query, WriteParams};
use super::route::{Route, Target};
use super::status::Failure;
use super::user::User;
use super::{clock, decode, discovery, openapi};

/// Bodies over this size are refused, as etcd could not hold them.
const LARGEST_BODY: usize = 3 * 1024 * 1024;

/// One server: its state, and the means to wait for a change of it.
#[derive(Debug)]
pub(crate) struct Server {
    cluster: Mutex<Cluster>,
    revision: Sender<u64>,
    options: Options,
    pub(crate) access: Access,
    pub(crate) tally: Tally,
}

/// What a builder may choose.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) history_limit: usize,
    pub(crate) bookmark_interval: Duration,
    /// How long a read waits for a revision that does not exist yet.
    pub(crate) freshness_wait: Duration,
    pub(crate) streaming: Streaming,
}

/// How a server answers a watch that wants to begin with the objects that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Streaming {
    /// As Kubernetes 1.34 and later do.
    Served,
    /// It does not know the option, as with the feature `WatchList` off.
    Refused,
    /// It takes the request and gives an error, as on a store that reports no progress.
    Broken,
}

impl Server {
    pub(crate) fn new(options: Options, access: Access) -> Self {
        let cluster = Cluster::new(options.history_limit, &clock::now());
        let revision = Sender::new(cluster.store.revision());
        Self {
            cluster: Mutex::new(cluster),
            revision,
            options,
            access,
            tally: Tally::default(),
        }
    }

    /// Serves a custom resource; an error says why the definition cannot be.
    pub(crate) fn define(&self, definition: &Value) -> Result<(), String> {
        let target = Target {
            group: "apiextensions.k8s.io".into(),
            version: "v1".into(),
            plural: "customresourcedefinitions".into(),
            ..Target::default()
        };
        let made = self.with(|cluster| {
            let call = cluster.call(target, Arc::new(User::admin()), clock::now())?;
            let params = WriteParams::parse(&Query::default(), "CreateOptions", "embedded")?;
            let body = decode::object(&call.resource, "", definition.to_string().as_bytes())?;
            cluster.create(&call, &params, body)
        });
        made.map(drop).map_err(|failure| failure.to_string())
    }

    /// Waits until the state has reached a revision that a reader asks for.
    async fn reach(&self, wanted: u64) -> Result<(), Failure> {
        let mut changes = self.changes();
        let reached = timeout(
            self.options.freshness_wait,
            changes.wait_for(|revision| *revision >= wanted),
        )
        .await;
        match reached {
            Ok(_) => Ok(()),
            Err(_) => Err(Failure::revision_too_large(
                wanted,
                *self.changes().borrow(),
            )),
        }
    }

    /// Runs `work` on the state, alone, and wakes the watches if it changed anything.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Cluster) -> T) -> T {
        let mut cluster = self.lock();
        let before = cluster.store.revision();
        let outcome = work(&mut cluster);
        let after = cluster.store.revision();
        drop(cluster);
        if after != before {
            self.revision.send_replace(after);
        }
        outcome
    }

    fn lock(&self) -> MutexGuard<'_, Cluster> {
        // Every write to the state is complete before anything in it can panic.
        self.cluster.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn changes(&self) -> Receiver<u64> {
        self.revision.subscribe()
    }
}

/// A request with its body read.
struct Asked {
    parts: Parts,
    query: Query,
    body: Bytes,
    user: Arc<User>,
}

impl Asked {
    fn header(&self, name: http::HeaderName) -> &str {
        self.parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    fn accept(&self) -> &str {
        self.header(http::header::ACCEPT)
    }

    /// The content type without its parameters.
    fn media(&self) -> &str {
        self.header(http::header::CONTENT_TYPE)
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
    }
}

/// A server at the rim: what connections hand their requests to.
#[derive(Debug)]
pub(crate) struct Rim(pub(crate) Arc<Server>);

impl Service for Rim {
    type Session = Session;

    fn session(&self, peer: Peer) -> Session {
        Session::new(peer)
    }

    async fn answer(&self, request: Request<Body>, session: &Session) -> Response {
        let outcome = answer(&self.0, request, session).await;
        outcome.unwrap_or_else(|failure| reply::failure(&failure))
    }

    fn status(&self, code: u16) -> Response {
        reply::failure(&Failure::injected(code))
    }
}

/// The one function that every request passes through.
async fn answer(
    server: &Arc<Server>,
    request: Request<Body>,
    session: &Session,
) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let user = server.access.user(&parts.headers, session)?;
    let query = Query::parse(parts.uri.query().unwrap_or_default());
    let body = to_bytes(body, LARGEST_BODY).await;
    let body = body.map_err(|_| Failure::too_large())?;
    let asked = Asked {
        parts,
        query,
        body,
        user,
    };
    dispatch(server, asked).await
}

async fn dispatch(server: &Arc<Server>, asked: Asked) -> Result<Response, Failure> {
    match Route::parse(asked.parts.uri.path()) {
        Route::Objects(target) => {
            if !server.with(|cluster| cluster.registry.knows(&target)) {
                return Ok(reply::page_not_found());
            }
            objects::serve(server, asked, target).await
        }
        route if asked.parts.method != http::Method::GET => match route {
            Route::Unknown => Ok(reply::page_not_found()),
            _ => Err(Failure::method_not_allowed()),
        },
        route => document(server, &asked, route),
    }
}

/// The documents that describe the server.
fn document(server: &Server, asked: &Asked, route: Route) -> Result<Response, Failure> {
    let host = asked.header(http::header::HOST);
    Ok(match route {
        Route::Health => reply::text(200, "ok"),
        Route::Version => reply::json(200, &version()),
        Route::CoreVersions | Route::Groups => discovery_document(server, asked, &route, host)?,
        Route::Group(name) => match server.with(|cluster| cluster.registry.group(&name)) {
            Some(group) if !name.is_empty() => reply::json(200, &discovery::group(&group)),
            _ => reply::page_not_found(),
        },
        Route::GroupVersion { group, version } => {
            match server.with(|cluster| cluster.registry.version(&group, &version)) {
                Some(found) => reply::json(200, &discovery::resources(&group, &found)),
                None => reply::page_not_found(),
            }
        }
        Route::OpenApiIndex => reply::json(
            200,
            &server.with(|cluster| openapi::index(&cluster.registry)),
        ),
        Route::OpenApi(path) => {
            match server.with(|cluster| openapi::document(&cluster.registry, &path)) {
                Some(document) => reply::bytes(200, reply::JSON, document.into()),
                None => reply::page_not_found(),
            }
        }
        Route::Root => reply::json(
            200,
            &server.with(|cluster| openapi::root(&cluster.registry)),
        ),
        Route::Objects(_) | Route::Unknown => reply::page_not_found(),
    })
}

fn discovery_document(
    server: &Server,
    asked: &Asked,
    route: &Route,
    host: &str,
) -> Result<Response, Failure> {
    let core = *route == Route::CoreVersions;
    let aggregated = wants_aggregated(asked.accept())?;
    let document = server.with(|cluster| match (aggregated, core) {
        (true, core) => discovery::aggregated(&cluster.registry, core),
        (false, true) => discovery::core_versions(&cluster.registry, host),
        (false, false) => discovery::groups(&cluster.registry),
    });
    Ok(reply::discovery(aggregated, &document))
}

fn version() -> Value {
    serde_json::json!({
        "major": "1", "minor": "37",
        "emulationMajor": "1", "emulationMinor": "37",
        "minCompatibilityMajor": "1", "minCompatibilityMinor": "36",
        "gitVersion": "v1.37.2+embedded", "gitCommit": "", "gitTreeState": "",
        "buildDate": "1970-01-01T00:00:00Z", "goVersion": "", "compiler": "rustc",
        "platform": format!("{}/{}", std::env::consts::OS, std::env::consts::ARCH),
    })
}
