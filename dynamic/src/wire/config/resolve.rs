//! From a kubeconfig to a config: the stanzas of one context, judged and read.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};

use super::identity::Identity;
use super::kubeconfig::{AuthInfo, Cluster, Context, Kubeconfig};
use super::problem::{ConfigProblem, File, Stanza, Unsupported, Using};
use super::{Config, Credentials, TlsOptions, parse_server};
use crate::model::error::{Error, Result};

/// Uses `context`, or the current one; everything that is wrong is said at once
/// ([rule C8](crate::semantics#c8)).
pub(super) fn resolve(kubeconfig: &Kubeconfig, context: Option<&str>) -> Result<Config> {
    let (name, context) = find_context(kubeconfig, context)?;
    let cluster = find(&kubeconfig.clusters, &context.cluster, |entry| {
        (&entry.name, &entry.cluster)
    });
    let in_context = |error: Error| error.while_doing(Using::Context(name.to_owned()));
    let missing = |what, name: &str| {
        in_context(
            ConfigProblem::NoStanza {
                what,
                name: name.to_owned(),
            }
            .into(),
        )
    };
    let cluster = cluster.ok_or_else(|| missing(Stanza::Cluster, &context.cluster))?;
    let none = AuthInfo::default();
    let user = match context.user.as_str() {
        "" => &none,
        user => find(&kubeconfig.users, user, |entry| (&entry.name, &entry.user))
            .ok_or_else(|| missing(Stanza::User, user))?,
    };
    let config = Resolver {
        problems: Vec::new(),
    }
    .config(cluster, user);
    let mut config = config.map_err(|problem| in_context(problem.into()))?;
    if let Some(namespace) = context
        .namespace
        .as_ref()
        .filter(|namespace| !namespace.is_empty())
    {
        config.namespace.clone_from(namespace);
    }
    Ok(config)
}

/// Whether the context leaves the namespace open.
pub(super) fn names_no_namespace(kubeconfig: &Kubeconfig, context: Option<&str>) -> bool {
    find_context(kubeconfig, context)
        .is_ok_and(|(_, context)| context.namespace.as_deref().unwrap_or_default().is_empty())
}

fn find_context<'a>(
    kubeconfig: &'a Kubeconfig,
    wanted: Option<&'a str>,
) -> Result<(&'a str, &'a Context), ConfigProblem> {
    let current = kubeconfig
        .current_context
        .as_deref()
        .filter(|name| !name.is_empty());
    let Some(name) = wanted.or(current) else {
        return Err(ConfigProblem::NoCurrentContext);
    };
    match find(&kubeconfig.contexts, name, |entry| {
        (&entry.name, &entry.context)
    }) {
        Some(context) => Ok((name, context)),
        None => Err(ConfigProblem::NoContext {
            name: name.to_owned(),
            known: kubeconfig
                .contexts
                .iter()
                .map(|entry| entry.name.clone())
                .collect(),
        }),
    }
}

fn find<'a, T, V>(
    entries: &'a [T],
    name: &str,
    parts: impl Fn(&'a T) -> (&'a String, &'a V),
) -> Option<&'a V> {
    entries
        .iter()
        .map(parts)
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// Collects problems while it reads.
struct Resolver {
    problems: Vec<ConfigProblem>,
}

impl Resolver {
    fn config(mut self, cluster: &Cluster, user: &AuthInfo) -> Result<Config, ConfigProblem> {
        self.refuse_unsupported(cluster, user);
        let server = match cluster
            .server
            .as_deref()
            .filter(|server| !server.is_empty())
        {
            Some(server) => parse_server(server)
                .map_err(|problem| self.problem(problem))
                .ok(),
            None => {
                self.problem(ConfigProblem::NoServer);
                None
            }
        };
        let tls = self.tls(cluster, user);
        let credentials = self.credentials(user);
        match server {
            Some(server) if self.problems.is_empty() => {
                let mut config = Config::of(server);
                // Rule C6: over http neither is used, so that no token leaves in the clear.
                if config.is_https() {
                    config.tls = tls;
                    config.credentials = credentials;
                }
                Ok(config)
            }
            _ => Err(ConfigProblem::all(self.problems)),
        }
    }

    fn problem(&mut self, problem: ConfigProblem) {
        self.problems.push(problem);
    }

