//! TLS: trust, client certificates and protocols (rules C6, C7, C13, C15).

use std::path::Path;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Version;
use kubewright::{Config, Error, Kubeconfig, Result, Unstructured};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::server::{answer, pods};
use super::tls_server::{Authority, Seen, TlsServer};

const BOTH: &[&[u8]] = &[b"h2", b"http/1.1"];
const HTTP_1: &[&[u8]] = &[b"http/1.1"];
const HERE: &str = "127.0.0.1";

async fn get(config: &Config) -> Result<Unstructured> {
    pods(&config.connect().await?).get("web").await
}

/// A kubeconfig with these lines for its cluster and its user, in JSON.
pub(crate) fn kubeconfig(server: &str, cluster: &str, user: &str) -> Config {
    let text = format!(
        r#"{{"clusters": [{{"name": "c", "cluster": {{"server": "{server}"{cluster}}}}}],
            "users": [{{"name": "u", "user": {{{user}}}}}],
            "contexts": [{{"name": "x", "context": {{"cluster": "c", "user": "u"}}}}],
            "current-context": "x"}}"#
    );
    Config::from_kubeconfig(&Kubeconfig::parse(&text).unwrap(), None).unwrap()
}

fn refused(error: &Error, said: &str) {
    assert!(
        error.is_transport() && !error.is_connect() && !error.is_timeout(),
        "{error}"
    );
    assert!(format!("{error:#}").contains(said), "{error:#}");
}

#[tokio::test]
async fn a_server_of_the_own_authority_is_believed() {
    // Rule C13
    let authority = Authority::new();
    let server = TlsServer::start(&authority, HERE, BOTH).await;
    let config = Config::new(&server.url()).unwrap();
    get(&config.with_ca_pem(authority.pem.as_str()))
        .await
        .unwrap();
    let expected = Seen {
        version: Version::HTTP_2,
        server_name: None,
        host: server.address.to_string(),
        shows_certificate: false,
        authorization: None,
    };
    assert_eq!(server.seen(), [expected]);
}

#[tokio::test]
async fn http_1_is_spoken_where_the_server_speaks_no_other() {
    let authority = Authority::new();
    for protocols in [HTTP_1, &[]] {
        let server = TlsServer::start(&authority, HERE, protocols).await;
        let config = Config::new(&server.url()).unwrap();
        get(&config.with_ca_pem(authority.pem.as_str()))
            .await
            .unwrap();
        assert_eq!(server.seen()[0].version, Version::HTTP_11);
    }
}

