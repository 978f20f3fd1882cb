//! An API server inside this process, for tests.
//!
//! [`Embedded`] speaks the protocol of a Kubernetes API server over plain HTTP on a free loopback
//! port. It starts in milliseconds, shares nothing with other instances, keeps everything in memory
//! and is gone when dropped. It runs no controllers, like a kube-apiserver alone: a Deployment makes
//! no pods, a deleted namespace stays Terminating until it is finalized.
//!
//! It knows nothing of the client's types on purpose: a server that shares them would agree with
//! the client's mistakes.

mod clock;
mod cluster;
mod content;
mod convert;
mod crd;
mod custom;
mod decode;
mod discovery;
mod document;
mod encode;
mod facts;
mod group;
mod http;
mod identity;
mod key;
mod kinds;
mod managed;
mod metadata;
mod names;
mod negotiate;
mod object;
mod openapi;
mod params;
mod patch;
mod recorded;
mod registry;
mod resource;
mod route;
mod schema;
mod selector;
mod status;
mod store;
mod strategy;
mod table;
mod thread;
mod verbs;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use kubewright::Config;
use serde_json::Value;

use self::http::{Options, Server};
use self::thread::ServerThread;

/// A running API server; dropping it stops it.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use kubewright_envtest::Embedded;
///
/// let server = Embedded::start().await?;
/// assert!(server.url().starts_with("http://127.0.0.1:"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Embedded {
    address: SocketAddr,
    config: Config,
    server: Arc<Server>,
    _thread: ServerThread,
}

impl Embedded {
    /// Starts a server with default options.
    ///
    /// # Errors
    /// When no loopback port can be bound or no thread can be started.
    #[allow(
        clippy::unused_async,
        reason = "the signature of every server in this crate"
    )]
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Options for a server that is yet to be started.
    pub fn builder() -> EmbeddedBuilder {
        EmbeddedBuilder::default()
    }

    /// The base URL, without a trailing slash.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the server listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How the client under test reaches the server: the only place where the two meet.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use kubewright::ListOptions;
    /// use kubewright_envtest::Embedded;
    ///
    /// let server = Embedded::start().await?;
    /// let client = server.client_config().connect().await?;
    /// let namespaces = client.resource(&"v1/namespaces".parse()?);
    /// assert_eq!(namespaces.list(&ListOptions::new()).await?.items.len(), 4);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn client_config(&self) -> Config {
        self.config.clone()
    }

    /// Forgets the history of all changes, as etcd's compaction does: from now on a watch or a paged
    /// list that starts at an earlier resourceVersion gets 410 Expired.
    pub fn compact(&self) {
        self.server.with(|cluster| cluster.store.compact());
    }
}

/// Options of an [`Embedded`] server.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use kubewright_envtest::Embedded;
///
/// // Watches that lag by more than a hundred changes get 410 Expired.
/// let server = Embedded::builder().history_limit(100).start().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until it is started"]
pub struct EmbeddedBuilder {
    options: Options,
    port: u16,
    definitions: Vec<Value>,
}

impl Default for EmbeddedBuilder {
    fn default() -> Self {
        let options = Options {
            history_limit: 10_000,
            bookmark_interval: Duration::from_secs(60),
            freshness_wait: Duration::from_secs(3),
        };
        Self {
            options,
            port: 0,
            definitions: Vec::new(),
        }
    }
}

impl EmbeddedBuilder {
    /// The loopback port to listen on (a free one).
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// A CustomResourceDefinition, as JSON, that is served from the start.
    pub fn definition(mut self, definition: Value) -> Self {
        self.definitions.push(definition);
        self
    }

    /// How many changes of each resource are remembered (10 000): a watch that starts before them
    /// gets 410 Expired.
    pub fn history_limit(mut self, changes: usize) -> Self {
        self.options.history_limit = changes;
        self
    }

    /// How often a watch that allows bookmarks gets one (60 s, as in Kubernetes).
    pub fn bookmark_interval(mut self, interval: Duration) -> Self {
        self.options.bookmark_interval = interval;
        self
    }

    /// How long a read that asks for a future resourceVersion waits for it before it gets 504
    /// Timeout (3 s, as in Kubernetes).
    pub fn freshness_wait(mut self, wait: Duration) -> Self {
        self.options.freshness_wait = wait;
        self
    }

    /// Starts the server.
    ///
    /// # Errors
    /// When no loopback port can be bound or no thread can be started.
    #[allow(
        clippy::unused_async,
        reason = "the signature of every server in this crate"
    )]
    pub async fn start(self) -> io::Result<Embedded> {
        let server = Arc::new(Server::new(self.options));
        for definition in self.definitions {
            server.define(&definition).map_err(io::Error::other)?;
        }
        let (thread, address) = ServerThread::start(http::router(server.clone()), self.port)?;
        let config = Config::new(&format!("http://{address}")).map_err(io::Error::other)?;
        Ok(Embedded {
            address,
            config,
            server,
            _thread: thread,
        })
    }
}
