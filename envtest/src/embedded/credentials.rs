//! The credentials that a server with TLS makes for itself and for its admin.

use std::io;

use crate::certificates::{ADMIN_GROUP, Authority, Identity, SERVING_NAMES};
use crate::kubeconfig::Credential;

/// What a server with TLS is known by, and how its admin is.
#[derive(Debug)]
pub(crate) struct Tls {
    /// Signed the two others.
    pub(crate) authority: Authority,
    pub(crate) serving: Identity,
    /// `None` where nobody is asked who they are.
    pub(crate) admin: Option<Identity>,
}

impl Tls {
    pub(crate) fn new(authentication: bool) -> io::Result<Self> {
        let authority = Authority::new("embedded test authority")?;
        let serving = authority.issue_server(&SERVING_NAMES)?;
        let admin =
            authentication.then(|| authority.issue_client("system:admin", Some(ADMIN_GROUP)));
        Ok(Self {
            serving,
            admin: admin.transpose()?,
            authority,
        })
    }

    pub(crate) fn credential(&self) -> Credential<'_> {
        match &self.admin {
            Some(admin) => Credential::Certificate(admin),
            None => Credential::Nothing,
        }
    }
}
