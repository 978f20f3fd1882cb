//! Plain reads as the admin, by a client that is not the one under test.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::ACCEPT;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

use super::Error;
use super::pki::Pki;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Reads paths of one API server.
pub(super) struct Http {
    client: reqwest::Client,
    url: String,
}

impl Http {
    pub(super) fn new(url: String, pki: &Pki) -> Result<Self, Error> {
        let client = client(pki, |client| client).map_err(|error| {
            Error::failed("cannot prepare a TLS client for the control plane").because(error)
        })?;
        Ok(Self { client, url })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The body of a reply; a reply that is not a success is an error that shows it.
    pub(super) async fn get(&self, path: &str, accept: &str) -> Result<Vec<u8>, Error> {
        let (status, body) = self.request(path, accept).await.map_err(|error| {
            Error::failed(format!("cannot read {path} of {}", self.url)).because(error)
        })?;
        if status.is_success() {
            return Ok(body);
        }
        Err(Error::failed(format!(
            "{path} of {} answered {status}: {}",
            self.url,
            String::from_utf8_lossy(&body).trim()
        )))
    }

    async fn request(
        &self,
        path: &str,
        accept: &str,
    ) -> Result<(reqwest::StatusCode, Vec<u8>), reqwest::Error> {
        let request = self
            .client
            .get(format!("{}{path}", self.url))
            .header(ACCEPT, accept);
        let response = request.send().await?;
        Ok((response.status(), response.bytes().await?.into()))
    }
}

/// A client of the servers; `choose` has the last word.
pub(super) fn client(
    pki: &Pki,
    choose: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> Result<reqwest::Client, BoxError> {
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls(pki)?)
        .no_proxy()
        // Tests have a runtime each; a pooled connection would die with the first.
        .pool_max_idle_per_host(0)
        .timeout(Duration::from_secs(10));
    Ok(choose(client).build()?)
}

fn tls(pki: &Pki) -> Result<ClientConfig, BoxError> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pki.ca_cert.as_bytes())?)?;
    let cert = CertificateDer::from_pem_slice(pki.admin.certificate_pem().as_bytes())?;
    let key = PrivateKeyDer::from_pem_slice(pki.admin.key_pem().as_bytes())?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_client_auth_cert(vec![cert], key)?;
    Ok(config)
}
