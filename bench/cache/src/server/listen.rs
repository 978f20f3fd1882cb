//! The listeners of the server: one address for clients, on the wire that is wanted, and one for
//! orders, always in plain HTTP.

use std::convert::Infallible;
use std::sync::Arc;

use hyper::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::rustls::{ServerConfig, version};

use super::Server;
use super::reply::Reply;
use crate::failure::Failure;
use crate::wire::{Endpoint, Wire};

type Answer = fn(Arc<Server>, Request<Incoming>) -> Reply;

const HERE: &str = "127.0.0.1";

/// Serves clients and orders, after it has said on standard output where.
pub(super) async fn serve(
    server: Arc<Server>,
    wire: Wire,
    answer: Answer,
    obey: Answer,
) -> Result<(), Failure> {
    let (clients, orders) = (listener().await?, listener().await?);
    let mut endpoint = Endpoint {
        url: format!("http://{}", clients.local_addr()?),
        orders: orders.local_addr()?.to_string(),
        ca: None,
        gzip: wire == Wire::TlsGzip,
    };
    let mut tls = None;
    if wire != Wire::Plain {
        let certified = generate_simple_self_signed([HERE.to_owned()])?;
        endpoint.url = format!("https://{}", clients.local_addr()?);
        endpoint.ca = Some(certified.cert.pem());
        tls = Some(acceptor(&certified)?);
    }
    println!("{}", serde_json::to_string(&endpoint)?);
    tokio::try_join!(
        accept(clients, tls, Arc::clone(&server), answer),
        accept(orders, None, server, obey),
    )?;
    Ok(())
}

async fn listener() -> std::io::Result<TcpListener> {
    TcpListener::bind((HERE, 0)).await
}

/// What an API server speaks: TLS 1.3, and of HTTP the newest version that the client speaks.
fn acceptor(certified: &CertifiedKey<KeyPair>) -> Result<TlsAcceptor, Failure> {
    let key = PrivatePkcs8KeyDer::from(certified.signing_key.serialize_der());
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&version::TLS13])?
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key.into())?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

async fn accept(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    server: Arc<Server>,
    answer: Answer,
) -> std::io::Result<()> {
    loop {
        let (socket, _) = listener.accept().await?;
        socket.set_nodelay(true)?;
        tokio::spawn(connection(socket, tls.clone(), Arc::clone(&server), answer));
    }
}

async fn connection(
    socket: TcpStream,
    tls: Option<TlsAcceptor>,
    server: Arc<Server>,
    answer: Answer,
) {
    match tls {
        None => converse(socket, server, answer).await,
        // A client that does not trust the certificate sends no request, and measures nothing.
        Some(tls) => {
            if let Ok(stream) = tls.accept(socket).await {
                converse(stream, server, answer).await;
            }
        }
    }
}

async fn converse<S>(stream: S, server: Arc<Server>, answer: Answer)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(|request| {
        let server = Arc::clone(&server);
        async move { Ok::<_, Infallible>(answer(server, request)) }
    });
    // A client may leave at any time.
    let _ = Builder::new(TokioExecutor::new())
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
