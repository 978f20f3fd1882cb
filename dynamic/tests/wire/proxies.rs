//! Proxies in front of a server: CONNECT, within TLS or not, and SOCKS 5 (rule C12).

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kubewright::{Client, Config};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::server::{Server, json, pods, read_request};
use super::tls::named;
use super::tls_server::{Authority, TlsServer, acceptor};

/// A server that only the proxy can find.
const HIDDEN: &str = "kubernetes.invalid";
const USER: &str = "me";
const PASSWORD: &str = "p@ss/w:rd";
/// The same in a URL.
const IN_URL: &str = "me:p%40ss%2Fw%3Ard@";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Http,
    Https,
    Socks,
}

/// A proxy that leads to one server, whatever it is asked for.
struct Proxy {
    address: SocketAddr,
    kind: Kind,
    asked: Arc<Mutex<Vec<String>>>,
}

#[derive(Clone)]
struct Inside {
    kind: Kind,
    server: SocketAddr,
    wants_password: bool,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    async fn start(kind: Kind, tls: TlsAcceptor, server: SocketAddr, wants_password: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let inside = Inside {
            kind,
            server,
            wants_password,
            asked: Arc::clone(&asked),
        };
        tokio::spawn(async move {
            loop {
                let (client, _) = listener.accept().await.unwrap();
                tokio::spawn(inside.clone().join(client, tls.clone()));
            }
        });
        Proxy {
            address,
            kind,
            asked,
        }
    }

