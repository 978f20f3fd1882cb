//! The signature with which a server shows that it has the key of its certificate.
//!
//! rustls would read the certificate again, and refuses one of version 1 or with an unknown
//! critical extension even where certificates are not verified. Only the key is needed.

use rustls::DigitallySignedStruct;
use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls13_signature_with_raw_key};
use rustls::pki_types::{CertificateDer, SubjectPublicKeyInfoDer};
use webpki::RawPublicKeyEntity;

use super::path::weak_key;
use crate::wire::transport::certificate::Certificate;
use crate::wire::transport::certificate::problem::CertificateProblem;

/// What was signed, and with what.
pub(super) struct Signed<'a> {
    pub(super) message: &'a [u8],
    pub(super) certificate: &'a CertificateDer<'a>,
    pub(super) signature: &'a DigitallySignedStruct,
}

impl Signed<'_> {
    /// In TLS 1.3 the scheme says which curve the key has.
    pub(super) fn verify_tls13(
        &self,
        algorithms: &WebPkiSupportedAlgorithms,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.with_key(|key| {
            verify_tls13_signature_with_raw_key(self.message, key, self.signature, algorithms)
        })
    }

    /// In TLS 1.2 a scheme is a hash, with keys of several curves.
    pub(super) fn verify_tls12(
        &self,
        algorithms: &WebPkiSupportedAlgorithms,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let scheme = self.signature.scheme;
        let mapping = algorithms
            .mapping
            .iter()
            .find(|(known, _)| *known == scheme);
        let (_, candidates) =
            mapping.ok_or(rustls::PeerMisbehaved::SignedHandshakeWithUnadvertisedSigScheme)?;
        self.with_key(|key| {
            let key = RawPublicKeyEntity::try_from(key).map_err(|_| bad_signature())?;
            let is_valid = candidates.iter().any(|algorithm| {
                key.verify_signature(*algorithm, self.message, self.signature.signature())
                    .is_ok()
            });
            match is_valid {
                true => Ok(HandshakeSignatureValid::assertion()),
                false => Err(bad_signature()),
            }
        })
    }

    /// Verifies with the key of the certificate. A wrong signature is explained by the
    /// certificate.
    fn with_key(
        &self,
        verify: impl Fn(&SubjectPublicKeyInfoDer<'_>) -> Result<HandshakeSignatureValid, rustls::Error>,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let certificate = Certificate::read(self.certificate).map_err(|source| {
            CertificateProblem::Malformed {
                position: 1,
                source,
            }
        })?;
        let key = SubjectPublicKeyInfoDer::from(certificate.key_info);
        verify(&key).map_err(|error| match error {
            rustls::Error::InvalidCertificate(_) => explained(&certificate).into(),
            other => other,
        })
    }
}

fn explained(certificate: &Certificate<'_>) -> CertificateProblem {
    let subject = certificate.subject();
    weak_key(certificate).unwrap_or(CertificateProblem::NotItsKey { subject })
}

fn bad_signature() -> rustls::Error {
    rustls::CertificateError::BadSignature.into()
}
