//! The keys and certificates of one control plane, made for it and thrown away with it.

use std::io;

use rcgen::KeyPair;

use super::Error;
use crate::certificates::{ADMIN_GROUP, Authority, Identity, SERVING_NAMES};

/// Everything in PEM.
pub(super) struct Pki {
    pub(super) ca_cert: String,
    pub(super) serving: Identity,
    pub(super) admin: Identity,
    /// Signs the tokens of service accounts.
    pub(super) service_account_key: String,
    /// Checks them.
    pub(super) service_account_public_key: String,
}

impl Pki {
    pub(super) fn generate() -> Result<Self, Error> {
        Self::try_generate().map_err(|error| {
            Error::failed("cannot make the certificates of the control plane").because(error)
        })
    }

    fn try_generate() -> io::Result<Self> {
        let authority = Authority::new("kubewright test authority")?;
        let service_account = KeyPair::generate().map_err(io::Error::other)?;
        Ok(Self {
            ca_cert: authority.certificate_pem().to_owned(),
            serving: authority.issue_server(&SERVING_NAMES)?,
            admin: authority.issue_client("admin", Some(ADMIN_GROUP))?,
            service_account_key: service_account.serialize_pem(),
            service_account_public_key: service_account.public_key_pem(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Pki;

    #[test]
    fn two_control_planes_share_no_key() {
        let (one, other) = (Pki::generate().unwrap(), Pki::generate().unwrap());
        assert_ne!(one.ca_cert, other.ca_cert);
        assert_ne!(one.admin.key_pem(), other.admin.key_pem());
        assert_ne!(one.admin.key_pem(), one.serving.key_pem());
        assert_ne!(one.service_account_key, other.service_account_key);
    }
}
