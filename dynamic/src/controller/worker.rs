//! The workers: each takes a key, makes the call, and says what becomes of the key.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::watch;

use super::failure::{Failure, FailureKind};
use super::metered::Meter;
use super::request::{Action, Request, Then};
use crate::cache::{NamespacedName, Store, panic_message};
use crate::controller::workqueue::{Item, WorkQueue};
use crate::model::object::Object;

/// The function, whatever its types.
pub(super) type Reconcile<K> =
    Box<dyn Fn(Request<K>) -> BoxFuture<'static, Result<Action, String>> + Send + Sync>;

/// When a key comes again for which nothing could say when.
const AFTER_PANIC: Duration = Duration::from_secs(1);

/// Who is called for failures.
pub(super) type OnFailure = Arc<dyn Fn(&Failure) + Send + Sync>;

/// What the workers of a controller share.
pub(super) struct Work<K> {
    pub(super) name: String,
    pub(super) queue: WorkQueue<NamespacedName>,
    pub(super) cached: Store<K>,
    pub(super) reconcile: Reconcile<K>,
    pub(super) timeout: Option<Duration>,
    pub(super) on_failure: Option<OnFailure>,
    pub(super) meter: Meter,
    pub(super) busy: Busy,
    /// True when no further key shall be taken.
    pub(super) ending: watch::Sender<bool>,
}

type Outcome = Result<Action, (FailureKind, String)>;

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

    /// What panics around the call, a rate limiter or a future that is dropped, costs no
    /// worker; the key comes again.
    async fn take_contained(&self, item: Item<NamespacedName>) {
        let key = item.clone();
        let taken = AssertUnwindSafe(self.take(item)).catch_unwind().await;
        if let Err(panic) = taken {
            let panic = panic_message(&*panic);
            tracing::error!(controller = %self.name, %key, panic, "something panicked around a call");
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
            let limit = self.timeout.unwrap_or_default();
            return Err((FailureKind::Timeout, format!("it may take {limit:?}")));
        };
        match ended {
            Ok(outcome) => outcome.map_err(|error| (FailureKind::Error, error)),
            Err(panic) => Err((FailureKind::Panic, panic_message(&*panic).to_owned())),
        }
    }

    /// What becomes of a key after its call ([rule CR3](crate::semantics#cr3)).
    fn settle(&self, item: Item<NamespacedName>, outcome: Outcome, failures: u32) {
        match outcome {
            Ok(Action(Then::AwaitChange)) => item.forget(),
            Ok(Action(Then::After(wait))) => drop(item.requeue_after(wait)),
            Ok(Action(Then::GiveUp(reason))) => {
                self.failed(&item, FailureKind::GaveUp, reason, failures);
                item.forget();
            }
            Err((kind, message)) => {
                self.failed(&item, kind, message, failures);
                item.retry();
            }
        }
    }

    fn failed(&self, key: &NamespacedName, kind: FailureKind, message: String, failures: u32) {
        let failure = Failure {
            key: key.clone(),
            kind,
            message,
            failures,
        };
        tracing::warn!(controller = %self.name, key = %failure.key, failures, "{failure}");
        if let Some(on_failure) = &self.on_failure
            && catch_unwind(AssertUnwindSafe(|| on_failure(&failure))).is_err()
        {
            tracing::error!(controller = %self.name, "who is told of failures panicked");
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
