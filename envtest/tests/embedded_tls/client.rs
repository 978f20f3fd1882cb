//! Raw clients: reqwest, and one connection of HTTP/2 with its streams.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use h2::client::SendRequest;
use kubewright_envtest::Embedded;
use kubewright_envtest::certificates::Identity;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};
use tokio_rustls::TlsConnector;

/// Waits for a condition, with a deadline.
pub(crate) async fn eventually(what: &str, condition: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !condition() {
        assert!(Instant::now() < deadline, "not within 10 s: {what}");
        sleep(Duration::from_millis(5)).await;
    }
}

/// Trusts these authorities, shows this identity and offers these protocols.
pub(crate) fn tls(
    authorities: &[&str],
    identity: Option<&Identity>,
    alpn: &[&str],
) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    for pem in authorities {
        roots
            .add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap())
            .unwrap();
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots);
    let mut config = match identity {
        None => builder.with_no_client_auth(),
        Some(identity) => {
            let chain = CertificateDer::from_pem_slice(identity.certificate_pem().as_bytes());
            let key = PrivateKeyDer::from_pem_slice(identity.key_pem().as_bytes());
            builder
                .with_client_auth_cert(vec![chain.unwrap()], key.unwrap())
                .unwrap()
        }
    };
    config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
    config
}

fn authority(server: &Embedded) -> &str {
    server.authority().unwrap().certificate_pem()
}

/// Requests by reqwest, on as many connections as it likes.
pub(crate) struct Client {
    url: String,
    http: reqwest::Client,
}

impl Client {
    pub(crate) fn to(server: &Embedded, alpn: &[&str]) -> Self {
        Self::with(server, tls(&[authority(server)], None, alpn))
    }

    pub(crate) fn with(server: &Embedded, config: ClientConfig) -> Self {
        let http = reqwest::Client::builder().tls_backend_preconfigured(config);
        Self {
            url: server.url(),
            http: http.no_proxy().build().unwrap(),
        }
    }

    pub(crate) async fn version_of_protocol(&self) -> http::Version {
        let request = self.http.get(format!("{}/version", self.url));
        request.send().await.unwrap().version()
    }

    /// Who the server says we are, or the code of its refusal.
    pub(crate) async fn whoami(&self, headers: &[(&str, &str)]) -> Result<Value, u16> {
        let path = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
        let review = json!({"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"});
        let mut request = self.http.post(format!("{}{path}", self.url)).json(&review);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.unwrap();
        let code = response.status().as_u16();
        let body: Value = response.json().await.unwrap();
        match code {
            201 => Ok(body["status"]["userInfo"].clone()),
            code => Err(code),
        }
    }

    /// Whether a new connection can be made.
    pub(crate) async fn can_connect(&self) -> bool {
        self.http
            .get(format!("{}/version", self.url))
            .send()
            .await
            .is_ok()
    }
}

/// One connection of HTTP/2.
pub(crate) struct Connection {
    url: String,
    requests: SendRequest<Bytes>,
    driver: JoinHandle<Result<(), h2::Error>>,
}

/// The head of an answer, and its body to come.
pub(crate) type Answer = http::Response<h2::RecvStream>;

impl Connection {
    pub(crate) async fn to(server: &Embedded) -> Self {
        let config = tls(&[authority(server)], None, &["h2"]);
        let stream = TcpStream::connect(server.address()).await.unwrap();
        let name = "127.0.0.1".try_into().unwrap();
        let connector = TlsConnector::from(Arc::new(config));
        let stream = connector.connect(name, stream).await.unwrap();
        let (requests, connection) = h2::client::handshake(stream).await.unwrap();
        Self {
            url: server.url(),
            requests,
            driver: tokio::spawn(connection),
        }
    }

    pub(crate) fn most_streams(&self) -> usize {
        self.requests.current_max_send_streams()
    }

    /// Sends a request and waits for the head of its answer.
    pub(crate) async fn get(&mut self, path: &str) -> Result<Answer, h2::Error> {
        self.send("GET", path, Bytes::new()).await?.await
    }

    pub(crate) async fn create(&mut self, name: &str) -> Result<Answer, h2::Error> {
        let map = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}});
        let path = "/api/v1/namespaces/default/configmaps";
        self.send("POST", path, map.to_string().into()).await?.await
    }

    /// Sends a request.
    pub(crate) async fn send(
        &mut self,
        method: &str,
        path: &str,
        body: Bytes,
    ) -> Result<h2::client::ResponseFuture, h2::Error> {
        let request = http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url))
            .header("content-type", "application/json");
        let mut ready = self.requests.clone().ready().await?;
        let (answer, mut stream) = ready.send_request(request.body(()).unwrap(), false)?;
        stream.send_data(body, true)?;
        Ok(answer)
    }

    /// Waits until the server has closed the connection.
    pub(crate) async fn closed(self) -> Result<(), h2::Error> {
        let closed = timeout(Duration::from_secs(10), self.driver).await;
        closed.unwrap().unwrap()
    }
}

/// Whether nothing comes within a moment.
pub(crate) async fn is_silent<T>(answer: impl Future<Output = T>) -> bool {
    timeout(Duration::from_millis(200), answer).await.is_err()
}
