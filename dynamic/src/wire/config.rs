//! The address of the API server, and the credentials for it.
//!
//! A [`Config`] is a plain value: it is read from a kubeconfig, from the environment of a
//! pod, or made by hand, and a `Client` is connected from it. Reading files is the business
//! of `load`; turning a kubeconfig into a config, of `resolve`, which touches no disk but
//! for the files that the kubeconfig names.

#[cfg(test)]
mod canary;
mod env;
pub(crate) mod exec;
mod file;
mod files;
#[cfg(test)]
mod fixtures;
mod impersonation;
mod in_cluster;
mod kubeconfig;
mod load;
mod overrides;
mod plugins;
pub(crate) mod policy;
pub(crate) mod problem;
mod proxy;
mod resolve;
mod server;
mod yaml;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rustls::crypto::CryptoProvider;
use secrecy::SecretString;
use url::Url;

pub(crate) use self::exec::{ExecCluster, ExecPlugin, ExecVersion, InteractiveMode};
pub use self::files::KubeconfigFiles;
pub use self::impersonation::Impersonation;
pub use self::kubeconfig::{
    AuthInfo, AuthProviderConfig, Cluster, Context, ExecConfig, ExecEnvVar, Kubeconfig,
    NamedAuthInfo, NamedCluster, NamedContext, NamedExtension, OtherKeys,
};
pub use self::load::Source;
pub use self::overrides::Overrides;
pub(crate) use self::plugins::PluginOptions;
pub use self::policy::PluginPolicy;
pub(crate) use self::proxy::{Proxy, ProxyKind};
use self::server::ServerUrl;
use crate::model::error::Result;
use crate::wire::credential::{CredentialCache, CredentialProvider, Given, Identity};
use crate::wire::warning::{Warning, WarningHandler};

/// How to reach one API server as one user, in one default namespace.
///
/// `Debug` shows where it points and what kind of credentials it has, never the
/// credentials ([rule C24](crate::semantics#c24)).
///
/// ```
/// use kubewright::Config;
///
/// // What `kubectl proxy` serves.
/// let config = Config::new("http://127.0.0.1:8001")?;
/// assert_eq!(config.namespace(), "default");
/// # Ok::<(), kubewright::Error>(())
/// ```
#[derive(Clone)]
pub struct Config {
    pub(crate) server: Url,
    /// Whether nobody said if the server speaks TLS ([rule U4](crate::semantics#u4)).
    assumed_http: bool,
    pub(crate) namespace: String,
    pub(crate) tls: TlsOptions,
    pub(crate) credentials: Credentials,
    pub(crate) plugins: PluginOptions,
    /// The credentials of the plugin, which all clients of this configuration share.
    pub(crate) of_plugin: Arc<OnceLock<CredentialCache>>,
    pub(crate) impersonation: Option<Impersonation>,
    /// The proxy of the kubeconfig; without one, the environment's is meant.
    pub(crate) proxy: Option<Proxy>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) compression: bool,
    pub(crate) cache_thread: bool,
    pub(crate) user_agent: String,
    pub(crate) on_warning: Option<WarningHandler>,
}

/// What TLS is to trust and to show.
#[derive(Clone, Default)]
pub(crate) struct TlsOptions {
    /// PEM; replaces the system's roots.
    pub(crate) ca: Option<Vec<u8>>,
    /// Where `ca` came from, if it is a file: it is read again when it changes
    /// ([rule C14](crate::semantics#c14)).
    pub(crate) ca_file: Option<PathBuf>,
    pub(crate) insecure: bool,
    /// Name for SNI and verification where it is not the URL's host.
    pub(crate) server_name: Option<String>,
    pub(crate) identity: Option<Identity>,
    /// Where it is not the provider of the process, or the built-in one.
    pub(crate) crypto: Option<Arc<CryptoProvider>>,
}

/// Who asks.
#[derive(Clone, Default)]
pub(crate) enum Credentials {
    #[default]
    None,
    Bearer(SecretString),
    /// Read again while in use; the token at load stands in when that fails.
    TokenFile {
        path: PathBuf,
        fallback: Option<SecretString>,
    },
    Basic {
        username: String,
        password: SecretString,
    },
    /// A program that prints credentials.
    Exec(Box<ExecPlugin>),
    Provider(CredentialCache),
}

