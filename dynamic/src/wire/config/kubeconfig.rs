//! The kubeconfig file, as written.
//!
//! The types hold what a file says and check nothing but its shape; `resolve` judges the
//! stanzas that are used. Keys that are not known here are ignored.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::{Deserialize, Deserializer};

use super::problem::{ConfigProblem, File, Stanza, Using};
use crate::model::error::Result;

/// A kubeconfig: clusters, users, and contexts that pair them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Kubeconfig {
    /// Servers by name.
    #[serde(deserialize_with = "nullable")]
    pub clusters: Vec<NamedCluster>,
    /// Credentials by name.
    #[serde(deserialize_with = "nullable")]
    pub users: Vec<NamedAuthInfo>,
    /// Pairs of both by name.
    #[serde(deserialize_with = "nullable")]
    pub contexts: Vec<NamedContext>,
    /// The context that is meant when none is said.
    pub current_context: Option<String>,
}

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
    #[serde(deserialize_with = "nullable")]
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

/// Where an API server is and how to know it.
#[derive(Clone, Debug, Default, Deserialize)]
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
    /// Proxy in front of the server.
    pub proxy_url: Option<String>,
    /// The folder of the file that this stanza came from: relative paths begin there.
    #[serde(skip)]
    pub folder: Option<PathBuf>,
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
    /// User of basic authentication.
    pub username: Option<String>,
    /// Password of basic authentication.
    pub password: Option<SecretString>,
    /// Credential plugin; known here so that it is refused and not ignored.
    #[serde(deserialize_with = "presence")]
    pub exec: bool,
    /// Legacy provider; known here so that it is refused and not ignored.
    #[serde(deserialize_with = "presence")]
    pub auth_provider: bool,
    /// User to act as; known here so that it is refused and not ignored.
    #[serde(rename = "as")]
    pub impersonate: Option<String>,
    /// The folder of the file that this stanza came from: relative paths begin there.
    #[serde(skip)]
    pub folder: Option<PathBuf>,
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
}

impl Kubeconfig {
    /// Parses YAML or JSON. An empty text is an empty kubeconfig ([rule C2](crate::semantics#c2)).
    ///
    /// # Errors
    /// When the text is not YAML, does not have the shape of a kubeconfig, or names a
    /// cluster, user or context twice ([rule C3](crate::semantics#c3)). Values are not repeated in
    /// the error.
    pub fn parse(text: &str) -> Result<Self> {
        if text.trim().is_empty() {
            return Ok(Kubeconfig::default());
        }
        let config: Option<Kubeconfig> = yaml_serde::from_str(text).map_err(not_a_kubeconfig)?;
        let config = config.unwrap_or_default();
        no_duplicates(
            Stanza::Cluster,
            config.clusters.iter().map(|entry| &entry.name),
        )?;
        no_duplicates(Stanza::User, config.users.iter().map(|entry| &entry.name))?;
        no_duplicates(
            Stanza::Context,
            config.contexts.iter().map(|entry| &entry.name),
        )?;
        Ok(config)
    }

    /// Reads a file; relative paths in it begin in its folder ([rule C4](crate::semantics#c4)).
    ///
    /// # Errors
    /// When the file cannot be read, and as [`Kubeconfig::parse`].
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigProblem::file(File::Kubeconfig, path, source))?;
        let config = Kubeconfig::parse(&text);
        let mut config =
            config.map_err(|error| error.while_doing(Using::Kubeconfig(path.to_owned())))?;
        config.set_folder(path.parent());
        Ok(config)
    }

    /// Adds what `other` has and `self` lacks: the first file wins, stanza by stanza
    /// ([rule C3](crate::semantics#c3)).
    #[must_use]
    pub fn merge(mut self, other: Kubeconfig) -> Self {
        merge_named(&mut self.clusters, other.clusters, |entry| &entry.name);
        merge_named(&mut self.users, other.users, |entry| &entry.name);
        merge_named(&mut self.contexts, other.contexts, |entry| &entry.name);
        self.current_context = self
            .current_context
            .filter(|name| !name.is_empty())
            .or(other.current_context);
        self
    }

    /// Whether the file says nothing.
    pub fn is_empty(&self) -> bool {
        self.clusters.is_empty()
            && self.users.is_empty()
            && self.contexts.is_empty()
            && self
                .current_context
                .as_deref()
                .unwrap_or_default()
                .is_empty()
    }

    fn set_folder(&mut self, folder: Option<&Path>) {
        for entry in &mut self.clusters {
            entry.cluster.folder = folder.map(Path::to_owned);
        }
        for entry in &mut self.users {
            entry.user.folder = folder.map(Path::to_owned);
        }
    }
}

