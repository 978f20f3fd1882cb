//! A server that speaks TLS, HTTP/1.1 and HTTP/2, and remembers how it was spoken to.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures::stream::{self, StreamExt};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Frame;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::RootCertStore;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

const POD: &str = r#"{"kind":"Pod","metadata":{"name":"web"}}"#;

/// Signs certificates.
pub(crate) struct Authority {
    pub(crate) pem: String,
    issuer: Issuer<'static, KeyPair>,
}

/// A certificate and its key, in PEM.
pub(crate) struct Pair {
    pub(crate) certificate: String,
    pub(crate) key: String,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        let issuer = Issuer::new(params, key);
        Authority { pem, issuer }
    }

    pub(crate) fn issue(&self, name: &str) -> Pair {
        self.issue_as(name, |_| {})
    }

    /// The same with something else in the certificate.
    pub(crate) fn issue_as(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> Pair {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        change(&mut params);
        Pair {
            certificate: params.signed_by(&key, &self.issuer).unwrap().pem(),
            key: key.serialize_pem(),
        }
    }
}

/// One request, as the server saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) version: http::Version,
    pub(crate) server_name: Option<String>,
    /// `:authority` or `Host`.
    pub(crate) host: String,
    pub(crate) shows_certificate: bool,
    pub(crate) authorization: Option<String>,
}

pub(crate) struct TlsServer {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl TlsServer {
    /// Serves as `name`, to clients that may show a certificate of `authority`.
    pub(crate) async fn start(authority: &Authority, name: &str, protocols: &[&[u8]]) -> Self {
        TlsServer::showing(authority, &authority.issue(name), protocols).await
    }

    /// Shows this certificate.
    pub(crate) async fn showing(authority: &Authority, pair: &Pair, protocols: &[&[u8]]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let acceptor = acceptor(authority, pair, protocols);
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(acceptor.clone(), stream, Arc::clone(&log)));
            }
        });
        TlsServer { address, seen }
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn url(&self) -> String {
        format!("https://{}", self.address)
    }
}

pub(crate) fn acceptor(authority: &Authority, pair: &Pair, protocols: &[&[u8]]) -> TlsAcceptor {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(certificate(&authority.pem)).unwrap();
    let clients = WebPkiClientVerifier::builder_with_provider(roots.into(), Arc::clone(&provider))
        .allow_unauthenticated()
        .build()
        .unwrap();
    let key = PrivateKeyDer::from_pem_slice(pair.key.as_bytes()).unwrap();
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(clients)
        .with_single_cert(vec![certificate(&pair.certificate)], key)
        .unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    TlsAcceptor::from(Arc::new(config))
}

fn certificate(pem: &str) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()
}

async fn serve(acceptor: TlsAcceptor, stream: TcpStream, log: Arc<Mutex<Vec<Seen>>>) {
    let stream = match acceptor.accept(stream).into_fallible().await {
        Ok(stream) => stream,
        // Closed with something unread, the connection would be reset and the alert lost.
        Err((_, mut stream)) => {
            let _ = stream.read_to_end(&mut Vec::new()).await;
            return;
        }
    };
    let session = stream.get_ref().1;
    let server_name = session.server_name().map(str::to_owned);
    let shows_certificate = session.peer_certificates().is_some();
    let service = hyper::service::service_fn(move |request: http::Request<_>| {
        let authorization = request.headers().get("authorization");
        let host = request.headers().get("host");
        let host = host.map(|host| host.to_str().unwrap());
        let authority = request.uri().authority().map(http::uri::Authority::as_str);
        log.lock().unwrap().push(Seen {
            version: request.version(),
            server_name: server_name.clone(),
            host: authority.or(host).unwrap_or_default().to_owned(),
            shows_certificate,
            authorization: authorization.map(|value| value.to_str().unwrap().to_owned()),
        });
        answer(request)
    });
    let http = Builder::new(TokioExecutor::new());
    let _ = http.serve_connection(TokioIo::new(stream), service).await;
}

type Body = UnsyncBoxBody<Bytes, Infallible>;

/// A pod, or a watch with one event and then silence.
async fn answer(
    request: http::Request<hyper::body::Incoming>,
) -> Result<http::Response<Body>, Infallible> {
    let query = request.uri().query().unwrap_or_default();
    if !query.contains("watch=true") {
        return Ok(http::Response::new(Full::from(POD).boxed_unsync()));
    }
    let event = format!(r#"{{"type":"ADDED","object":{POD}}}"#);
    let events = stream::iter([Ok(Frame::data(event.into()))]).chain(stream::pending());
    Ok(http::Response::new(StreamBody::new(events).boxed_unsync()))
}
