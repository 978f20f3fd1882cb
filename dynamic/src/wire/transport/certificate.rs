//! X.509 certificates, read by the rules of Go's `crypto/x509`.
//!
//! webpki builds and checks paths, but reads less of a certificate than Go does, and trusts a
//! root whatever it says. What is read here is only ever a reason to refuse
//! ([rule C13](crate::semantics#c13)), so a certificate that Go refuses must not pass: where the
//! two cannot be the same, this reader is the stricter one.

mod der;
mod extensions;
mod general_names;
mod key;
mod name;
pub(crate) mod problem;
mod time;

use std::net::IpAddr;

use jiff::Timestamp;

use self::der::{Reader, SEQUENCE, constructed, context};
pub(crate) use self::extensions::Extensions;
pub(crate) use self::key::{Curve, PublicKey};
pub(crate) use self::name::printable;
use self::problem::{CertificateProblem, Malformed};
pub(crate) use self::time::Validity;

/// A certificate that lies in a slice.
#[derive(Debug)]
pub(crate) struct Certificate<'a> {
    pub(crate) der: &'a [u8],
    version: u32,
    issuer: &'a [u8],
    subject: &'a [u8],
    pub(crate) validity: Validity,
    /// The `SubjectPublicKeyInfo`, all of it.
    pub(crate) key_info: &'a [u8],
    pub(crate) key: PublicKey<'a>,
    pub(crate) extensions: Extensions<'a>,
    /// The identifier of the algorithm that it is signed with.
    signature: &'a [u8],
}

impl<'a> Certificate<'a> {
    /// Reads a certificate with nothing behind it.
    pub(crate) fn read(der: &'a [u8]) -> Result<Self, Malformed> {
        let part = |part| move || Malformed::Part(part);
        let mut outer = der::only(der, SEQUENCE).ok_or_else(part("outer form"))?;
        let mut body = outer.open(SEQUENCE).ok_or_else(part("body"))?;
        let algorithm = outer
            .read(SEQUENCE)
            .ok_or_else(part("signature algorithm"))?;
        outer.bits().ok_or_else(part("signature"))?;
        outer.end().ok_or_else(part("end"))?;

        let version = version(&mut body).ok_or_else(part("version"))?;
        serial(&mut body)?;
        let signature = signature(&mut body, algorithm).ok_or_else(part("signature algorithm"))?;
        let issuer = distinguished_name(&mut body).ok_or_else(part("issuer"))?;
        let validity = body.open(SEQUENCE).and_then(Validity::read);
        let validity = validity.ok_or_else(part("validity"))?;
        let subject = distinguished_name(&mut body).ok_or_else(part("subject"))?;
        let (key_info, key) = key(&mut body).ok_or_else(part("public key"))?;
        let extensions = extensions(body, version)?;
        Ok(Certificate {
            der,
            version,
            issuer,
            subject,
            validity,
            key_info,
            key,
            extensions,
            signature,
        })
    }

    /// The subject, safe to print.
    pub(crate) fn subject(&self) -> String {
        name::shown(self.subject)
    }

    /// The issuer, safe to print.
    pub(crate) fn issuer(&self) -> String {
        name::shown(self.issuer)
    }

    pub(crate) fn has_issued_itself(&self) -> bool {
        self.issuer == self.subject
    }

    /// Whether the other one has the name of its issuer.
    pub(crate) fn is_issued_by(&self, other: &Certificate<'_>) -> bool {
        self.issuer == other.subject
    }

    pub(crate) fn is_authority(&self) -> bool {
        self.extensions
            .basic
            .is_some_and(|basic| basic.is_authority)
    }

    /// Go understands policies that are critical; webpki does not.
    pub(crate) fn critical_policy_problem(&self) -> Option<CertificateProblem> {
        let oid = self.extensions.critical_policy?;
        Some(CertificateProblem::UnknownExtension {
            subject: self.subject(),
            oid: der::shown(oid),
        })
    }

    /// The algorithm of the signature as people call it.
    pub(crate) fn signature(&self) -> String {
        key::algorithm_shown(self.signature)
    }

    /// Whether it is of version 3, which alone can say that it belongs to an authority.
    pub(crate) fn is_version_3(&self) -> bool {
        self.version == 2
    }

    /// What holds for every certificate of a path: nothing in it is critical and unknown, and
    /// it is valid now.
    pub(crate) fn check_at(&self, now: Timestamp) -> Result<(), CertificateProblem> {
        if let Some(oid) = self.extensions.unhandled {
            return Err(CertificateProblem::UnknownExtension {
                subject: self.subject(),
                oid: der::shown(oid),
            });
        }
        let Validity {
            not_before,
            not_after,
        } = self.validity;
        if now < not_before {
            return Err(CertificateProblem::NotYetValid {
                subject: self.subject(),
                not_before,
                now,
            });
        }
        if now > not_after {
            return Err(CertificateProblem::Expired {
                subject: self.subject(),
                not_after,
                now,
            });
        }
        Ok(())
    }