fn merge_named<T>(into: &mut Vec<T>, from: Vec<T>, name: impl Fn(&T) -> &String) {
    for entry in from {
        if !into.iter().any(|present| name(present) == name(&entry)) {
            into.push(entry);
        }
    }
}

fn no_duplicates<'a>(
    what: Stanza,
    names: impl Iterator<Item = &'a String>,
) -> Result<(), ConfigProblem> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(ConfigProblem::Twice {
                what,
                name: name.clone(),
            });
        }
    }
    Ok(())
}

/// The parser's message may show a snippet, and the snippet may be a key: only the place is
/// passed on.
#[allow(clippy::needless_pass_by_value, reason = "the shape map_err wants")]
fn not_a_kubeconfig(error: yaml_serde::Error) -> ConfigProblem {
    match error.location() {
        Some(at) => ConfigProblem::NotAKubeconfig {
            line: at.line(),
            column: at.column(),
        },
        None => ConfigProblem::NotYaml,
    }
}

fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

fn presence<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Option::<serde::de::IgnoredAny>::deserialize(deserializer)?.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_file_wins_stanza_by_stanza() {
        // Rule C3
        let parse = |text| Kubeconfig::parse(text).unwrap();
        let first =
            parse("clusters: [{name: a, cluster: {server: https://one}}]\ncurrent-context: ''");
        let second = parse(
            "clusters: [{name: a, cluster: {server: https://two, tls-server-name: x}}, {name: b, cluster: {server: https://b}}]\ncurrent-context: late",
        );
        let merged = first.merge(second);
        assert_eq!(merged.clusters.len(), 2);
        assert_eq!(
            merged.clusters[0].cluster.server.as_deref(),
            Some("https://one")
        );
        assert_eq!(merged.clusters[0].cluster.tls_server_name, None);
        assert_eq!(merged.current_context.as_deref(), Some("late"));
    }

    #[test]
    fn empty_and_null_are_an_empty_config() {
        // Rule C2
        for text in ["", "  \n", "clusters:\nusers: null\n", "# nothing\n"] {
            assert!(Kubeconfig::parse(text).unwrap().is_empty(), "{text:?}");
        }
    }

    #[test]
    fn duplicates_in_one_file_are_refused() {
        let error = Kubeconfig::parse("users: [{name: a}, {name: a}]").unwrap_err();
        assert!(matches!(
            error.problem(),
            Some(ConfigProblem::Twice { what: Stanza::User, name }) if name == "a"
        ));
    }

    #[test]
    fn a_small_file_cannot_unfold_without_end() {
        let mut bomb = "a0: &a0 [x]\n".to_owned();
        for n in 1..60 {
            let last = n - 1;
            bomb += &format!("a{n}: &a{n} [*a{last}, *a{last}, *a{last}]\n");
        }
        bomb += "users: [{name: a, user: {exec: *a59}}]";
        assert_eq!(Kubeconfig::parse(&bomb).unwrap().users.len(), 1);
        let deep = format!("clusters: {}", "[".repeat(5_000));
        assert!(Kubeconfig::parse(&deep).unwrap_err().is_config());
    }

    #[test]
    fn a_broken_file_says_where_and_not_what() {
        let text = "users:\n- name: a\n  user:\n    token: [hunter2]\n";
        let error = Kubeconfig::parse(text).unwrap_err();
        assert!(error.to_string().contains("line 4"), "{error}");
        assert!(
            !format!("{error} {error:?}").contains("hunter2"),
            "{error:?}"
        );
    }

    #[test]
    fn debug_hides_secrets() {
        // Rule C24
        let text = "users: [{name: a, user: {token: hunter2, password: hunter2, client-key-data: hunter2}}]";
        assert!(!format!("{:?}", Kubeconfig::parse(text).unwrap()).contains("hunter2"));
    }
}
