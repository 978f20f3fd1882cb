//! The errors between a client and its server.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::PathBuf;

use url::Url;

use super::certificate::problem::{CertificateProblem, Malformed};
use crate::model::error::{Error, ErrorKind, Fault, Problem, samples};

/// An exchange with a server that failed on the way. Names the server, never the path.
#[derive(Debug)]
pub(crate) struct ExchangeProblem {
    pub(super) server: Url,
    pub(super) fault: Fault,
    pub(super) cause: Box<dyn StdError + Send + Sync>,
}

impl Problem for ExchangeProblem {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Transport(self.fault)
    }
}

impl fmt::Display for ExchangeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let server = self.server.as_str();
        match self.fault {
            Fault::Connect => write!(f, "the API server {server} cannot be reached"),
            Fault::Timeout => write!(f, "the API server {server} did not answer in time"),
            Fault::Broken => write!(
                f,
                "the API server {server} closed the connection before the answer was complete"
            ),
            Fault::Other => write!(f, "the exchange with the API server {server} failed"),
        }
    }
}

impl StdError for ExchangeProblem {
    /// The last link of the chain says what happened; those between say where, which the
    /// fault tells already. What is wrong with a certificate has a cause of its own.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let mut links = sources(&*self.cause);
        let certificate = links.find(|link| link.is::<CertificateProblem>());
        certificate.or_else(|| sources(&*self.cause).last())
    }
}

/// An error and what it came from, link by link, through those that hide what they wrap.
pub(super) fn sources<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| {
        wrapped(error).or_else(|| error.source())
    })
}

/// What an `io::Error` wraps, which is not its source, and what a verifier of certificates said.
fn wrapped<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    if let Some(error) = error.downcast_ref::<io::Error>() {
        return error.get_ref().map(|inner| inner as _);
    }
    match error.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(rustls::CertificateError::Other(other)) => {
            Some(&*other.0)
        }
        _ => None,
    }
}

/// Whether this side refused the certificate of the server: nothing was sent.
pub(super) fn is_distrust(error: &Error) -> bool {
    let exchange = error.problem::<ExchangeProblem>();
    exchange.is_some_and(|exchange| sources(&*exchange.cause).any(refuses_certificate))
}

