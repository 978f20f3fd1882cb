//! The workers: each takes a key, calls the reconcile function, and requeues or forgets the key.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::watch;

use super::failure::Failure;
use super::metered::Meter;
use super::problem::CallProblem;
use super::request::{Action, Request, Then};
use crate::cache::{NamespacedName, Store, panic_message};
use crate::controller::workqueue::{Item, WorkQueue};
use crate::model::object::Object;

/// The function, whatever its types.
pub(super) type Reconcile<K> =
    Box<dyn Fn(Request<K>) -> BoxFuture<'static, Result<Action, String>> + Send + Sync>;

/// The wait before the next call where a panic kept the rate limiter from choosing one.
const AFTER_PANIC: Duration = Duration::from_secs(1);

/// The function for failures.
pub(super) type OnFailure = Arc<dyn Fn(&Failure) + Send + Sync>;

/// The state that the workers of a controller share.
pub(super) struct Work<K> {
    pub(super) name: String,
    pub(super) queue: WorkQueue<NamespacedName>,
    pub(super) cached: Store<K>,
    pub(super) reconcile: Reconcile<K>,
    pub(super) timeout: Option<Duration>,
    pub(super) on_failure: Option<OnFailure>,
    pub(super) meter: Meter,
    pub(super) busy: Busy,
    /// True when workers shall take no further key.
    pub(super) ending: watch::Sender<bool>,
}

type Outcome = Result<Action, CallProblem>;

impl<K: Object> Work<K> {
    /// Takes keys until the end.
    pub(super) async fn go_on(self: Arc<Self>) {
        let mut ending = self.ending.subscribe();
        loop {
            let item = tokio::select! {
                biased;
                _ = ending.wait_for(|ending| *ending) => return,
                item = self.queue.get() => item,
            };
            match item {
                Some(item) => self.take_contained(item).await,
                None => return,
            }
        }
    }

    /// Contains panics outside the reconcile function, of a rate limiter or of a future that is
    /// dropped: the worker goes on, and the key is queued again.
    async fn take_contained(&self, item: Item<NamespacedName>) {
        let key = item.clone();
        let taken = AssertUnwindSafe(self.take(item)).catch_unwind().await;
        if let Err(panic) = taken {
            let panic = panic_message(&*panic);
            tracing::error!(controller = %self.name, %key, panic, "a panic outside the reconcile function: calling again later");
            self.queue.add_after(key, AFTER_PANIC);
        }
    }

    async fn take(&self, item: Item<NamespacedName>) {
        let failures = self.queue.requeues(&item);
        let request = Request::new(item.clone(), self.cached.get(&item), failures);
        let call = Underway::begin(self, &item);
        let outcome = self.call(request).await;
        drop(call);
        self.meter.count(&outcome);
        self.settle(item, outcome, failures + 1);
    }

    /// One call, which may panic or take for ever.
    async fn call(&self, request: Request<K>) -> Outcome {
        let call = AssertUnwindSafe(async { (self.reconcile)(request).await }).catch_unwind();
        let Some(ended) = within(self.timeout, call).await else {
            return Err(CallProblem::Timeout(self.timeout.unwrap_or_default()));
        };
        match ended {
            Ok(outcome) => outcome.map_err(CallProblem::Error),
            Err(panic) => Err(CallProblem::Panic(panic_message(&*panic).to_owned())),
        }
    }

    /// Requeues or forgets a key after its call ([rule CR3](crate::semantics#cr3)).
    fn settle(&self, item: Item<NamespacedName>, outcome: Outcome, failures: u32) {
        match outcome {
            Ok(Action(Then::AwaitChange)) => item.forget(),
            Ok(Action(Then::After(wait))) => drop(item.requeue_after(wait)),
            Ok(Action(Then::GiveUp(reason))) => {
                self.failed(&item, CallProblem::GaveUp(reason), failures);
                item.forget();
            }
            Err(problem) => {
                self.failed(&item, problem, failures);
                item.retry();
            }
        }
    }

    fn failed(&self, key: &NamespacedName, problem: CallProblem, failures: u32) {
        let failure = Failure {
            key: key.clone(),
            problem,
            failures,
        };
        tracing::warn!(controller = %self.name, key = %failure.key, failures, "{failure}");
        if let Some(on_failure) = &self.on_failure
            && catch_unwind(AssertUnwindSafe(|| on_failure(&failure))).is_err()
        {
            tracing::error!(controller = %self.name, "the function for failures panicked");
        }
    }
}

async fn within<T>(limit: Option<Duration>, work: impl Future<Output = T>) -> Option<T> {
    match limit {
        Some(limit) => tokio::time::timeout(limit, work).await.ok(),
        None => Some(work.await),
    }
}

/// The keys that workers hold.
#[derive(Default)]
pub(super) struct Busy {
    keys: Mutex<BTreeSet<NamespacedName>>,
}

impl Busy {
    fn keys(&self) -> MutexGuard<'_, BTreeSet<NamespacedName>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn list(&self) -> Vec<NamespacedName> {
        self.keys().iter().cloned().collect()
    }
}

/// A call that is being made; ends also where its worker is aborted.
struct Underway<'a, K> {
    work: &'a Work<K>,
    key: NamespacedName,
    began: Instant,
}

impl<'a, K> Underway<'a, K> {
    fn begin(work: &'a Work<K>, key: &NamespacedName) -> Self {
        work.meter.began();
        work.busy.keys().insert(key.clone());
        Underway {
            work,
            key: key.clone(),
            began: Instant::now(),
        }
    }
}

impl<K> Drop for Underway<'_, K> {
    fn drop(&mut self) {
        self.work.busy.keys().remove(&self.key);
        self.work.meter.ended(self.began.elapsed());
    }
}
