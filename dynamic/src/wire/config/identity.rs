//! A client certificate with its key.

use secrecy::SecretString;

/// PEM of a client certificate chain and of its private key.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) certificate: Vec<u8>,
    pub(crate) key: SecretString,
}

impl Identity {
    pub(crate) fn new(certificate: Vec<u8>, key: SecretString) -> Self {
        Identity { certificate, key }
    }
}
