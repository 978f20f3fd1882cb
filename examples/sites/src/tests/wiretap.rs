//! A wiretap: a loopback port that forwards to a server and records the requests.
//!
//! It copies bytes and understands only HTTP/1.1 request lines, which plain HTTP to the
//! embedded server consists of. Bodies are JSON and hold no line breaks that look like one.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};

/// What each connection has sent so far.
type Sent = Arc<Mutex<Vec<Vec<u8>>>>;

pub(super) struct Wiretap {
    address: SocketAddr,
    sent: Sent,
}

impl Wiretap {
    pub(super) async fn on(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let sent = Sent::default();
        tokio::spawn({
            let sent = Arc::clone(&sent);
            async move {
                while let Ok((client, _)) = listener.accept().await {
                    tokio::spawn(forward(client, server, Arc::clone(&sent)));
                }
            }
        });
        Wiretap { address, sent }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Method and target of every request so far.
    pub(super) fn requests(&self) -> Vec<(String, String)> {
        let sent = self.sent.lock().unwrap();
        let texts = sent.iter().map(|bytes| String::from_utf8_lossy(bytes));
        let lines =
            texts.flat_map(|text| text.lines().filter_map(request_line).collect::<Vec<_>>());
        lines.collect()
    }
}

fn request_line(line: &str) -> Option<(String, String)> {
    let (method, target) = line.strip_suffix(" HTTP/1.1")?.rsplit_once(' ')?;
    // A body without a line break at its end stands before the method.
    let method = method.rsplit(|c: char| !c.is_ascii_uppercase()).next()?;
    Some((method.to_owned(), target.to_owned()))
}

async fn forward(client: TcpStream, server: SocketAddr, sent: Sent) {
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let place = {
        let mut sent = sent.lock().unwrap();
        sent.push(Vec::new());
        sent.len() - 1
    };
    let asking = async {
        let mut bytes = vec![0; 16 * 1024];
        while let Ok(count @ 1..) = from_client.read(&mut bytes).await {
            sent.lock().unwrap()[place].extend_from_slice(&bytes[..count]);
            if to_server.write_all(&bytes[..count]).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = asking => {}
        _ = copy(&mut from_server, &mut to_client) => {}
    }
}
