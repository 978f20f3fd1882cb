//! The kubeconfig file, as written.
//!
//! The types hold what a file says and check nothing but its shape; `resolve` judges the
//! stanzas that are used. Keys that are not known here are kept, and written again.

mod change;
mod changes;
mod exec;
mod extra;
mod stanza;
mod written;

use std::collections::BTreeSet;
use std::path::Path;

use secrecy::SecretString;
use serde::Deserialize;

pub(super) use self::changes::Changes;
pub use self::exec::{ExecConfig, ExecEnvVar};
pub use self::extra::{NamedExtension, OtherKeys};
pub use self::stanza::{
    AuthInfo, AuthProviderConfig, Cluster, Context, NamedAuthInfo, NamedCluster, NamedContext,
};
use super::problem::{ConfigProblem, Stanza};
use super::yaml::problem::YamlWarning;
use super::{file, yaml};
use crate::model::error::Result;

/// A kubeconfig: clusters, users, and contexts that pair them.
///
/// ```
/// use kubewright::Kubeconfig;
///
/// let kubeconfig = Kubeconfig::parse("
/// clusters: [{name: dev, cluster: {server: 'https://10.0.0.1:6443'}}]
/// users: [{name: me, user: {token: abc}}]
/// contexts: [{name: dev, context: {cluster: dev, user: me}}]
/// current-context: dev
/// ")?;
/// assert_eq!(kubeconfig.contexts[0].context.cluster, "dev");
/// assert!(!format!("{kubeconfig:?}").contains("abc"), "Debug shows no secrets");
/// # Ok::<(), kubewright::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Kubeconfig {
    /// Servers by name.
    pub clusters: Vec<NamedCluster>,
    /// Credentials by name.
    pub users: Vec<NamedAuthInfo>,
    /// Pairs of both by name.
    pub contexts: Vec<NamedContext>,
    /// The context that is meant when none is said.
    pub current_context: Option<String>,
    /// Data of other programs.
    pub extensions: Vec<NamedExtension>,
    /// The keys that are not known here, such as `preferences`; they are kept when the
    /// kubeconfig is written.
    #[serde(flatten)]
    pub other: OtherKeys,
}

impl Kubeconfig {
    /// Parses YAML or JSON. An empty text is an empty kubeconfig ([rule C2](crate::semantics#c2)).
    ///
    /// YAML is read as kubectl reads it: `null` and the empty string mean that a value is not
    /// set, and of several documents the first one counts, of a key that stands twice the
    /// last one. Both are logged as warnings.
    ///
    /// # Errors
    /// When the text is not YAML, does not have the shape of a kubeconfig, or names a
    /// cluster, user or context twice ([rule C3](crate::semantics#c3)); and when it has more than
    /// 8 MiB, 64 levels or 500,000 values. Values are not repeated in the error, but the key
    /// and the line are.
    pub fn parse(text: &str) -> Result<Self> {
        let (kubeconfig, warnings) = parsed(text)?;
        for warning in warnings {
            warn(&warning, None);
        }
        Ok(kubeconfig)
    }

    /// Reads a file; relative paths in it begin in its folder ([rule C4](crate::semantics#c4)).
    ///
    /// # Errors
    /// When the file cannot be read, and as [`Kubeconfig::parse`].
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Ok(Kubeconfig::read_file(path.as_ref())?)
    }

    pub(super) fn read_file(path: &Path) -> Result<Self, ConfigProblem> {
        let read = file::text(path).and_then(|text| parsed(&text));
        let (mut kubeconfig, warnings) = read.map_err(|problem| problem.in_file(path))?;
        for warning in warnings {
            warn(&warning, Some(path));
        }
        kubeconfig.set_origin(path);
        Ok(kubeconfig)
    }

    /// Adds what `other` has and `self` lacks: the first file wins, stanza by stanza
    /// ([rule C3](crate::semantics#c3)).
    #[must_use]
    pub fn merge(mut self, other: Kubeconfig) -> Self {
        let Kubeconfig {
            clusters,
            users,
            contexts,
            current_context,
            extensions,
            other: other_keys,
        } = other;
        merge_named(&mut self.clusters, clusters, |entry| &entry.name);
        merge_named(&mut self.users, users, |entry| &entry.name);
        merge_named(&mut self.contexts, contexts, |entry| &entry.name);
        merge_named(&mut self.extensions, extensions, |entry| &entry.name);
        for (key, value) in other_keys.0 {
            self.other.0.entry(key).or_insert(value);
        }
        self.current_context = self
            .current_context
            .filter(|name| !name.is_empty())
            .or(current_context);
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

    /// The kubeconfig as YAML that kubectl reads. **It holds tokens, passwords and keys**, as
    /// a kubeconfig does: the type keeps them out of logs. There is no `Serialize`, so that
    /// they are written nowhere else.
    pub fn to_yaml(&self) -> SecretString {
        SecretString::from(yaml::write(&self.written()))
    }

    /// The file, by a path that does not depend on the working directory.
    fn set_origin(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        for entry in &mut self.clusters {
            entry.cluster.origin = Some(path.clone());
        }
        for entry in &mut self.users {
            entry.user.origin = Some(path.clone());
        }
        for entry in &mut self.contexts {
            entry.context.origin = Some(path.clone());
        }
    }
}

