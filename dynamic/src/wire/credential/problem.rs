//! The errors of credentials. None of them holds a secret.

use std::error::Error as StdError;

use crate::model::error::{ErrorKind, Problem, samples};

/// Why a request has no credential.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CredentialProblem {
    #[error("the credential provider failed")]
    Provider {
        source: Box<dyn StdError + Send + Sync>,
    },
    #[error("no credential was made within the timeout of the configuration")]
    Late,
    #[error("the credentials hold a character that an HTTP header cannot hold")]
    NotAHeader,
}

impl Problem for CredentialProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            CredentialProblem::Late => ErrorKind::TimedOut,
            _ => ErrorKind::Config,
        }
    }
}

samples!(CredentialProblem {
    CredentialProblem::Provider { .. } => [CredentialProblem::Provider {
        source: "the vault is sealed".into(),
    }],
    CredentialProblem::Late => [CredentialProblem::Late],
    CredentialProblem::NotAHeader => [CredentialProblem::NotAHeader],
});