    fn refuse_unsupported(&mut self, cluster: &Cluster, user: &AuthInfo) {
        let refused = [
            (user.exec, Unsupported::Exec),
            (user.auth_provider, Unsupported::AuthProvider),
            (user.impersonate.is_some(), Unsupported::Impersonation),
            (cluster.proxy_url.is_some(), Unsupported::Proxy),
        ];
        for (_, what) in refused.iter().filter(|(present, _)| *present) {
            self.problem(ConfigProblem::Unsupported(*what));
        }
    }

    fn tls(&mut self, cluster: &Cluster, user: &AuthInfo) -> TlsOptions {
        let folder = cluster.folder.as_deref();
        let ca = self.bytes(
            File::CertificateAuthority,
            folder,
            cluster.certificate_authority.as_deref(),
            cluster.certificate_authority_data.as_deref(),
        );
        if cluster.insecure_skip_tls_verify && ca.is_some() {
            self.problem(ConfigProblem::InsecureWithAuthority);
        }
        TlsOptions {
            ca,
            insecure: cluster.insecure_skip_tls_verify,
            server_name: cluster
                .tls_server_name
                .clone()
                .filter(|name| !name.is_empty()),
            identity: self.identity(user),
        }
    }

    fn identity(&mut self, user: &AuthInfo) -> Option<Identity> {
        let folder = user.folder.as_deref();
        let certificate = self.bytes(
            File::ClientCertificate,
            folder,
            user.client_certificate.as_deref(),
            user.client_certificate_data.as_deref(),
        );
        let key_data = user
            .client_key_data
            .as_ref()
            .map(ExposeSecret::expose_secret);
        let key = self.bytes(
            File::ClientKey,
            folder,
            user.client_key.as_deref(),
            key_data,
        );
        match (certificate, key) {
            (Some(certificate), Some(key)) => match String::from_utf8(key) {
                Ok(key) => Some(Identity::new(certificate, SecretString::from(key))),
                Err(_) => {
                    self.problem(ConfigProblem::NotPem {
                        what: File::ClientKey,
                    });
                    None
                }
            },
            (None, None) => None,
            (Some(_), None) => {
                self.problem(ConfigProblem::CertificateWithoutKey);
                None
            }
            (None, Some(_)) => {
                self.problem(ConfigProblem::KeyWithoutCertificate);
                None
            }
        }
    }

    fn credentials(&mut self, user: &AuthInfo) -> Credentials {
        let token = user
            .token
            .clone()
            .filter(|token| !token.expose_secret().is_empty());
        let basic = user.username.as_deref().filter(|name| !name.is_empty());
        if basic.is_some() && (token.is_some() || user.token_file.is_some()) {
            self.problem(ConfigProblem::TokenWithUsername);
        }
        if let Some(path) = &user.token_file {
            // Rule C7: at load a token beats its file, which must be readable where it stands
            // alone.
            let path = in_folder(user.folder.as_deref(), path);
            let fallback = token.or_else(|| self.token_in(&path));
            return Credentials::TokenFile { path, fallback };
        }
        match (token, basic) {
            (Some(token), _) => Credentials::Bearer(token),
            (None, Some(username)) => Credentials::Basic {
                username: username.to_owned(),
                password: user
                    .password
                    .clone()
                    .unwrap_or_else(|| SecretString::from(String::new())),
            },
            (None, None) => Credentials::None,
        }
    }

    fn token_in(&mut self, path: &Path) -> Option<SecretString> {
        let bytes = self.file(File::Token, path)?;
        match String::from_utf8(bytes) {
            Ok(token) => Some(SecretString::from(token.trim().to_owned())),
            Err(_) => {
                self.problem(ConfigProblem::TokenNotText {
                    path: path.to_owned(),
                });
                None
            }
        }
    }

    /// What a pair of `x` (a file) and `x-data` (base64) holds; both at once are a mistake.
    fn bytes(
        &mut self,
        what: File,
        folder: Option<&Path>,
        file: Option<&Path>,
        data: Option<&str>,
    ) -> Option<Vec<u8>> {
        let file = file.filter(|file| !file.as_os_str().is_empty());
        match (file, data.filter(|data| !data.is_empty())) {
            (Some(_), Some(_)) => {
                self.problem(ConfigProblem::FileAndData { what });
                None
            }
            (Some(file), None) => self.file(what, &in_folder(folder, file)),
            (None, Some(data)) => match STANDARD.decode(data.trim()) {
                Ok(bytes) => Some(bytes),
                Err(_) => {
                    self.problem(ConfigProblem::NotBase64 { what });
                    None
                }
            },
            (None, None) => None,
        }
    }

