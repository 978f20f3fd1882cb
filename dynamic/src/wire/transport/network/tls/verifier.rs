//! The decision whether a server is the one that is meant.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, SignatureScheme};

use super::authorities::Authorities;
use super::curve;
use super::path::{self, Shown};
use super::signature::Signed;
use crate::wire::transport::certificate::problem::CertificateProblem;
use crate::wire::transport::certificate::{Certificate, PublicKey};

/// Go refuses longer RSA keys, even where nothing is verified: a signature would take too long.
const MOST_RSA_BITS: usize = 8192;

/// Who may issue the certificate of a server.
#[derive(Debug)]
pub(super) enum Trust {
    Authorities(Authorities),
    /// Whom the operating system trusts, asked by its own interfaces.
    #[cfg(any(windows, target_vendor = "apple", target_os = "android"))]
    System(rustls_platform_verifier::Verifier),
    /// `insecure-skip-tls-verify`: signatures are still checked.
    Anybody,
}

#[derive(Debug)]
pub(super) struct Verifier {
    pub(super) trust: Trust,
    pub(super) provider: Arc<CryptoProvider>,
}

impl Verifier {
    /// Like Go, reads every certificate that was sent, wanted or not.
    fn read<'a>(
        leaf: &'a CertificateDer<'a>,
        others: &'a [CertificateDer<'a>],
    ) -> Result<Vec<Certificate<'a>>, CertificateProblem> {
        let sent = std::iter::once(leaf).chain(others);
        let read = sent.enumerate().map(|(index, der)| {
            let malformed = |source| CertificateProblem::Malformed {
                position: index + 1,
                source,
            };
            let certificate = Certificate::read(der).map_err(malformed)?;
            match certificate.key {
                PublicKey::Rsa { bits } if bits > MOST_RSA_BITS => {
                    Err(CertificateProblem::HugeKey { bits })
                }
                PublicKey::Other if index == 0 => Err(CertificateProblem::UnusableKey),
                _ => Ok(certificate),
            }
        });
        read.collect()
    }

    /// Certificates that no path needs must have a key that is one, too.
    fn check_keys(
        &self,
        read: &[Certificate<'_>],
        path: &[&[u8]],
    ) -> Result<(), CertificateProblem> {
        let is_used = |key_info: &[u8]| {
            let mut used = read.iter().filter(|it| path.contains(&it.der));
            used.any(|used| used.key_info == key_info)
        };
        for (index, certificate) in read.iter().enumerate().skip(1) {
            if let PublicKey::Ec { curve, point } = certificate.key
                && !is_used(certificate.key_info)
                && !curve::has_point(&self.provider, curve, point)
            {
                return Err(CertificateProblem::InvalidKey {
                    position: index + 1,
                });
            }
        }
        Ok(())
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let read = Verifier::read(leaf, others)?;
        let path = match &self.trust {
            Trust::Authorities(authorities) => {
                let shown = Shown {
                    leaf,
                    others,
                    read: &read,
                    now,
                };
                let algorithms = &self.provider.signature_verification_algorithms;
                path::find(&shown, name, authorities, algorithms)?
            }
            #[cfg(any(windows, target_vendor = "apple", target_os = "android"))]
            Trust::System(system) => {
                system.verify_server_cert(leaf, others, name, _ocsp_response, now)?;
                Vec::new()
            }
            Trust::Anybody => Vec::new(),
        };
        self.check_keys(&read, &path)?;
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let signed = Signed {
            message,
            certificate,
            signature,
        };
        signed.verify_tls12(&self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let signed = Signed {
            message,
            certificate,
            signature,
        };
        signed.verify_tls13(&self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}
