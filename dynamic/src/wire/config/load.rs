//! Finding the configuration: environment and files.

use std::path::PathBuf;

use super::env::Env;
use super::files::KubeconfigFiles;
use super::overrides::Overrides;
use super::problem::ConfigProblem;
use super::{Config, in_cluster, resolve};
use crate::model::error::Result;

/// What a person may say about where the configuration is, as kubectl's flags do. What is
/// `None` is not said.
///
/// ```
/// use std::path::PathBuf;
/// use kubewright::{Config, Source};
///
/// let source = Source::new()
///     .kubeconfig(PathBuf::from("no-such-file"))
///     .context("staging".to_owned());
/// assert!(Config::load(&source).unwrap_err().is_config());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Source {
    kubeconfig: Option<PathBuf>,
    context: Option<String>,
    overrides: Overrides,
}

impl Source {
    /// `KUBECONFIG` or `~/.kube/config`, and the current context.
    pub fn new() -> Self {
        Source::default()
    }

    /// This file alone, instead of `KUBECONFIG` and `~/.kube/config`.
    #[must_use]
    pub fn kubeconfig(mut self, path: impl Into<Option<PathBuf>>) -> Self {
        self.kubeconfig = path.into();
        self
    }

    /// This context instead of the current one.
    #[must_use]
    pub fn context(mut self, name: impl Into<Option<String>>) -> Self {
        self.context = name.into();
        self
    }

    /// Values that replace those that are found. A context that is named by
    /// [`Source::context`] wins over theirs.
    #[must_use]
    pub fn overrides(mut self, overrides: Overrides) -> Self {
        self.overrides = overrides;
        self
    }
}

/// Kubeconfig first, then the pod's service account ([rule C9](crate::semantics#c9)).
pub(super) fn infer(source: &Source) -> Result<Config> {
    infer_in(source, &Env::process())
}

/// As [`infer`], in another environment.
pub(super) fn infer_in(source: &Source, env: &Env) -> Result<Config> {
    let files = match &source.kubeconfig {
        Some(path) => KubeconfigFiles::only(path),
        None => KubeconfigFiles::of_env(env),
    };
    let mut overrides = source.overrides.clone();
    if let Some(context) = &source.context {
        overrides = overrides.context(context);
    }
    let kubeconfig = files.read()?;
    let is_undecided = resolve::is_undecided(&kubeconfig, &overrides);
    if is_undecided && in_cluster::is_possible(env) {
        return in_cluster::config(env, &overrides);
    }
    if kubeconfig.is_empty() && is_undecided {
        // A wrong path is found in the message, not by reading the rules.
        return Err(ConfigProblem::Nothing {
            files: files.paths().to_vec(),
            source: ConfigProblem::NotInCluster.into(),
        }
        .into());
    }
    if let (true, Some(name)) = (kubeconfig.is_empty(), &overrides.context) {
        return Err(ConfigProblem::NoKubeconfig { name: name.clone() }.into());
    }
    let resolved = resolve::resolve(&kubeconfig, &overrides)?;
    let mut config = resolved.config;
    if !resolved.names_namespace && in_cluster::is_possible(env) {
        config.namespace = in_cluster::namespace(env).unwrap_or(config.namespace);
    }
    Ok(config)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn write(folder: &Path, name: &str, server: &str) -> String {
        let path = folder.join(name);
        let text = format!(
            "clusters: [{{name: c, cluster: {{server: '{server}'}}}}]\ncontexts: [{{name: {name}, context: {{cluster: c}}}}]\ncurrent-context: {name}\n"
        );
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    #[test]
    fn kubeconfig_lists_are_merged_and_missing_files_skipped() {
        // Rules C1, C2, C3
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (
            write(folder.path(), "a", "http://a"),
            write(folder.path(), "b", "http://b"),
        );
        let list = std::env::join_paths(["/nowhere/config", "", &a, &b, &a]).unwrap();
        let env = Env::of(&[("KUBECONFIG", list.to_str().unwrap())], "/nowhere");
        assert_eq!(
            infer_in(&Source::default(), &env).unwrap().server(),
            "http://a/"
        );
        let source = Source {
            context: Some("b".into()),
            ..Source::default()
        };
        // Both files call their cluster `c`: the first one's stanza stands.
        assert_eq!(infer_in(&source, &env).unwrap().server(), "http://a/");
    }

    #[test]
    fn an_explicit_file_is_used_alone_and_must_exist() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (
            write(folder.path(), "a", "http://a"),
            write(folder.path(), "b", "http://b"),
        );
        let env = Env::of(&[("KUBECONFIG", &a)], "/nowhere");
        let explicit = |path: &str| Source {
            kubeconfig: Some(path.into()),
            ..Source::default()
        };
        assert_eq!(infer_in(&explicit(&b), &env).unwrap().server(), "http://b/");
        let error = infer_in(&explicit("/nowhere/config"), &env).unwrap_err();
        assert!(error.to_string().contains("/nowhere/config"), "{error}");
    }

    #[test]
    fn home_is_the_default_and_nothing_at_all_says_what_to_do() {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join(".kube")).unwrap();
        write(&home.path().join(".kube"), "config", "http://home");
        let env = Env::of(&[("HOME", home.path().to_str().unwrap())], "/nowhere");
        assert_eq!(
            infer_in(&Source::default(), &env).unwrap().server(),
            "http://home/"
        );
        let error = infer_in(&Source::default(), &Env::of(&[], "/nowhere")).unwrap_err();
        assert!(error.to_string().contains("KUBECONFIG"), "{error}");
    }

    #[test]
    fn only_a_kubeconfig_that_chooses_nothing_falls_to_the_pod() {
        // Rule C9
        let pod = tempfile::tempdir().unwrap();
        let mount = pod
            .path()
            .join("var/run/secrets/kubernetes.io/serviceaccount");
        std::fs::create_dir_all(&mount).unwrap();
        std::fs::write(mount.join("token"), "t").unwrap();
        std::fs::write(mount.join("namespace"), "of-pod").unwrap();
        let home = tempfile::tempdir().unwrap();
        let kubeconfig = write(home.path(), "a", "http://a");
        let vars = [
            ("KUBERNETES_SERVICE_HOST", "10.0.0.1"),
            ("KUBERNETES_SERVICE_PORT", "443"),
            ("KUBECONFIG", kubeconfig.as_str()),
        ];
        let load = |overrides: Overrides, count: usize| {
            let source = Source::new().overrides(overrides);
            infer_in(&source, &Env::of(&vars[..count], pod.path())).unwrap()
        };
        assert_eq!(load(Overrides::new(), 2).server(), "https://10.0.0.1/");
        let chosen = load(Overrides::new(), 3);
        assert_eq!(
            (chosen.server(), chosen.namespace()),
            ("http://a/", "of-pod")
        );
        let named = load(Overrides::new().server("http://own").namespace("n"), 2);
        assert_eq!((named.server(), named.namespace()), ("http://own/", "n"));
        std::fs::write(&kubeconfig, "preferences: {}\n").unwrap();
        assert_eq!(load(Overrides::new(), 3).server(), "https://10.0.0.1/");
        std::fs::remove_file(mount.join("token")).unwrap();
        write(home.path(), "a", "http://a");
        assert_eq!(load(Overrides::new(), 3).namespace(), "default");
    }
}
