//! Client certificates: the authorities that sign them, and the users whom they name.

use std::io;
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;

use super::super::user::User;

/// The authorities whose signature makes a client known.
#[derive(Debug, Clone)]
pub(super) struct ClientAuthorities(Arc<dyn ClientCertVerifier>);

/// A user by certificate, until it expires.
#[derive(Debug)]
pub(super) struct Known {
    user: Arc<User>,
    /// In seconds since 1970.
    until: u64,
}

impl ClientAuthorities {
    /// Reads certificates in PEM; `None` when there are none, which trusts nobody.
    pub(super) fn parse(pem: &str) -> io::Result<Option<Self>> {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
            let added = certificate.map(|certificate| roots.add(certificate));
            added.map_err(invalid)?.map_err(invalid)?;
        }
        if roots.is_empty() {
            return Ok(None);
        }
        let provider = Arc::new(ring::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
        Ok(Some(Self(verifier.build().map_err(invalid)?)))
    }

    /// The user whom a chain names, if one of these authorities signed it and it has not expired.
    pub(super) fn judge(&self, chain: &[CertificateDer<'static>]) -> Option<Known> {
        let (end_entity, intermediates) = chain.split_first()?;
        let verified = self
            .0
            .verify_client_cert(end_entity, intermediates, UnixTime::now());
        verified.ok()?;
        let (_, certificate) = X509Certificate::from_der(end_entity).ok()?;
        let subject = certificate.subject();
        let name = subject.iter_common_name().next()?.as_str().ok()?;
        let groups = subject
            .iter_organization()
            .filter_map(|group| group.as_str().ok());
        Some(Known {
            user: Arc::new(User::new(name, groups.map(str::to_owned).collect())),
            until: certificate
                .validity()
                .not_after
                .timestamp()
                .try_into()
                .ok()?,
        })
    }
}

impl Known {
    pub(super) fn user_now(&self) -> Option<Arc<User>> {
        (UnixTime::now().as_secs() <= self.until).then(|| self.user.clone())
    }
}

fn invalid(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificates::Authority;

    #[test]
    fn a_certificate_names_a_user_to_its_authority_alone() {
        let (ours, theirs) = (Authority::new("a").unwrap(), Authority::new("b").unwrap());
        let clients = ClientAuthorities::parse(ours.certificate_pem())
            .unwrap()
            .unwrap();
        let user = |authority: &Authority| {
            let alice = authority.issue_client("alice", Some("devs")).unwrap();
            let der = CertificateDer::from_pem_slice(alice.certificate_pem().as_bytes()).unwrap();
            clients.judge(&[der])?.user_now()
        };
        let alice = user(&ours).unwrap();
        assert_eq!(
            (alice.name.as_str(), &alice.groups[0][..]),
            ("alice", "devs")
        );
        assert_eq!(user(&theirs), None);
        assert!(ClientAuthorities::parse("").unwrap().is_none());
    }

    #[test]
    fn a_certificate_is_worth_nothing_after_its_end() {
        let user = Arc::new(User::admin());
        let until = UnixTime::now().as_secs();
        let known = |until| {
            Known {
                user: user.clone(),
                until,
            }
            .user_now()
        };
        assert!(known(until + 60).is_some());
        assert_eq!(known(until - 60), None);
    }
}
