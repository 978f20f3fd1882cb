//! The search for a path from the certificates of a server to a certificate authority.
//!
//! webpki finds the paths and checks signatures, dates and name constraints. Each path that it
//! accepts is checked again by Go's rules, with what webpki does not look at: what the root
//! says, key usage, and policies. A check can only refuse. One case is decided without webpki,
//! as Go does: a server that shows a certificate which is configured as an authority.

use std::cell::RefCell;

use jiff::Timestamp;
use rustls::crypto::WebPkiSupportedAlgorithms;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use webpki::{EndEntityCert, ExtendedKeyUsageValidator, KeyPurposeIdIter, VerifiedPath};

use super::authorities::Authorities;
use crate::wire::transport::certificate::problem::CertificateProblem;
use crate::wire::transport::certificate::{Certificate, PublicKey, printable};

/// What a server showed, and what it is compared with.
pub(super) struct Shown<'a> {
    pub(super) leaf: &'a CertificateDer<'a>,
    pub(super) others: &'a [CertificateDer<'a>],
    /// The same, read: the leaf first.
    pub(super) read: &'a [Certificate<'a>],
    pub(super) now: UnixTime,
}

/// The certificates of an accepted path, without its root.
pub(super) type Path<'a> = Vec<&'a [u8]>;

/// Finds a path from the leaf, which must be valid for this name, to an authority.
pub(super) fn find<'a>(
    shown: &Shown<'a>,
    name: &ServerName<'_>,
    authorities: &Authorities,
    algorithms: &WebPkiSupportedAlgorithms,
) -> Result<Path<'a>, CertificateProblem> {
    let Some(leaf) = shown.read.first() else {
        return Err(CertificateProblem::NoPath {
            source: webpki::Error::BadDer,
        });
    };
    let now = timestamp(shown.now);
    let refused = |refused: Refused| refused.problem(shown.read, authorities, now);
    leaf.check_at(now)?;
    check_name(leaf, shown.leaf, name).map_err(refused)?;
    if authorities.contain(leaf) {
        check_purpose(leaf)?;
        return Ok(vec![leaf.der]);
    }
    build(shown, authorities, algorithms, now).map_err(refused)
}

pub(super) fn timestamp(now: UnixTime) -> Timestamp {
    let seconds = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
}

/// Names are compared by webpki, which has Go's rules for them, or stricter ones.
fn check_name(
    leaf: &Certificate<'_>,
    der: &CertificateDer<'_>,
    name: &ServerName<'_>,
) -> Result<(), Refused> {
    let names = leaf.names();
    let name_shown = printable(&name.to_str());
    if names.is_empty() {
        return Err(Refused::Here(CertificateProblem::NoNames {
            name: name_shown,
            subject: leaf.subject(),
        }));
    }
    let leaf = EndEntityCert::try_from(der).map_err(Refused::Webpki)?;
    leaf.verify_is_valid_for_subject_name(name).map_err(|_| {
        Refused::Here(CertificateProblem::WrongName {
            name: name_shown,
            names,
        })
    })
}

fn check_purpose(certificate: &Certificate<'_>) -> Result<(), CertificateProblem> {
    match certificate.extensions.allows_serving() {
        true => Ok(()),
        false => Err(CertificateProblem::WrongPurpose {
            subject: certificate.subject(),
        }),
    }
}

/// Why there is no path: the first path that was refused here, or what webpki says.
enum Refused {
    Here(CertificateProblem),
    Webpki(webpki::Error),
}

fn build<'a>(
    shown: &Shown<'a>,
    authorities: &Authorities,
    algorithms: &WebPkiSupportedAlgorithms,
    now: Timestamp,
) -> Result<Path<'a>, Refused> {
    let refused = RefCell::new(None);
    let accepted = RefCell::new(Vec::new());
    let verify_path = |path: &VerifiedPath<'_>| {
        let candidate = candidate(path, shown.read, authorities);
        let checked = candidate.ok_or(None).and_then(|(below, root)| {
            check_path(&below, &root, now).map_err(Some)?;
            Ok(below.iter().map(|certificate| certificate.der).collect())
        });
        match checked {
            Ok(path) => *accepted.borrow_mut() = path,
            Err(problem) => {
                let mut refused = refused.borrow_mut();
                *refused = refused.take().or(problem);
                // An error that does not end the search for other paths.
                return Err(webpki::Error::UnknownIssuer);
            }
        }
        Ok(())
    };
    let found = EndEntityCert::try_from(shown.leaf).and_then(|leaf| {
        leaf.verify_for_usage(
            algorithms.all,
            authorities.anchors(),
            shown.others,
            shown.now,
            ServerPurpose,
            None,
            Some(&verify_path),
        )
        .map(|_| ())
    });
    match (found, refused.into_inner()) {
        (Ok(()), _) => Ok(accepted.into_inner()),
        (Err(_), Some(problem)) => Err(Refused::Here(problem)),
        (Err(error), None) => Err(Refused::Webpki(error)),
    }
}