#[tokio::test]
async fn requests_share_a_connection() {
    let authority = Authority::new();
    let server = TlsServer::start(&authority, HERE, BOTH).await;
    let config = Config::new(&server.url())
        .unwrap()
        .with_ca_pem(authority.pem.as_str());
    let pods = pods(&config.connect().await.unwrap());
    let (one, other) = tokio::join!(async { pods.get("web").await }, async {
        pods.get("web").await
    });
    one.and(other).unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_server_of_another_authority_is_refused() {
    // Rule C13: the given authority replaces the system's, and neither knows this one.
    let server = TlsServer::start(&Authority::new(), HERE, BOTH).await;
    let config = Config::new(&server.url()).unwrap().with_token("hunter2");
    let strict = config.clone().with_ca_pem(Authority::new().pem);
    for config in [strict, config] {
        let error = get(&config).await.unwrap_err();
        refused(&error, "certificate");
        assert!(!format!("{error:?}").contains("hunter2"));
    }
    assert!(
        server.seen().is_empty(),
        "nothing is sent to whom nobody knows"
    );
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let authority = Authority::new();
    let server = TlsServer::start(&authority, "kubernetes", BOTH).await;
    let config = Config::new(&server.url()).unwrap();
    let error = get(&config.with_ca_pem(authority.pem.as_str()))
        .await
        .unwrap_err();
    refused(&error, "not valid for 127.0.0.1, but for kubernetes");
}

#[tokio::test]
async fn a_certificate_is_refused_with_what_people_need_to_mend_it() {
    // Rule C13
    let authority = Authority::new();
    let year = |year| rcgen::date_time_ymd(year, 1, 1);
    let expired = authority.issue_as(HERE, |params| params.not_after = year(2020));
    let early = authority.issue_as(HERE, |params| params.not_before = year(2970));
    let strange = Authority::new().issue(HERE);
    for (pair, said) in [
        (expired, "expired at 2020-01-01T00:00:00Z"),
        (early, "is not valid before 2970-01-01T00:00:00Z"),
        (strange, "another authority of that name"),
    ] {
        let server = TlsServer::showing(&authority, &pair, BOTH).await;
        let config = Config::new(&server.url()).unwrap();
        let error = get(&config.with_ca_pem(authority.pem.as_str())).await;
        refused(&error.unwrap_err(), said);
    }
}

/// A server that is called `name` in TLS.
pub(crate) fn named(url: &str, authority: &Authority, name: &str) -> Config {
    let ca = STANDARD.encode(&authority.pem);
    let cluster = format!(r#", "certificate-authority-data": "{ca}", "tls-server-name": "{name}""#);
    kubeconfig(url, &cluster, "")
}

#[tokio::test]
async fn the_name_of_the_certificate_may_be_another_than_the_address() {
    // Rule C13
    let authority = Authority::new();
    for protocols in [BOTH, HTTP_1] {
        let server = TlsServer::start(&authority, "kubernetes.example", protocols).await;
        let named = |name| named(&server.url(), &authority, name);
        get(&named("kubernetes.example")).await.unwrap();
        let seen = &server.seen()[0];
        assert_eq!(seen.server_name.as_deref(), Some("kubernetes.example"));
        assert_eq!(
            seen.host,
            server.address.to_string(),
            "that is for TLS alone"
        );
        assert_eq!(seen.version == Version::HTTP_2, protocols == BOTH);
        let error = get(&named("other.example")).await.unwrap_err();
        refused(
            &error,
            "not valid for other.example, but for kubernetes.example",
        );
        // The message names the server that was dialled.
        assert!(error.to_string().contains(&server.url()), "{error}");
    }
}

#[tokio::test]
async fn the_name_of_the_certificate_may_be_an_address() {
    // Rule C13
    let authority = Authority::new();
    let server = TlsServer::start(&authority, "10.9.8.7", BOTH).await;
    for name in ["10.9.8.7", "[10.9.8.7]"] {
        get(&named(&server.url(), &authority, name)).await.unwrap();
    }
    let seen = &server.seen()[0];
    assert_eq!(seen.server_name, None, "addresses are not sent");
    let error = get(&named(&server.url(), &authority, "10.9.8.8")).await;
    refused(&error.unwrap_err(), "not valid for 10.9.8.8");
}

#[tokio::test]
async fn insecure_skip_tls_verify_accepts_any_certificate() {
    // Rule C13
    let server = TlsServer::start(&Authority::new(), "somebody-else", BOTH).await;
    let config = kubeconfig(&server.url(), r#", "insecure-skip-tls-verify": true"#, "");
    get(&config).await.unwrap();
}

#[tokio::test]
async fn a_client_certificate_is_shown() {
    let authority = Authority::new();
    let server = TlsServer::start(&authority, HERE, BOTH).await;
    let config = Config::new(&server.url())
        .unwrap()
        .with_ca_pem(authority.pem.as_str());
    let known = authority.issue("admin");
    let known = config
        .clone()
        .with_client_certificate_pem(known.certificate, known.key);
    get(&known).await.unwrap();
    assert!(server.seen()[0].shows_certificate);

    let stranger = Authority::new().issue("admin");
    let stranger = config.with_client_certificate_pem(stranger.certificate, stranger.key);
    let start = std::time::Instant::now();
    refused(&get(&stranger).await.unwrap_err(), "received fatal alert");
    assert!(
        start.elapsed() < Duration::from_secs(1),
        "a refusal is not tried again"
    );
}

#[tokio::test]
async fn a_certificate_with_another_key_is_refused_before_anything_is_sent() {
    let authority = Authority::new();
    let (one, other) = (authority.issue("a"), authority.issue("b"));
    let config = Config::new("https://127.0.0.1:1").unwrap();
    let config = config.with_client_certificate_pem(one.certificate, other.key.as_str());
    let error = config.connect().await.unwrap_err();
    assert!(error.is_config(), "{error}");
    assert!(!format!("{error:?}").contains(&other.key));
}

#[tokio::test]
async fn a_server_without_tls_and_a_closed_port_give_different_errors() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = vec![0; 4096];
        let length = stream.read(&mut heard).await.unwrap();
        stream
            .write_all(&answer("400 Bad Request", &[], ""))
            .await
            .unwrap();
        String::from_utf8_lossy(&heard[..length]).into_owned()
    });
    let config = Config::new(&url).unwrap().with_ca_pem(Authority::new().pem);
    let error = get(&config.with_token("hunter2")).await.unwrap_err();
    refused(&error, "failed");
    assert!(!heard.await.unwrap().contains("hunter2"));
}

fn with_token_file(server: &TlsServer, authority: &Authority, path: &Path, token: &str) -> Config {
    let ca = STANDARD.encode(&authority.pem);
    let user = format!(r#""tokenFile": "{}"{token}"#, path.display());
    let cluster = format!(r#", "certificate-authority-data": "{ca}""#);
    kubeconfig(&server.url(), &cluster, &user)
}

#[tokio::test]
async fn a_token_file_is_read_again_while_in_use() {
    // Rules C7, C15
    let authority = Authority::new();
    let server = TlsServer::start(&authority, HERE, BOTH).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    std::fs::write(&path, "one\n").unwrap();
    let config = with_token_file(&server, &authority, &path, r#", "token": "zero""#);
    let pods = pods(&config.connect().await.unwrap());
    pods.get("web").await.unwrap();

    std::fs::write(&path, "two\n").unwrap();
    pods.get("web").await.unwrap();
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(51)).await;
    tokio::time::resume();
    pods.get("web").await.unwrap();

    let sent: Vec<_> = server
        .seen()
        .into_iter()
        .filter_map(|seen| seen.authorization)
        .collect();
    assert_eq!(sent, ["Bearer one", "Bearer one", "Bearer two"]);
}

#[tokio::test]
async fn a_token_stands_in_for_its_file() {
    // Rule C7
    let authority = Authority::new();
    let server = TlsServer::start(&authority, HERE, BOTH).await;
    let nowhere = Path::new("/nowhere/token");
    let config = with_token_file(&server, &authority, nowhere, r#", "token": "zero""#);
    get(&config).await.unwrap();
    assert_eq!(
        server.seen()[0].authorization.as_deref(),
        Some("Bearer zero")
    );
}

#[tokio::test]
async fn a_header_of_the_caller_stays() {
    // Rule C16
    let authority = Authority::new();
    let server = TlsServer::start(&authority, HERE, BOTH).await;
    let config = Config::new(&server.url())
        .unwrap()
        .with_ca_pem(authority.pem.as_str());
    let client = config.with_token("mine").connect().await.unwrap();
    let request = http::Request::get("/version").header("authorization", "Basic other");
    client
        .raw(request.body(bytes::Bytes::new()).unwrap())
        .await
        .unwrap();
    assert_eq!(
        server.seen()[0].authorization.as_deref(),
        Some("Basic other")
    );
}
