//! A connection whose peer is gone, found by HTTP/2's pings (rule R12).

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use futures::{FutureExt, TryStreamExt};
use kubewright::{Config, ListOptions};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::server::{pods, until};
use super::tls_server::{Authority, TlsServer};

/// Longer than a connection may be silent before the client pings.
const SILENCE: Duration = Duration::from_secs(31);
/// Longer than the client waits for the answer.
const NO_ANSWER: Duration = Duration::from_secs(16);

/// Between client and server: passes bytes on, or swallows what comes on the connections
/// that there are, as a machine does that has lost its power.
#[derive(Clone, Default)]
struct Wire {
    connections: Arc<AtomicUsize>,
    /// Connections before this one are dead.
    alive_from: Arc<AtomicUsize>,
    sent: Arc<AtomicUsize>,
    answered: Arc<AtomicUsize>,
}

impl Wire {
    async fn before(server: SocketAddr) -> (Self, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let wire = Wire::default();
        let inside = wire.clone();
        tokio::spawn(async move {
            loop {
                let (client, _) = listener.accept().await.unwrap();
                let server = TcpStream::connect(server).await.unwrap();
                inside.join(client, server);
            }
        });
        (wire, address)
    }

    fn join(&self, client: TcpStream, server: TcpStream) {
        let number = self.connections.fetch_add(1, Ordering::SeqCst);
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        let is_alive = || {
            let alive_from = Arc::clone(&self.alive_from);
            move || alive_from.load(Ordering::SeqCst) <= number
        };
        let (sent, answered) = (Arc::clone(&self.sent), Arc::clone(&self.answered));
        tokio::spawn(pass(from_client, to_server, sent, is_alive()));
        tokio::spawn(pass(from_server, to_client, answered, is_alive()));
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    fn dies(&self) {
        self.alive_from.store(self.connections(), Ordering::SeqCst);
    }

    /// Lets the client's clock jump over a silence, and waits for what it sends then.
    async fn pinged(&self) {
        let before = self.sent.load(Ordering::SeqCst);
        jump(SILENCE).await;
        until("a ping", || self.sent.load(Ordering::SeqCst) > before).await;
    }
}

async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    count: Arc<AtomicUsize>,
    is_alive: impl Fn() -> bool,
) {
    let mut bytes = vec![0; 16 << 10];
    while let Ok(read @ 1..) = from.read(&mut bytes).await {
        if is_alive() && to.write_all(&bytes[..read]).await.is_err() {
            return;
        }
        count.fetch_add(read, Ordering::SeqCst);
    }
}

/// The clock goes on as usual while bytes travel.
pub(crate) async fn jump(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

#[tokio::test]
async fn a_silent_watch_lasts_while_pings_are_answered_and_no_longer() {
    // Rule R12
    let authority = Authority::new();
    let server = TlsServer::start(&authority, "127.0.0.1", &[b"h2"]).await;
    let (wire, address) = Wire::before(server.address).await;
    let config = Config::new(&format!("https://{address}")).unwrap();
    let config = config.with_ca_pem(authority.pem.as_str());
    let pods = pods(&config.connect().await.unwrap());
    let mut watch = pods.watch(&ListOptions::new()).await.unwrap();
    assert!(watch.try_next().await.unwrap().is_some());

    for _ in 0..4 {
        let before = wire.answered.load(Ordering::SeqCst);
        wire.pinged().await;
        until("the answer", || {
            wire.answered.load(Ordering::SeqCst) > before
        })
        .await;
        // What comes behind the answer on the same connection: the client has read both.
        let mut other = pods.watch(&ListOptions::new()).await.unwrap();
        assert!(other.try_next().await.unwrap().is_some());
        assert!(watch.try_next().now_or_never().is_none(), "it lasts");
    }
    assert_eq!(wire.connections(), 1);

    wire.dies();
    wire.pinged().await;
    assert!(watch.try_next().now_or_never().is_none(), "it may answer");
    jump(NO_ANSWER).await;
    let is_over = AtomicBool::new(false);
    let end = async {
        let end = watch.try_next().await;
        is_over.store(true, Ordering::SeqCst);
        end
    };
    let over = until("the end of the watch", || is_over.load(Ordering::SeqCst));
    let (end, ()) = tokio::join!(end, over);
    assert!(!matches!(end, Ok(Some(_))), "{end:?}");
    pods.watch(&ListOptions::new()).await.map(drop).unwrap();
    assert_eq!(wire.connections(), 2, "the dead one is not used again");
}
