//! The state that all handles of a queue share, under a lock, and the getters that wait for it.
//!
//! The lock is never held over an await. A getter registers before it looks at the
//! state, so that nothing that happens in between is missed (for what wakes all, asking for
//! the notification is enough), and a getter that is cancelled after it was woken hands that
//! on to the next ([`Notify`] does).

use std::hash::Hash;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;
use tokio::time;

use super::limiter::RateLimiter;
use super::meter::Meter;
use super::options::AddOptions;
use super::state::{Next, Phase, State, Stats, Wake, Work};

/// A delay beyond this is this: about thirty years, which any clock can add.
const LONGEST_DELAY: Duration = Duration::from_secs(30 * 365 * 24 * 3600);

/// How often the ages of unfinished work are reported ([rule K9](crate::semantics#k9)).
const REPORT_INTERVAL: Duration = Duration::from_millis(500);

pub(super) struct Shared<T> {
    state: Mutex<State<T>>,
    limiter: Mutex<Box<dyn RateLimiter<T>>>,
    meter: Option<Meter>,
    ready: Notify,
    ended: Notify,
}

impl<T: Eq + Hash> Shared<T> {
    pub(super) fn new(name: Option<&str>, limiter: Box<dyn RateLimiter<T>>) -> Self {
        Self {
            state: Mutex::new(State::new()),
            limiter: Mutex::new(limiter),
            meter: name.map(Meter::new),
            ready: Notify::new(),
            ended: Notify::new(),
        }
    }

    pub(super) fn add(&self, item: Arc<T>, options: AddOptions) -> bool {
        let limited = options.rate_limited.then(|| self.limit(&item));
        let delay = options.after.into_iter().chain(limited).min();
        let wait = delay.unwrap_or_default().min(LONGEST_DELAY);
        let added = self.step(|state, now| state.add(item, now + wait, options.priority, now));
        if let Some(wake) = added {
            self.wake(wake);
        }
        if let (Some(meter), Some(_), Some(_)) = (&self.meter, delay, added) {
            meter.retried();
        }
        added.is_some()
    }

    pub(super) async fn get(&self) -> Option<Work<T>> {
        // A worker that finds an item each time would never let another task run.
        tokio::task::coop::consume_budget().await;
        loop {
            let mut woken = pin!(self.ready.notified());
            woken.as_mut().enable();
            match self.step(State::get) {
                Next::Work(work) => {
                    if let Some(meter) = &self.meter {
                        meter.handed_out(work.waited);
                    }
                    return Some(work);
                }
                Next::Closed => return None,
                Next::Wait(None) => woken.await,
                Next::Wait(Some(at)) => tokio::select! {
                    () = woken => {}
                    () = time::sleep_until(at.into()) => {}
                },
            }
        }
    }

    pub(super) fn done(&self, item: &T) {
        let (worked, wake) = self.step(|state, now| state.done(item, now));
        self.wake(wake);
        if let Some(meter) = &self.meter {
            meter.finished(worked);
        }
    }

    pub(super) fn forget(&self, item: &T) {
        self.limiter().forget(item);
    }

    pub(super) fn requeues(&self, item: &T) -> u32 {
        self.limiter().requeues(item)
    }

    /// Closes the queue, and answers with the items whose time had not come.
    pub(super) fn shut_down(&self) -> Vec<Arc<T>> {
        let delayed = self.step(|state, now| {
            state.close(Phase::Closed, now);
            state.take_delayed()
        });
        self.ended.notify_waiters();
        delayed
    }

    /// Closes the queue, waits until no item waits or is worked on, and returns the delayed
    /// items. These stay in the queue until then, so that nothing
    /// is lost with a future that is dropped.
    pub(super) async fn drain(&self) -> Vec<Arc<T>> {
        self.step(|state, now| state.close(Phase::Draining, now));
        loop {
            let ended = self.ended.notified();
            if self.step(|state, _| state.is_drained() || state.phase() == Phase::Closed) {
                return self.step(|state, _| state.take_delayed());
            }
            ended.await;
        }
    }

    pub(super) fn is_shut_down(&self) -> bool {
        self.step(|state, _| state.phase() != Phase::Open)
    }

    pub(super) fn stats(&self) -> Stats {
        self.step(State::stats)
    }

    pub(super) async fn report(self: Arc<Self>) {
        let Some(meter) = &self.meter else {
            return;
        };
        loop {
            let ended = self.ended.notified();
            let (stats, drained) = self.step(|state, now| (state.stats(now), state.is_drained()));
            meter.report(&stats);
            if drained {
                return;
            }
            tokio::select! {
                () = ended => {}
                () = time::sleep(REPORT_INTERVAL) => {}
            }
        }
    }

    /// Does one step of the state, updates the meter, and wakes the getters that it ends or feeds.
    fn step<R>(&self, step: impl FnOnce(&mut State<T>, Instant) -> R) -> R {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // Read under the lock, so that time goes forward from step to step.
        let result = step(&mut state, time::Instant::now().into_std());
        if let Some(meter) = &self.meter {
            meter.count(state.waiting(), state.adds());
        }
        let (exhausted, drained) = (state.is_exhausted(), state.is_drained());
        drop(state);
        if exhausted {
            self.ready.notify_waiters();
        }
        if drained {
            self.ended.notify_waiters();
        }
        result
    }

    fn wake(&self, wake: Wake) {
        match wake {
            Wake::Nobody => {}
            Wake::One => self.ready.notify_one(),
            Wake::All => self.ready.notify_waiters(),
        }
    }

    fn limit(&self, item: &T) -> Duration {
        let now = time::Instant::now().into_std();
        self.limiter().when(item, now)
    }

    fn limiter(&self) -> MutexGuard<'_, Box<dyn RateLimiter<T>>> {
        self.limiter.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
