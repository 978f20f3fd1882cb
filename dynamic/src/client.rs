//! The connection to one cluster, and the door to everything in it.
//!
//! `answer` has the one door through which every request leaves. What a client knows of its
//! cluster is in `discover`; the handles that it gives out are in `api`.

mod answer;
pub(crate) mod api;
mod discover;
pub(crate) mod problem;
#[cfg(feature = "cache")]
mod streams;
pub(crate) mod watch;

use std::sync::{Arc, RwLock};

use bytes::Bytes;

pub(crate) use self::answer::Answer;
#[cfg(feature = "cache")]
pub(crate) use self::streams::StreamSupport;
#[cfg(feature = "cache")]
use self::streams::StreamSupports;
#[cfg(feature = "cache")]
use crate::model::api_resource::ApiResource;
use crate::model::error::{Error, Result};
use crate::model::meta::VersionInfo;
use crate::wire::config::{Config, Impersonation};
use crate::wire::mapper::RestMapper;
use crate::wire::rest::{self, Asked, Body, Request};
use crate::wire::transport::{Lifetime, Transport};

/// A client of one API server. Cheap to clone; clones share connections and discovery.
///
/// It keeps no task but those of its open connections, which live as long as the
/// requests and the idle pool that use them; and one thread for its informers, once one is
/// started on a runtime of several threads, unless [`Config::with_cache_thread`] says no.
///
/// ```no_run
/// use kubewright::{Client, ListOptions};
///
/// # async fn doc() -> kubewright::Result<()> {
/// let client = Client::infer().await?;
/// let deployments = client.resource(&"deployments.v1.apps".parse()?).namespace("prod");
/// let web = deployments.get("web").await?;
/// println!("{} wants {}", web.name(), web["spec"]["replicas"]);
///
/// let pods = client.lookup("po").await?;
/// println!("{} pods", pods.list(&ListOptions::new()).await?.len());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    transport: Transport,
    namespace: String,
    mapper: Arc<RwLock<Option<Arc<RestMapper>>>>,
    #[cfg(feature = "cache")]
    streams: Arc<StreamSupports>,
}

impl Client {
    /// Connects as [`Config::infer`] says: kubeconfig first, then the pod's account.
    ///
    /// # Errors
    /// When there is no usable configuration. The server is not asked anything yet.
    #[allow(
        clippy::unused_async,
        reason = "what is to be awaited may come; a plugin runs with the first request"
    )]
    #[doc(alias = "try_default")]
    pub async fn infer() -> Result<Self> {
        Client::new(&Config::infer()?)
    }

    /// A client of this configuration. The server is not asked anything yet.
    ///
    /// # Errors
    /// When the configuration's certificates or keys cannot be used.
    pub fn new(config: &Config) -> Result<Self> {
        Ok(Client::over(Transport::new(config)?, config))
    }

    /// A client on a transport of whatever carrier.
    pub(crate) fn over(transport: Transport, config: &Config) -> Self {
        Client {
            shared: Arc::new(Shared {
                transport,
                namespace: config.namespace.clone(),
                mapper: Arc::default(),
                #[cfg(feature = "cache")]
                streams: Arc::default(),
            }),
        }
    }

    /// A client that acts as another user, on the same connections and with the same
    /// credentials. It shares what discovery has found out. A request that names a user in an
    /// `Impersonate-User` header of its own keeps that one.
    ///
    /// The server allows it to those who may `impersonate` the user and all its groups; to
    /// others it answers 403, and `is_forbidden()` is true.
    ///
    /// ```no_run
    /// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
    /// use kubewright::Impersonation;
    ///
    /// let jane = client.acting_as(&Impersonation::user("jane").group("developers"))?;
    /// println!("{}", jane.version().await?.git_version);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// `is_request()` when there is no user, or a value has a character that is not valid in a header.
    #[doc(alias = "impersonate")]
    pub fn acting_as(&self, who: &Impersonation) -> Result<Self> {
        let shared = &*self.shared;
        Ok(Client {
            shared: Arc::new(Shared {
                transport: shared.transport.acting_as(who)?,
                namespace: shared.namespace.clone(),
                mapper: Arc::clone(&shared.mapper),
                #[cfg(feature = "cache")]
                streams: Arc::clone(&shared.streams),
            }),
        })
    }

    /// The namespace that the configuration means when none is said.
    pub fn default_namespace(&self) -> &str {
        &self.shared.namespace
    }

    /// The version of the API server.
    ///
    /// # Errors
    /// When the server cannot be asked.
    pub async fn version(&self) -> Result<VersionInfo> {
        crate::model::object::from_json(&self.text("/version").await?)
    }

    /// Sends any request to any path below the server, credentials included, and returns
    /// whatever comes back: what this library has no verb for.
    ///
    /// The URI is path and query alone (`/healthz?verbose`).
    ///
    /// # Errors
    /// When the server cannot be reached, and the server's own error for an answer that is
    /// not a success.
    pub async fn raw(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>> {
        let uri = request.uri().clone();
        if uri.host().is_some() || !rest::stays_in_place(uri.path()) {
            return Err(no_path(&uri.to_string()));
        }
        let asked = Asked::path("request", uri.path());
        let (mut parts, body) = request.into_parts();
        let server = self.transport().server();
        let prefix = server.as_str().trim_end_matches('/');
        let path = uri
            .path_and_query()
            .map_or("/", http::uri::PathAndQuery::as_str);
        parts.uri =
            format!("{prefix}{path}")
                .parse()
                .map_err(|source| rest::RestProblem::NotAUri {
                    path: uri.to_string(),
                    source,
                })?;
        let request = http::Request::from_parts(parts, body);
        let answer = self.exchange(request, asked, Lifetime::Short).await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = answer.bytes().await?;
        let mut response = http::Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }

    /// GETs a path and returns its body as text.
    ///
    /// # Errors
    /// As [`Client::raw`], and when the body is not UTF-8.
    pub async fn text(&self, path: &str) -> Result<String> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let mut request = Request::path(path)?;
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            request.query.add(key.into_owned(), value);
        }
        let body = self.execute(request).await?;
        rest::text(&body).map(str::to_owned)
    }

    /// Whether the server can stream a snapshot of a resource, as far as is known.
    #[cfg(feature = "cache")]
    pub(crate) fn stream_support(&self, resource: &ApiResource) -> StreamSupport {
        self.shared.streams.of(resource)
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.shared.transport
    }
}

impl Config {
    /// A client of this configuration; see [`Client::new`].
    ///
    /// # Errors
    /// When the configuration's certificates or keys cannot be used.
    #[allow(
        clippy::unused_async,
        reason = "what is to be awaited may come; a plugin runs with the first request"
    )]
    pub async fn connect(&self) -> Result<Client> {
        Client::new(self)
    }
}

impl Request {
    /// A GET of a path that is not a resource.
    pub(crate) fn path(path: &str) -> Result<Self> {
        if !rest::stays_in_place(path) {
            return Err(no_path(path));
        }
        Ok(Request {
            method: http::Method::GET,
            path: path.to_owned(),
            query: rest::Query::default(),
            accept: http::HeaderValue::from_static("application/json, */*"),
            body: Body::Empty,
            asked: Asked::path("get", path),
        })
    }
}

fn no_path(path: &str) -> Error {
    rest::RestProblem::NotAPath {
        path: path.to_owned(),
    }
    .into()
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("server", &self.transport().server().as_str())
            .field("namespace", &self.shared.namespace)
            .finish_non_exhaustive()
    }
}
