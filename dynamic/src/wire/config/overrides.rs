//! Values that replace those of a kubeconfig, as the flags of kubectl do.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

use super::kubeconfig::{AuthInfo, Cluster};
use super::server::UrlText;

/// Values that replace those of a kubeconfig, as the flags of kubectl do
/// ([rule C5](crate::semantics#c5)). What is not set is not replaced. Relative paths begin in the
/// working directory.
///
/// ```
/// use kubewright::{Config, Kubeconfig, Overrides};
///
/// let kubeconfig = Kubeconfig::parse("
/// clusters: [{name: dev, cluster: {server: 'https://10.0.0.1:6443'}}]
/// contexts: [{name: dev, context: {cluster: dev}}]
/// current-context: dev
/// ")?;
/// let overrides = Overrides::new().server("https://127.0.0.1:6443").namespace("test");
/// let config = Config::from_kubeconfig_with(&kubeconfig, &overrides)?;
/// assert_eq!(config.server(), "https://127.0.0.1:6443/");
/// assert_eq!(config.namespace(), "test");
/// # Ok::<(), kubewright::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    pub(super) context: Option<String>,
    pub(super) cluster: Option<String>,
    pub(super) user: Option<String>,
    pub(super) namespace: Option<String>,
    server: Option<UrlText>,
    certificate_authority: Option<PathBuf>,
    insecure_skip_tls_verify: bool,
    tls_server_name: Option<String>,
    proxy_url: Option<UrlText>,
    disable_compression: bool,
    client_certificate: Option<PathBuf>,
    client_key: Option<PathBuf>,
    token: Option<SecretString>,
    username: Option<String>,
    password: Option<SecretString>,
    impersonate: Option<String>,
    impersonate_uid: Option<String>,
    impersonate_groups: Vec<String>,
    pub(super) request_timeout: Option<Duration>,
}

impl Overrides {
    /// Nothing is replaced.
    pub fn new() -> Self {
        Overrides::default()
    }

    /// `--context`: this context instead of the current one. It must exist.
    #[must_use]
    pub fn context(mut self, name: impl Into<String>) -> Self {
        self.context = set(name);
        self
    }

    /// `--cluster`: this cluster instead of the one of the context. It must exist.
    #[must_use]
    pub fn cluster(mut self, name: impl Into<String>) -> Self {
        self.cluster = set(name);
        self
    }

    /// `--user`: this user instead of the one of the context. It must exist.
    #[must_use]
    pub fn user(mut self, name: impl Into<String>) -> Self {
        self.user = set(name);
        self
    }

