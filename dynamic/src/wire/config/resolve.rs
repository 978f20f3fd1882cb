//! From a kubeconfig to a config: the stanzas of one context, with what overrides them.

mod judge;

use super::Config;
use super::kubeconfig::{AuthInfo, Cluster, Context, Kubeconfig};
use super::overrides::Overrides;
use super::problem::{ConfigProblem, Stanza, Using};
use crate::model::error::{Error, Result};

pub(super) use self::judge::{Chosen, judge};

/// A config, and whether somebody said which namespace is meant.
pub(super) struct Resolved {
    pub(super) config: Config,
    pub(super) names_namespace: bool,
}

/// Uses the context that the overrides name, or the current one; everything that is wrong is
/// said at once ([rule C8](crate::semantics#c8)).
pub(super) fn resolve(kubeconfig: &Kubeconfig, overrides: &Overrides) -> Result<Resolved> {
    let (name, context) = find_context(kubeconfig, overrides)?;
    let namespace = overrides.namespace.as_ref().or(context.namespace.as_ref());
    let namespace = namespace.filter(|namespace| !namespace.is_empty());
    let config = config_of(kubeconfig, &context, overrides).map_err(|problem| {
        let error = Error::from(problem);
        match name {
            Some(name) => error.while_doing(Using::Context(name.to_owned())),
            None => error,
        }
    });
    let mut config = config?;
    if let Some(namespace) = namespace {
        config.namespace.clone_from(namespace);
    }
    Ok(Resolved {
        config,
        names_namespace: namespace.is_some(),
    })
}

/// Whether nothing says which cluster is meant ([rule C9](crate::semantics#c9)).
pub(super) fn is_undecided(kubeconfig: &Kubeconfig, overrides: &Overrides) -> bool {
    chosen_context(kubeconfig, overrides).is_none()
        && overrides.cluster.is_none()
        && !overrides.has_server()
}

fn chosen_context<'a>(kubeconfig: &'a Kubeconfig, overrides: &'a Overrides) -> Option<&'a str> {
    let current = kubeconfig.current_context.as_deref();
    let chosen = overrides.context.as_deref().or(current);
    chosen.filter(|name| !name.is_empty())
}

fn find_context<'a>(
    kubeconfig: &'a Kubeconfig,
    overrides: &'a Overrides,
) -> Result<(Option<&'a str>, Context), ConfigProblem> {
    if is_undecided(kubeconfig, overrides) {
        return Err(ConfigProblem::NoCurrentContext);
    }
    let Some(name) = chosen_context(kubeconfig, overrides) else {
        return Ok((None, Context::default()));
    };
    match kubeconfig.context(name) {
        Some(context) => Ok((Some(name), context.clone())),
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

fn config_of(
    kubeconfig: &Kubeconfig,
    context: &Context,
    overrides: &Overrides,
) -> Result<Config, ConfigProblem> {
    let cluster = find_cluster(kubeconfig, context, overrides);
    let user = find_user(kubeconfig, context, overrides);
    match (cluster, user) {
        (Ok((cluster_name, cluster)), Ok((user_name, user))) => {
            let chosen = Chosen {
                cluster_name,
                cluster,
                user_name,
                user,
            };
            judge(chosen, overrides)
        }
        (cluster, user) => Err(ConfigProblem::all(
            [cluster.err(), user.err()].into_iter().flatten().collect(),
        )),
    }
}

/// A cluster must be there, unless the overrides name a server.
fn find_cluster(
    kubeconfig: &Kubeconfig,
    context: &Context,
    overrides: &Overrides,
) -> Result<(String, Cluster), ConfigProblem> {
    let name = overrides.cluster.as_ref().unwrap_or(&context.cluster);
    match kubeconfig.cluster(name) {
        Some(cluster) => Ok((name.clone(), cluster.clone())),
        None if overrides.cluster.is_none() && overrides.has_server() => {
            Ok((name.clone(), Cluster::default()))
        }
        None if name.is_empty() => Err(ConfigProblem::NoCluster),
        None => Err(no_stanza(Stanza::Cluster, name)),
    }
}

/// A user must be there where the context names one, unless the overrides bring credentials.
fn find_user(
    kubeconfig: &Kubeconfig,
    context: &Context,
    overrides: &Overrides,
) -> Result<(String, AuthInfo), ConfigProblem> {
    let name = overrides.user.as_ref().unwrap_or(&context.user);
    match kubeconfig.user(name) {
        Some(user) => Ok((name.clone(), user.clone())),
        None if name.is_empty() => Ok((String::new(), AuthInfo::default())),
        None if overrides.user.is_none() && overrides.has_credentials() => {
            Ok((name.clone(), AuthInfo::default()))
        }
        None => Err(no_stanza(Stanza::User, name)),
    }
}

fn no_stanza(what: Stanza, name: &str) -> ConfigProblem {
    ConfigProblem::NoStanza {
        what,
        name: name.to_owned(),
    }
}

#[cfg(test)]
mod tests;