/// The certificates of a path from the leaf on, and its root.
fn candidate<'a, 'r>(
    path: &VerifiedPath<'_>,
    read: &'a [Certificate<'a>],
    authorities: &'r Authorities,
) -> Option<(Vec<&'a Certificate<'a>>, Certificate<'r>)> {
    let mut below = vec![read.first()?];
    for intermediate in path.intermediate_certificates() {
        let der = intermediate.der();
        below.push(read.iter().find(|read| read.der == der.as_ref())?);
    }
    Some((below, authorities.certificate_of(path.anchor())?))
}

/// Go's rules for a path whose signatures are right.
fn check_path(
    below: &[&Certificate<'_>],
    root: &Certificate<'_>,
    now: Timestamp,
) -> Result<(), CertificateProblem> {
    for certificate in below {
        certificate.check_at(now)?;
        if certificate.extensions.demands_policies {
            return Err(CertificateProblem::Policies {
                subject: certificate.subject(),
            });
        }
    }
    root.check_at(now)?;
    for (above, certificate) in below.iter().copied().chain([root]).enumerate() {
        check_purpose(certificate)?;
        if let Some(intermediates) = above.checked_sub(1) {
            check_authority(certificate, intermediates, above == below.len())?;
        }
    }
    check_constraints(below, root)
}

/// Whether a certificate may have issued another, with so many authorities between it and the
/// leaf. Only a root may be older than the extension that says so.
fn check_authority(
    certificate: &Certificate<'_>,
    intermediates: usize,
    is_root: bool,
) -> Result<(), CertificateProblem> {
    let subject = || certificate.subject();
    let is_old_root = is_root && !certificate.is_version_3();
    let basic = certificate.extensions.basic;
    if !basic.map_or(is_old_root, |basic| basic.is_authority) {
        return Err(CertificateProblem::NotAnAuthority { subject: subject() });
    }
    if !certificate.extensions.allows_signing() {
        return Err(CertificateProblem::MayNotSign { subject: subject() });
    }
    if certificate.key == PublicKey::Other {
        return Err(CertificateProblem::UnusableKey);
    }
    let length = basic.and_then(|basic| basic.path_length);
    let is_longer = |length| usize::try_from(length).is_ok_and(|length| intermediates > length);
    match length.is_some_and(is_longer) {
        true => Err(CertificateProblem::TooLong { subject: subject() }),
        false => Ok(()),
    }
}

/// Names that cannot be compared with constraints pass no constraints at all. webpki has
/// compared the others.
fn check_constraints(
    below: &[&Certificate<'_>],
    root: &Certificate<'_>,
) -> Result<(), CertificateProblem> {
    let mut are_constrained = root.extensions.constrains_names;
    for certificate in below.iter().rev() {
        let names = certificate.extensions.names.as_ref();
        if are_constrained && names.is_some_and(|names| names.has_unmatchable) {
            return Err(CertificateProblem::NameConstraints {
                subject: certificate.subject(),
            });
        }
        are_constrained |= certificate.extensions.constrains_names;
    }
    Ok(())
}

/// The extended key usage of a server, or any.
struct ServerPurpose;

const ANY_PURPOSE: &[usize] = &[2, 5, 29, 37, 0];

impl ExtendedKeyUsageValidator for ServerPurpose {
    fn validate(&self, purposes: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        let mut present = Vec::new();
        for purpose in purposes {
            present.push(purpose?.to_decoded_oid());
        }
        let is_allowed = |purpose: &Vec<usize>| {
            [ANY_PURPOSE, webpki::KeyUsage::SERVER_AUTH_REPR].contains(&purpose.as_slice())
        };
        if present.is_empty() || present.iter().any(is_allowed) {
            return Ok(());
        }
        let required = webpki::KeyUsage::server_auth();
        let context = webpki::RequiredEkuNotFoundContext { required, present };
        Err(webpki::Error::RequiredEkuNotFoundContext(context))
    }
}

impl Refused {
    /// What people can do something about. webpki does not say which certificate it means.
    fn problem(
        self,
        read: &[Certificate<'_>],
        authorities: &Authorities,
        now: Timestamp,
    ) -> CertificateProblem {
        use webpki::Error as Webpki;
        let (error, leaf) = match (self, read.first()) {
            (Refused::Here(problem), _) => return problem,
            (Refused::Webpki(source), None) => return CertificateProblem::NoPath { source },
            (Refused::Webpki(error), Some(leaf)) => (error, leaf),
        };
        let subject = leaf.subject();
        match error {
            Webpki::UnknownIssuer => unknown_issuer(read, leaf),
            Webpki::CaUsedAsEndEntity => CertificateProblem::AuthorityAsServer { subject },
            Webpki::NameConstraintViolation => CertificateProblem::NameConstraints { subject },
            Webpki::PathLenConstraintViolated => CertificateProblem::TooLong { subject },
            Webpki::RequiredEkuNotFoundContext(_) => CertificateProblem::WrongPurpose {
                subject: first(read, |it| !it.extensions.allows_serving()).unwrap_or(subject),
            },
            Webpki::EndEntityUsedAsCa => CertificateProblem::NotAnAuthority {
                subject: first(&read[1..], |it| !it.is_authority()).unwrap_or(subject),
            },
            Webpki::InvalidSignatureForPublicKey => bad_signature(read, leaf, authorities),
            Webpki::UnsupportedSignatureAlgorithmContext(_)
            | Webpki::UnsupportedSignatureAlgorithmForPublicKeyContext(_) => {
                CertificateProblem::UnknownSignature {
                    subject,
                    issuer: leaf.issuer(),
                    kind: leaf.signature(),
                }
            }
            source => {
                expired_or_critical(read, now).unwrap_or(CertificateProblem::NoPath { source })
            }
        }
    }
}

fn first(read: &[Certificate<'_>], is: impl Fn(&Certificate<'_>) -> bool) -> Option<String> {
    let found = read.iter().find(|certificate| is(certificate));
    found.map(Certificate::subject)
}

/// Names the issuer that is missing: that of the last certificate which others lead to.
fn unknown_issuer(read: &[Certificate<'_>], leaf: &Certificate<'_>) -> CertificateProblem {
    let subject = leaf.subject();
    if leaf.has_issued_itself() {
        return CertificateProblem::SelfSigned { subject };
    }
    let mut last = leaf;
    for _ in read {
        let issuer = read.iter().find(|it| last.is_issued_by(it));
        last = issuer.filter(|it| !it.has_issued_itself()).unwrap_or(last);
    }
    CertificateProblem::UnknownIssuer {
        subject,
        issuer: last.issuer(),
    }
}

fn bad_signature(
    read: &[Certificate<'_>],
    leaf: &Certificate<'_>,
    authorities: &Authorities,
) -> CertificateProblem {
    let issuers = authorities
        .iter()
        .filter(|it| read.iter().any(|read| read.is_issued_by(it)));
    let weak = read.iter().find_map(weak_key);
    weak.or_else(|| issuers.filter_map(|it| weak_key(&it)).next())
        .unwrap_or_else(|| CertificateProblem::BadSignature {
            subject: leaf.subject(),
            issuer: leaf.issuer(),
        })
}

/// No provider verifies with RSA keys that are this short.
pub(super) fn weak_key(certificate: &Certificate<'_>) -> Option<CertificateProblem> {
    match certificate.key {
        PublicKey::Rsa { bits } if bits < 2048 => Some(CertificateProblem::WeakKey {
            subject: certificate.subject(),
            bits,
        }),
        _ => None,
    }
}

fn expired_or_critical(read: &[Certificate<'_>], now: Timestamp) -> Option<CertificateProblem> {
    read.iter().find_map(|certificate| {
        let unsupported = certificate.critical_policy_problem();
        certificate.check_at(now).err().or(unsupported)
    })
}
