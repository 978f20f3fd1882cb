//! The errors of certificates: what is wrong with one, or with the chain that a server shows.

use std::sync::Arc;

use jiff::Timestamp;
use rustls::{CertificateError, OtherError};

use crate::model::error::samples;

/// Why bytes are not a certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Malformed {
    #[error("its {0} is malformed")]
    Part(&'static str),
    #[error("its serial number is negative")]
    NegativeSerial,
    #[error("it has the extension {oid} twice")]
    Duplicate { oid: String },
    #[error("its extension {oid} is malformed")]
    Extension { oid: String },
}

/// Why a server's certificate is not accepted. Names in it are safe to print.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CertificateProblem {
    #[error("certificate {position} of those that the server sent is not valid")]
    Malformed { position: usize, source: Malformed },
    #[error(
        "the server sent a certificate with an RSA key of {bits} bits: more than 8192 are not accepted"
    )]
    HugeKey { bits: usize },
    #[error("the key of the server's certificate is of a kind that cannot sign")]
    UnusableKey,
    #[error("the public key in certificate {position} of those that the server sent is not valid")]
    InvalidKey { position: usize },
    #[error("the certificate `{subject}` has the critical extension {oid}, which is not supported")]
    UnknownExtension { subject: String, oid: String },
    #[error("the certificate `{subject}` expired at {not_after}; it is {now} now")]
    Expired {
        subject: String,
        not_after: Timestamp,
        now: Timestamp,
    },
    #[error("the certificate `{subject}` is not valid before {not_before}; it is {now} now")]
    NotYetValid {
        subject: String,
        not_before: Timestamp,
        now: Timestamp,
    },
    #[error(
        "the server's certificate is not valid for {name}, but for {}",
        list(names)
    )]
    WrongName { name: String, names: Vec<String> },
    #[error(
        "the server's certificate is not valid for {name}: it has no subject alternative names, and `{subject}` is not used instead"
    )]
    NoNames { name: String, subject: String },
    #[error("the certificate `{subject}` may not be used for servers (extended key usage)")]
    WrongPurpose { subject: String },
    #[error("the issuer of the certificate `{subject}` is unknown: `{issuer}`")]
    UnknownIssuer { subject: String, issuer: String },
    #[error(
        "the server's certificate `{subject}` issued itself: to trust it, make it the certificate authority"
    )]
    SelfSigned { subject: String },
    #[error(
        "the server shows a certificate of an authority, `{subject}`: it is only accepted if the certificate authority is that very certificate"
    )]
    AuthorityAsServer { subject: String },
    #[error("`{subject}` issued a certificate, but is not a certificate authority")]
    NotAnAuthority { subject: String },
    #[error("`{subject}` issued a certificate, but its key may not sign certificates (key usage)")]
    MayNotSign { subject: String },
    #[error("more authorities follow `{subject}` than its path length allows")]
    TooLong { subject: String },
    #[error(
        "an authority may not issue the certificate `{subject}` for its names (name constraints)"
    )]
    NameConstraints { subject: String },
    #[error("`{subject}` demands certificate policies, which are not supported")]
    Policies { subject: String },
    #[error(
        "the certificate `{subject}` was not signed with the key of `{issuer}`: another authority of that name issued it, or somebody changed it"
    )]
    BadSignature { subject: String, issuer: String },
    #[error(
        "the signature of the certificate `{subject}` by `{issuer}` cannot be verified: {kind} is not supported with its key"
    )]
    UnknownSignature {
        subject: String,
        issuer: String,
        kind: String,
    },
    #[error(
        "the certificate `{subject}` has an RSA key of {bits} bits: at least 2048 are needed to be safe"
    )]
    WeakKey { subject: String, bits: usize },
    #[error("the server does not have the key of its certificate `{subject}`")]
    NotItsKey { subject: String },
    #[error("the certificates of the server have no valid path to a certificate authority")]
    NoPath { source: webpki::Error },
}

/// An error of rustls that keeps the problem as its cause.
impl From<CertificateProblem> for rustls::Error {
    fn from(problem: CertificateProblem) -> Self {
        CertificateError::Other(OtherError(Arc::new(problem))).into()
    }
}

/// More names are counted.
const MOST_NAMES: usize = 20;