/// The pure core of reading.
fn parsed(text: &str) -> Result<(Kubeconfig, Vec<YamlWarning>), ConfigProblem> {
    let document = yaml::compose(text).map_err(ConfigProblem::NotAKubeconfig)?;
    let kubeconfig: Kubeconfig =
        yaml::read(&document.root).map_err(ConfigProblem::NotAKubeconfig)?;
    let Kubeconfig {
        clusters,
        users,
        contexts,
        ..
    } = &kubeconfig;
    if !is_config(&kubeconfig.other) {
        return Err(ConfigProblem::OtherKind);
    }
    let mut problems = twice(Stanza::Cluster, clusters.iter().map(|entry| &entry.name));
    problems.extend(twice(Stanza::User, users.iter().map(|entry| &entry.name)));
    problems.extend(twice(
        Stanza::Context,
        contexts.iter().map(|entry| &entry.name),
    ));
    if problems.is_empty() {
        Ok((kubeconfig, document.warnings))
    } else {
        Err(ConfigProblem::all(problems))
    }
}

/// Both may be missing, but another document must not be taken for an empty kubeconfig.
fn is_config(other: &OtherKeys) -> bool {
    let is = |key: &str, expected: &str| {
        other
            .0
            .get(key)
            .is_none_or(|value| value.is_null() || *value == "" || *value == expected)
    };
    is("kind", "Config") && is("apiVersion", "v1")
}

fn warn(warning: &YamlWarning, path: Option<&Path>) {
    let path = path.map(|path| path.display().to_string());
    match warning {
        YamlWarning::DuplicateKey { key, line } => tracing::warn!(
            path,
            key,
            line,
            "the kubeconfig has a key twice in one mapping, the last one is used"
        ),
        YamlWarning::SecondDocument { line } => tracing::warn!(
            path,
            line,
            "the kubeconfig has several YAML documents, the first one is used"
        ),
    }
}

fn merge_named<T>(into: &mut Vec<T>, from: Vec<T>, name: impl Fn(&T) -> &String) {
    let present: BTreeSet<String> = into.iter().map(|entry| name(entry).clone()).collect();
    into.extend(
        from.into_iter()
            .filter(|entry| !present.contains(name(entry))),
    );
}

fn twice<'a>(what: Stanza, names: impl Iterator<Item = &'a String>) -> Vec<ConfigProblem> {
    let mut seen = BTreeSet::new();
    names
        .filter(|name| !seen.insert(*name))
        .map(|name| ConfigProblem::Twice {
            what,
            name: name.clone(),
        })
        .collect()
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
        bomb += "users: [{name: a, user: {exec: {args: *a59}}}]";
        assert!(Kubeconfig::parse(&bomb).unwrap_err().is_config());
        let deep = format!("clusters: {}", "[".repeat(5_000));
        assert!(Kubeconfig::parse(&deep).unwrap_err().is_config());
    }

    #[test]
    fn a_hundred_thousand_brackets_are_refused_at_once() {
        for bracket in ["[", "{a: ", "- "] {
            let started = std::time::Instant::now();
            let error = Kubeconfig::parse(&bracket.repeat(100_000)).unwrap_err();
            assert!(error.to_string().contains("deeper than 64"), "{error}");
            assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
        }
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
