//! The stanza of a credential plugin.

use std::fmt;

use secrecy::SecretString;
use serde::Deserialize;

use super::extra::OtherKeys;

/// A program that prints credentials, as written in a kubeconfig. `Debug` hides its arguments
/// and the values of its environment.
#[derive(Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ExecConfig {
    /// The program: a path, or a name that is looked up in `PATH`. A relative path with a
    /// separator begins in the folder of the kubeconfig.
    pub command: String,
    /// Its arguments.
    pub args: Vec<String>,
    /// Environment variables, on top of those of this program.
    pub env: Vec<ExecEnvVar>,
    /// The version of `ExecCredential` that it reads and writes.
    pub api_version: String,
    /// How to install the program, for people who do not have it.
    pub install_hint: String,
    /// Tell it about the cluster.
    pub provide_cluster_info: bool,
    /// Whether it reads standard input: `Never`, `IfAvailable` or `Always`.
    pub interactive_mode: Option<String>,
    /// The keys that are not known here; they are kept when the kubeconfig is written.
    #[serde(flatten)]
    pub other: OtherKeys,
}

/// An environment variable of a credential plugin.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct ExecEnvVar {
    /// The name.
    pub name: String,
    /// The value, which may be a secret.
    pub value: SecretString,
}

impl Default for ExecEnvVar {
    fn default() -> Self {
        ExecEnvVar {
            name: String::new(),
            value: SecretString::from(String::new()),
        }
    }
}

impl fmt::Debug for ExecConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.env.iter().map(|variable| &variable.name).collect();
        f.debug_struct("ExecConfig")
            .field("command", &self.command)
            .field("args", &self.args.len())
            .field("env", &names)
            .field("api_version", &self.api_version)
            .field("provide_cluster_info", &self.provide_cluster_info)
            .field("interactive_mode", &self.interactive_mode)
            .field("other", &self.other)
            .finish_non_exhaustive()
    }
}
