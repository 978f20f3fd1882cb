//! An API server inside this process, for tests.
//!
//! [`Embedded`] speaks the protocol of a Kubernetes API server on a free loopback port: over plain
//! HTTP, or over TLS with HTTP/2 as the real one does. It starts in milliseconds, shares nothing with
//! other instances, keeps everything in memory and is gone when dropped. It runs no controllers, like a
//! kube-apiserver alone: a Deployment makes no pods, a deleted namespace stays Terminating until it is
//! finalized.
//!
//! It knows nothing of the client's types on purpose: a server that shares them would agree with
//! the client's mistakes.

mod access;
mod clock;
mod cluster;
mod content;
mod convert;
mod crd;
mod credentials;
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
mod net;
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
mod user;
mod verbs;

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use kubewright::Config;
use serde_json::Value;

use self::access::Access;
use self::credentials::Tls;
pub use self::http::Tallied;
use self::http::{Options, Rim, Server, Streaming};
pub use self::net::Fault;
use self::net::{Net, NetOptions};
use self::thread::ServerThread;
use self::user::User;
use crate::certificates::{Authority, Identity};
use crate::kubeconfig::{self, Credential};

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
    /// What a server with TLS has beside one of plain HTTP.
    tls: Option<Tls>,
    server: Arc<Server>,
    net: Arc<Net>,
    config: Config,
    _thread: ServerThread,
}

impl Embedded {
    /// Starts a server with default options.
    ///
    /// # Errors
    /// When no loopback port can be bound or no thread can be started.
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
        url(self.address, self.tls.as_ref())
    }

    /// Where the server listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How the client under test reaches the server as its admin: the only connection between the
    /// two.
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

    /// A kubeconfig for the admin, as YAML, with everything inline.
    #[must_use]
    pub fn kubeconfig(&self) -> String {
        let authority = self.authority().map(Authority::certificate_pem);
        let tls = self.tls.as_ref();
        let credential = tls.map_or(Credential::Nothing, Tls::credential);
        kubeconfig::text(&self.url(), authority, "admin", &credential)
    }

    /// Writes [`kubeconfig`](Self::kubeconfig) to a file that only this user can read.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_kubeconfig(&self, path: impl AsRef<Path>) -> io::Result<()> {
        kubeconfig::write(path.as_ref(), &self.kubeconfig())
    }

    /// Forgets the history of all changes, as etcd's compaction does: from now on a watch or a paged
    /// list that starts at an earlier resourceVersion gets 410 Expired.
    pub fn compact(&self) {
        self.server.with(|cluster| cluster.store.compact());
    }
}

/// Certificates and tokens, and their rotation.
impl Embedded {
    /// The authority that signed the server's first certificate, and whose clients it knows at first;
    /// `None` for a server of plain HTTP.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use kubewright::Config;
    /// use kubewright_envtest::Embedded;
    ///
    /// let server = Embedded::builder().tls().authentication().start().await?;
    /// let authority = server.authority().ok_or("the server speaks TLS")?;
    /// let alice = authority.issue_client("alice", Some("devs"))?;
    /// let config = Config::new(&server.url())?
    ///     .with_ca_pem(authority.certificate_pem())
    ///     .with_client_certificate_pem(alice.certificate_pem(), alice.key_pem());
    /// config.connect().await?.version().await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn authority(&self) -> Option<&Authority> {
        self.tls.as_ref().map(|tls| &tls.authority)
    }

    /// The certificate that the server had at its start; `None` for a server of plain HTTP.
    #[must_use]
    pub fn identity(&self) -> Option<&Identity> {
        self.tls.as_ref().map(|tls| &tls.serving)
    }

    /// Serves new connections with another certificate, of whatever authority. Open connections go on.
    ///
    /// # Errors
    /// When the texts are not PEM, when the key cannot be used, or when the server speaks plain HTTP.
    pub fn serve_as(&self, identity: &Identity) -> io::Result<()> {
        self.net.serve_as(identity)
    }

    /// Knows clients by certificates of these authorities from now on, on open connections too; no
    /// others. An empty text trusts nobody's certificate.
    ///
    /// # Errors
    /// When the text is not PEM, or a certificate in it cannot be an authority.
    pub fn trust_clients_of(&self, authorities_pem: &str) -> io::Result<()> {
        self.server.access.trust_clients_of(authorities_pem)
    }

    /// Knows one more bearer token, or knows it as another user than before.
    pub fn accept_token(&self, token: &str, user: &str, groups: &[&str]) {
        let groups = groups.iter().map(|&group| group.to_owned()).collect();
        self.server
            .access
            .accept_token(token, User::new(user, groups));
    }

    /// Knows this token no more: the next request with it gets 401 Unauthorized, if the server
    /// demands [authentication](EmbeddedBuilder::authentication).
    pub fn revoke_token(&self, token: &str) {
        self.server.access.revoke_token(token);
    }
}