fn list(names: &[String]) -> String {
    let more = names.len().saturating_sub(MOST_NAMES);
    let shown = names[..names.len() - more].join(", ");
    match more {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[cfg(test)]
fn cn(name: &str) -> String {
    format!("CN={name}")
}

samples!(Malformed {
    Malformed::Part(_) => [Malformed::Part("validity")],
    Malformed::NegativeSerial => [Malformed::NegativeSerial],
    Malformed::Duplicate { .. } => [Malformed::Duplicate { oid: "2.5.29.17".to_owned() }],
    Malformed::Extension { .. } => [Malformed::Extension { oid: "2.5.29.17".to_owned() }],
});

samples!(CertificateProblem {
    CertificateProblem::Malformed { .. } => [CertificateProblem::Malformed {
        position: 2,
        source: Malformed::NegativeSerial,
    }],
    CertificateProblem::HugeKey { .. } => [CertificateProblem::HugeKey { bits: 16384 }],
    CertificateProblem::UnusableKey => [CertificateProblem::UnusableKey],
    CertificateProblem::InvalidKey { .. } => [CertificateProblem::InvalidKey { position: 2 }],
    CertificateProblem::UnknownExtension { .. } => [CertificateProblem::UnknownExtension {
        subject: cn("web"),
        oid: "1.2.3".to_owned(),
    }],
    CertificateProblem::Expired { .. } => [CertificateProblem::Expired {
        subject: cn("web"),
        not_after: time("2026-01-01T00:00:00Z"),
        now: time("2026-11-30T12:00:00Z"),
    }],
    CertificateProblem::NotYetValid { .. } => [CertificateProblem::NotYetValid {
        subject: cn("web"),
        not_before: time("2027-01-01T00:00:00Z"),
        now: time("2026-11-30T12:00:00Z"),
    }],
    CertificateProblem::WrongName { .. } => [CertificateProblem::WrongName {
        name: "a.example".to_owned(),
        names: vec!["kubernetes".to_owned(), "10.0.0.1".to_owned()],
    }],
    CertificateProblem::NoNames { .. } => [CertificateProblem::NoNames {
        name: "a.example".to_owned(),
        subject: cn("a.example"),
    }],
    CertificateProblem::WrongPurpose { .. } => [CertificateProblem::WrongPurpose {
        subject: cn("web"),
    }],
    CertificateProblem::UnknownIssuer { .. } => [CertificateProblem::UnknownIssuer {
        subject: cn("web"),
        issuer: cn("stranger"),
    }],
    CertificateProblem::SelfSigned { .. } => [CertificateProblem::SelfSigned {
        subject: cn("web"),
    }],
    CertificateProblem::AuthorityAsServer { .. } => [CertificateProblem::AuthorityAsServer {
        subject: cn("web"),
    }],
    CertificateProblem::NotAnAuthority { .. } => [CertificateProblem::NotAnAuthority {
        subject: cn("web"),
    }],
    CertificateProblem::MayNotSign { .. } => [CertificateProblem::MayNotSign {
        subject: cn("authority"),
    }],
    CertificateProblem::TooLong { .. } => [CertificateProblem::TooLong {
        subject: cn("authority"),
    }],
    CertificateProblem::NameConstraints { .. } => [CertificateProblem::NameConstraints {
        subject: cn("web"),
    }],
    CertificateProblem::Policies { .. } => [CertificateProblem::Policies {
        subject: cn("authority"),
    }],
    CertificateProblem::BadSignature { .. } => [CertificateProblem::BadSignature {
        subject: cn("web"),
        issuer: cn("authority"),
    }],
    CertificateProblem::UnknownSignature { .. } => [CertificateProblem::UnknownSignature {
        subject: cn("web"),
        issuer: cn("authority"),
        kind: "SHA-1 with RSA".to_owned(),
    }],
    CertificateProblem::WeakKey { .. } => [CertificateProblem::WeakKey {
        subject: cn("web"),
        bits: 1024,
    }],
    CertificateProblem::NotItsKey { .. } => [CertificateProblem::NotItsKey {
        subject: cn("web"),
    }],
    CertificateProblem::NoPath { .. } => [CertificateProblem::NoPath {
        source: webpki::Error::MaximumPathDepthExceeded,
    }],
});