    /// `--namespace`: the default namespace.
    #[must_use]
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = set(namespace);
        self
    }

    /// `--server`: the URL of the API server. The kubeconfig's `tls-server-name` is not used then.
    #[must_use]
    pub fn server(mut self, url: impl Into<String>) -> Self {
        self.server = set(url).map(UrlText);
        self
    }

    /// `--certificate-authority`: a file of trusted certificates (PEM).
    #[must_use]
    pub fn certificate_authority(mut self, path: impl Into<PathBuf>) -> Self {
        self.certificate_authority = Some(path.into());
        self
    }

    /// `--insecure-skip-tls-verify`: if `true`, the server's certificate is not verified, and the
    /// kubeconfig's authority is not used.
    #[must_use]
    pub fn insecure_skip_tls_verify(mut self, insecure: bool) -> Self {
        self.insecure_skip_tls_verify = insecure;
        self
    }

    /// `--tls-server-name`: the name to verify the server's certificate against.
    #[must_use]
    pub fn tls_server_name(mut self, name: impl Into<String>) -> Self {
        self.tls_server_name = set(name);
        self
    }

    /// `--proxy-url`: the proxy in front of the server.
    #[must_use]
    pub fn proxy_url(mut self, url: impl Into<String>) -> Self {
        self.proxy_url = set(url).map(UrlText);
        self
    }

    /// `--disable-compression`: if `true`, answers are not compressed.
    #[must_use]
    pub fn disable_compression(mut self, disable: bool) -> Self {
        self.disable_compression = disable;
        self
    }

    /// `--client-certificate`: a file with the client's certificate (PEM).
    #[must_use]
    pub fn client_certificate(mut self, path: impl Into<PathBuf>) -> Self {
        self.client_certificate = Some(path.into());
        self
    }

    /// `--client-key`: a file with the key of the client's certificate (PEM).
    #[must_use]
    pub fn client_key(mut self, path: impl Into<PathBuf>) -> Self {
        self.client_key = Some(path.into());
        self
    }

    /// `--token`: the bearer token.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = set(token).map(SecretString::from);
        self
    }

    /// `--username`: the user of basic authentication.
    #[must_use]
    pub fn username(mut self, name: impl Into<String>) -> Self {
        self.username = set(name);
        self
    }

    /// `--password`: the password of basic authentication.
    #[must_use]
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = set(password).map(SecretString::from);
        self
    }

    /// `--as`: the user to act as.
    #[must_use]
    pub fn impersonate(mut self, user: impl Into<String>) -> Self {
        self.impersonate = set(user);
        self
    }

    /// `--as-uid`: the uid to act as.
    #[must_use]
    pub fn impersonate_uid(mut self, uid: impl Into<String>) -> Self {
        self.impersonate_uid = set(uid);
        self
    }

    /// `--as-group`, which can be repeated: the groups to act as.
    #[must_use]
    pub fn impersonate_groups(
        mut self,
        groups: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.impersonate_groups = groups.into_iter().map(Into::into).collect();
        self
    }

    /// `--request-timeout`: as [`Config::with_timeout`](crate::Config::with_timeout). Zero means
    /// no timeout.
    #[must_use]
    pub fn request_timeout(mut self, timeout: Duration) -> Self {
        self.request_timeout = Some(timeout).filter(|timeout| !timeout.is_zero());
        self
    }

    /// Whether a server is named here, so that no cluster is needed.
    pub(super) fn has_server(&self) -> bool {
        self.server.is_some()
    }

    /// Whether credentials are given here, so that no user is needed.
    pub(super) fn has_credentials(&self) -> bool {
        self.token.is_some() || self.username.is_some() || self.client_certificate.is_some()
    }

    /// Replaces what belongs to a cluster. Trust is one setting: a part of it replaces
    /// the whole.
    pub(super) fn apply_to_cluster(&self, cluster: &mut Cluster) {
        if self.insecure_skip_tls_verify || self.certificate_authority.is_some() {
            cluster.insecure_skip_tls_verify = self.insecure_skip_tls_verify;
            cluster
                .certificate_authority
                .clone_from(&self.certificate_authority);
            cluster.certificate_authority_data = None;
        }
        if self.server.is_some() || self.tls_server_name.is_some() {
            cluster.tls_server_name.clone_from(&self.tls_server_name);
        }
        let text = |url: &Option<UrlText>| url.as_ref().map(|url| url.0.clone());
        replace(&mut cluster.server, text(&self.server).as_ref());
        replace(&mut cluster.proxy_url, text(&self.proxy_url).as_ref());
        cluster.disable_compression |= self.disable_compression;
    }

    /// Replaces what belongs to a user. A file replaces the data of the same name too.
    pub(super) fn apply_to_user(&self, user: &mut AuthInfo) {
        if self.client_certificate.is_some() {
            user.client_certificate.clone_from(&self.client_certificate);
            user.client_certificate_data = None;
        }
        if self.client_key.is_some() {
            user.client_key.clone_from(&self.client_key);
            user.client_key_data = None;
        }
        replace(&mut user.token, self.token.as_ref());
        replace(&mut user.username, self.username.as_ref());
        replace(&mut user.password, self.password.as_ref());
        replace(&mut user.impersonate, self.impersonate.as_ref());
        replace(&mut user.impersonate_uid, self.impersonate_uid.as_ref());
        if !self.impersonate_groups.is_empty() {
            user.impersonate_groups.clone_from(&self.impersonate_groups);
        }
    }
}

/// An empty flag is a flag that is not set.
fn set(value: impl Into<String>) -> Option<String> {
    Some(value.into()).filter(|value| !value.is_empty())
}

fn replace<T: Clone>(field: &mut Option<T>, value: Option<&T>) {
    if let Some(value) = value {
        *field = Some(value.clone());
    }
}