impl Config {
    /// A server by its URL, without credentials and with the system's trust roots.
    ///
    /// # Errors
    /// When `server` is not an `http` or `https` URL. A host without a scheme is `http`, or
    /// `https` once an authority or a client certificate is set, as for client-go
    /// ([rule U4](crate::semantics#u4)).
    pub fn new(server: &str) -> Result<Self> {
        Ok(Config::of(server::parse(server)?))
    }

    fn of(server: ServerUrl) -> Self {
        Config {
            server: server.url,
            assumed_http: server.assumed_http,
            plugins: PluginOptions::default(),
            of_plugin: Arc::default(),
            impersonation: None,
            proxy: None,
            namespace: DEFAULT_NAMESPACE.to_owned(),
            tls: TlsOptions::default(),
            credentials: Credentials::None,
            timeout: None,
            compression: false,
            cache_thread: true,
            user_agent: default_user_agent(),
            on_warning: None,
        }
    }

    /// The configuration that a program would expect: the files of `KUBECONFIG`, else
    /// `~/.kube/config`, else the service account of the pod that it runs in.
    ///
    /// # Errors
    /// When a kubeconfig is there but unusable, or when there is none and the program does
    /// not run in a pod.
    pub fn infer() -> Result<Self> {
        load::infer(&Source::default())
    }

    /// As [`Config::infer`], with another file or context than the default ones.
    ///
    /// # Errors
    /// As [`Config::infer`]; an explicit file must exist, an explicit context must be in it.
    pub fn load(source: &Source) -> Result<Self> {
        load::infer(source)
    }

    /// The context `context` of a kubeconfig, or its current one. Files that the kubeconfig
    /// names by relative path are looked for in the folder of the file it was read from.
    ///
    /// # Errors
    /// All that is wrong with the stanzas in use, together ([rule C8](crate::semantics#c8)).
    pub fn from_kubeconfig(kubeconfig: &Kubeconfig, context: Option<&str>) -> Result<Self> {
        let overrides = match context {
            Some(name) => Overrides::new().context(name),
            None => Overrides::new(),
        };
        Config::from_kubeconfig_with(kubeconfig, &overrides)
    }

    /// As [`Config::from_kubeconfig`], with values that replace those of the kubeconfig
    /// ([rule C5](crate::semantics#c5)).
    ///
    /// # Errors
    /// As [`Config::from_kubeconfig`]; a context, cluster or user that the overrides name must
    /// exist.
    pub fn from_kubeconfig_with(kubeconfig: &Kubeconfig, overrides: &Overrides) -> Result<Self> {
        Ok(resolve::resolve(kubeconfig, overrides)?.config)
    }

    /// Reads a kubeconfig file and uses its current context.
    ///
    /// # Errors
    /// When the file cannot be read or is unusable.
    pub fn from_kubeconfig_file(path: impl AsRef<Path>) -> Result<Self> {
        Config::from_kubeconfig(&Kubeconfig::read(path)?, None)
    }

    /// The service account of the pod that this program runs in ([rule C10](crate::semantics#c10)).
    ///
    /// # Errors
    /// When the program does not run in a pod, or the mounted token cannot be read.
    pub fn in_cluster() -> Result<Self> {
        in_cluster::config(&env::Env::process(), &Overrides::new())
    }

    /// The URL of the API server.
    pub fn server(&self) -> &str {
        self.server.as_str()
    }

