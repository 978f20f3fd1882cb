//! TLS as the configuration wants it, on rustls.
//!
//! A configuration is for one identity. Sessions are not resumed: a server that takes up an
//! earlier one sees the certificate of that time, although the client shows another now.

mod authorities;
mod curve;
mod identity;
#[cfg(feature = "ring")]
mod p521;
mod path;
mod pem;
mod provider;
mod signature;
mod verifier;

use std::sync::Arc;

use rustls::client::Resumption;
use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, ConfigBuilder, WantsVerifier};

use self::authorities::Authorities;
use self::verifier::{Trust, Verifier};
use crate::model::error::Result;
use crate::wire::config::TlsOptions;
use crate::wire::transport::problem::TransportProblem;

/// TLS 1.2 or newer ([rule C13](crate::semantics#c13)); HTTP/2 where the server speaks it.
pub(super) fn client_config(options: &TlsOptions) -> Result<ClientConfig> {
    let provider = provider::provider(options.crypto.as_ref())?;
    let verified = verified_by(trust(options, &provider)?, &provider)?;
    let mut config = match &options.identity {
        Some(identity) => {
            verified.with_client_cert_resolver(identity::resolver(identity, &provider)?)
        }
        None => verified.with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config.resumption = Resumption::disabled();
    Ok(config)
}

/// For a client that speaks no TLS but must be given some: no certificate would pass.
pub(super) fn trusting_nobody() -> Result<ClientConfig> {
    let provider = provider::provider(None)?;
    let nobody = Trust::Authorities(Authorities::default());
    Ok(verified_by(nobody, &provider)?.with_no_client_auth())
}

fn trust(options: &TlsOptions, provider: &Arc<CryptoProvider>) -> Result<Trust, TransportProblem> {
    match &options.ca {
        _ if options.insecure => Ok(Trust::Anybody),
        Some(pem) => Authorities::from_pem(pem).map(Trust::Authorities),
        None => of_system(provider),
    }
}

/// Like Go: the authorities in files are ours to check, and those that the operating system
/// keeps are the system's.
#[cfg(not(any(windows, target_vendor = "apple", target_os = "android")))]
fn of_system(_: &Arc<CryptoProvider>) -> Result<Trust, TransportProblem> {
    Authorities::of_system().map(Trust::Authorities)
}

#[cfg(any(windows, target_vendor = "apple", target_os = "android"))]
fn of_system(provider: &Arc<CryptoProvider>) -> Result<Trust, TransportProblem> {
    let verifier = rustls_platform_verifier::Verifier::new(Arc::clone(provider));
    verifier.map(Trust::System).map_err(unusable)
}

fn verified_by(
    trust: Trust,
    provider: &Arc<CryptoProvider>,
) -> Result<ConfigBuilder<ClientConfig, rustls::client::WantsClientCert>, TransportProblem> {
    let verifier = Verifier {
        trust,
        provider: Arc::clone(provider),
    };
    Ok(versions(provider)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier)))
}

fn versions(
    provider: &Arc<CryptoProvider>,
) -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, TransportProblem> {
    ClientConfig::builder_with_provider(Arc::clone(provider))
        .with_safe_default_protocol_versions()
        .map_err(unusable)
}

fn unusable(source: rustls::Error) -> TransportProblem {
    TransportProblem::NoTls { source }
}

#[cfg(test)]
mod tests {
    use rustls::pki_types::PrivateKeyDer;
    use rustls::{ClientConnection, HandshakeKind, ServerConfig, ServerConnection};
    use secrecy::SecretString;

    use super::*;
    use crate::wire::credential::Identity;

    #[test]
    fn an_invalid_certificate_or_key_is_named() {
        let ca = |pem: &[u8]| TlsOptions {
            ca: Some(pem.to_vec()),
            ..TlsOptions::default()
        };
        for (options, expected) in [
            (ca(b""), "certificate-authority holds no certificate"),
            (ca(b"garbage"), "certificate-authority holds no certificate"),
            (
                ca(b"-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n"),
                "certificate-authority holds no valid certificate",
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

    #[test]
    fn a_given_provider_is_the_one_that_is_used() {
        let given = Arc::new(rustls::crypto::ring::default_provider());
        let config = client_config(&TlsOptions {
            crypto: Some(Arc::clone(&given)),
            ..TlsOptions::default()
        });
        assert!(Arc::ptr_eq(config.unwrap().crypto_provider(), &given));
    }

    /// Shakes hands in memory, and lets the client read what the server sends afterwards.
    fn handshake(client: &ClientConfig, server: &Arc<ServerConfig>) -> Option<HandshakeKind> {
        let name = "localhost".try_into().unwrap();
        let mut client = ClientConnection::new(Arc::new(client.clone()), name).unwrap();
        let mut server = ServerConnection::new(Arc::clone(server)).unwrap();
        for _ in 0..4 {
            let mut sent = Vec::new();
            client.write_tls(&mut sent).unwrap();
            while !sent.is_empty() {
                let read = server.read_tls(&mut sent.as_slice()).unwrap();
                server.process_new_packets().unwrap();
                sent.drain(..read);
            }
            server.write_tls(&mut sent).unwrap();
            while !sent.is_empty() {
                let read = client.read_tls(&mut sent.as_slice()).unwrap();
                client.process_new_packets().unwrap();
                sent.drain(..read);
            }
        }
        client.handshake_kind()
    }

    /// A server, and a client that trusts it.
    fn pair() -> (Arc<ServerConfig>, ClientConfig) {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let options = TlsOptions {
            ca: Some(made.cert.pem().into_bytes()),
            ..TlsOptions::default()
        };
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let ring = Arc::new(rustls::crypto::ring::default_provider());
        let server = ServerConfig::builder_with_provider(ring)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key);
        (Arc::new(server.unwrap()), client_config(&options).unwrap())
    }

    #[test]
    fn a_session_is_not_resumed() {
        // Rule C13
        let (server, client) = pair();
        for _ in 0..3 {
            assert_eq!(handshake(&client, &server), Some(HandshakeKind::Full));
        }
        // The server would, as it does for the default of rustls.
        let mut eager = client;
        eager.resumption = Resumption::in_memory_sessions(8);
        assert_eq!(handshake(&eager, &server), Some(HandshakeKind::Full));
        assert_eq!(handshake(&eager, &server), Some(HandshakeKind::Resumed));
    }
}