    fn url(&self, credentials: &str) -> String {
        let scheme = match self.kind {
            Kind::Http => "http",
            Kind::Https => "https",
            Kind::Socks => "socks5",
        };
        format!("{scheme}://{credentials}{}", self.address)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Inside {
    async fn join(self, client: TcpStream, tls: TlsAcceptor) -> io::Result<()> {
        match self.kind {
            Kind::Http => self.connect(client).await,
            Kind::Https => self.connect(tls.accept(client).await?).await,
            Kind::Socks => self.socks(client).await,
        }
    }

    async fn connect(self, mut client: impl AsyncRead + AsyncWrite + Unpin) -> io::Result<()> {
        let request = read_request(&mut client).await.unwrap_or_default();
        let pair = STANDARD.encode(format!("{USER}:{PASSWORD}"));
        let is_known = request.lines().any(|line| {
            let header = line.split_once(": ");
            header.is_some_and(|(name, value)| {
                name.eq_ignore_ascii_case("proxy-authorization") && value == format!("Basic {pair}")
            })
        });
        if self.wants_password && !is_known {
            let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n";
            return client.write_all(refusal.as_bytes()).await;
        }
        let place = request.split(' ').nth(1).unwrap_or_default();
        self.asked.lock().unwrap().push(place.to_owned());
        client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
        self.pass(client).await
    }

    /// RFC 1928 and 1929.
    async fn socks(self, mut client: TcpStream) -> io::Result<()> {
        let (_version, methods) = (client.read_u8().await?, client.read_u8().await?);
        let mut offered = vec![0; methods.into()];
        client.read_exact(&mut offered).await?;
        if self.wants_password {
            client.write_all(&[5, 2]).await?;
            let (_version, user) = (client.read_u8().await?, text(&mut client).await?);
            let password = text(&mut client).await?;
            let is_known = (user.as_str(), password.as_str()) == (USER, PASSWORD);
            client.write_all(&[1, u8::from(!is_known)]).await?;
            if !is_known {
                return Ok(());
            }
        } else {
            client.write_all(&[5, 0]).await?;
        }
        let mut head = [0; 4];
        client.read_exact(&mut head).await?;
        let host = match head[3] {
            3 => text(&mut client).await?,
            kind => format!("an address of kind {kind}"),
        };
        let port = client.read_u16().await?;
        self.asked.lock().unwrap().push(format!("{host}:{port}"));
        client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
        self.pass(client).await
    }

    async fn pass(self, mut client: impl AsyncRead + AsyncWrite + Unpin) -> io::Result<()> {
        let mut server = TcpStream::connect(self.server).await?;
        copy_bidirectional(&mut client, &mut server).await.map(drop)
    }
}

/// A text with its length in one byte before it.
async fn text(from: &mut TcpStream) -> io::Result<String> {
    let length = from.read_u8().await?;
    let mut bytes = vec![0; length.into()];
    from.read_exact(&mut bytes).await?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

async fn get(config: Config) -> kubewright::Result<()> {
    let client: Client = config.connect().await?;
    pods(&client).get("web").await.map(drop)
}

#[tokio::test]
async fn each_kind_of_proxy_leads_to_a_server_that_it_alone_can_find() {
    // Rule C12
    let authority = Authority::new();
    let tls = acceptor(
        &authority,
        &authority.issue("127.0.0.1"),
        &[b"h2", b"http/1.1"],
    );
    for kind in [Kind::Http, Kind::Https, Kind::Socks] {
        for wants_password in [false, true] {
            let server = TlsServer::start(&authority, HIDDEN, &[b"h2", b"http/1.1"]).await;
            let proxy = Proxy::start(kind, tls.clone(), server.address, wants_password).await;
            let credentials = if wants_password { IN_URL } else { "" };
            let config = Config::new(&format!("https://{HIDDEN}:6443")).unwrap();
            let config = config.with_ca_pem(authority.pem.as_str());
            let config = config.with_proxy_url(&proxy.url(credentials)).unwrap();
            get(config).await.unwrap();
            assert_eq!(proxy.asked(), [format!("{HIDDEN}:6443")], "{kind:?}");
            let seen = &server.seen()[0];
            assert_eq!(seen.server_name.as_deref(), Some(HIDDEN));
            assert_eq!(seen.version, http::Version::HTTP_2);
        }
    }
}

#[tokio::test]
async fn another_name_for_tls_is_not_what_a_proxy_is_asked_for() {
    // Rules C12, C13
    let authority = Authority::new();
    let tls = acceptor(
        &authority,
        &authority.issue("127.0.0.1"),
        &[b"h2", b"http/1.1"],
    );
    for kind in [Kind::Http, Kind::Https, Kind::Socks] {
        for wants_password in [false, true] {
            let server = TlsServer::start(&authority, "inside.example", &[b"h2"]).await;
            let proxy = Proxy::start(kind, tls.clone(), server.address, wants_password).await;
            let credentials = if wants_password { IN_URL } else { "" };
            let url = format!("https://{HIDDEN}:6443");
            let config = named(&url, &authority, "inside.example");
            let config = config.with_proxy_url(&proxy.url(credentials)).unwrap();
            get(config).await.unwrap();
            assert_eq!(proxy.asked(), [format!("{HIDDEN}:6443")], "{kind:?}");
            let seen = &server.seen()[0];
            assert_eq!(seen.server_name.as_deref(), Some("inside.example"));
            assert_eq!(seen.host, format!("{HIDDEN}:6443"));
        }
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_is_a_connect_error_without_the_password() {
    // Rules C12, C24
    let authority = Authority::new();
    let tls = acceptor(&authority, &authority.issue("127.0.0.1"), &[]);
    for kind in [Kind::Http, Kind::Https, Kind::Socks] {
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 1));
        let proxy = Proxy::start(kind, tls.clone(), nowhere, true).await;
        let url = format!("https://{HIDDEN}:6443");
        let straight = Config::new(&url)
            .unwrap()
            .with_ca_pem(authority.pem.as_str());
        for config in [straight, named(&url, &authority, "inside.example")] {
            let config = config.with_proxy_url(&proxy.url("me:hunter2@")).unwrap();
            assert!(!format!("{config:?}").contains("hunter2"), "{config:?}");
            let error = get(config).await.unwrap_err();
            assert!(error.is_connect(), "{kind:?} {error:#}");
            let shown = format!("{error:#} {error:?}");
            assert!(
                !shown.contains("hunter2") && !shown.contains("aHVudGVyMg"),
                "{shown}"
            );
        }
    }
}

#[tokio::test]
async fn a_server_without_tls_is_asked_for_by_its_whole_url() {
    // Rule C12
    let proxy = Server::playing([json(r#"{"kind":"Pod","metadata":{"name":"web"}}"#)]).await;
    let url = proxy.url.replace("http://", "http://me:secret@");
    let config = Config::new("http://kubernetes.invalid:8001").unwrap();
    get(config.with_proxy_url(&url).unwrap()).await.unwrap();
    let request = proxy.requests().remove(0);
    let path = "http://kubernetes.invalid:8001/api/v1/namespaces/prod/pods/web";
    assert!(
        request.starts_with(&format!("GET {path} HTTP/1.1\r\n")),
        "{request}"
    );
    let credentials = format!(
        "proxy-authorization: Basic {}",
        STANDARD.encode("me:secret")
    );
    assert!(request.contains(&credentials), "{request}");
}
