//! Judges the stanzas of a cluster and a user, and reads the files that they name.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};

use super::super::exec::{CLUSTER_EXTENSION, ExecCluster, ExecPlugin};
use super::super::impersonation::Impersonation;
use super::super::kubeconfig::{AuthInfo, Cluster, ExecConfig};
use super::super::overrides::Overrides;
use super::super::problem::{ConfigProblem, File, Place, Provider, Stanza};
use super::super::proxy::Proxy;
use super::super::server::{self, ServerUrl};
use super::super::{Config, Credentials, TlsOptions, file};
use crate::wire::credential::{Identity, IdentityFiles};

/// The stanzas that are used, with their names.
pub(in super::super) struct Chosen {
    pub(in super::super) cluster_name: String,
    pub(in super::super) cluster: Cluster,
    pub(in super::super) user_name: String,
    pub(in super::super) user: AuthInfo,
}

/// Makes a config of a cluster and a user; all problems come together.
pub(in super::super) fn judge(
    chosen: Chosen,
    overrides: &Overrides,
) -> Result<Config, ConfigProblem> {
    let mut cluster = chosen.cluster.with_absolute_paths();
    overrides.apply_to_cluster(&mut cluster);
    let mut user = chosen.user.with_absolute_paths();
    overrides.apply_to_user(&mut user);
    let mut of_cluster = Judge::new(Stanza::Cluster, chosen.cluster_name, cluster.origin.clone());
    let server = of_cluster.server(&cluster);
    let trust = of_cluster.trust(&cluster);
    let proxy = of_cluster.proxy(&cluster);
    let mut of_user = Judge::new(Stanza::User, chosen.user_name, user.origin.clone());
    let identity = of_user.identity(&user);
    let impersonation = of_user.impersonation(&user);
    let is_tls = trust.ca.is_some() || trust.insecure || identity.is_some();
    let mut config = server.map(|server| Config::of(server.decided(is_tls)));
    // Rule C6: over http neither is used, so that no token leaves in the clear.
    let is_https = config.as_ref().is_none_or(Config::is_https);
    of_user.contradictions(&user);
    let credentials = of_user.credentials(&user, &cluster, &trust, identity.is_some(), is_https);
    if let Some(config) = config.as_mut() {
        config.proxy = proxy;
        config.impersonation = impersonation;
        config.timeout = overrides.request_timeout;
        if is_https {
            config.tls = TlsOptions { identity, ..trust };
            config.credentials = credentials;
        }
    }
    let mut problems = of_cluster.problems;
    problems.extend(of_user.problems);
    match config {
        Some(config) if problems.is_empty() => Ok(config),
        _ => Err(ConfigProblem::all(problems)),
    }
}

/// Collects the problems of one stanza.
struct Judge {
    place: Place,
    problems: Vec<ConfigProblem>,
}

impl Judge {
    fn new(what: Stanza, name: String, origin: Option<PathBuf>) -> Self {
        Judge {
            place: Place::Stanza { what, name, origin },
            problems: Vec::new(),
        }
    }

    fn problem(&mut self, problem: ConfigProblem) {
        self.problems.push(problem.at(self.place.clone()));
    }

    /// The value, or nothing and a problem.
    fn checked<T>(&mut self, result: Result<T, ConfigProblem>) -> Option<T> {
        result.map_err(|problem| self.problem(problem)).ok()
    }

    fn server(&mut self, cluster: &Cluster) -> Option<ServerUrl> {
        let server = said(cluster.server.as_deref()).ok_or(ConfigProblem::NoServer);
        self.checked(server.and_then(server::parse))
    }

    fn trust(&mut self, cluster: &Cluster) -> TlsOptions {
        let file = path(cluster.certificate_authority.as_ref());
        let data = cluster.certificate_authority_data.as_deref();
        let ca = self.bytes(File::CertificateAuthority, file, data);
        if cluster.insecure_skip_tls_verify && (file.is_some() || said(data).is_some()) {
            self.problem(ConfigProblem::InsecureWithAuthority);
        }
        TlsOptions {
            ca,
            ca_file: file.map(Path::to_owned),
            insecure: cluster.insecure_skip_tls_verify,
            server_name: said(cluster.tls_server_name.as_deref()).map(str::to_owned),
            identity: None,
            crypto: None,
        }
    }

    fn proxy(&mut self, cluster: &Cluster) -> Option<Proxy> {
        let written = said(cluster.proxy_url.as_deref())?;
        self.checked(Proxy::parse(written))
    }

    /// A key alone is not used, as by kubectl.
    fn identity(&mut self, user: &AuthInfo) -> Option<Identity> {
        let certificate_file = path(user.client_certificate.as_ref());
        let certificate_data = said(user.client_certificate_data.as_deref());
        let key_file = path(user.client_key.as_ref());
        let key_data = user.client_key_data.as_ref();
        let key_data = said(key_data.map(ExposeSecret::expose_secret));
        let has_key = key_file.is_some() || key_data.is_some();
        if certificate_file.is_none() && certificate_data.is_none() {
            if has_key {
                tracing::warn!("a user has a client key without a certificate: it is not used");
            }
            return None;
        }
        if !has_key {
            self.problem(ConfigProblem::CertificateWithoutKey);
        }
        let certificate = self.bytes(File::ClientCertificate, certificate_file, certificate_data);
        let key = self.bytes(File::ClientKey, key_file, key_data);
        let key = String::from_utf8(key?).map_err(|_| ConfigProblem::NotPem {
            what: File::ClientKey,
        });
        let key = SecretString::from(self.checked(key)?);
        let files = certificate_file.zip(key_file);
        Some(Identity {
            files: files.map(|(certificate, key)| IdentityFiles {
                certificate: certificate.to_owned(),
                key: key.to_owned(),
            }),
            ..Identity::new(certificate?, key)
        })
    }

