//! The certificate that a client shows, and its key.

use std::sync::Arc;

use jiff::Timestamp;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use secrecy::ExposeSecret;

use super::pem;
use crate::wire::credential::Identity;
use crate::wire::transport::certificate::problem::CertificateProblem;
use crate::wire::transport::certificate::{Certificate, PublicKey};
use crate::wire::transport::problem::TransportProblem;

const FIELD: &str = "client-certificate";

/// Shows this identity to every server that asks for one, as client-go does. The certificate
/// may be of version 1, which rustls would refuse to load.
pub(super) fn resolver(
    identity: &Identity,
    provider: &CryptoProvider,
) -> Result<Arc<SingleCertAndKey>, TransportProblem> {
    let chain = chain(&identity.certificate)?;
    let key = pem::key(identity.key.expose_secret().as_bytes())?;
    let Some(first) = chain.first() else {
        return Err(TransportProblem::NoCertificate { field: FIELD });
    };
    let leaf = Certificate::read(first).map_err(|source| TransportProblem::BadCertificate {
        field: FIELD,
        source,
    })?;
    let key = provider
        .key_provider
        .load_private_key(key)
        .map_err(|source| unusable(&leaf, source))?;
    let is_its_key = |key: &[u8]| key == leaf.key_info;
    if key.public_key().is_some_and(|key| !is_its_key(&key)) {
        return Err(TransportProblem::WrongKey);
    }
    // A server that gets an expired certificate says only that it is not authorized.
    if let Err(problem) = leaf.check_at(Timestamp::now())
        && !matches!(problem, CertificateProblem::UnknownExtension { .. })
    {
        tracing::warn!(%problem, "the client certificate is not valid now");
    }
    let certified = CertifiedKey::new(chain.clone(), key);
    Ok(Arc::new(SingleCertAndKey::from(certified)))
}

fn chain(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, TransportProblem> {
    let chain: Result<Vec<_>, _> = pem::certificates(pem).collect();
    chain.map_err(|source| TransportProblem::NotPem {
        field: FIELD,
        source,
    })
}

fn unusable(leaf: &Certificate<'_>, source: rustls::Error) -> TransportProblem {
    match leaf.key {
        PublicKey::Rsa { bits } => TransportProblem::RsaKey { bits, source },
        _ => TransportProblem::UnusableKey { source },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use secrecy::SecretString;
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Level, Metadata, Subscriber};

    use super::*;

    /// Counts warnings.
    #[derive(Clone, Default)]
    struct Warnings(Arc<AtomicUsize>);

    impl Subscriber for Warnings {
        fn enabled(&self, metadata: &Metadata<'_>) -> bool {
            *metadata.level() == Level::WARN
        }
        fn new_span(&self, _: &Attributes<'_>) -> Id {
            Id::from_u64(1)
        }
        fn record(&self, _: &Id, _: &Record<'_>) {}
        fn record_follows_from(&self, _: &Id, _: &Id) {}
        fn event(&self, _: &Event<'_>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
        fn enter(&self, _: &Id) {}
        fn exit(&self, _: &Id) {}
    }

    fn warnings(year: i32) -> usize {
        let mut params = rcgen::CertificateParams::default();
        params.not_after = rcgen::date_time_ymd(year, 1, 1);
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap().pem();
        let key = SecretString::from(key.serialize_pem());
        let identity = Identity::new(certificate.into_bytes(), key);
        let seen = Warnings::default();
        tracing::subscriber::with_default(seen.clone(), || {
            let provider = rustls::crypto::ring::default_provider();
            resolver(&identity, &provider).unwrap();
        });
        seen.0.load(Ordering::Relaxed)
    }

    #[test]
    fn an_expired_certificate_is_used_with_a_warning() {
        assert_eq!(warnings(2020), 1);
        assert_eq!(warnings(2970), 0);
    }
}
