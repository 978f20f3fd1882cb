//! The errors of a configuration.
//!
//! Nothing here holds a secret: a problem names the field and the place, never the value.

mod exec;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

pub(crate) use self::exec::ExecProblem;
use super::yaml::problem::YamlProblem;
use crate::model::error::{Activity, Error, ErrorKind, Listed, Problem};

/// Why a kubeconfig, or the environment of a pod, is not a valid configuration.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigProblem {
    #[error("`{server}` is not the URL of a server")]
    ServerNotUrl {
        server: String,
        source: url::ParseError,
    },
    #[error("the server `{server}` must be an http or https URL")]
    ServerNotHttp { server: String },
    #[error("the server `{server}` has a path without a scheme: begin with https:// or http://")]
    ServerWithoutScheme { server: String },
    #[error("the server URL holds a user or password: put them under `users` in a kubeconfig")]
    ServerHoldsUser,
    #[error("{variable} `{proxy}` must be a host or begin with http://, https:// or socks5://")]
    ProxyOfEnvironment {
        variable: &'static str,
        proxy: String,
    },
    #[error("HTTP_PROXY is not used where REQUEST_METHOD is set, as a visitor may have set it")]
    ProxyOfRequest,
    #[error("cannot read {what} {}", path.display())]
    File {
        what: File,
        path: PathBuf,
        source: io::Error,
    },
    #[error("not a kubeconfig: {0}")]
    NotAKubeconfig(YamlProblem),
    #[error("not a kubeconfig: it is not text in UTF-8 or UTF-16")]
    NotText,
    #[error("not a kubeconfig: its kind must be `Config` and its apiVersion `v1`")]
    OtherKind,
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
    #[error("it names no cluster: set one, or name a server")]
    NoCluster,
    #[error(transparent)]
    At(Located),
    #[error("the cluster has no server")]
    NoServer,
    #[error("{0}")]
    AuthProvider(Provider),
    #[error("exec and auth-provider are both set: keep exec")]
    ExecWithAuthProvider,
    #[error("{0}")]
    Exec(ExecProblem),
    #[error("as-uid, as-groups and as-user-extra need a user: set `as`")]
    ImpersonationWithoutUser,
    #[error("proxy-url `{proxy}` is not a URL")]
    ProxyNotUrl {
        proxy: String,
        source: url::ParseError,
    },
    #[error("proxy-url `{proxy}` must begin with http://, https:// or socks5://")]
    ProxyScheme { proxy: String },
    #[error("insecure-skip-tls-verify and a certificate authority contradict each other")]
    InsecureWithAuthority,
    #[error("a token and a username contradict each other")]
    TokenWithUsername,
    #[error("{what} and {what}-data are both set: keep one")]
    FileAndData { what: File },
    #[error("{what}-data is not base64")]
    NotBase64 { what: File },
    #[error(
        "{what}-data is PEM, and must be base64 of PEM: name a file in {what}, or encode it with `base64`"
    )]
    PemInsteadOfBase64 { what: File },
    #[error("{what} is not PEM")]
    NotPem { what: File },
    #[error("tokenFile {} is not text", path.display())]
    TokenNotText { path: PathBuf },
    #[error("tokenFile {} is empty", path.display())]
    TokenEmpty { path: PathBuf },
    #[error("there is a client certificate without its key: set client-key")]
    CertificateWithoutKey,
    #[error("cannot write kubeconfig {}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error(
        "another program is changing the kubeconfig: {} exists (remove it if no such program runs)",
        path.display()
    )]
    Locked { path: PathBuf },
    #[error("no file to write a kubeconfig to: set KUBECONFIG or HOME, or name a file")]
    NoFile,
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

    pub(super) fn at(self, place: Place) -> Self {
        ConfigProblem::At(Located {
            place,
            problem: Box::new(self),
        })
    }

    /// Names the file, unless the problem does so itself.
    pub(super) fn in_file(self, path: &Path) -> Self {
        match self {
            ConfigProblem::File { .. } => self,
            _ => self.at(Place::File(path.to_owned())),
        }
    }

    pub(super) fn is_missing_file(&self) -> bool {
        matches!(
            self,
            ConfigProblem::File { source, .. } if source.kind() == io::ErrorKind::NotFound
        )
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
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            File::Kubeconfig => "the kubeconfig",
            File::CertificateAuthority => "certificate-authority",
            File::ClientCertificate => "client-certificate",
            File::ClientKey => "client-key",
            File::Token => "tokenFile",
        })
    }
}

/// A provider of credentials that clients have no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Provider {
    Gcp,
    Azure,
    Oidc,
    Openstack,
    Other(String),
}

impl Provider {
    pub(super) fn of(name: &str) -> Self {
        match name {
            "gcp" => Provider::Gcp,
            "azure" => Provider::Azure,
            "oidc" => Provider::Oidc,
            "openstack" => Provider::Openstack,
            _ => Provider::Other(name.to_owned()),
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, instead) = match self {
            Provider::Gcp => (
                "gcp",
                "install gke-gcloud-auth-plugin and run `gcloud container clusters get-credentials`",
            ),
            Provider::Azure => (
                "azure",
                "install kubelogin and run `kubelogin convert-kubeconfig`",
            ),
            Provider::Oidc => (
                "oidc",
                "install kubelogin as `kubectl oidc-login` and run `kubectl oidc-login setup`",
            ),
            Provider::Openstack => ("openstack", "use client-keystone-auth as a plugin"),
            Provider::Other(name) => (name.as_str(), "use a credential plugin"),
        };
        write!(f, "auth-provider `{name}` is replaced by exec: {instead}")
    }
}

/// A problem and the part of the configuration that has it.
#[derive(Debug)]
pub(crate) struct Located {
    place: Place,
    problem: Box<ConfigProblem>,
}

/// A part of the configuration.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    File(PathBuf),
    Stanza {
        what: Stanza,
        name: String,
        origin: Option<PathBuf>,
    },
}

impl fmt::Display for Located {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::File(path) => write!(f, "kubeconfig {}", path.display())?,
            Place::Stanza { what, name, origin } => {
                write!(f, "{what}")?;
                if !name.is_empty() {
                    write!(f, " `{name}`")?;
                }
                if let Some(path) = origin {
                    write!(f, " of {}", path.display())?;
                }
            }
        }
        write!(f, ": {}", self.problem)
    }
}

impl std::error::Error for Located {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(self.problem.as_ref())
    }
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
    #[error("context `{0}`")]
    Context(String),
}

impl Activity for Using {}

#[cfg(test)]
mod samples;