/// Faults, and what can be counted of their consequences.
impl Embedded {
    /// Lets something go wrong with the next requests that the fault describes.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use kubewright_envtest::Embedded;
    /// use kubewright_envtest::embedded::Fault;
    ///
    /// let server = Embedded::builder().tls().start().await?;
    /// let client = server.client_config().connect().await?;
    /// server.inject(Fault::status(403).path("/version"));
    /// assert!(client.version().await.is_err_and(|error| error.is_forbidden()));
    /// client.version().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn inject(&self, fault: Fault) {
        self.net.inject(fault);
    }

    /// Ends every open connection of HTTP/2 as a server does that is about to stop: one GOAWAY, and
    /// what is under way is served.
    pub fn send_goaway(&self) {
        self.net.go_away();
    }

    /// Silences every open connection: nothing is read from it or written to it, and it stays open.
    pub fn black_hole(&self) {
        self.net.silence();
    }

    /// Closes every open connection at once.
    pub fn close_connections(&self) {
        self.net.break_off();
    }

    /// How many connections are open.
    #[must_use]
    pub fn connections_open(&self) -> usize {
        self.net.connections.open()
    }

    /// How many connections were opened since the start.
    #[must_use]
    pub fn connections_opened(&self) -> usize {
        self.net.connections.opened()
    }

    /// How often a verb of Kubernetes, such as `create` or `deletecollection`, was asked for and
    /// carried out, on any resource.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use kubewright_envtest::Embedded;
    ///
    /// let server = Embedded::start().await?;
    /// let client = server.client_config().connect().await?;
    /// let maps = client.resource(&"v1/configmaps".parse()?).namespace("default");
    /// assert!(maps.get("missing").await.is_err());
    /// let gets = server.requests("get");
    /// assert_eq!((gets.asked, gets.carried_out), (1, 0));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn requests(&self, verb: &str) -> Tallied {
        self.server.tally.of(verb)
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
/// // As a real cluster behind a load balancer speaks.
/// let server = Embedded::builder().tls().http2_streams(100).goaway_chance(0.02).start().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until it is started"]
pub struct EmbeddedBuilder {
    options: Options,
    net: NetOptions,
    port: u16,
    tls: bool,
    authentication: bool,
    tokens: Vec<(String, User)>,
    definitions: Vec<Value>,
}

