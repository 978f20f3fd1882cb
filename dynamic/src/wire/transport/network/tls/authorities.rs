//! The certificate authorities that a client trusts.

use std::ptr;

use rustls::pki_types::{CertificateDer, TrustAnchor};

use super::pem;
use crate::wire::transport::certificate::Certificate;
use crate::wire::transport::certificate::problem::Malformed;
use crate::wire::transport::problem::TransportProblem;

#[derive(Debug, Default)]
pub(super) struct Authorities {
    /// Each can be read as a [`Certificate`].
    certificates: Vec<CertificateDer<'static>>,
    /// Those that can begin a path, for webpki.
    anchors: Vec<TrustAnchor<'static>>,
    /// The certificate that each anchor was made of.
    certificate_of: Vec<usize>,
}

impl Authorities {
    /// The certificates of a file. One that cannot be used is skipped with a warning.
    pub(super) fn from_pem(pem: &[u8]) -> Result<Self, TransportProblem> {
        let mut authorities = Authorities::default();
        let mut first = None;
        for (index, decoded) in pem::certificates(pem).enumerate() {
            let added = decoded
                .map_err(|_| Malformed::Part("base64 text"))
                .and_then(|der| authorities.add(der));
            if let Err(problem) = added {
                let position = index + 1;
                tracing::warn!(position, %problem, "skipped a certificate of certificate-authority");
                first.get_or_insert(problem);
            }
        }
        if !authorities.certificates.is_empty() {
            return Ok(authorities);
        }
        Err(match first {
            Some(source) => TransportProblem::BadAuthority { source },
            None => TransportProblem::NoCertificate {
                field: "certificate-authority",
            },
        })
    }

    /// The authorities that the system trusts. One that cannot be used is skipped.
    #[cfg(not(any(windows, target_vendor = "apple", target_os = "android")))]
    pub(super) fn of_system() -> Result<Self, TransportProblem> {
        let mut authorities = Authorities::default();
        let found = rustls_native_certs::load_native_certs();
        for problem in &found.errors {
            tracing::warn!(%problem, "cannot read a certificate of the system");
        }
        for der in found.certs {
            if let Err(problem) = authorities.add(der) {
                tracing::debug!(%problem, "skipped a certificate of the system");
            }
        }
        match authorities.certificates.is_empty() {
            true => Err(TransportProblem::NoRoots),
            false => Ok(authorities),
        }
    }

    fn add(&mut self, der: CertificateDer<'static>) -> Result<(), Malformed> {
        Certificate::read(&der)?;
        // webpki refuses some that Go takes: these count only if a server shows them.
        if let Ok(anchor) = webpki::anchor_from_trusted_cert(&der) {
            self.anchors.push(anchor.to_owned());
            self.certificate_of.push(self.certificates.len());
        }
        self.certificates.push(der);
        Ok(())
    }

    pub(super) fn anchors(&self) -> &[TrustAnchor<'static>] {
        &self.anchors
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Certificate<'_>> {
        let certificates = self.certificates.iter();
        certificates.filter_map(|der| Certificate::read(der).ok())
    }

    /// Whether one of them is this very certificate.
    pub(super) fn contain(&self, certificate: &Certificate<'_>) -> bool {
        self.certificates
            .iter()
            .any(|known| known.as_ref() == certificate.der)
    }

    /// The certificate of one of [`Authorities::anchors`]. Several may have the same name and
    /// key, and differ in what they allow.
    pub(super) fn certificate_of(&self, anchor: &TrustAnchor<'_>) -> Option<Certificate<'_>> {
        // Lifetimes apart, the anchor of a path is an element of the slice that webpki was given.
        let wanted = ptr::from_ref(anchor).cast::<()>();
        let mut anchors = self.anchors.iter();
        let at = anchors.position(|own| ptr::from_ref(own).cast() == wanted)?;
        let der = self.certificates.get(*self.certificate_of.get(at)?)?;
        Certificate::read(der).ok()
    }
}
