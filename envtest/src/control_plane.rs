//! The real control plane: etcd and kube-apiserver as child processes of a test.
//!
//! ```no_run
//! # async fn example() -> Result<(), kubewright_envtest::control_plane::Error> {
//! use kubewright_envtest::ControlPlane;
//!
//! let control_plane = ControlPlane::builder().user("alice", &["devs"]).start().await?;
//! println!("Kubernetes {} at {}", control_plane.version(), control_plane.url());
//! println!("export KUBECONFIG={}", control_plane.kubeconfig_file().display());
//! # Ok(())
//! # }
//! ```
//!
//! A control plane has its own certificate authority, its own free port on the loopback
//! interface and its own temporary folder, so any number run beside each other. There
//! are no controllers, no scheduler and no nodes: pods stay pending, owners' dependents
//! are not collected, and namespaces that are deleted stay terminating.
//!
//! It needs a Unix system: a few lines of `sh` see to it that the servers end with the
//! process that started them, even if that is killed. So a control plane may as well be
//! kept in a static, which Rust never drops.
//!
//! The programs come from [`Binaries::locate_or_build`].

mod binaries;
mod build;
mod builder;
mod error;
mod etcd;
mod go;
mod http;
mod locate;
mod pki;
mod process;
mod release;
mod state;
mod users;

use std::fmt;
use std::path::{Path, PathBuf};

pub use binaries::Binaries;
pub use build::Progress;
pub use builder::Builder;
pub use error::Error;
pub use release::{ETCD, KUBERNETES, Release};

use kubewright::Config;

use crate::kubeconfig::{self, Credential};
use http::Http;
use pki::Pki;
use process::Process;
use state::{CLIENT_AUTHORITY, ETCD_SOCKET, SERVING_CERTIFICATE, SERVING_KEY, State};
use users::User;

/// A running API server with its etcd; both stop when this is dropped.
///
/// The admin is known by a client certificate and may do everything. Whatever holds a
/// secret here is kept in files that only this user can read, until the end.
pub struct ControlPlane {
    // In the order of their end: the server first, its state last.
    _kube_apiserver: Process,
    _etcd: Process,
    state: State,
    http: Http,
    /// Where the server is and how to trust it, for nobody yet.
    config: Config,
    pki: Pki,
    users: Vec<User>,
    version: String,
    kubeconfig_file: PathBuf,
}

impl ControlPlane {
    /// Starts a control plane as it comes.
    ///
    /// # Errors
    ///
    /// Those of [`Builder::start`].
    pub async fn start() -> Result<Self, Error> {
        Self::builder().start().await
    }

