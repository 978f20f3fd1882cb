//! TLS as the configuration wants it, on rustls.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{
    ClientConfig, ConfigBuilder, DigitallySignedStruct, RootCertStore, SignatureScheme,
    WantsVerifier,
};
use rustls_platform_verifier::BuilderVerifierExt;
use secrecy::ExposeSecret;

use crate::model::error::Result;
use crate::wire::config::{Identity, TlsOptions};
use crate::wire::transport::problem::TransportProblem;

/// TLS 1.2 or newer ([rule C13](crate::semantics#c13)); HTTP/2 where the server speaks it.
pub(super) fn client_config(options: &TlsOptions) -> Result<ClientConfig> {
    let versions = versions()?;
    let verified = if options.insecure {
        let provider = Arc::clone(versions.crypto_provider());
        versions
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(AnyCertificate { provider }))
    } else if let Some(pem) = &options.ca {
        versions.with_root_certificates(roots(pem)?)
    } else {
        versions.with_platform_verifier().map_err(unusable)?
    };
    let mut config = match &options.identity {
        Some(identity) => {
            let (chain, key) = identity_parts(identity)?;
            verified
                .with_client_auth_cert(chain, key)
                .map_err(|source| TransportProblem::BadIdentity { source })?
        }
        None => verified.with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// For a client that speaks no TLS but must be given some: no certificate would pass.
pub(super) fn trusting_nobody() -> Result<ClientConfig> {
    Ok(versions()?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth())
}

fn versions() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, TransportProblem> {
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(unusable)
}

fn unusable(source: rustls::Error) -> TransportProblem {
    TransportProblem::NoTls { source }
}

fn roots(pem: &[u8]) -> Result<RootCertStore, TransportProblem> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates("certificate-authority", pem)? {
        let added = roots.add(certificate);
        added.map_err(|source| TransportProblem::BadAuthority { source })?;
    }
    Ok(roots)
}

fn identity_parts(
    identity: &Identity,
) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), TransportProblem> {
    let chain = certificates("client-certificate", &identity.certificate)?;
    let key = PrivateKeyDer::from_pem_slice(identity.key.expose_secret().as_bytes())
        .map_err(|_| TransportProblem::NoKey)?;
    Ok((chain, key))
}

fn certificates(
    field: &'static str,
    pem: &[u8],
) -> Result<Vec<CertificateDer<'static>>, TransportProblem> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        Ok(_) => Err(TransportProblem::NoCertificate { field }),
        Err(source) => Err(TransportProblem::NotPem { field, source }),
    }
}

/// `insecure-skip-tls-verify`: any server is trusted; signatures are still checked.
#[derive(Debug)]
struct AnyCertificate {
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(
            message,
            cert,
            dss,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(
            message,
            cert,
            dss,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    #[test]
    fn what_is_no_certificate_or_key_is_said_by_name() {
        let ca = |pem: &[u8]| TlsOptions {
            ca: Some(pem.to_vec()),
            ..TlsOptions::default()
        };
        for (options, expected) in [
            (ca(b""), "certificate-authority holds no certificate"),
            (ca(b"garbage"), "certificate-authority holds no certificate"),
            (
                ca(b"-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n"),
                "cannot be trusted",
            ),
        ] {
            let error = client_config(&options).unwrap_err();
            assert!(
                error.is_config() && error.to_string().contains(expected),
                "{error}"
            );
        }
    }

    #[test]
    fn a_bad_key_is_never_quoted() {
        let certificate =
            b"-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n".to_vec();
        let identity = Identity::new(certificate, SecretString::from("hunter2".to_owned()));
        let options = TlsOptions {
            insecure: true,
            identity: Some(identity),
            ..TlsOptions::default()
        };
        let error = client_config(&options).unwrap_err();
        assert!(!format!("{error:?}").contains("hunter2"));
        assert!(error.to_string().contains("client-key"), "{error}");
    }

    #[test]
    fn the_systems_roots_and_none_at_all_both_build() {
        assert!(client_config(&TlsOptions::default()).is_ok());
        assert!(
            client_config(&TlsOptions {
                insecure: true,
                ..TlsOptions::default()
            })
            .is_ok()
        );
    }
}