    fn file(&mut self, what: File, path: &Path) -> Option<Vec<u8>> {
        match std::fs::read(path) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                self.problem(ConfigProblem::file(what, path, error));
                None
            }
        }
    }
}

/// Relative paths begin in the folder of the file that names them ([rule C4](crate::semantics#c4)).
fn in_folder(folder: Option<&Path>, path: &Path) -> PathBuf {
    folder.map_or_else(|| path.to_owned(), |folder| folder.join(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(cluster: &str, user: &str) -> Result<Config> {
        let text = format!(
            "clusters: [{{name: c, cluster: {{{cluster}}}}}]\nusers: [{{name: u, user: {{{user}}}}}]\n\
             contexts: [{{name: x, context: {{cluster: c, user: u, namespace: prod}}}}]\ncurrent-context: x\n"
        );
        resolve(&Kubeconfig::parse(&text).unwrap(), None)
    }

    #[test]
    fn a_plain_context_resolves() {
        let config = config(
            "server: https://k:6443, tls-server-name: kubernetes",
            "token: t",
        )
        .unwrap();
        assert_eq!(
            (config.server(), config.namespace()),
            ("https://k:6443/", "prod")
        );
        assert_eq!(config.tls.server_name.as_deref(), Some("kubernetes"));
        assert!(matches!(config.credentials, Credentials::Bearer(_)));
    }

    #[test]
    fn over_http_no_credentials_are_kept() {
        // Rule C6
        let config = config("server: http://k", "token: t").unwrap();
        assert!(matches!(config.credentials, Credentials::None));
    }

    #[test]
    fn each_mistake_is_named() {
        // Rules C8, C13
        for (cluster, user, expected) in [
            ("server: ''", "", "the cluster has no server"),
            (
                "server: https://k, insecure-skip-tls-verify: true, certificate-authority-data: YQ==",
                "",
                "contradict",
            ),
            (
                "server: https://k, certificate-authority-data: '!'",
                "",
                "certificate-authority-data is not base64",
            ),
            (
                "server: https://k, certificate-authority: /nowhere/ca, certificate-authority-data: YQ==",
                "",
                "both set",
            ),
            (
                "server: https://k, certificate-authority: /nowhere/ca",
                "",
                "cannot read certificate-authority /nowhere/ca",
            ),
            (
                "server: https://k",
                "client-certificate-data: YQ==",
                "without its key",
            ),
            (
                "server: https://k",
                "client-key-data: YQ==",
                "without its certificate",
            ),
            ("server: https://k", "token: t, username: u", "contradict"),
            (
                "server: https://k",
                "tokenFile: /nowhere/token",
                "cannot read tokenFile /nowhere/token",
            ),
            ("server: https://k", "exec: {command: x}", "exec"),
            ("server: https://k, proxy-url: http://p", "", "proxy-url"),
        ] {
            let error = config(cluster, user).unwrap_err();
            assert!(
                error.to_string().contains(expected),
                "{cluster} {user}: {error}"
            );
        }
    }

    #[test]
    fn all_problems_come_together() {
        let error = config("server: 'ftp://k'", "token: t, username: u").unwrap_err();
        assert!(matches!(
            error.problem(),
            Some(ConfigProblem::Several(problems)) if problems.len() == 2
        ));
    }

    #[test]
    fn names_that_lead_nowhere_say_what_there_is() {
        let kubeconfig = Kubeconfig::parse(
            "contexts: [{name: x, context: {cluster: gone}}]\ncurrent-context: x",
        )
        .unwrap();
        assert!(
            resolve(&kubeconfig, None)
                .unwrap_err()
                .to_string()
                .contains("the cluster `gone`")
        );
        let error = resolve(&kubeconfig, Some("y")).unwrap_err();
        assert!(matches!(
            error.problem(),
            Some(ConfigProblem::NoContext { name, known }) if name == "y" && *known == ["x"]
        ));
    }

    #[test]
    fn relative_files_are_looked_for_beside_the_kubeconfig() {
        // Rule C4
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), "pem").unwrap();
        let path = folder.path().join("config");
        let text = "clusters: [{name: c, cluster: {server: https://k, certificate-authority: ca.pem}}]\ncontexts: [{name: x, context: {cluster: c}}]\ncurrent-context: x";
        std::fs::write(&path, text).unwrap();
        let config = Config::from_kubeconfig_file(&path).unwrap();
        assert_eq!(config.tls.ca.as_deref(), Some(&b"pem"[..]));
    }
}