    /// Starts from choices: flags, further users, programs of your own.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// Where the API server listens, such as `https://127.0.0.1:40321`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.http.url()
    }

    /// The release that the server says it is, such as `v1.37.2`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What the admin needs to connect a client.
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let control_plane = kubewright_envtest::ControlPlane::start().await?;
    /// let client = control_plane.client_config().connect().await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn client_config(&self) -> Config {
        let admin = &self.pki.admin;
        self.config
            .clone()
            .with_client_certificate_pem(admin.certificate_pem(), admin.key_pem())
    }

    /// What a user whom [`Builder::user`] added needs to connect a client.
    #[must_use]
    pub fn user_client_config(&self, name: &str) -> Option<Config> {
        let token = self.user_token(name)?;
        Some(self.config.clone().with_token(token))
    }

    /// A kubeconfig for the admin, as YAML, with everything inline.
    #[must_use]
    pub fn kubeconfig(&self) -> String {
        admin_kubeconfig(self.url(), &self.pki)
    }

    /// A file with [`kubeconfig`](Self::kubeconfig), which goes when this is dropped.
    #[must_use]
    pub fn kubeconfig_file(&self) -> &Path {
        &self.kubeconfig_file
    }

    /// The certificate of the authority that signed the server's, in PEM.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        &self.pki.ca_cert
    }

    /// The admin's client certificate, in PEM.
    #[must_use]
    pub fn admin_cert_pem(&self) -> &str {
        self.pki.admin.certificate_pem()
    }

    /// The key to [`admin_cert_pem`](Self::admin_cert_pem), in PEM.
    #[must_use]
    pub fn admin_key_pem(&self) -> &str {
        self.pki.admin.key_pem()
    }

    /// The token of a user whom [`Builder::user`] added.
    #[must_use]
    pub fn user_token(&self, name: &str) -> Option<&str> {
        let user = self.users.iter().find(|user| user.name == name);
        user.map(|user| user.token.as_str())
    }

    /// A kubeconfig for a user whom [`Builder::user`] added, as YAML.
    #[must_use]
    pub fn user_kubeconfig(&self, name: &str) -> Option<String> {
        let token = Credential::Token(self.user_token(name)?);
        Some(kubeconfig::text(
            self.url(),
            Some(self.ca_pem()),
            name,
            &token,
        ))
    }

    /// Reads a path as the admin and returns the body as it came, for what must not go
    /// through the client under test.
    ///
    /// # Errors
    ///
    /// Where the server cannot be reached, or answers with anything but a success: then
    /// the text of the error has the status and the reply.
    pub async fn get_raw(&self, path: &str, accept: &str) -> Result<Vec<u8>, Error> {
        self.http.get(path, accept).await
    }

    /// Makes etcd forget its history up to now, as it is made to every five minutes in
    /// production; the revision that is now the oldest.
    ///
    /// A list that is under way in pages loses its next page to 410 Expired. So does a watch
    /// from before, where no watch cache answers it: the server keeps none for the resources
    /// that `--watch-cache-sizes=configmaps#0` names.
    ///
    /// # Errors
    ///
    /// When etcd cannot be reached or refuses, such as a second time with no write between.
    pub async fn compact(&self) -> Result<u64, Error> {
        etcd::compact(&self.state.path(ETCD_SOCKET), &self.pki).await
    }

    /// Replaces the certificate that the API server shows, and its key, while it runs. It takes
    /// them when it sees the files change, within a minute at most; connections stay.
    ///
    /// # Errors
    ///
    /// When the files cannot be written.
    pub fn replace_serving_certificate(
        &self,
        certificate_pem: &str,
        key_pem: &str,
    ) -> Result<(), Error> {
        self.state.write(SERVING_CERTIFICATE, certificate_pem)?;
        self.state.write(SERVING_KEY, key_pem).map(drop)
    }

    /// Replaces the authorities whose client certificates the API server accepts, while it runs,
    /// as [`replace_serving_certificate`](Self::replace_serving_certificate) does. Without
    /// [`ca_pem`](Self::ca_pem) among them the admin is not let in any more.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn replace_client_ca(&self, pem: &str) -> Result<(), Error> {
        self.state.write(CLIENT_AUTHORITY, pem).map(drop)
    }

    async fn assemble(
        kube_apiserver: Process,
        etcd: Process,
        state: State,
        http: Http,
        pki: Pki,
        users: Vec<User>,
    ) -> Result<Self, Error> {
        let version = version(&http).await?;
        let kubeconfig = admin_kubeconfig(http.url(), &pki);
        let config = Config::new(http.url())
            .map_err(|error| {
                Error::failed("the URL of the control plane is invalid").because(error)
            })?
            .with_ca_pem(pki.ca_cert.as_str());
        Ok(Self {
            _kube_apiserver: kube_apiserver,
            _etcd: etcd,
            kubeconfig_file: state.write("kubeconfig", &kubeconfig)?,
            state,
            version,
            config,
            http,
            pki,
            users,
        })
    }
}

fn admin_kubeconfig(url: &str, pki: &Pki) -> String {
    let credential = Credential::Certificate(&pki.admin);
    kubeconfig::text(url, Some(&pki.ca_cert), "admin", &credential)
}

/// Shows where it is and hides every key and token.
impl fmt::Debug for ControlPlane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ControlPlane")
            .field("url", &self.url())
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

async fn version(http: &Http) -> Result<String, Error> {
    let reply = http.get("/version", "application/json").await?;
    let reply: serde_json::Value = serde_json::from_slice(&reply)
        .map_err(|error| Error::failed("/version is not JSON").because(error))?;
    match reply["gitVersion"].as_str() {
        Some(version) => Ok(version.to_owned()),
        None => Err(Error::failed("/version has no gitVersion")),
    }
}
