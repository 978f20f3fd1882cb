//! The protocols between the server and a client.

use serde::{Deserialize, Serialize};
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;

use crate::failure::Failure;

/// What is spoken: the same server and the same settings for every client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Wire {
    /// HTTP/1.1 without TLS: what is compared is the cache.
    #[default]
    Plain,
    /// TLS, with HTTP/2 for clients that speak it.
    Tls,
    /// The same, with answers compressed to clients that ask.
    TlsGzip,
}

/// The address of a server, as it prints it for the program that started it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Endpoint {
    pub(crate) url: String,
    /// The address that takes orders, always in plain HTTP.
    pub(crate) orders: String,
    /// The certificate to trust, in PEM.
    pub(crate) ca: Option<String>,
    /// Whether clients shall ask for compressed answers.
    pub(crate) gzip: bool,
}

impl Endpoint {
    /// The certificate to trust, in DER.
    pub(crate) fn ca_der(&self) -> Result<Option<Vec<u8>>, Failure> {
        let der = |pem: &String| CertificateDer::from_pem_slice(pem.as_bytes());
        Ok(self
            .ca
            .as_ref()
            .map(der)
            .transpose()?
            .map(|der| der.to_vec()))
    }
}

impl std::str::FromStr for Endpoint {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text)
    }
}
