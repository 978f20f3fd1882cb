//! Bad weather between a client and a server: a TCP proxy that mistreats what it carries.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use fastrand::Rng;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What the proxy does to connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weather {
    /// Carries.
    Calm,
    /// Mistreats.
    Stormy { half_open: bool },
    /// Cuts what there is and takes nothing new.
    Down,
}

/// Dropping it ends it, with all its connections.
pub(crate) struct Proxy {
    address: SocketAddr,
    weather: watch::Sender<Weather>,
    sky: Arc<Sky>,
    acceptor: JoinHandle<()>,
}

/// What all connections share.
struct Sky {
    seed: u64,
    lifetime: Duration,
    connections: AtomicU64,
    cut: AtomicU32,
    delayed: AtomicU32,
    truncated: AtomicU32,
    half_open: AtomicU32,
    refused: AtomicU32,
    /// Whether a connection was left half-open.
    swallows: AtomicBool,
}

/// What happens to a piece of data.
enum Fate {
    Passes,
    Waits(Duration),
    /// So much of it passes, then the connection ends.
    IsTruncated(usize),
    /// The connection ends.
    IsCut,
    /// Nothing passes any more, and neither end notices.
    IsSwallowed,
}

impl Proxy {
    /// In a storm, connections live for up to `lifetime`.
    pub(crate) async fn start(server: SocketAddr, seed: u64, lifetime: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let weather = watch::Sender::new(Weather::Calm);
        let sky = Arc::new(Sky {
            seed,
            lifetime,
            connections: AtomicU64::new(0),
            cut: AtomicU32::new(0),
            delayed: AtomicU32::new(0),
            truncated: AtomicU32::new(0),
            half_open: AtomicU32::new(0),
            refused: AtomicU32::new(0),
            swallows: AtomicBool::new(false),
        });
        let acceptor = tokio::spawn(accept(
            listener,
            server,
            weather.subscribe(),
            Arc::clone(&sky),
        ));
        Proxy {
            address,
            weather,
            sky,
            acceptor,
        }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn set(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }

    /// What was done, for the log of a run.
    pub(crate) fn summary(&self) -> String {
        let count = |counter: &AtomicU32| counter.load(Ordering::Relaxed);
        let sky = &self.sky;
        format!(
            "{} connections, {} cut, {} truncated, {} left half-open, {} refused; {} delays",
            sky.connections.load(Ordering::Relaxed),
            count(&sky.cut),
            count(&sky.truncated),
            count(&sky.half_open),
            count(&sky.refused),
            count(&sky.delayed)
        )
    }

    /// How many connections came to a bad end.
    pub(crate) fn broken(&self) -> u32 {
        let count = |counter: &AtomicU32| counter.load(Ordering::Relaxed);
        count(&self.sky.cut) + count(&self.sky.truncated) + count(&self.sky.half_open)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.acceptor.abort();
    }
}

async fn accept(
    listener: TcpListener,
    server: SocketAddr,
    weather: watch::Receiver<Weather>,
    sky: Arc<Sky>,
) {
    while let Ok((client, _)) = listener.accept().await {
        if *weather.borrow() == Weather::Down {
            count(&sky.refused);
            continue;
        }
        let number = sky.connections.fetch_add(1, Ordering::Relaxed);
        // Each connection has randomness of its own, whatever the others do.
        let random = Rng::with_seed(sky.seed.wrapping_add(number));
        tokio::spawn(carry(
            client,
            server,
            weather.clone(),
            random,
            Arc::clone(&sky),
        ));
    }
}

/// Carries both ways until one ends; then both do, and the sockets close.
async fn carry(
    client: TcpStream,
    server: SocketAddr,
    weather: watch::Receiver<Weather>,
    mut random: Rng,
    sky: Arc<Sky>,
) {
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    let ((from_client, to_client), (from_server, to_server)) =
        (client.into_split(), server.into_split());
    let mut sights = weather.clone();
    let swallowed = Arc::new(AtomicBool::new(false));
    let lane = |mut random: Rng| Lane {
        end: Instant::now() + sky.lifetime.mul_f64(random.f64()),
        random,
        weather: weather.clone(),
        swallowed: Arc::clone(&swallowed),
        sky: Arc::clone(&sky),
    };
    let (up, down) = (lane(random.fork()), lane(random));
    tokio::select! {
        () = up.run(from_client, to_server) => {}
        () = down.run(from_server, to_client) => {}
        () = is_cut(&mut sights, &swallowed) => count(&sky.cut),
    }
}

/// The end of a half-open connection is not signalled: it has to be found out.
async fn is_cut(weather: &mut watch::Receiver<Weather>, swallowed: &AtomicBool) {
    // The sender ends with the test.
    let _ = weather.wait_for(|weather| *weather == Weather::Down).await;
    if swallowed.load(Ordering::Relaxed) {
        std::future::pending::<()>().await;
    }
}

/// One direction of a connection.
struct Lane {
    random: Rng,
    /// When the next piece is the last one, if the weather is bad then.
    end: Instant,
    weather: watch::Receiver<Weather>,
    /// Whether nothing passes any more in one of the directions.
    swallowed: Arc<AtomicBool>,
    sky: Arc<Sky>,
}

impl Lane {
    async fn run(mut self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) {
        let mut piece = vec![0; 16 << 10];
        while let Ok(length @ 1..) = from.read(&mut piece).await {
            let mut passes = length;
            match self.fate(length) {
                Fate::Passes => {}
                Fate::Waits(time) => {
                    count(&self.sky.delayed);
                    tokio::time::sleep(time).await;
                }
                Fate::IsTruncated(rest) => passes = rest,
                Fate::IsCut => return count(&self.sky.cut),
                Fate::IsSwallowed => {
                    count(&self.sky.half_open);
                    self.swallowed.store(true, Ordering::Relaxed);
                    std::future::pending::<()>().await;
                }
            }
            if to.write_all(&piece[..passes]).await.is_err() {
                return;
            }
            if passes < length {
                return count(&self.sky.truncated);
            }
        }
    }

    /// A connection in a storm does not live long, whatever it carries.
    fn fate(&mut self, length: usize) -> Fate {
        let Weather::Stormy { half_open } = *self.weather.borrow() else {
            return Fate::Passes;
        };
        if Instant::now() < self.end {
            return match self.random.u32(..100) {
                0 => Fate::Waits(Duration::from_millis(self.random.u64(1..250))),
                _ => Fate::Passes,
            };
        }
        // Once in a run is enough: it silences a client for most of a minute.
        if half_open && !self.sky.swallows.swap(true, Ordering::Relaxed) {
            return Fate::IsSwallowed;
        }
        match self.random.bool() {
            true => Fate::IsCut,
            false => Fate::IsTruncated(self.random.usize(..length)),
        }
    }
}

fn count(counter: &AtomicU32) {
    counter.fetch_add(1, Ordering::Relaxed);
}
