//! The errors of credential plugins. What a plugin printed is never quoted, it may be a token;
//! its standard error is, with anything that looks like a secret removed.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::process::ExitStatus;
use std::time::Duration;

use crate::model::error::{ErrorKind, Listed, Problem, samples};

/// Why a plugin gave no credential.
#[derive(Debug)]
pub(crate) struct PluginProblem {
    pub(super) command: String,
    pub(super) fault: PluginFault,
    /// Its last lines on standard error.
    pub(super) said: Vec<String>,
    /// How to install it.
    pub(super) hint: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum PluginFault {
    #[error("was not found: install it, or correct exec.command in the kubeconfig")]
    NotFound,
    #[error("is not allowed to run by the policy of credential plugins")]
    NotAllowed,
    #[error("needs a terminal (interactiveMode Always), and standard input is not one")]
    NoTerminal,
    #[error("cannot be run")]
    NotRun { source: io::Error },
    #[error("failed with {status}")]
    Failed { status: ExitStatus },
    #[error("did not end within {} s and was killed", deadline.as_secs_f64())]
    Hung { deadline: Duration },
    #[error("printed more than {limit} bytes and was killed")]
    TooLong { limit: usize },
    #[error(
        "printed what is not an ExecCredential in JSON: it has an unexpected value at line {line}, column {column}"
    )]
    NotAReply { line: usize, column: usize },
    #[error("printed an object of another kind than ExecCredential")]
    OtherKind,
    #[error(
        "printed an ExecCredential of the version `{found}`, and the kubeconfig expects `{expected}`: correct exec.apiVersion"
    )]
    OtherVersion {
        found: String,
        expected: &'static str,
    },
    #[error("printed an ExecCredential with no token and no client certificate")]
    NoCredential,
    #[error("printed an expirationTimestamp that is not a time in RFC 3339")]
    NotATime,
    #[error("printed a client certificate without its key")]
    CertificateWithoutKey,
    #[error("printed a client key without its certificate")]
    KeyWithoutCertificate,
}

impl Problem for PluginProblem {
    fn kind(&self) -> ErrorKind {
        match self.fault {
            PluginFault::Hung { .. } => ErrorKind::TimedOut,
            _ => ErrorKind::Config,
        }
    }
}

impl fmt::Display for PluginProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "credential plugin `{}` {}", self.command, self.fault)?;
        if !self.said.is_empty() {
            write!(f, "; it wrote: {}", Listed(&self.said, " | "))?;
        }
        match (&self.fault, &self.hint) {
            (PluginFault::NotFound, Some(hint)) => write!(f, "; {hint}"),
            _ => Ok(()),
        }
    }
}

impl StdError for PluginProblem {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.fault.source()
    }
}

#[cfg(test)]
fn of(fault: PluginFault) -> PluginProblem {
    PluginProblem {
        command: "aws".to_owned(),
        fault,
        said: Vec::new(),
        hint: Some("It is part of https://aws.amazon.com/cli/".to_owned()),
    }
}

#[cfg(test)]
fn having_said(fault: PluginFault) -> PluginProblem {
    PluginProblem {
        said: vec!["no profile".to_owned(), "try `aws configure`".to_owned()],
        ..of(fault)
    }
}

samples!(PluginProblem {
    PluginProblem { fault: PluginFault::NotFound, .. } => [of(PluginFault::NotFound)],
    PluginProblem { fault: PluginFault::NotAllowed, .. } => [of(PluginFault::NotAllowed)],
    PluginProblem { fault: PluginFault::NoTerminal, .. } => [of(PluginFault::NoTerminal)],
    PluginProblem { fault: PluginFault::NotRun { .. }, .. } => [of(PluginFault::NotRun {
        source: io::Error::from(io::ErrorKind::PermissionDenied),
    })],
    PluginProblem { fault: PluginFault::Failed { .. }, .. } => [having_said(PluginFault::Failed {
        status: ExitStatus::default(),
    })],
    PluginProblem { fault: PluginFault::Hung { .. }, .. } => [of(PluginFault::Hung {
        deadline: Duration::from_secs(300),
    })],
    PluginProblem { fault: PluginFault::TooLong { .. }, .. } => [of(PluginFault::TooLong {
        limit: 1 << 20,
    })],
    PluginProblem { fault: PluginFault::NotAReply { .. }, .. } => [having_said(
        PluginFault::NotAReply { line: 1, column: 7 },
    )],
    PluginProblem { fault: PluginFault::OtherKind, .. } => [of(PluginFault::OtherKind)],
    PluginProblem { fault: PluginFault::OtherVersion { .. }, .. } => [of(PluginFault::OtherVersion {
        found: "client.authentication.k8s.io/v1alpha1".to_owned(),
        expected: "client.authentication.k8s.io/v1",
    })],
    PluginProblem { fault: PluginFault::NoCredential, .. } => [of(PluginFault::NoCredential)],
    PluginProblem { fault: PluginFault::NotATime, .. } => [of(PluginFault::NotATime)],
    PluginProblem { fault: PluginFault::CertificateWithoutKey, .. } => [of(
        PluginFault::CertificateWithoutKey,
    )],
    PluginProblem { fault: PluginFault::KeyWithoutCertificate, .. } => [of(
        PluginFault::KeyWithoutCertificate,
    )],
});
