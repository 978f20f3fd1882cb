//! Finding the configuration: environment and files.

use std::path::{Path, PathBuf};

use super::env::Env;
use super::kubeconfig::Kubeconfig;
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
}

/// Kubeconfig first, then the pod's service account ([rule C9](crate::semantics#c9)).
pub(super) fn infer(source: &Source) -> Result<Config> {
    infer_in(source, &Env::process())
}

fn infer_in(source: &Source, env: &Env) -> Result<Config> {
    let kubeconfig = match &source.kubeconfig {
        // Rule C2: a missing explicit file is an error.
        Some(path) => Kubeconfig::read(path)?,
        None => merged(&default_files(env))?,
    };
    if !kubeconfig.is_empty() {
        let mut config = resolve::resolve(&kubeconfig, source.context.as_deref())?;
        if resolve::names_no_namespace(&kubeconfig, source.context.as_deref()) {
            config.namespace = in_cluster::namespace(env).unwrap_or(config.namespace);
        }
        return Ok(config);
    }
    if let Some(context) = &source.context {
        return Err(ConfigProblem::NoKubeconfig {
            name: context.clone(),
        }
        .into());
    }
    // A wrong path is found in the message, not by reading the rules.
    in_cluster::config(env).map_err(|source| {
        ConfigProblem::Nothing {
            files: default_files(env),
            source,
        }
        .into()
    })
}

/// The files that are meant when none is said ([rule C1](crate::semantics#c1)).
fn default_files(env: &Env) -> Vec<PathBuf> {
    if let Some(list) = env.path("KUBECONFIG") {
        let mut files = Vec::new();
        for path in std::env::split_paths(&list).filter(|path| !path.as_os_str().is_empty()) {
            if !files.contains(&path) {
                files.push(path);
            }
        }
        return files;
    }
    let home = env.path("HOME").or_else(|| env.path("USERPROFILE"));
    home.map(|home| Path::new(&home).join(".kube").join("config"))
        .into_iter()
        .collect()
}

/// Files of a list may be missing ([rule C2](crate::semantics#c2)); one that is there must be good.
fn merged(files: &[PathBuf]) -> Result<Kubeconfig> {
    let mut merged = Kubeconfig::default();
    for file in files.iter().filter(|file| file.exists()) {
        merged = merged.merge(Kubeconfig::read(file)?);
    }
    Ok(merged)
}

#[cfg(test)]
mod tests {
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
}
