//! Lanes: HTTP clients beside each other, each with few enough open requests for one connection.
//!
//! A server allows a number of requests on one HTTP/2 connection, 100 as a rule, and an HTTP
//! client lets the next one wait without a word. So requests are counted here, from sending until
//! the body of the answer is dropped, and another lane opens before one is full. What callers hold
//! has lanes of its own: however many watches are open, and whether anybody reads them or not, a
//! GET finds its way.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;

use crate::model::error::Result;
use crate::wire::transport::carrier::Lifetime;

/// Open requests of a lane: fewer than the 100 that servers allow, as one that was given up may
/// still be open at the server.
pub(super) const MOST_OPEN: usize = 90;
/// A lane that nothing needs is closed after this long.
const LINGER: Duration = Duration::from_secs(30);
/// A smaller limit that a server was found to have is believed this long.
const BELIEVED: Duration = Duration::from_secs(600);

/// The lanes to one server. `C` is what a lane sends with.
pub(super) struct Lanes<C> {
    shared: Arc<Shared<C>>,
}

struct Shared<C> {
    open: Box<Open<C>>,
    book: Mutex<Book<C>>,
}

type Open<C> = dyn Fn() -> Result<C> + Send + Sync;

struct Book<C> {
    lanes: Vec<Entry<C>>,
    learned: Option<Learned>,
}

struct Entry<C> {
    lane: Arc<Lane<C>>,
    lifetime: Lifetime,
    open: usize,
    sent: u64,
    /// Since when nothing is open.
    idle_since: Instant,
}

struct Lane<C> {
    client: C,
    /// The last request, by its number, that has an answer.
    answered: AtomicU64,
}

#[derive(Clone, Copy)]
struct Learned {
    most: usize,
    at: Instant,
}

/// The right to have one request open in a lane.
pub(super) struct Permit<C> {
    shared: Arc<Shared<C>>,
    lane: Arc<Lane<C>>,
    /// Which request of the lane this is.
    number: u64,
    /// How many are open with it, when it is sent.
    open: usize,
}

impl<C> Lanes<C> {
    /// Opens the first lane, as a client that cannot be set up is found out now.
    pub(super) fn new(open: impl Fn() -> Result<C> + Send + Sync + 'static) -> Result<Self> {
        let mut book = Book {
            lanes: Vec::new(),
            learned: None,
        };
        book.add(open()?, Lifetime::Short);
        Ok(Lanes {
            shared: Arc::new(Shared {
                open: Box::new(open),
                book: Mutex::new(book),
            }),
        })
    }

    /// A place in a lane for what lasts as long; `is_shared` if one connection carries several
    /// requests, and has a limit.
    pub(super) fn take(&self, lifetime: Lifetime, is_shared: bool) -> Result<Permit<C>> {
        let mut book = self.shared.book.lock();
        book.close_idle();
        let most = if is_shared { book.most() } else { usize::MAX };
        let place = match book.with_room(lifetime, most) {
            Some(place) => place,
            None => book.add((self.shared.open)()?, lifetime),
        };
        let entry = &mut book.lanes[place];
        entry.open += 1;
        entry.sent += 1;
        Ok(Permit {
            shared: Arc::clone(&self.shared),
            lane: Arc::clone(&entry.lane),
            number: entry.sent,
            open: entry.open,
        })
    }
}

impl<C> Permit<C> {
    pub(super) fn client(&self) -> &C {
        &self.lane.client
    }

    /// The head of the answer is there.
    pub(super) fn is_answered(&self) {
        self.lane.answered.fetch_max(self.number, Ordering::Relaxed);
    }

    /// The server took no request more on this connection.
    pub(super) fn is_refused(&self) {
        if self.open > 1 {
            self.shared.book.lock().learn(self.open - 1);
        }
    }

    /// No connection of the lane took the request: nothing more is sent there. If none that was
    /// sent later was answered either, the server seems to allow no more than there were.
    pub(super) fn is_stuck(&self) {
        let mut book = self.shared.book.lock();
        book.lanes
            .retain(|entry| !Arc::ptr_eq(&entry.lane, &self.lane));
        if self.open > 1 && self.lane.answered.load(Ordering::Relaxed) < self.number {
            book.learn(self.open - 1);
        }
    }
}

impl<C> Drop for Permit<C> {
    fn drop(&mut self) {
        let mut book = self.shared.book.lock();
        let mut lanes = book.lanes.iter_mut();
        // A lane that is not used any more is not in the book.
        if let Some(entry) = lanes.find(|entry| Arc::ptr_eq(&entry.lane, &self.lane)) {
            entry.open -= 1;
            if entry.open == 0 {
                entry.idle_since = Instant::now();
            }
        }
    }
}

impl<C> Book<C> {
    fn add(&mut self, client: C, lifetime: Lifetime) -> usize {
        self.lanes.push(Entry {
            lane: Arc::new(Lane {
                client,
                answered: AtomicU64::new(0),
            }),
            lifetime,
            open: 0,
            sent: 0,
            idle_since: Instant::now(),
        });
        self.lanes.len() - 1
    }

    /// The first one, so that the last ones become idle when there is less to do.
    fn with_room(&self, lifetime: Lifetime, most: usize) -> Option<usize> {
        let has_room = |entry: &Entry<C>| entry.lifetime == lifetime && entry.open < most;
        self.lanes.iter().position(has_room)
    }

