//! Reconciling: from changes of caches to calls of one function, key by key.
//!
//! A [`Controller`] joins three things that are complete without it: informers say which
//! objects changed, a work queue makes of that one call at a time for each key, and workers
//! make the calls. What is here is the joining: whose change concerns which key, when work
//! may begin, what becomes of a failure or a panic, and how it ends.

mod owner;
mod request;
mod source;

use std::fmt;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::task::JoinSet;

pub use self::request::{Action, Request};
use self::source::Source;
use crate::cache::{NamespacedName, SharedInformer};
use crate::error::{Error, Result};
use crate::object::Object;
use crate::verbs;
use crate::workqueue::{Item, WorkQueue};

/// How long the caches may take to fill before work is given up (semantics CR4).
const SYNC_PATIENCE: Duration = Duration::from_secs(120);

/// Calls a function for each object that may need something done.
///
/// The function is given a key, and the object as it is in the cache: `None` when it is
/// gone, which is told also when the deletion fell into a gap of the watch. It must bring
/// about what should be, whatever happened before: calls are merged, and say nothing of
/// what changed. One key is never with two workers at once.
///
/// - `Ok(Action::await_change())` forgets earlier failures.
/// - `Ok(Action::requeue_after(…))` calls again then, or at the next change.
/// - `Err` and a panic are logged, and call again after a wait that doubles with each
///   failure of that key.
///
/// ```no_run
/// # async fn doc(client: kubewright_dynamic::Client) -> kubewright_dynamic::Result<()> {
/// use kubewright_dynamic::cache::SharedInformer;
/// use kubewright_dynamic::controller::{Action, Controller, Request};
/// use kubewright_dynamic::{Error, ListOptions, Unstructured};
///
/// let widgets = SharedInformer::new(client.lookup("widgets").await?, ListOptions::new());
/// let deployments = SharedInformer::new(client.lookup("deployments").await?, ListOptions::new());
/// Controller::new(widgets)
///     .owns(deployments)
///     .workers(4)
///     .run(|request: Request<Unstructured>| async move {
///         match request.object() {
///             Some(widget) => println!("{} wants {}", widget.name(), widget["spec"]["size"]),
///             None => println!("{} is gone", request.key()),
///         }
///         Ok::<_, Error>(Action::await_change())
///     })
///     .await?;
/// # Ok(())
/// # }
/// ```
pub struct Controller<K> {
    primary: SharedInformer<K>,
    sources: Vec<Box<dyn Source>>,
    queue: WorkQueue<NamespacedName>,
    workers: usize,
}

impl<K: Object + verbs::List + verbs::Watch> Controller<K> {
    /// A controller of the objects in an informer's cache, which it starts.
    pub fn new(primary: SharedInformer<K>) -> Self {
        let queue = WorkQueue::builder().name(primary.name()).build();
        let sources = vec![source::of(primary.clone(), |object| {
            vec![NamespacedName::of(object)]
        })];
        Controller {
            primary,
            sources,
            queue,
            workers: 1,
        }
    }

    /// Reconciles the owner of each object here that changes: the one that its
    /// `ownerReferences` name as controller, where that is of this controller's kind.
    #[must_use]
    pub fn owns<C: Object + verbs::List + verbs::Watch>(self, children: SharedInformer<C>) -> Self {
        let (owners, cached) = (
            self.primary.api_resource().clone(),
            self.primary.store().clone(),
        );
        self.watches(children, move |child| {
            owner::key_of(child, &owners, &cached).into_iter().collect()
        })
    }

    /// Reconciles the keys that an object here is said to concern, whenever it changes.
    /// A change asks for both states of the object: what it concerned and what it concerns.
    #[must_use]
    pub fn watches<C: Object + verbs::List + verbs::Watch>(
        mut self,
        others: SharedInformer<C>,
        concerns: impl Fn(&C) -> Vec<NamespacedName> + Send + Sync + 'static,
    ) -> Self {
        self.sources.push(source::of(others, concerns));
        self
    }

