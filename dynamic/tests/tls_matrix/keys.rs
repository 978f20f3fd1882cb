//! Keys that sign certificates, and that servers and clients have.

use std::fmt;
use std::sync::Arc;

use rcgen::{KeyPair, PublicKeyData, SignatureAlgorithm, SigningKey};
use serde_json::json;

use crate::der::{oid, seq, tlv};
use crate::oracle::{Oracle, bytes, text};

#[derive(Clone)]
pub(crate) struct Key {
    /// The public key as a certificate has it.
    pub(crate) info: Vec<u8>,
    /// What it signs certificates with.
    pub(crate) algorithm: Vec<u8>,
    pub(crate) pem: String,
    signer: Signer,
}

#[derive(Clone)]
enum Signer {
    Ring(Arc<KeyPair>),
    /// By Go, for the kinds that ring does not sign with.
    Go(Arc<Oracle>, &'static str),
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    pub(crate) fn p256() -> Self {
        Key::ring(&rcgen::PKCS_ECDSA_P256_SHA256, "1.2.840.10045.4.3.2")
    }

    pub(crate) fn p384() -> Self {
        Key::ring(&rcgen::PKCS_ECDSA_P384_SHA384, "1.2.840.10045.4.3.3")
    }

    pub(crate) fn ed25519() -> Self {
        Key::ring(&rcgen::PKCS_ED25519, "1.3.101.112")
    }

    fn ring(kind: &'static SignatureAlgorithm, algorithm: &str) -> Self {
        let pair = KeyPair::generate_for(kind).unwrap();
        Key {
            info: pair.subject_public_key_info(),
            algorithm: seq(&[oid(algorithm)]),
            pem: pair.serialize_pem(),
            signer: Signer::Ring(Arc::new(pair)),
        }
    }

    /// A key of a kind that the oracle knows, which signs with this hash.
    pub(crate) fn go(oracle: &Arc<Oracle>, kind: &str, hash: &'static str) -> Self {
        let made = oracle.ask(&json!({"do": "key", "kind": kind})).unwrap();
        Key {
            info: bytes(&made["key_info"]),
            algorithm: algorithm(kind, hash),
            pem: made["key"].as_str().unwrap().to_owned(),
            signer: Signer::Go(Arc::clone(oracle), hash),
        }
    }

    /// The same key, signing certificates with another hash.
    pub(crate) fn signing_with(&self, oracle: &Arc<Oracle>, hash: &'static str) -> Self {
        let kind = if self.pem.contains("RSA") {
            "rsa"
        } else {
            "ec"
        };
        Key {
            algorithm: algorithm(kind, hash),
            signer: Signer::Go(Arc::clone(oracle), hash),
            ..self.clone()
        }
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        match &self.signer {
            Signer::Ring(pair) => pair.sign(message).unwrap(),
            Signer::Go(oracle, hash) => {
                let question = json!({
                    "do": "sign", "key": self.pem, "hash": hash, "message": text(message),
                });
                bytes(&oracle.ask(&question).unwrap()["signature"])
            }
        }
    }
}

fn algorithm(kind: &str, hash: &str) -> Vec<u8> {
    match (kind.starts_with("rsa"), hash) {
        (true, hash) => {
            let last = match hash {
                "SHA-1" => 5,
                "SHA-256" => 11,
                "SHA-384" => 12,
                _ => 13,
            };
            seq(&[oid(&format!("1.2.840.113549.1.1.{last}")), tlv(5, &[])])
        }
        (false, "SHA-1") => seq(&[oid("1.2.840.10045.4.1")]),
        (false, "SHA-256") => seq(&[oid("1.2.840.10045.4.3.2")]),
        (false, "SHA-384") => seq(&[oid("1.2.840.10045.4.3.3")]),
        (false, _) => seq(&[oid("1.2.840.10045.4.3.4")]),
    }
}