    /// Closes lanes that have been idle for long, but for the first of each kind.
    fn close_idle(&mut self) {
        if self.lanes.len() < 2 {
            return;
        }
        let mut has_first = Vec::with_capacity(2);
        self.lanes.retain(|entry| {
            let is_first = !has_first.contains(&entry.lifetime);
            if is_first {
                has_first.push(entry.lifetime);
            }
            is_first || entry.open > 0 || entry.idle_since.elapsed() < LINGER
        });
    }

    fn most(&self) -> usize {
        let believed = self.learned.filter(|it| it.at.elapsed() < BELIEVED);
        believed.map_or(MOST_OPEN, |learned| learned.most)
    }

    fn learn(&mut self, most: usize) {
        let most = most.clamp(1, self.most());
        tracing::debug!(most, "the server allows few requests on a connection");
        self.learned = Some(Learned {
            most,
            at: Instant::now(),
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    /// Lanes that count how many were opened and are still there.
    fn lanes() -> (Lanes<Arc<()>>, Arc<()>, Arc<AtomicUsize>) {
        let alive = Arc::new(());
        let opened = Arc::new(AtomicUsize::new(0));
        let (clients, count) = (Arc::clone(&alive), Arc::clone(&opened));
        let lanes = Lanes::new(move || {
            count.fetch_add(1, Ordering::Relaxed);
            Ok(Arc::clone(&clients))
        });
        (lanes.unwrap(), alive, opened)
    }

    fn many(lanes: &Lanes<Arc<()>>, lifetime: Lifetime, count: usize) -> Vec<Permit<Arc<()>>> {
        let permits = (0..count).map(|_| lanes.take(lifetime, true));
        permits.collect::<Result<_>>().unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_lane_opens_before_another_is_full() {
        let (lanes, _, opened) = lanes();
        let held = many(&lanes, Lifetime::Stream, 1000);
        assert_eq!(opened.load(Ordering::Relaxed), 1 + 12);
        let short = many(&lanes, Lifetime::Short, MOST_OPEN);
        assert_eq!(opened.load(Ordering::Relaxed), 1 + 12, "and none for them");
        let more = many(&lanes, Lifetime::Short, 1);
        assert_eq!(opened.load(Ordering::Relaxed), 1 + 13);
        drop((held, short, more));
    }

    #[tokio::test(start_paused = true)]
    async fn http_1_needs_one_lane_for_all() {
        let (lanes, _, opened) = lanes();
        let permits = (0..1000).map(|_| lanes.take(Lifetime::Short, false));
        let permits: Vec<_> = permits.collect::<Result<_>>().unwrap();
        assert_eq!((permits.len(), opened.load(Ordering::Relaxed)), (1000, 1));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_needed_no_more_closes_after_a_while() {
        let (lanes, alive, _) = lanes();
        let clients = || Arc::strong_count(&alive) - 2;
        let mut held = many(&lanes, Lifetime::Stream, 3 * MOST_OPEN);
        assert_eq!(clients(), 1 + 3);
        held.drain(MOST_OPEN..);
        tokio::time::advance(LINGER / 2).await;
        drop(many(&lanes, Lifetime::Short, 1));
        assert_eq!(clients(), 1 + 3, "it may be needed again");
        tokio::time::advance(LINGER).await;
        drop(many(&lanes, Lifetime::Short, 1));
        assert_eq!(clients(), 1 + 1);
        held.clear();
        tokio::time::advance(LINGER * 2).await;
        drop(many(&lanes, Lifetime::Short, 1));
        assert_eq!(clients(), 1 + 1, "the first one stays");
    }

    #[tokio::test(start_paused = true)]
    async fn a_smaller_limit_is_learned_and_forgotten() {
        let (lanes, _, opened) = lanes();
        let held = many(&lanes, Lifetime::Stream, 7);
        held[6].is_refused();
        held[5].is_refused();
        held[6].is_refused();
        let more = many(&lanes, Lifetime::Stream, 5);
        assert_eq!(opened.load(Ordering::Relaxed), 1 + 1 + 1, "five fit");
        let last = many(&lanes, Lifetime::Stream, 1);
        assert_eq!(opened.load(Ordering::Relaxed), 1 + 1 + 2);
        drop((held, more, last));
        tokio::time::advance(BELIEVED).await;
        let _held = many(&lanes, Lifetime::Stream, MOST_OPEN);
        assert_eq!(opened.load(Ordering::Relaxed), 1 + 1 + 2);
    }

    #[tokio::test(start_paused = true)]
    async fn a_lane_that_is_stuck_is_left() {
        let (lanes, _, opened) = lanes();
        let held = many(&lanes, Lifetime::Short, 9);
        // One that was sent later has an answer: it is not the number of them.
        held[8].is_answered();
        held[7].is_stuck();
        let _more = many(&lanes, Lifetime::Short, 9);
        assert_eq!(opened.load(Ordering::Relaxed), 2);
        let last = many(&lanes, Lifetime::Short, 1);
        last[0].is_stuck();
        drop(held);
        let _more = many(&lanes, Lifetime::Short, 9);
        assert_eq!(opened.load(Ordering::Relaxed), 3);
        let _more = many(&lanes, Lifetime::Short, 1);
        assert_eq!(opened.load(Ordering::Relaxed), 4, "nine were too many");
    }
}
