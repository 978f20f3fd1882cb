//! A credential plugin, ready to be run.

use std::fmt;

use secrecy::SecretString;
use serde_json::Value;

use super::kubeconfig::{ExecConfig, ExecEnvVar};
use super::problem::ExecProblem;

/// The extension of a cluster that its credential plugin receives.
pub(crate) const CLUSTER_EXTENSION: &str = "client.authentication.k8s.io/exec";

/// A credential plugin of a kubeconfig, checked and with its paths resolved.
#[derive(Clone)]
pub(crate) struct ExecPlugin {
    /// An absolute path, or a name that is looked up in `PATH`.
    pub(crate) command: String,
    pub(crate) args: Vec<String>,
    pub(crate) env: Vec<ExecEnvVar>,
    pub(crate) version: ExecVersion,
    pub(crate) install_hint: Option<String>,
    pub(crate) interactive: InteractiveMode,
    /// Set where the plugin wants to know the cluster.
    pub(crate) cluster: Option<ExecCluster>,
}

/// A version of `ExecCredential`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExecVersion {
    V1,
    V1Beta1,
}

/// Whether a plugin reads standard input ([rule C20](crate::semantics#c20)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InteractiveMode {
    Never,
    IfAvailable,
    Always,
}

/// The cluster, as `spec.cluster` of an `ExecCredential` describes it.
#[derive(Clone)]
pub(crate) struct ExecCluster {
    pub(crate) server: String,
    pub(crate) tls_server_name: Option<String>,
    pub(crate) insecure_skip_tls_verify: bool,
    /// PEM.
    pub(crate) certificate_authority_data: Option<Vec<u8>>,
    /// May hold a password.
    pub(crate) proxy_url: Option<SecretString>,
    pub(crate) disable_compression: bool,
    /// The cluster's extension for plugins.
    pub(crate) config: Option<Value>,
}

impl ExecPlugin {
    /// Checks a stanza ([rule C8](crate::semantics#c8)); all its problems come together.
    pub(super) fn new(
        stanza: &ExecConfig,
        cluster: Option<ExecCluster>,
    ) -> Result<Self, Vec<ExecProblem>> {
        let mut problems = nameless(&stanza.env);
        if stanza.command.is_empty() {
            problems.push(ExecProblem::NoCommand);
        }
        let version = version(&stanza.api_version).map_err(|problem| problems.push(problem));
        let interactive = interactive(stanza).map_err(|problem| problems.push(problem));
        match (version, interactive) {
            (Ok(version), Ok(interactive)) if problems.is_empty() => Ok(ExecPlugin {
                command: stanza.command.clone(),
                args: stanza.args.clone(),
                env: stanza.env.clone(),
                version,
                install_hint: hint(&stanza.install_hint),
                interactive,
                cluster,
            }),
            _ => Err(problems),
        }
    }
}

impl ExecVersion {
    /// The `apiVersion` of an `ExecCredential`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            ExecVersion::V1 => "client.authentication.k8s.io/v1",
            ExecVersion::V1Beta1 => "client.authentication.k8s.io/v1beta1",
        }
    }
}

fn nameless(env: &[ExecEnvVar]) -> Vec<ExecProblem> {
    let nameless = env
        .iter()
        .enumerate()
        .filter(|(_, one)| one.name.is_empty());
    nameless
        .map(|(position, _)| ExecProblem::NamelessVariable(position))
        .collect()
}

fn version(written: &str) -> Result<ExecVersion, ExecProblem> {
    let known = [ExecVersion::V1, ExecVersion::V1Beta1];
    match known.into_iter().find(|known| known.as_str() == written) {
        Some(version) => Ok(version),
        None if written.is_empty() => Err(ExecProblem::NoVersion),
        None => Err(ExecProblem::UnknownVersion),
    }
}

/// Required, but for the versions that are older than the field.
fn interactive(stanza: &ExecConfig) -> Result<InteractiveMode, ExecProblem> {
    match stanza.interactive_mode.as_deref().unwrap_or_default() {
        "Never" => Ok(InteractiveMode::Never),
        "IfAvailable" => Ok(InteractiveMode::IfAvailable),
        "Always" => Ok(InteractiveMode::Always),
        "" if stanza.api_version == ExecVersion::V1.as_str() => Err(ExecProblem::NoMode),
        "" => Ok(InteractiveMode::IfAvailable),
        _ => Err(ExecProblem::UnknownMode),
    }
}

/// A hint is shown on terminals, and the control codes in it are not for them.
fn hint(written: &str) -> Option<String> {
    let mut hint = String::new();
    for one in written.chars() {
        if one.is_control() && !matches!(one, '\t'..='\r') {
            hint += &format!("U+{:04X}", u32::from(one));
        } else {
            hint.push(one);
        }
    }
    Some(hint).filter(|hint| !hint.is_empty())
}

impl fmt::Debug for ExecPlugin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExecPlugin")
            .field("command", &self.command)
            .field("version", &self.version)
            .field("interactive", &self.interactive)
            .finish_non_exhaustive()
    }
}