    /// The names that it is for, safe to print.
    pub(crate) fn names(&self) -> Vec<String> {
        let names = self.extensions.names.as_ref();
        let hosts = names.into_iter().flat_map(|names| &names.hosts);
        let addresses = names.into_iter().flat_map(|names| &names.addresses);
        hosts
            .map(|host| match host.parse::<IpAddr>() {
                // A name that no address matches, although it looks like one.
                Ok(address) => format!("DNS:{address}"),
                Err(_) => printable(host),
            })
            .chain(addresses.map(ToString::to_string))
            .collect()
    }
}

fn version(body: &mut Reader<'_>) -> Option<u32> {
    let Some(version) = body.optional(constructed(0))? else {
        return Some(0);
    };
    let mut version = Reader::new(version);
    let number = der::small(version.integer()?)?;
    version.end()?;
    (number <= 2).then_some(number)
}

fn serial(body: &mut Reader<'_>) -> Result<(), Malformed> {
    let serial = body.integer().ok_or(Malformed::Part("serial number"))?;
    match der::unsigned(serial) {
        Some(_) => Ok(()),
        None => Err(Malformed::NegativeSerial),
    }
}

/// The algorithm inside must be the one outside, which is not signed.
fn signature<'a>(body: &mut Reader<'a>, outside: &[u8]) -> Option<&'a [u8]> {
    let inside = body.read(SEQUENCE).filter(|inside| *inside == outside)?;
    let mut reader = Reader::new(inside);
    let oid = reader.oid()?;
    if !reader.is_empty() {
        reader.any()?;
    }
    reader.end()?;
    Some(oid)
}

fn distinguished_name<'a>(body: &mut Reader<'a>) -> Option<&'a [u8]> {
    let name = body.element(SEQUENCE)?;
    name::check(Reader::new(name.body))?;
    Some(name.whole)
}

fn key<'a>(body: &mut Reader<'a>) -> Option<(&'a [u8], PublicKey<'a>)> {
    let info = body.element(SEQUENCE)?;
    let key = PublicKey::read(Reader::new(info.body))?;
    Some((info.whole, key))
}

/// What follows the key. Only version 3 has extensions, and only later ones than the first have
/// the identifiers before them.
fn extensions(mut body: Reader<'_>, version: u32) -> Result<Extensions<'_>, Malformed> {
    let list = Malformed::Part("list of extensions");
    if version > 0 {
        for number in [1, 2] {
            let identifier = body.optional(context(number));
            identifier.ok_or(Malformed::Part("unique identifier"))?;
        }
    }
    if body.is_empty() {
        return Ok(Extensions::default());
    }
    let outer = body.read(constructed(3)).filter(|_| version == 2);
    let inner = outer.and_then(|outer| der::only(outer, SEQUENCE));
    let extensions = Extensions::read(inner.ok_or(list.clone())?)?;
    body.end().ok_or(list)?;
    Ok(extensions)
}

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, KeyPair};

    use super::*;

    #[test]
    fn a_certificate_is_read_with_what_decides_about_it() {
        let mut params = CertificateParams::new(["a.example".to_owned(), "10.0.0.1".to_owned()]);
        let params = params.as_mut().unwrap();
        params
            .distinguished_name
            .push(DnType::CommonName, "a\u{1b}b");
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(1));
        let key = KeyPair::generate().unwrap();
        let made = params.self_signed(&key).unwrap();
        let read = Certificate::read(made.der()).unwrap();
        assert_eq!(read.names(), ["a.example", "10.0.0.1"]);
        assert!(
            read.subject().contains("CN=a\\u{1b}b"),
            "{}",
            read.subject()
        );
        assert!(read.has_issued_itself() && read.is_version_3());
        let basic = read.extensions.basic.unwrap();
        assert_eq!((basic.is_authority, basic.path_length), (true, Some(1)));
        assert_eq!(read.signature(), "ECDSA with SHA-256");
    }

    #[test]
    fn no_change_of_one_byte_makes_it_fail_otherwise_than_by_an_error() {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(["a.example".to_owned()]).unwrap();
        let der = params.self_signed(&key).unwrap().der().to_vec();
        for at in 0..der.len() {
            for change in [1, 0x80, 0xff] {
                let mut changed = der.clone();
                changed[at] ^= change;
                let _ = Certificate::read(&changed).map(|read| (read.subject(), read.names()));
            }
            assert!(Certificate::read(&der[..at]).is_err());
        }
        assert!(Certificate::read(&[&der[..], &[0]].concat()).is_err());
    }
}
