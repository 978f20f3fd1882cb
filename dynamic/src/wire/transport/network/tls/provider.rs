//! The cryptography that TLS is built on.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;

use crate::wire::transport::problem::TransportProblem;

/// The given provider, else the one that the program has installed, else the one that was
/// compiled in. None is installed: that is the program's to do.
pub(super) fn provider(
    given: Option<&Arc<CryptoProvider>>,
) -> Result<Arc<CryptoProvider>, TransportProblem> {
    given
        .cloned()
        .or_else(|| CryptoProvider::get_default().cloned())
        .or_else(|| built_in().map(Arc::new))
        .ok_or(TransportProblem::NoCrypto)
}

#[cfg(feature = "fips")]
fn built_in() -> Option<CryptoProvider> {
    Some(rustls::crypto::default_fips_provider())
}

#[cfg(all(feature = "aws-lc-rs", not(feature = "fips")))]
fn built_in() -> Option<CryptoProvider> {
    Some(rustls::crypto::aws_lc_rs::default_provider())
}

#[cfg(all(feature = "ring", not(feature = "aws-lc-rs")))]
fn built_in() -> Option<CryptoProvider> {
    Some(super::p521::ring_with_p521())
}

#[cfg(not(any(feature = "ring", feature = "aws-lc-rs")))]
fn built_in() -> Option<CryptoProvider> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_provider_is_used_and_none_is_installed() {
        let built_in = provider(None);
        if let Ok(built_in) = built_in {
            let given = provider(Some(&built_in)).unwrap();
            assert!(Arc::ptr_eq(&built_in, &given));
        }
        assert!(CryptoProvider::get_default().is_none());
    }
}