    /// How many keys may be worked on at once; 1 unless this says more.
    #[must_use]
    pub fn workers(mut self, workers: usize) -> Self {
        self.workers = workers.max(1);
        self
    }

    /// The queue, to add keys for reasons that no cache knows.
    pub fn queue(&self) -> &WorkQueue<NamespacedName> {
        &self.queue
    }

    /// Works until the future is dropped.
    ///
    /// # Errors
    /// When a cache does not fill within two minutes; the error names those that did not.
    pub async fn run<F, R, E>(self, reconcile: F) -> Result<()>
    where
        F: Fn(Request<K>) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Action, E>> + Send + 'static,
        E: fmt::Display + Send + 'static,
    {
        self.run_until(std::future::pending(), reconcile).await
    }

    /// Works until `end` resolves, then finishes the calls that are under way, and returns.
    ///
    /// # Errors
    /// As [`Controller::run`].
    pub async fn run_until<F, R, E>(
        self,
        end: impl Future<Output = ()> + Send,
        reconcile: F,
    ) -> Result<()>
    where
        F: Fn(Request<K>) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Action, E>> + Send + 'static,
        E: fmt::Display + Send + 'static,
    {
        let reconcile: Reconcile<K> = Arc::new(move |request| {
            let work = reconcile(request);
            Box::pin(async move { work.await.map_err(|error| error.to_string()) })
        });
        // Dropping the set ends its tasks, and so does dropping this future.
        let mut pumps = JoinSet::new();
        for source in &self.sources {
            pumps.spawn(source.pump(self.queue.clone()));
        }
        self.fill_caches().await?;
        let mut workers = JoinSet::new();
        for _ in 0..self.workers {
            workers.spawn(work(
                self.queue.clone(),
                self.primary.clone(),
                Arc::clone(&reconcile),
            ));
        }
        end.await;
        self.queue.shut_down();
        while workers.join_next().await.is_some() {}
        Ok(())
    }

    /// No call is made on half a cache.
    async fn fill_caches(&self) -> Result<()> {
        let all = async {
            for source in &self.sources {
                source.synced().await;
            }
        };
        if tokio::time::timeout(SYNC_PATIENCE, all).await.is_ok() {
            return Ok(());
        }
        let missing = self.sources.iter().filter(|source| !source.has_synced());
        let missing: Vec<_> = missing.map(|source| source.name()).collect();
        Err(Error::request(format!(
            "these caches did not fill in time: {}",
            missing.join(", ")
        )))
    }
}

/// The function, whatever its types.
type Reconcile<K> =
    Arc<dyn Fn(Request<K>) -> BoxFuture<'static, Result<Action, String>> + Send + Sync>;

/// One worker: takes keys until the queue is shut down.
async fn work<K: Object>(
    queue: WorkQueue<NamespacedName>,
    primary: SharedInformer<K>,
    reconcile: Reconcile<K>,
) {
    while let Some(item) = queue.get().await {
        let request = Request::new(item.clone(), primary.store().get(&item));
        // A call that panics has failed; the worker goes on.
        let call = AssertUnwindSafe(async { reconcile(request).await })
            .catch_unwind()
            .await;
        settle(
            item,
            call.unwrap_or_else(|_| Err("the reconcile function panicked".to_owned())),
        );
    }
}

/// What becomes of a key after its call (semantics CR3).
fn settle(item: Item<NamespacedName>, outcome: Result<Action, String>) {
    match outcome {
        Ok(Action {
            requeue_after: Some(wait),
        }) => {
            item.requeue_after(wait);
        }
        Ok(Action {
            requeue_after: None,
        }) => item.forget(),
        Err(error) => {
            tracing::warn!(key = %*item, error, "a reconciliation failed and is tried again");
            item.retry();
        }
    }
}

impl<K: Object> fmt::Debug for Controller<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sources: Vec<_> = self.sources.iter().map(|source| source.name()).collect();
        f.debug_struct("Controller")
            .field("primary", &self.primary.name())
            .field("sources", &sources)
            .field("workers", &self.workers)
            .finish_non_exhaustive()
    }
}