    /// The namespace that is meant when none is said.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Changes the default namespace.
    #[must_use]
    pub fn with_namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = namespace.into();
        self
    }

    /// Trusts these certificates (PEM) instead of the system's.
    #[must_use]
    pub fn with_ca_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.tls.ca = Some(pem.into());
        self.tls.ca_file = None;
        self.speaking_tls()
    }

    /// Sends this bearer token; over `http` nothing is sent ([rule C6](crate::semantics#c6)).
    #[must_use]
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        self.credentials = Credentials::Bearer(SecretString::from(token.into()));
        self
    }

    /// Asks this provider for credentials, instead of any that the configuration has. Clones of
    /// the configuration, and the clients made of them, share what it gives. Over `http` it is
    /// not asked ([rule C6](crate::semantics#c6)).
    #[must_use]
    pub fn with_credentials(mut self, provider: impl CredentialProvider) -> Self {
        self.credentials = Credentials::Provider(CredentialCache::new(Given(provider)));
        self
    }

    /// Shows this client certificate (PEM, the chain first) with its key (PEM).
    #[must_use]
    pub fn with_client_certificate_pem(
        mut self,
        certificate: impl Into<Vec<u8>>,
        key: impl Into<String>,
    ) -> Self {
        self.tls.identity = Some(Identity::new(
            certificate.into(),
            SecretString::from(key.into()),
        ));
        self.speaking_tls()
    }

    /// Uses this cryptography for TLS, as it is. Without it a client takes the provider that the
    /// program has installed with [`CryptoProvider::install_default`], or else the one that was
    /// compiled in: aws-lc-rs if the feature `aws-lc-rs` or `fips` is on, else ring with P-521.
    /// This library installs none.
    ///
    /// ```
    /// # #[cfg(feature = "ring")] {
    /// use std::sync::Arc;
    ///
    /// use kubewright::{Config, rustls};
    ///
    /// let provider = rustls::crypto::ring::default_provider();
    /// let config = Config::new("https://127.0.0.1:6443")?.with_crypto_provider(Arc::new(provider));
    /// # }
    /// # Ok::<(), kubewright::Error>(())
    /// ```
    #[must_use]
    pub fn with_crypto_provider(mut self, provider: Arc<CryptoProvider>) -> Self {
        self.tls.crypto = Some(provider);
        self
    }

    /// Reaches the server through this proxy, instead of the one that `HTTPS_PROXY` or
    /// `HTTP_PROXY` may name: `http`, `https` or `socks5`, with user and password in the URL if
    /// it wants them ([rule C12](crate::semantics#c12)). Names are resolved at a SOCKS proxy.
    ///
    /// # Errors
    /// When `url` is not the URL of such a proxy.
    ///
    /// ```
    /// use kubewright::Config;
    ///
    /// let config = Config::new("https://10.0.0.1:6443")?.with_proxy_url("socks5://127.0.0.1:1080")?;
    /// # Ok::<(), kubewright::Error>(())
    /// ```
    pub fn with_proxy_url(mut self, url: &str) -> Result<Self> {
        self.proxy = Some(Proxy::parse(url)?);
        Ok(self)
    }

    /// The proxy in front of the server, if there is one.
    pub(crate) fn proxy(&self) -> Result<Option<Proxy>> {
        match &self.proxy {
            Some(proxy) => Ok(Some(proxy.clone())),
            None => Ok(Proxy::of(&env::Env::process(), &self.server)?),
        }
    }

    /// Gives up on a request after this long, all its attempts together
    /// ([rule R9](crate::semantics#r9)). A watch has this long to open, and then lasts
    /// ([rule R10](crate::semantics#r10)). Without it an answer has 5 minutes to begin
    /// ([rule R17](crate::semantics#r17)), and then as long as it takes.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Asks for answers compressed by gzip, which is worth it over a slow line. Within a
    /// cluster it costs both sides more than it saves, so it is off by default, unlike in
    /// client-go. Answers that come compressed are read either way.
    ///
    /// The API server compresses lists from 128 KiB on, and since 1.37 watches that begin
    /// with what is there, as informers ask for; their events come as soon as ever. Other
    /// watches stay as they are.
    #[must_use]
    pub fn with_compression(mut self, wanted: bool) -> Self {
        self.compression = wanted;
        self
    }

    /// Whether a client keeps a thread for its informers where the program's runtime has
    /// several: it does, for a cache that moves between threads takes more memory and more
    /// of the processor. What is read, transformed and indexed there is done one after the
    /// other, and connections that were opened there carry other requests too. Without it,
    /// informers are tasks of the runtime on which they are started: for transforms that
    /// take long, or where a program must have no thread but its own.
    #[must_use]
    pub fn with_cache_thread(mut self, wanted: bool) -> Self {
        self.cache_thread = wanted;
        self
    }

    /// Names the program in the `User-Agent` header.
    #[must_use]
    pub fn with_user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Calls a function for each warning that the API server sends, instead of the log
    /// ([rule E8](crate::semantics#e8)).
    #[must_use]
    pub fn on_warning(mut self, handler: impl Fn(&Warning) + Send + Sync + 'static) -> Self {
        self.on_warning = Some(Arc::new(handler));
        self
    }

    /// Which credential plugins a kubeconfig may run; any, without a policy
    /// ([rule C23](crate::semantics#c23)).
    #[must_use]
    pub fn with_plugin_policy(mut self, policy: PluginPolicy) -> Self {
        self.plugins.policy = policy;
        self.with_other_plugins()
    }

    /// Kills a credential plugin that runs for longer than this; five minutes are the default,
    /// in which a person can log in with a browser.
    #[must_use]
    pub fn with_plugin_timeout(mut self, timeout: Duration) -> Self {
        self.plugins.deadline = timeout;
        self.with_other_plugins()
    }

    /// Whether a credential plugin may read standard input, if that is a terminal: it may by
    /// default. For a program that reads it itself ([rule C20](crate::semantics#c20)).
    #[must_use]
    pub fn with_interactive_plugins(mut self, wanted: bool) -> Self {
        self.plugins.stdin = wanted;
        self.with_other_plugins()
    }

    /// Acts as another user with each request ([rule C17](crate::semantics#c17)); see also
    /// [`Client::acting_as`](crate::Client::acting_as).
    #[must_use]
    pub fn with_impersonation(mut self, who: Impersonation) -> Self {
        self.impersonation = Some(who);
        self
    }

    fn with_other_plugins(mut self) -> Self {
        self.of_plugin = Arc::default();
        self
    }

    /// TLS settings decide about a scheme that nobody wrote.
    fn speaking_tls(mut self) -> Self {
        if self.assumed_http && self.server.set_scheme("https").is_ok() {
            self.assumed_http = false;
        }
        self
    }

    /// Whether credentials and TLS settings apply: decided on the URL alone
    /// ([rule C6](crate::semantics#c6)).
    pub(crate) fn is_https(&self) -> bool {
        self.server.scheme() == "https"
    }
}

