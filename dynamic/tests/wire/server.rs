//! A server that plays a script: one act for each request, the last one again and again.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use kubewright::{Api, Client, Config, Unstructured};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with a request.
#[derive(Clone)]
pub(crate) enum Act {
    /// Sends these bytes and closes.
    Say(Vec<u8>),
    /// Sends the pieces with a pause before each but the first, then closes.
    Slowly(Vec<Vec<u8>>, Duration),
    /// Sends these bytes and keeps the connection open, silent.
    Hang(Vec<u8>),
    /// Sends these bytes and breaks the connection (RST).
    Reset(Vec<u8>),
    /// Sends the head, then the same bytes for as long as anybody reads.
    Flood(Vec<u8>, Vec<u8>),
}

pub(crate) struct Server {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) async fn playing(script: impl IntoIterator<Item = Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        let script: Vec<_> = script.into_iter().collect();
        tokio::spawn(async move {
            let mut acts = 0;
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let Some(request) = read_request(&mut stream).await else {
                    continue;
                };
                seen.lock().unwrap().push(request);
                let act = script[acts.min(script.len() - 1)].clone();
                acts += 1;
                tokio::spawn(play(stream, act));
            }
        });
        Server { url, requests }
    }

    /// The requests that came so far, as they came.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn config(&self) -> Config {
        Config::new(&self.url).unwrap().with_user_agent("test")
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(&self.config()).unwrap()
    }

    pub(crate) fn pods(&self) -> Api<Unstructured> {
        pods(&self.client())
    }
}

pub(crate) fn pods(client: &Client) -> Api<Unstructured> {
    client
        .resource(&"v1/pods".parse().unwrap())
        .namespace("prod")
}

pub(crate) fn pod(name: &str) -> Unstructured {
    let text =
        format!(r#"{{"apiVersion":"v1","kind":"Pod","metadata":{{"name":"{name}"}},"spec":{{}}}}"#);
    text.parse().unwrap()
}

/// An answer with a body of known length.
pub(crate) fn answer(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes = head(status, headers, &format!("content-length: {}", body.len()));
    bytes.extend_from_slice(body);
    bytes
}

/// A good answer in JSON.
pub(crate) fn json(body: impl AsRef<[u8]>) -> Act {
    Act::Say(answer("200 OK", &["content-type: application/json"], body))
}

/// The head of an answer whose body ends with the connection.
pub(crate) fn open_head(status: &str) -> Vec<u8> {
    head(status, &[], "content-type: application/json")
}

fn head(status: &str, headers: &[&str], last: &str) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status}\r\nconnection: close\r\n");
    for header in headers.iter().chain([&last]) {
        text.push_str(header);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    text.into_bytes()
}

/// One request, head and body; `None` when the connection ends before.
pub(crate) async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        if let Some(length) = request_length(&bytes)
            && bytes.len() >= length
        {
            return String::from_utf8(bytes).ok();
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}

/// How long a request is as a whole, once its head is there.
fn request_length(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&bytes[..head]).ok()?;
    let body = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    Some(head + body.map_or(0, |length| length.parse().unwrap()))
}

async fn play(mut stream: TcpStream, act: Act) {
    // Whether the client reads to the end is its own business.
    let _ = match act {
        Act::Say(bytes) => stream.write_all(&bytes).await,
        Act::Slowly(pieces, pause) => slowly(&mut stream, &pieces, pause).await,
        Act::Hang(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let mut rest = Vec::new();
            stream.read_to_end(&mut rest).await.map(drop)
        }
        Act::Reset(bytes) => reset(stream, &bytes).await,
        Act::Flood(head, bytes) => flood(&mut stream, &head, &bytes).await,
    };
}

async fn slowly(
    stream: &mut TcpStream,
    pieces: &[Vec<u8>],
    pause: Duration,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    for (position, piece) in pieces.iter().enumerate() {
        if position > 0 {
            tokio::time::sleep(pause).await;
        }
        stream.write_all(piece).await?;
    }
    Ok(())
}

async fn reset(mut stream: TcpStream, bytes: &[u8]) -> std::io::Result<()> {
    stream.write_all(bytes).await?;
    stream.set_zero_linger()
}

async fn flood(stream: &mut TcpStream, head: &[u8], bytes: &[u8]) -> std::io::Result<()> {
    stream.write_all(head).await?;
    loop {
        stream.write_all(bytes).await?;
    }
}

/// Waits for a condition, as long as a slow machine may take.
pub(crate) async fn until(what: &str, so: impl Fn() -> bool) {
    let begin = std::time::Instant::now();
    while !so() {
        let waited = begin.elapsed();
        assert!(waited < Duration::from_secs(20), "never came: {what}");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}
