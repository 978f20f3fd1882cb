//! The stanzas of a kubeconfig: clusters, users and contexts.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Component, Path, PathBuf};

use secrecy::SecretString;
use serde::Deserialize;

use super::super::server::without_user;
use super::exec::ExecConfig;
use super::extra::{NamedExtension, OtherKeys};

/// A server under its name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct NamedCluster {
    /// What contexts call it.
    pub name: String,
    /// The server.
    pub cluster: Cluster,
}

/// Credentials under their name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct NamedAuthInfo {
    /// What contexts call them.
    pub name: String,
    /// The credentials.
    pub user: AuthInfo,
}

/// A context under its name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct NamedContext {
    /// What people call it.
    pub name: String,
    /// The context.
    pub context: Context,
}

/// Where an API server is and how to know it. `Debug` hides passwords in URLs.
#[derive(Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Cluster {
    /// URL.
    pub server: Option<String>,
    /// File of trusted certificates (PEM).
    pub certificate_authority: Option<PathBuf>,
    /// The same inline, base64.
    pub certificate_authority_data: Option<String>,
    /// Do not verify the server's certificate.
    pub insecure_skip_tls_verify: bool,
    /// Name to verify the certificate against, where it is not the URL's host.
    pub tls_server_name: Option<String>,
    /// Proxy in front of the server: a URL, which may hold a password.
    pub proxy_url: Option<String>,
    /// Do not ask the server for compressed answers.
    pub disable_compression: bool,
    /// Data of other programs. That of `client.authentication.k8s.io/exec` is given to
    /// credential plugins.
    pub extensions: Vec<NamedExtension>,
    /// The keys that are not known here; they are kept when the kubeconfig is written.
    #[serde(flatten)]
    pub other: OtherKeys,
    /// The file that this stanza came from: relative paths begin in its folder.
    #[serde(skip)]
    pub origin: Option<PathBuf>,
}

/// Who asks. `Debug` hides tokens, passwords and keys.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct AuthInfo {
    /// File of the client certificate (PEM).
    pub client_certificate: Option<PathBuf>,
    /// The same inline, base64.
    pub client_certificate_data: Option<String>,
    /// File of its key (PEM).
    pub client_key: Option<PathBuf>,
    /// The same inline, base64.
    pub client_key_data: Option<SecretString>,
    /// Bearer token.
    pub token: Option<SecretString>,
    /// File of the bearer token, read again while in use.
    #[serde(rename = "tokenFile")]
    pub token_file: Option<PathBuf>,
    /// User to act as.
    #[serde(rename = "as")]
    pub impersonate: Option<String>,
    /// Uid to act as.
    #[serde(rename = "as-uid")]
    pub impersonate_uid: Option<String>,
    /// Groups to act as.
    #[serde(rename = "as-groups")]
    pub impersonate_groups: Vec<String>,
    /// Extra information about the user to act as.
    #[serde(rename = "as-user-extra")]
    pub impersonate_user_extra: BTreeMap<String, Vec<String>>,
    /// User of basic authentication.
    pub username: Option<String>,
    /// Password of basic authentication.
    pub password: Option<SecretString>,
    /// Credential plugin.
    pub exec: Option<ExecConfig>,
    /// Legacy provider, which no client supports any more.
    pub auth_provider: Option<AuthProviderConfig>,
    /// Data of other programs.
    pub extensions: Vec<NamedExtension>,
    /// The keys that are not known here; they are kept when the kubeconfig is written.
    #[serde(flatten)]
    pub other: OtherKeys,
    /// The file that this stanza came from: relative paths begin in its folder.
    #[serde(skip)]
    pub origin: Option<PathBuf>,
}

/// A provider of credentials of the past. Its configuration often holds tokens.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AuthProviderConfig {
    /// The kind of provider: `gcp`, `azure`, `oidc`, `openstack`.
    pub name: String,
    /// All other keys, as they are.
    #[serde(flatten)]
    pub other: OtherKeys,
}

/// A cluster, a user and a namespace.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Context {
    /// Name of the cluster.
    pub cluster: String,
    /// Name of the user.
    pub user: String,
    /// Namespace that is meant when none is said.
    pub namespace: Option<String>,
    /// Data of other programs.
    pub extensions: Vec<NamedExtension>,
    /// The keys that are not known here; they are kept when the kubeconfig is written.
    #[serde(flatten)]
    pub other: OtherKeys,
    /// The file that this stanza came from.
    #[serde(skip)]
    pub origin: Option<PathBuf>,
}

impl Cluster {
    /// The same with paths that do not depend on the working directory
    /// ([rule C4](crate::semantics#c4)).
    pub(in super::super) fn with_absolute_paths(mut self) -> Self {
        absolute(self.origin.as_deref(), &mut self.certificate_authority);
        self
    }
}

impl AuthInfo {
    /// As [`Cluster::with_absolute_paths`]. A command is a path only if it has a separator.
    pub(in super::super) fn with_absolute_paths(mut self) -> Self {
        let origin = self.origin.as_deref();
        absolute(origin, &mut self.client_certificate);
        absolute(origin, &mut self.client_key);
        absolute(origin, &mut self.token_file);
        if let Some(exec) = &mut self.exec
            && exec.command.contains(std::path::MAIN_SEPARATOR)
        {
            let mut command = Some(PathBuf::from(&exec.command));
            absolute(origin, &mut command);
            exec.command = command.unwrap_or_default().to_string_lossy().into_owned();
        }
        self
    }
}

/// An empty path is one that is not set.
fn absolute(origin: Option<&Path>, path: &mut Option<PathBuf>) {
    let folder = origin.and_then(Path::parent);
    if let (Some(folder), Some(path)) = (folder, path)
        && !path.as_os_str().is_empty()
    {
        *path = if path.is_absolute() {
            path.clone()
        } else {
            cleaned(&folder.join(&*path))
        };
    }
}

/// A path without `.` and `..`, by its text alone, as Go joins paths.
fn cleaned(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            _ => clean.push(component),
        }
    }
    clean
}

impl fmt::Debug for Cluster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cluster {
            server,
            certificate_authority,
            certificate_authority_data,
            insecure_skip_tls_verify,
            tls_server_name,
            proxy_url,
            disable_compression,
            extensions,
            other,
            origin,
        } = self;
        let url = |url: &Option<String>| url.as_deref().map(without_user);
        f.debug_struct("Cluster")
            .field("server", &url(server))
            .field("certificate_authority", certificate_authority)
            .field(
                "certificate_authority_data",
                &certificate_authority_data.is_some(),
            )
            .field("insecure_skip_tls_verify", insecure_skip_tls_verify)
            .field("tls_server_name", tls_server_name)
            .field("proxy_url", &url(proxy_url))
            .field("disable_compression", disable_compression)
            .field("extensions", extensions)
            .field("other", other)
            .field("origin", origin)
            .finish()
    }
}