fn refuses_certificate(error: &(dyn StdError + 'static)) -> bool {
    let refused = error.downcast_ref::<rustls::Error>();
    refused.is_some_and(|error| matches!(error, rustls::Error::InvalidCertificate(_)))
}

/// The deadline of the configuration has passed.
#[derive(Debug, thiserror::Error)]
#[error("the timeout of the configuration has passed")]
pub(super) struct Late;

/// Nothing came, and nobody set a timeout.
#[derive(Debug, thiserror::Error)]
pub(super) enum Mute {
    #[error("no connection took the request within 5 seconds")]
    NotTaken,
    #[error("no answer began within 5 minutes")]
    NoHead,
}

/// Why a client cannot be set up, a request not be sent or an answer not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TransportProblem {
    #[error("cannot set up the HTTP client")]
    NoClient { source: reqwest::Error },
    #[error("the user agent is not a header value")]
    BadUserAgent {
        source: http::header::InvalidHeaderValue,
    },
    #[error("`{address}` is not the address of a proxy")]
    NotAProxy {
        address: String,
        source: http::uri::InvalidUri,
    },
    #[error("cannot set up TLS")]
    NoTls { source: rustls::Error },
    #[error(
        "no cryptography for TLS: turn on the feature `ring` or `aws-lc-rs`, or give a provider with `Config::with_crypto_provider`"
    )]
    NoCrypto,
    #[cfg_attr(
        any(windows, target_vendor = "apple", target_os = "android"),
        allow(dead_code, reason = "the operating system does not say whom it trusts")
    )]
    #[error("the system has no certificate authorities: set certificate-authority")]
    NoRoots,
    #[error("certificate-authority holds no valid certificate")]
    BadAuthority { source: Malformed },
    #[error("{field} holds a certificate that is not valid")]
    BadCertificate {
        field: &'static str,
        source: Malformed,
    },
    #[error("client-key is not the key of client-certificate")]
    WrongKey,
    #[error("client-key has a password, which is not supported: remove it from the file")]
    EncryptedKey,
    #[error("client-key cannot be used")]
    UnusableKey { source: rustls::Error },
    #[error(
        "client-key cannot be used: it is an RSA key of {bits} bits, and most providers take 2048 to 4096, aws-lc-rs up to 8192"
    )]
    RsaKey { bits: usize, source: rustls::Error },
    #[error("{field} holds no certificate in PEM")]
    NoCertificate { field: &'static str },
    #[error("{field} is not PEM")]
    NotPem {
        field: &'static str,
        source: rustls::pki_types::pem::Error,
    },
    /// The parser's error could quote the key: it is not kept.
    #[error("client-key is not a private key in PEM")]
    NoKey,
    #[error("tls-server-name `{name}` is neither a host name nor an IP address")]
    NotAServerName {
        name: String,
        source: rustls::pki_types::InvalidDnsNameError,
    },
    #[error("there is no user to act as: impersonation needs one")]
    NobodyToActAs,
    #[error("the {field} to act as holds a character that an HTTP header cannot hold")]
    NotActable { field: &'static str },
    #[error("cannot read the token file {}, and no earlier token is known", path.display())]
    NoToken { path: PathBuf },
    #[error("`{uri}` is not a URL")]
    NotAUrl {
        uri: String,
        source: url::ParseError,
    },
    #[error("the answer is encoded as `{encoding}`, which was not asked for")]
    UnknownEncoding { encoding: String },
    #[error("the answer is not valid gzip")]
    BadGzip { source: io::Error },
}

impl Problem for TransportProblem {
    fn kind(&self) -> ErrorKind {
        match self {
            TransportProblem::NoClient { .. }
            | TransportProblem::BadUserAgent { .. }
            | TransportProblem::NotAProxy { .. }
            | TransportProblem::NoTls { .. }
            | TransportProblem::NoCrypto
            | TransportProblem::NoRoots
            | TransportProblem::BadAuthority { .. }
            | TransportProblem::BadCertificate { .. }
            | TransportProblem::WrongKey
            | TransportProblem::EncryptedKey
            | TransportProblem::UnusableKey { .. }
            | TransportProblem::RsaKey { .. }
            | TransportProblem::NoCertificate { .. }
            | TransportProblem::NotPem { .. }
            | TransportProblem::NoKey
            | TransportProblem::NotAServerName { .. }
            | TransportProblem::NoToken { .. } => ErrorKind::Config,
            TransportProblem::NotAUrl { .. }
            | TransportProblem::NobodyToActAs
            | TransportProblem::NotActable { .. } => ErrorKind::Request,
            TransportProblem::UnknownEncoding { .. } | TransportProblem::BadGzip { .. } => {
                ErrorKind::Transport(Fault::Other)
            }
        }
    }
}

#[cfg(test)]
fn exchange(fault: Fault, cause: impl StdError + Send + Sync + 'static) -> ExchangeProblem {
    ExchangeProblem {
        server: "https://10.0.0.1:6443".parse().unwrap(),
        fault,
        cause: Box::new(cause),
    }
}

samples!(ExchangeProblem {
    ExchangeProblem { fault: Fault::Connect, .. } => [exchange(
        Fault::Connect,
        io::Error::from(io::ErrorKind::ConnectionRefused),
    )],
    ExchangeProblem { fault: Fault::Timeout, .. } => [exchange(Fault::Timeout, Late)],
    ExchangeProblem { fault: Fault::Broken, .. } => [exchange(
        Fault::Broken,
        io::Error::from(io::ErrorKind::ConnectionReset),
    )],
    ExchangeProblem { fault: Fault::Other, .. } => [exchange(
        Fault::Other,
        rustls::Error::from(CertificateProblem::UnusableKey),
    )],
});

samples!(TransportProblem {
    TransportProblem::NoClient { .. } => [TransportProblem::NoClient {
        source: reqwest::Client::builder()
            .user_agent("\n")
            .build()
            .map(|_| ())
            .unwrap_err(),
    }],
    TransportProblem::BadUserAgent { .. } => [TransportProblem::BadUserAgent {
        source: http::HeaderValue::from_str("\n").unwrap_err(),
    }],
    TransportProblem::NotAProxy { .. } => [TransportProblem::NotAProxy {
        address: "http://a|b:80".to_owned(),
        source: "http://a|b:80".parse::<http::Uri>().unwrap_err(),
    }],
    TransportProblem::NoTls { .. } => [TransportProblem::NoTls {
        source: rustls::Error::FailedToGetRandomBytes,
    }],
    TransportProblem::NoCrypto => [TransportProblem::NoCrypto],
    TransportProblem::NoRoots => [TransportProblem::NoRoots],
    TransportProblem::BadAuthority { .. } => [TransportProblem::BadAuthority {
        source: Malformed::Part("validity"),
    }],
    TransportProblem::BadCertificate { .. } => [TransportProblem::BadCertificate {
        field: "client-certificate",
        source: Malformed::Part("validity"),
    }],
    TransportProblem::WrongKey => [TransportProblem::WrongKey],
    TransportProblem::EncryptedKey => [TransportProblem::EncryptedKey],
    TransportProblem::UnusableKey { .. } => [TransportProblem::UnusableKey {
        source: rustls::Error::General("failed to parse private key".to_owned()),
    }],
    TransportProblem::RsaKey { .. } => [TransportProblem::RsaKey {
        bits: 1024,
        source: rustls::Error::General("failed to parse private key".to_owned()),
    }],
    TransportProblem::NoCertificate { .. } => [TransportProblem::NoCertificate {
        field: "certificate-authority",
    }],
    TransportProblem::NotPem { .. } => [TransportProblem::NotPem {
        field: "client-certificate",
        source: rustls::pki_types::pem::Error::MissingSectionEnd {
            end_marker: b"CERTIFICATE".to_vec(),
        },
    }],
    TransportProblem::NoKey => [TransportProblem::NoKey],
    TransportProblem::NotAServerName { .. } => [TransportProblem::NotAServerName {
        name: "a b".to_owned(),
        source: rustls::pki_types::DnsName::try_from("a b").map(|_| ()).unwrap_err(),
    }],
    TransportProblem::NobodyToActAs => [TransportProblem::NobodyToActAs],
    TransportProblem::NotActable { .. } => [TransportProblem::NotActable { field: "group" }],
    TransportProblem::NoToken { .. } => [TransportProblem::NoToken {
        path: PathBuf::from("/run/token"),
    }],
    TransportProblem::NotAUrl { .. } => [TransportProblem::NotAUrl {
        uri: "/version".to_owned(),
        source: url::ParseError::RelativeUrlWithoutBase,
    }],
    TransportProblem::UnknownEncoding { .. } => [TransportProblem::UnknownEncoding {
        encoding: "br".to_owned(),
    }],
    TransportProblem::BadGzip { .. } => [TransportProblem::BadGzip {
        source: io::Error::new(io::ErrorKind::InvalidInput, "invalid gzip header"),
    }],
});
