//! ECDSA on the curve P-521, which ring does not have.
//!
//! `openssl ecparam -name secp521r1` and some authorities make such keys, and Go's clients take
//! them. The arithmetic is that of the crate `p521`.

use std::fmt;
use std::sync::Arc;

use p521::ecdsa::signature::Signer as _;
use p521::ecdsa::signature::hazmat::PrehashVerifier;
use p521::ecdsa::{Signature, SigningKey, VerifyingKey};
use p521::pkcs8::DecodePrivateKey;
use rustls::crypto::{CryptoProvider, KeyProvider, WebPkiSupportedAlgorithms, ring};
use rustls::pki_types::{
    AlgorithmIdentifier, InvalidSignature, PrivateKeyDer, SignatureVerificationAlgorithm,
    SubjectPublicKeyInfoDer, alg_id,
};
use rustls::sign::{self, Signer, public_key_to_spki};
use rustls::{Error, SignatureAlgorithm, SignatureScheme};
use sha2::{Digest, Sha256, Sha384, Sha512};
use webpki::ring as known;

/// ring's provider, with keys and signatures on P-521 added.
pub(super) fn ring_with_p521() -> CryptoProvider {
    CryptoProvider {
        signature_verification_algorithms: ALGORITHMS,
        key_provider: &Keys,
        ..ring::default_provider()
    }
}

/// Whether these bytes are an uncompressed point of the curve.
pub(super) fn is_point(bytes: &[u8]) -> bool {
    VerifyingKey::from_sec1_bytes(bytes).is_ok()
}

/// The algorithms of ring's provider, and P-521. The first one of a scheme is the one that
/// TLS 1.3 means; in TLS 1.2 the scheme does not say which curve it is.
static ALGORITHMS: WebPkiSupportedAlgorithms = WebPkiSupportedAlgorithms {
    all: &[
        known::ECDSA_P256_SHA256,
        known::ECDSA_P256_SHA384,
        known::ECDSA_P384_SHA256,
        known::ECDSA_P384_SHA384,
        &P521_SHA256,
        &P521_SHA384,
        &P521_SHA512,
        known::ED25519,
        known::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
        known::RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
        known::RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
        known::RSA_PKCS1_2048_8192_SHA256,
        known::RSA_PKCS1_2048_8192_SHA384,
        known::RSA_PKCS1_2048_8192_SHA512,
        known::RSA_PKCS1_2048_8192_SHA256_ABSENT_PARAMS,
        known::RSA_PKCS1_2048_8192_SHA384_ABSENT_PARAMS,
        known::RSA_PKCS1_2048_8192_SHA512_ABSENT_PARAMS,
    ],
    mapping: &[
        (
            SignatureScheme::ECDSA_NISTP384_SHA384,
            &[
                known::ECDSA_P384_SHA384,
                known::ECDSA_P256_SHA384,
                &P521_SHA384,
            ],
        ),
        (
            SignatureScheme::ECDSA_NISTP256_SHA256,
            &[
                known::ECDSA_P256_SHA256,
                known::ECDSA_P384_SHA256,
                &P521_SHA256,
            ],
        ),
        (SignatureScheme::ECDSA_NISTP521_SHA512, &[&P521_SHA512]),
        (SignatureScheme::ED25519, &[known::ED25519]),
        (
            SignatureScheme::RSA_PSS_SHA512,
            &[known::RSA_PSS_2048_8192_SHA512_LEGACY_KEY],
        ),
        (
            SignatureScheme::RSA_PSS_SHA384,
            &[known::RSA_PSS_2048_8192_SHA384_LEGACY_KEY],
        ),
        (
            SignatureScheme::RSA_PSS_SHA256,
            &[known::RSA_PSS_2048_8192_SHA256_LEGACY_KEY],
        ),
        (
            SignatureScheme::RSA_PKCS1_SHA512,
            &[known::RSA_PKCS1_2048_8192_SHA512],
        ),
        (
            SignatureScheme::RSA_PKCS1_SHA384,
            &[known::RSA_PKCS1_2048_8192_SHA384],
        ),
        (
            SignatureScheme::RSA_PKCS1_SHA256,
            &[known::RSA_PKCS1_2048_8192_SHA256],
        ),
    ],
};

static P521_SHA256: Verification = Verification {
    hash: |message| Sha256::digest(message).to_vec(),
    signature: alg_id::ECDSA_SHA256,
};
static P521_SHA384: Verification = Verification {
    hash: |message| Sha384::digest(message).to_vec(),
    signature: alg_id::ECDSA_SHA384,
};
static P521_SHA512: Verification = Verification {
    hash: |message| Sha512::digest(message).to_vec(),
    signature: alg_id::ECDSA_SHA512,
};

/// Bytes of an integer modulo the order of the curve.
const SCALAR: usize = 66;

struct Verification {
    hash: fn(&[u8]) -> Vec<u8>,
    signature: AlgorithmIdentifier,
}

impl fmt::Debug for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("P521").field(&self.signature).finish()
    }
}

impl SignatureVerificationAlgorithm for Verification {
    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_P521
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.signature
    }

    fn verify_signature(
        &self,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        let key = VerifyingKey::from_sec1_bytes(public_key).map_err(|_| InvalidSignature)?;
        let signature = Signature::from_der(signature).map_err(|_| InvalidSignature)?;
        // A hash is an integer in front of which zeros count for nothing; the library refuses
        // one that is much shorter than the curve.
        let hash = (self.hash)(message);
        let mut integer = [0; SCALAR];
        integer[SCALAR - hash.len()..].copy_from_slice(&hash);
        key.verify_prehash(&integer, &signature)
            .map_err(|_| InvalidSignature)
    }
}

#[derive(Debug)]
struct Keys;

impl KeyProvider for Keys {
    fn load_private_key(
        &self,
        der: PrivateKeyDer<'static>,
    ) -> Result<Arc<dyn sign::SigningKey>, Error> {
        if let Some(key) = Key::read(&der) {
            return Ok(Arc::new(key));
        }
        ring::default_provider().key_provider.load_private_key(der)
    }
}

/// A private key on P-521.
#[derive(Clone)]
struct Key(Arc<SigningKey>);

impl Key {
    fn read(der: &PrivateKeyDer<'_>) -> Option<Self> {
        let secret = match der {
            PrivateKeyDer::Pkcs8(der) => {
                p521::SecretKey::from_pkcs8_der(der.secret_pkcs8_der()).ok()?
            }
            PrivateKeyDer::Sec1(der) => {
                p521::SecretKey::from_sec1_der(der.secret_sec1_der()).ok()?
            }
            _ => return None,
        };
        Some(Key(Arc::new(SigningKey::from(secret))))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P-521 key")
    }
}

const SCHEME: SignatureScheme = SignatureScheme::ECDSA_NISTP521_SHA512;

impl sign::SigningKey for Key {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        offered
            .contains(&SCHEME)
            .then(|| Box::new(self.clone()) as _)
    }

    fn public_key(&self) -> Option<SubjectPublicKeyInfoDer<'_>> {
        let point = self.0.verifying_key().to_sec1_point(false);
        Some(public_key_to_spki(&alg_id::ECDSA_P521, point))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::ECDSA
    }
}

impl Signer for Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let signature: Signature = self
            .0
            .try_sign(message)
            .map_err(|_| Error::General("cannot sign with a P-521 key".to_owned()))?;
        Ok(signature.to_der().as_bytes().to_vec())
    }

    fn scheme(&self) -> SignatureScheme {
        SCHEME
    }
}
