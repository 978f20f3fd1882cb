//! The problems of a credential plugin's stanza.

/// What is wrong with the stanza of a plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ExecProblem {
    #[error("exec has no command: set exec.command to the credential plugin")]
    NoCommand,
    #[error("exec has no apiVersion: set it to `client.authentication.k8s.io/v1`")]
    NoVersion,
    #[error(
        "exec has an unknown apiVersion: set it to `client.authentication.k8s.io/v1` or `client.authentication.k8s.io/v1beta1`"
    )]
    UnknownVersion,
    #[error("exec has no interactiveMode: set it to `Never`, `IfAvailable` or `Always`")]
    NoMode,
    #[error("exec has an unknown interactiveMode: set it to `Never`, `IfAvailable` or `Always`")]
    UnknownMode,
    #[error("exec.env[{0}] has no name")]
    NamelessVariable(usize),
}
