//! The public key of a certificate.

use super::der::{self, Reader, SEQUENCE};

const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
const X25519: &[u8] = &[0x2b, 0x65, 0x6e];
const DSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x38, 4, 1];
const NULL: &[u8] = &[5, 0];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PublicKey<'a> {
    Rsa {
        bits: usize,
    },
    /// An uncompressed point, which is not known to be on the curve.
    Ec {
        curve: Curve,
        point: &'a [u8],
    },
    Ed25519,
    /// Of a kind that signs nothing here.
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Curve {
    P224,
    P256,
    P384,
    P521,
}

impl<'a> PublicKey<'a> {
    /// Reads what a `SubjectPublicKeyInfo` holds.
    pub(super) fn read(mut info: Reader<'a>) -> Option<Self> {
        let mut algorithm = info.open(SEQUENCE)?;
        let oid = algorithm.oid()?;
        let parameters = match algorithm.is_empty() {
            true => &[],
            false => algorithm.any()?.whole,
        };
        algorithm.end()?;
        let (key, unused) = info.bits()?;
        info.end()?;
        match oid {
            RSA if parameters == NULL && unused == 0 => rsa(key),
            EC if unused == 0 => ec(parameters, key),
            ED25519 if parameters.is_empty() && key.len() == 32 && unused == 0 => {
                Some(PublicKey::Ed25519)
            }
            X25519 if parameters.is_empty() && key.len() == 32 && unused == 0 => {
                Some(PublicKey::Other)
            }
            // Go reads DSA keys, and has no use for them either.
            RSA | EC | ED25519 | X25519 | DSA => None,
            _ => Some(PublicKey::Other),
        }
    }
}

fn rsa(key: &[u8]) -> Option<PublicKey<'_>> {
    let mut numbers = der::only(key, SEQUENCE)?;
    let modulus = der::unsigned(numbers.integer()?)?;
    let exponent = der::small(numbers.integer()?)?;
    numbers.end()?;
    let first = modulus.first()?;
    let bits = modulus.len() * 8 - usize::try_from(first.leading_zeros()).ok()?;
    (exponent > 0).then_some(PublicKey::Rsa { bits })
}

fn ec<'a>(parameters: &[u8], point: &'a [u8]) -> Option<PublicKey<'a>> {
    let mut parameters = Reader::new(parameters);
    let (curve, size) = match parameters.oid()? {
        [0x2b, 0x81, 4, 0, 0x21] => (Curve::P224, 28),
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7] => (Curve::P256, 32),
        [0x2b, 0x81, 4, 0, 0x22] => (Curve::P384, 48),
        [0x2b, 0x81, 4, 0, 0x23] => (Curve::P521, 66),
        _ => return None,
    };
    parameters.end()?;
    let is_uncompressed = point.first() == Some(&4) && point.len() == 1 + 2 * size;
    is_uncompressed.then_some(PublicKey::Ec { curve, point })
}

/// The name of an algorithm of signatures, or its numbers.
pub(super) fn algorithm_shown(oid: &[u8]) -> String {
    let name = match oid {
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, last] => match last {
            4 => "MD5 with RSA",
            5 => "SHA-1 with RSA",
            10 => "RSA-PSS",
            11 => "SHA-256 with RSA",
            12 => "SHA-384 with RSA",
            13 => "SHA-512 with RSA",
            _ => return der::shown(oid),
        },
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1] => "ECDSA with SHA-1",
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, last] => match last {
            2 => "ECDSA with SHA-256",
            3 => "ECDSA with SHA-384",
            4 => "ECDSA with SHA-512",
            _ => return der::shown(oid),
        },
        ED25519 => "Ed25519",
        _ => return der::shown(oid),
    };
    name.to_owned()
}
