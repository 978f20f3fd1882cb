//! A client certificate with its key.

use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};

/// PEM of a client certificate chain and of its private key.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) certificate: Vec<u8>,
    pub(crate) key: SecretString,
    /// Where both came from, if both are files: those are read again when they change
    /// ([rule C14](crate::semantics#c14)).
    pub(crate) files: Option<IdentityFiles>,
}

/// The files of a client certificate and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IdentityFiles {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
}

impl Identity {
    pub(crate) fn new(certificate: Vec<u8>, key: SecretString) -> Self {
        Identity {
            certificate,
            key,
            files: None,
        }
    }
}

impl PartialEq for Identity {
    fn eq(&self, other: &Self) -> bool {
        self.certificate == other.certificate
            && self.key.expose_secret() == other.key.expose_secret()
    }
}

impl Eq for Identity {}