    fn impersonation(&mut self, user: &AuthInfo) -> Option<Impersonation> {
        let uid = said(user.impersonate_uid.as_deref()).map(str::to_owned);
        let groups = user.impersonate_groups.clone();
        let extra = user.impersonate_user_extra.clone();
        let Some(name) = said(user.impersonate.as_deref()) else {
            if uid.is_some() || !groups.is_empty() || !extra.is_empty() {
                self.problem(ConfigProblem::ImpersonationWithoutUser);
            }
            return None;
        };
        Some(Impersonation {
            user: name.to_owned(),
            uid,
            groups,
            extra,
        })
    }

    fn contradictions(&mut self, user: &AuthInfo) {
        let has_token = secret(user.token.as_ref()) || path(user.token_file.as_ref()).is_some();
        let has_password =
            said(user.username.as_deref()).is_some() || secret(user.password.as_ref());
        if has_token && has_password {
            self.problem(ConfigProblem::TokenWithUsername);
        }
        if user.exec.is_some() && user.auth_provider.is_some() {
            self.problem(ConfigProblem::ExecWithAuthProvider);
        }
    }

    fn credentials(
        &mut self,
        user: &AuthInfo,
        cluster: &Cluster,
        trust: &TlsOptions,
        has_certificate: bool,
        is_https: bool,
    ) -> Credentials {
        let plugin = user
            .exec
            .as_ref()
            .and_then(|exec| self.plugin(exec, cluster, trust));
        if !is_https {
            return Credentials::None;
        }
        if let Some(provider) = &user.auth_provider {
            self.problem(ConfigProblem::AuthProvider(Provider::of(&provider.name)));
        }
        let token = user.token.clone().filter(|token| secret(Some(token)));
        if let Some(path) = path(user.token_file.as_ref()) {
            // Rule C7: at load a token beats its file, which must be readable where it stands
            // alone.
            let fallback = match token {
                Some(token) => Some(token),
                None => self.checked(token_in(path)),
            };
            return Credentials::TokenFile {
                path: path.to_owned(),
                fallback,
            };
        }
        match (token, said(user.username.as_deref()), plugin) {
            (Some(token), ..) => Credentials::Bearer(token),
            (None, Some(username), _) => Credentials::Basic {
                username: username.to_owned(),
                password: user
                    .password
                    .clone()
                    .unwrap_or_else(|| SecretString::from(String::new())),
            },
            // Rule C22: a plugin is not run where there are other credentials.
            (None, None, Some(plugin)) if !has_certificate => Credentials::Exec(Box::new(plugin)),
            (None, None, _) => Credentials::None,
        }
    }

    fn plugin(
        &mut self,
        exec: &ExecConfig,
        cluster: &Cluster,
        trust: &TlsOptions,
    ) -> Option<ExecPlugin> {
        let described = exec.provide_cluster_info.then(|| described(cluster, trust));
        match ExecPlugin::new(exec, described) {
            Ok(plugin) => Some(plugin),
            Err(problems) => {
                for problem in problems {
                    self.problem(ConfigProblem::Exec(problem));
                }
                None
            }
        }
    }

    /// What a pair of `x` (a file) and `x-data` (base64) holds; both at once are a mistake.
    fn bytes(&mut self, what: File, file: Option<&Path>, data: Option<&str>) -> Option<Vec<u8>> {
        match (file, said(data)) {
            (Some(_), Some(_)) => {
                self.problem(ConfigProblem::FileAndData { what });
                None
            }
            (Some(path), None) => self.checked(file::bytes(what, path)),
            (None, Some(data)) => self.checked(decoded(what, data)),
            (None, None) => None,
        }
    }
}

fn described(cluster: &Cluster, trust: &TlsOptions) -> ExecCluster {
    let extension = cluster
        .extensions
        .iter()
        .find(|entry| entry.name == CLUSTER_EXTENSION);
    ExecCluster {
        server: cluster.server.clone().unwrap_or_default(),
        tls_server_name: trust.server_name.clone(),
        insecure_skip_tls_verify: trust.insecure,
        certificate_authority_data: trust.ca.clone(),
        proxy_url: said(cluster.proxy_url.as_deref()).map(SecretString::from),
        disable_compression: cluster.disable_compression,
        config: extension.map(|entry| entry.extension.clone()),
    }
}

/// Base64, which people wrap over lines.
fn decoded(what: File, data: &str) -> Result<Vec<u8>, ConfigProblem> {
    let data: String = data.split_ascii_whitespace().collect();
    STANDARD.decode(&data).map_err(|_| {
        if data.starts_with("-----BEGIN") {
            ConfigProblem::PemInsteadOfBase64 { what }
        } else {
            ConfigProblem::NotBase64 { what }
        }
    })
}

fn token_in(path: &Path) -> Result<SecretString, ConfigProblem> {
    let bytes = file::bytes(File::Token, path)?;
    match String::from_utf8(bytes) {
        Ok(token) if token.trim().is_empty() => Err(ConfigProblem::TokenEmpty {
            path: path.to_owned(),
        }),
        Ok(token) => Ok(SecretString::from(token.trim().to_owned())),
        Err(_) => Err(ConfigProblem::TokenNotText {
            path: path.to_owned(),
        }),
    }
}

/// A value that is set: an empty one is not.
fn said(value: Option<&str>) -> Option<&str> {
    value.filter(|value| !value.is_empty())
}

fn path(value: Option<&PathBuf>) -> Option<&Path> {
    value
        .map(PathBuf::as_path)
        .filter(|path| !path.as_os_str().is_empty())
}

fn secret(value: Option<&SecretString>) -> bool {
    value.is_some_and(|value| !value.expose_secret().is_empty())
}