impl Default for EmbeddedBuilder {
    fn default() -> Self {
        let options = Options {
            history_limit: 10_000,
            bookmark_interval: Duration::from_secs(60),
            freshness_wait: Duration::from_secs(3),
            streaming: Streaming::Served,
        };
        let net = NetOptions {
            http2: true,
            http2_streams: 100,
            goaway_chance: 0.0,
        };
        Self {
            options,
            net,
            port: 0,
            tls: false,
            authentication: false,
            tokens: Vec::new(),
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

    /// Speaks TLS, with HTTP/2 and HTTP/1.1 to choose from, by a certificate of an authority that is
    /// made at the start (plain HTTP).
    pub fn tls(mut self) -> Self {
        self.tls = true;
        self
    }

    /// Whether HTTP/2 is offered beside HTTP/1.1 over TLS (true).
    pub fn http2(mut self, offered: bool) -> Self {
        self.net.http2 = offered;
        self
    }

    /// How many streams a connection of HTTP/2 may have at once (100, as in Kubernetes).
    pub fn http2_streams(mut self, streams: u32) -> Self {
        self.net.http2_streams = streams;
        self
    }

    /// The chance that a request over HTTP/2 makes the server end its connection with GOAWAY (0), as
    /// `--goaway-chance` of kube-apiserver does: the request is served.
    pub fn goaway_chance(mut self, chance: f64) -> Self {
        self.net.goaway_chance = chance;
        self
    }

    /// Answers 401 Unauthorized to a request without a client certificate or a bearer token that the
    /// server knows (everybody is the admin). Speaks [TLS](Self::tls): no client should show
    /// credentials over plain HTTP.
    pub fn authentication(mut self) -> Self {
        self.authentication = true;
        self.tls()
    }

    /// Knows a user by a bearer token, and demands [authentication](Self::authentication).
    pub fn token(mut self, token: &str, user: &str, groups: &[&str]) -> Self {
        let groups = groups.iter().map(|&group| group.to_owned()).collect();
        self.tokens
            .push((token.to_owned(), User::new(user, groups)));
        self.authentication()
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

    /// Whether a watch may begin with the objects that are there (true). Without, such a watch is
    /// refused, as by a kube-apiserver before 1.34 whose feature `WatchList` is off.
    pub fn streaming_lists(mut self, served: bool) -> Self {
        self.options.streaming = match served {
            true => Streaming::Served,
            false => Streaming::Refused,
        };
        self
    }

    /// Whether the store reports its progress (true). Without, a watch that begins with the objects
    /// that are there is answered 200 and then an error, as by a kube-apiserver on etcd before 3.5.13.
    pub fn progress_notifications(mut self, sent: bool) -> Self {
        self.options.streaming = match sent {
            true => Streaming::Served,
            false => Streaming::Broken,
        };
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
        let tls = self
            .tls
            .then(|| Tls::new(self.authentication))
            .transpose()?;
        let access = self.access(tls.as_ref())?;
        let server = Arc::new(Server::new(self.options, access));
        for definition in self.definitions {
            server.define(&definition).map_err(io::Error::other)?;
        }
        let serving = tls.as_ref().map(|tls| &tls.serving);
        let net = Arc::new(Net::new(self.net, serving)?);
        let (connections, rim) = (net.clone(), Arc::new(Rim(server.clone())));
        let serve = |listener| net::serve(listener, connections, rim);
        let (thread, address) = ServerThread::start(self.port, serve)?;
        let config = Config::new(&url(address, tls.as_ref())).map_err(io::Error::other)?;
        Ok(Embedded {
            address,
            config: admitted(config, tls.as_ref()),
            tls,
            server,
            net,
            _thread: thread,
        })
    }

    fn access(&self, tls: Option<&Tls>) -> io::Result<Access> {
        let access = Access::new(self.authentication);
        for (token, user) in &self.tokens {
            access.accept_token(token, user.clone());
        }
        if let Some(tls) = tls {
            access.trust_clients_of(tls.authority.certificate_pem())?;
        }
        Ok(access)
    }
}

fn url(address: SocketAddr, tls: Option<&Tls>) -> String {
    let scheme = if tls.is_some() { "https" } else { "http" };
    format!("{scheme}://{address}")
}

/// A configuration that trusts the server and shows who the admin is.
fn admitted(config: Config, tls: Option<&Tls>) -> Config {
    let Some(tls) = tls else {
        return config;
    };
    let config = config.with_ca_pem(tls.authority.certificate_pem());
    match &tls.admin {
        None => config,
        Some(admin) => config.with_client_certificate_pem(admin.certificate_pem(), admin.key_pem()),
    }
}
