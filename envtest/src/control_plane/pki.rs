//! The keys and certificates of one control plane, made for it and thrown away with it.

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose,
};

use super::Error;

/// The names under which the API server is reached, from outside and from within.
const SERVING_NAMES: [&str; 7] = [
    "localhost",
    "127.0.0.1",
    "::1",
    "10.0.0.1",
    "kubernetes",
    "kubernetes.default.svc",
    "kubernetes.default.svc.cluster.local",
];

/// The group that RBAC's bootstrap policy lets do everything.
const ADMIN_GROUP: &str = "system:masters";

/// Everything in PEM.
pub(super) struct Pki {
    pub(super) ca_cert: String,
    pub(super) serving: Pair,
    pub(super) admin: Pair,
    /// Signs the tokens of service accounts.
    pub(super) service_account_key: String,
    /// Checks them.
    pub(super) service_account_public_key: String,
}

/// A certificate and its key.
pub(super) struct Pair {
    pub(super) cert: String,
    pub(super) key: String,
}

impl Pki {
    pub(super) fn generate() -> Result<Self, Error> {
        Self::try_generate().map_err(|error| {
            Error::failed("cannot make the certificates of the control plane").because(error)
        })
    }

    fn try_generate() -> Result<Self, rcgen::Error> {
        let ca_key = KeyPair::generate()?;
        let ca = ca();
        let ca_cert = ca.self_signed(&ca_key)?.pem();
        let issuer = Issuer::new(ca, ca_key);
        let service_account = KeyPair::generate()?;
        Ok(Self {
            ca_cert,
            serving: issue(&issuer, &serving()?)?,
            admin: issue(&issuer, &admin())?,
            service_account_key: service_account.serialize_pem(),
            service_account_public_key: service_account.public_key_pem(),
        })
    }
}

fn issue(issuer: &Issuer<'_, KeyPair>, params: &CertificateParams) -> Result<Pair, rcgen::Error> {
    let key = KeyPair::generate()?;
    Ok(Pair {
        cert: params.signed_by(&key, issuer)?.pem(),
        key: key.serialize_pem(),
    })
}

fn ca() -> CertificateParams {
    let mut params = named("kubewright test authority", None);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn serving() -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(SERVING_NAMES.map(String::from))?;
    params.distinguished_name = name("kube-apiserver", None);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    Ok(params)
}

fn admin() -> CertificateParams {
    let mut params = named("admin", Some(ADMIN_GROUP));
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    params
}

fn named(common_name: &str, organization: Option<&str>) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = name(common_name, organization);
    params
}

fn name(common_name: &str, organization: Option<&str>) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common_name);
    if let Some(organization) = organization {
        name.push(DnType::OrganizationName, organization);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::Pki;

    #[test]
    fn two_control_planes_share_no_key() {
        let (one, other) = (Pki::generate().unwrap(), Pki::generate().unwrap());
        assert_ne!(one.ca_cert, other.ca_cert);
        assert_ne!(one.admin.key, other.admin.key);
        assert_ne!(one.admin.key, one.serving.key);
        assert_ne!(one.service_account_key, other.service_account_key);
    }
}
