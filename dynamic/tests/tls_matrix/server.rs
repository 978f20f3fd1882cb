//! A server that shows whatever certificates it is given, and answers each connection once.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::json;

use crate::case::{Case, World};
use crate::oracle::text;

/// Starts the server of a case, and returns where it listens.
pub(crate) fn start(case: &Case, world: &World) -> SocketAddr {
    if case.is_served_by_go {
        let chain: Vec<_> = case.chain.iter().map(|der| text(der)).collect();
        let question = json!({
            "do": "serve", "key": case.key.pem, "chain": chain, "only_tls12": case.only_tls12,
            "asks_clients": case.client.is_some(),
        });
        let answer = world.go().ask(&question).unwrap();
        return answer["address"].as_str().unwrap().parse().unwrap();
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let config = Arc::new(config(case));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let config = Arc::clone(&config);
            std::thread::spawn(move || answer(stream.unwrap(), config));
        }
    });
    address
}

fn config(case: &Case) -> ServerConfig {
    let provider = rustls::crypto::ring::default_provider();
    let key = PrivateKeyDer::from_pem_slice(case.key.pem.as_bytes()).unwrap();
    let key = provider.key_provider.load_private_key(key).unwrap();
    let chain = case
        .chain
        .iter()
        .cloned()
        .map(CertificateDer::from)
        .collect();
    let versions: &[&rustls::SupportedProtocolVersion] = match case.only_tls12 {
        true => &[&rustls::version::TLS12],
        false => rustls::DEFAULT_VERSIONS,
    };
    let resolver = SingleCertAndKey::from(CertifiedKey::new(chain, key));
    let mut config = ServerConfig::builder_with_provider(Arc::new(provider))
        .with_protocol_versions(versions)
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(resolver));
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config
}

fn answer(stream: TcpStream, config: Arc<ServerConfig>) {
    let deadline = Some(Duration::from_secs(20));
    stream.set_read_timeout(deadline).unwrap();
    let connection = ServerConnection::new(config).unwrap();
    let mut stream = BufReader::new(StreamOwned::new(connection, stream));
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        if !matches!(stream.read_line(&mut line), Ok(1..)) {
            return;
        }
    }
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    let stream = stream.get_mut();
    let _ = stream.write_all(answer);
    stream.conn.send_close_notify();
    let _ = stream.flush();
}
