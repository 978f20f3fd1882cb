//! The handler of conversions behind TLS, as a program in the cluster would serve it.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::{Router, body::Bytes, http::StatusCode, routing::post};
use kubewright::crd::{ConversionReview, CustomResource, WebhookClientConfig, convert};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// Serves conversions of a kind; gives its address and the authority to trust.
pub(super) async fn serve<K: CustomResource>() -> WebhookClientConfig {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("a configuration");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = Router::new().route("/convert", post(answer::<K>));
    let listener = TlsListener {
        listener,
        acceptor: TlsAcceptor::from(Arc::new(config)),
    };
    tokio::spawn(async move { axum::serve(listener, router).await });
    WebhookClientConfig {
        url: Some(format!("https://{address}/convert")),
        ca_bundle: Some(cert.pem().into()),
        service: None,
    }
}

async fn answer<K: CustomResource>(body: Bytes) -> Result<Vec<u8>, StatusCode> {
    let review: ConversionReview =
        serde_json::from_slice(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
    serde_json::to_vec(&convert::<K>(review)).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

struct TlsListener {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl axum::serve::Listener for TlsListener {
    type Io = tokio_rustls::server::TlsStream<tokio::net::TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let Ok((stream, address)) = self.listener.accept().await else {
                continue;
            };
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}
