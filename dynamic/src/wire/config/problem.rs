//! The errors of a configuration.
//!
//! Nothing here holds a secret: a problem names the field and the place, never the value.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::model::error::{Activity, Error, ErrorKind, Listed, Problem};

/// Why a kubeconfig, or the environment of a pod, is no configuration.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigProblem {
    #[error("`{server}` is not the URL of a server")]
    ServerNotUrl {
        server: String,
        source: url::ParseError,
    },
    #[error("the server `{server}` must be an http or https URL")]
    ServerNotHttp { server: String },
    #[error("the server URL holds a user or password: put them under `users` in a kubeconfig")]
    ServerHoldsUser,
    #[error("cannot read {what} {}", path.display())]
    File {
        what: File,
        path: PathBuf,
        source: io::Error,
    },
    #[error("not a kubeconfig: it has an unexpected value at line {line}, column {column}")]
    NotAKubeconfig { line: usize, column: usize },
    #[error("not a kubeconfig: it is not YAML, or does not have the shape of one")]
    NotYaml,
    #[error("the {what} `{name}` is defined twice")]
    Twice { what: Stanza, name: String },
    #[error("the kubeconfig has no current context: set current-context, or name a context")]
    NoCurrentContext,
    #[error("context `{name}` does not exist in the kubeconfig; it has: {}", Listed(.known, ", "))]
    NoContext { name: String, known: Vec<String> },
    #[error("context `{name}` does not exist: no kubeconfig was found")]
    NoKubeconfig { name: String },
    #[error("it names the {what} `{name}`, which the kubeconfig does not have")]
    NoStanza { what: Stanza, name: String },
    #[error("the cluster has no server")]
    NoServer,
    #[error("{0}")]
    Unsupported(Unsupported),
    #[error("insecure-skip-tls-verify and a certificate authority contradict each other")]
    InsecureWithAuthority,
    #[error("a token and a username contradict each other")]
    TokenWithUsername,
    #[error("{what} and {what}-data are both set: keep one")]
    FileAndData { what: File },
    #[error("{what}-data is not base64")]
    NotBase64 { what: File },
    #[error("{what} is not PEM")]
    NotPem { what: File },
    #[error("tokenFile {} is not text", path.display())]
    TokenNotText { path: PathBuf },
    #[error("there is a client certificate without its key: set client-key")]
    CertificateWithoutKey,
    #[error("there is a client key without its certificate: set client-certificate")]
    KeyWithoutCertificate,
    #[error("{}", Together(.0))]
    Several(Vec<ConfigProblem>),
    #[error(
        "not running in a pod: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set"
    )]
    NotInCluster,
    #[error("no configuration found: no kubeconfig{}", Looked(.files))]
    Nothing { files: Vec<PathBuf>, source: Error },
}

impl ConfigProblem {
    /// All that was found: one speaks for itself.
    pub(super) fn all(mut problems: Vec<ConfigProblem>) -> Self {
        match problems.len() {
            1 => problems.remove(0),
            _ => ConfigProblem::Several(problems),
        }
    }

    pub(super) fn file(what: File, path: &Path, source: io::Error) -> Self {
        ConfigProblem::File {
            what,
            path: path.to_owned(),
            source,
        }
    }
}

impl Problem for ConfigProblem {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Config
    }
}

/// A part of a kubeconfig that has a name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stanza {
    Cluster,
    User,
    Context,
}

impl fmt::Display for Stanza {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stanza::Cluster => "cluster",
            Stanza::User => "user",
            Stanza::Context => "context",
        })
    }
}

/// What a file is for, in the words of the kubeconfig.
#[derive(Clone, Copy, Debug)]
pub(crate) enum File {
    Kubeconfig,
    CertificateAuthority,
    ClientCertificate,
    ClientKey,
    Token,
    ServiceAccountToken,
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            File::Kubeconfig => "the kubeconfig",
            File::CertificateAuthority => "certificate-authority",
            File::ClientCertificate => "client-certificate",
            File::ClientKey => "client-key",
            File::Token => "tokenFile",
            File::ServiceAccountToken => "the token of the service account",
        })
    }
}

/// What a kubeconfig may ask for, and this client does not do.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub(crate) enum Unsupported {
    #[error("credential plugins (exec) are not supported yet")]
    Exec,
    #[error("auth-provider is not supported: Kubernetes replaced it with exec plugins")]
    AuthProvider,
    #[error("impersonation (as) is not supported yet")]
    Impersonation,
    #[error("proxy-url is not supported yet")]
    Proxy,
}

/// Several problems on one line, each with its causes.
struct Together<'a>(&'a [ConfigProblem]);

impl fmt::Display for Together<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, problem) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{problem}")?;
            let mut cause = std::error::Error::source(problem);
            while let Some(link) = cause {
                write!(f, ": {link}")?;
                cause = link.source();
            }
        }
        Ok(())
    }
}

/// Where a kubeconfig was looked for.
struct Looked<'a>(&'a [PathBuf]);

impl fmt::Display for Looked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str(" (neither KUBECONFIG nor HOME is set)");
        }
        for (position, path) in self.0.iter().enumerate() {
            f.write_str(if position == 0 { " at " } else { " or " })?;
            path.display().fmt(f)?;
        }
        f.write_str(" (set KUBECONFIG to name one)")
    }
}

/// Using a part of the configuration.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Using {
    #[error("kubeconfig {}", .0.display())]
    Kubeconfig(PathBuf),
    #[error("context `{0}`")]
    Context(String),
}

impl Activity for Using {}

#[cfg(test)]
mod samples;
