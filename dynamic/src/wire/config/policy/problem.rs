//! The errors of policies of credential plugins.

use crate::model::error::{ErrorKind, Problem, samples};
use crate::wire::config::yaml::problem::YamlProblem;

/// Why a policy is not one.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PolicyProblem {
    #[error("the allowlist of credential plugins is empty: name a plugin, or use DenyAll")]
    EmptyAllowlist,
    #[error(
        "the allowlist of credential plugins holds `{entry}`: name a command, or an absolute path without `.` and `..`"
    )]
    UncleanEntry { entry: String },
    #[error(
        "a kuberc with a credentialPluginAllowlist must have the credentialPluginPolicy `Allowlist`"
    )]
    ListWithoutPolicy,
    #[error(
        "`{policy}` is not a credentialPluginPolicy: set AllowAll, DenyAll or Allowlist in the kuberc"
    )]
    UnknownPolicy { policy: String },
    #[error("not a kuberc: {0}")]
    NotAKuberc(YamlProblem),
}

impl Problem for PolicyProblem {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Config
    }
}

samples!(PolicyProblem {
    PolicyProblem::EmptyAllowlist => [PolicyProblem::EmptyAllowlist],
    PolicyProblem::UncleanEntry { .. } => [PolicyProblem::UncleanEntry {
        entry: "../bin/login".to_owned(),
    }],
    PolicyProblem::ListWithoutPolicy => [PolicyProblem::ListWithoutPolicy],
    PolicyProblem::UnknownPolicy { .. } => [PolicyProblem::UnknownPolicy {
        policy: "AllowSome".to_owned(),
    }],
    PolicyProblem::NotAKuberc(_) => [PolicyProblem::NotAKuberc(YamlProblem::TooLarge)],
});
