//! The check that a point is on its curve.

use rustls::NamedGroup;
use rustls::crypto::CryptoProvider;

use crate::wire::transport::certificate::Curve;

/// Whether a public key is a point of its curve. A curve that the provider does not have is not
/// checked, and so has no points.
///
/// A provider has no function for this question, but has to answer it before it agrees on a key
/// with the owner of the point.
pub(super) fn has_point(provider: &CryptoProvider, curve: Curve, point: &[u8]) -> bool {
    let group = match curve {
        Curve::P256 => NamedGroup::secp256r1,
        Curve::P384 => NamedGroup::secp384r1,
        Curve::P521 => return is_on_p521(point),
        Curve::P224 => return false,
    };
    let group = provider
        .kx_groups
        .iter()
        .find(|known| known.name() == group);
    let exchange = group.and_then(|group| group.start().ok());
    exchange.is_some_and(|exchange| exchange.complete(point).is_ok())
}

#[cfg(feature = "ring")]
fn is_on_p521(point: &[u8]) -> bool {
    super::p521::is_point(point)
}

#[cfg(not(feature = "ring"))]
fn is_on_p521(_: &[u8]) -> bool {
    false
}