const DEFAULT_NAMESPACE: &str = "default";

fn default_user_agent() -> String {
    format!(
        "kubewright/{} ({}/{})",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("server", &self.server.as_str())
            .field("namespace", &self.namespace)
            .field("tls", &self.tls)
            .field("credentials", &self.credentials)
            .field("impersonation", &self.impersonation)
            .field("proxy", &self.proxy)
            .field("timeout", &self.timeout)
            .field("user_agent", &self.user_agent)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for TlsOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsOptions")
            .field("own_ca", &self.ca.is_some())
            .field("insecure", &self.insecure)
            .field("server_name", &self.server_name)
            .field("client_certificate", &self.identity.is_some())
            .field("own_crypto_provider", &self.crypto.is_some())
            .finish()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Credentials::None => f.write_str("none"),
            Credentials::Bearer(_) => f.write_str("bearer token"),
            Credentials::TokenFile { path, .. } => write!(f, "token file {}", path.display()),
            Credentials::Basic { username, .. } => write!(f, "password of {username}"),
            Credentials::Exec(plugin) => write!(f, "plugin {}", plugin.command),
            Credentials::Provider(_) => f.write_str("provider"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_without_a_scheme_is_http_and_query_is_dropped() {
        // Rules U3, U4
        assert_eq!(
            Config::new("127.0.0.1:8001").unwrap().server(),
            "http://127.0.0.1:8001/"
        );
        assert_eq!(
            Config::new("https://k/prefix/?a=b#c").unwrap().server(),
            "https://k/prefix/"
        );
    }

    #[test]
    fn tls_settings_make_a_host_without_a_scheme_https() {
        // Rule U4
        let bare = || Config::new("k:6443").unwrap();
        assert_eq!(bare().with_token("t").server(), "http://k:6443/");
        assert_eq!(bare().with_ca_pem("pem").server(), "https://k:6443/");
        let config = bare().with_client_certificate_pem("cert", "key");
        assert_eq!(config.server(), "https://k:6443/");
        let plain = Config::new("http://k").unwrap().with_ca_pem("pem");
        assert_eq!(plain.server(), "http://k/");
        assert!(Config::new("k:6443/prefix").is_err());
    }

    #[test]
    fn invalid_servers_are_refused() {
        for server in [
            "ftp://k",
            "https://",
            "http://user:secret@k",
            "http://[::1",
            "http://user:secret@[::1",
            "ftp://user:secret@k",
        ] {
            let error = Config::new(server).unwrap_err();
            assert!(error.is_config(), "{server}");
            assert!(
                !format!("{error:#} {error:?}").contains("secret"),
                "{error}"
            );
        }
    }

    #[test]
    fn debug_never_shows_secrets() {
        // Rule C24
        let config = Config::new("https://k")
            .unwrap()
            .with_token("hunter2")
            .with_client_certificate_pem("cert", "hunter2-key");
        let shown = format!("{config:?}");
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("bearer token"), "{shown}");
    }
}
