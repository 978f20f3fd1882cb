//! Reconciling: from changes of caches to calls of one function, key by key.
//!
//! A [`Controller`] joins three parts that work without it: informers report which objects
//! changed, a work queue turns that into one call at a time for each key, and workers make the
//! calls. The controller maps changes to keys, waits until the caches are filled, retries
//! failures and panics, and ends in order. [`finalizer()`] cleans up what an object leaves
//! outside of the cluster.

pub mod events;
mod failure;
mod finalizer;
mod metered;
mod owner;
pub(crate) mod problem;
mod request;
mod run;
mod source;
mod worker;
pub mod workqueue;

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

pub use self::failure::{Failure, FailureKind};
pub use self::finalizer::{Finalizing, finalizer};
pub use self::owner::controlled_by;
pub use self::request::{Action, Request};
use self::run::Run;
use self::source::{Only, Source};
use self::worker::OnFailure;
use crate::cache::{Delta, NamespacedName, SharedInformer};
use crate::controller::workqueue::{RateLimiter, WorkQueue};
use crate::model::error::Result;
use crate::model::object::Object;
use crate::model::verbs;

/// Calls a function for each object that may need something done.
///
/// The function is given a key, and the object as it is in the cache: `None` when it is
/// gone, also when the deletion fell into a gap of the watch. It must bring
/// about what should be, whatever happened before: calls are merged, and say nothing of
/// what changed. One key is never with two workers at once. What is met at the start and in
/// a resync waits behind what changes ([rule CR2](crate::semantics#cr2)).
///
/// - `Ok(Action::await_change())` forgets earlier failures.
/// - `Ok(Action::requeue_after(…))` calls again then, or at the next change.
/// - `Ok(Action::give_up(…))` waits for a change, because trying again would not help.
/// - `Err`, a panic and a call that takes too long are logged, counted, given to
///   [`on_failure`](Self::on_failure), and call again after a wait that doubles with each
///   failure of that key, from 5 ms to 1000 s ([rule CR3](crate::semantics#cr3),
///   [K8](crate::semantics#k8)).
///
/// ```no_run
/// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
/// use kubewright::controller::{Action, Controller, Request};
/// use kubewright::{Error, Unstructured};
///
/// Controller::new(client.lookup("widgets").await?)
///     .owns(client.lookup("deployments").await?)
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
///
/// # Metrics
/// To the recorder of the `metrics` crate that is installed when it runs, with the label
/// `controller`, under the names that controller-runtime's have:
/// `controller_runtime_reconcile_total` by `result` (`success`, `requeue_after`, `error`),
/// `controller_runtime_reconcile_errors_total`,
/// `controller_runtime_terminal_reconcile_errors_total`,
/// `controller_runtime_reconcile_panics_total`, `controller_runtime_reconcile_timeouts_total`,
/// `controller_runtime_reconcile_time_seconds`, `controller_runtime_active_workers` and
/// `controller_runtime_max_concurrent_reconciles`; and those of its queue, which has its
/// name (see [`Builder::name`](crate::controller::workqueue::Builder::name)).
pub struct Controller<K> {
    primary: SharedInformer<K>,
    only: Option<Only<K>>,
    sources: Vec<Box<dyn Source>>,
    queue: WorkQueue<NamespacedName>,
    name: String,
    settings: Settings,
}

/// The settings that have a default.
struct Settings {
    workers: usize,
    resync: Option<Duration>,
    sync_timeout: Duration,
    reconcile_timeout: Option<Duration>,
    drain_timeout: Duration,
    on_failure: Option<OnFailure>,
}

impl Default for Settings {
    /// As controller-runtime has it ([rule CR4](crate::semantics#cr4),
    /// [CR6](crate::semantics#cr6)).
    fn default() -> Self {
        Settings {
            workers: 1,
            resync: None,
            sync_timeout: Duration::from_secs(120),
            reconcile_timeout: None,
            drain_timeout: Duration::from_secs(30),
            on_failure: None,
        }
    }
}

impl<K: Object + verbs::List + verbs::Watch> Controller<K> {
    /// A controller of the objects in an informer's cache, or of those that a handle
    /// reaches, for which it makes an informer of its own. It starts the informer, which may
    /// be shared, and does not stop it.
    pub fn new(primary: impl Into<SharedInformer<K>>) -> Self {
        let primary = primary.into();
        Controller {
            name: primary.name().to_owned(),
            queue: WorkQueue::builder().name(primary.name()).build(),
            sources: Vec::new(),
            primary,
            only: None,
            settings: Settings::default(),
        }
    }

    /// Another name, in the log and for metrics, than that of the resource. To be called
    /// before [`Controller::queue`], whose queue this replaces.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self.queue = WorkQueue::builder().name(self.name.as_str()).build();
        self
    }

    /// How long a key waits after a failure, instead of
    /// [`MaxOf::default`](crate::controller::workqueue::MaxOf::default). To be called after
    /// [`Controller::named`] and before [`Controller::queue`], whose queue this replaces.
    #[must_use]
    pub fn rate_limiter(mut self, limiter: impl RateLimiter<NamespacedName> + 'static) -> Self {
        let queue = WorkQueue::builder().name(self.name.as_str());
        self.queue = queue.rate_limiter(limiter).build();
        self
    }

    /// Calls only for those changes of this controller's own objects that a predicate lets
    /// through; the initial list, a resync and what is owned or watched always call. A second
    /// predicate replaces the first; one that panics is logged, and the change is dropped.
    ///
    /// Where the server counts `metadata.generation`, that of an object changes with its spec
    /// and when it is to go, but not with its status:
    ///
    /// ```no_run
    /// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
    /// use kubewright::Unstructured;
    /// use kubewright::cache::Delta;
    /// use kubewright::controller::Controller;
    ///
    /// let generation = |widget: &Unstructured| widget.path::<i64>("/metadata/generation").ok();
    /// let controller = Controller::new(client.lookup("widgets").await?).only(move |delta| match delta {
    ///     Delta::Updated { old, new } => generation(old) != generation(new),
    ///     Delta::Added(_) | Delta::Deleted { .. } => true,
    /// });
    /// # drop(controller);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    #[doc(alias("predicate", "filter"))]
    pub fn only(mut self, changes: impl Fn(&Delta<K>) -> bool + Send + Sync + 'static) -> Self {
        self.only = Some(Box::new(changes));
        self
    }

    /// Reconciles the owner of each object here that changes: the one that its
    /// `ownerReferences` name as controller, where that is of this controller's kind.
    #[must_use]
    pub fn owns<C: Object + verbs::List + verbs::Watch>(
        self,
        children: impl Into<SharedInformer<C>>,
    ) -> Self {
        let owners = self.primary.api_resource().clone();
        let cached = self.primary.store().clone();
        self.watches(children, move |child| {
            owner::key_of(child, &owners, &cached).into_iter().collect()
        })
    }

    /// Reconciles the keys that the function returns for a watched object, whenever the object
    /// changes. It is called with both states of the object, the old and the new one. If it
    /// panics, that is logged, and the change is dropped.
    ///
    /// ```no_run
    /// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
    /// use kubewright::cache::{NamespacedName, Selection, SharedInformer};
    /// use kubewright::controller::Controller;
    /// use kubewright::{Object, Unstructured};
    ///
    /// let widgets = SharedInformer::new(client.lookup("widgets").await?, Selection::new());
    /// // Which widgets name which secret: an index answers that without a request.
    /// widgets.add_index("secret", |widget: &Unstructured| {
    ///     widget.path("/spec/secretName").ok().flatten().into_iter().collect()
    /// })?;
    /// let cached = widgets.lister();
    /// let controller = Controller::new(widgets).watches(
    ///     client.lookup("secrets").await?,
    ///     move |secret: &Unstructured| {
    ///         let namespace = cached.namespace(secret.namespace().unwrap_or_default());
    ///         let widgets = namespace.by_index("secret", secret.name()).unwrap_or_default();
    ///         widgets.iter().map(|widget| NamespacedName::of(&**widget)).collect()
    ///     },
    /// );
    /// # drop(controller);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn watches<C: Object + verbs::List + verbs::Watch>(
        mut self,
        others: impl Into<SharedInformer<C>>,
        concerns: impl Fn(&C) -> Vec<NamespacedName> + Send + Sync + 'static,
    ) -> Self {
        self.sources
            .push(source::of(others.into(), None, None, concerns));
        self
    }

    /// How many keys may be worked on at once; 1 unless this says more.
    #[must_use]
    pub fn workers(mut self, workers: usize) -> Self {
        self.settings.workers = workers.max(1);
        self
    }

    /// Reconciles every object again about so often, changed or not, behind what changes.
    /// Without it only if the informer has a [resync](SharedInformer::resync).
    #[must_use]
    pub fn resync(mut self, period: Duration) -> Self {
        self.settings.resync = Some(period);
        self
    }

    /// How long the caches may take to fill before work is given up; two minutes unless this
    /// says otherwise.
    #[must_use]
    pub fn sync_timeout(mut self, limit: Duration) -> Self {
        self.settings.sync_timeout = limit;
        self
    }

    /// How long a call may take. One that takes longer is dropped at its next await, and has
    /// failed; without this, calls may take for ever.
    #[must_use]
    pub fn reconcile_timeout(mut self, limit: Duration) -> Self {
        self.settings.reconcile_timeout = Some(limit);
        self
    }

    /// How long the end waits for calls that are being made; 30 seconds unless this says
    /// otherwise. Those that take longer are dropped.
    #[must_use]
    pub fn drain_timeout(mut self, limit: Duration) -> Self {
        self.settings.drain_timeout = limit;
        self
    }

    /// Calls a function for every call that fails, after it was logged.
    #[must_use]
    pub fn on_failure(mut self, tell: impl Fn(&Failure) + Send + Sync + 'static) -> Self {
        self.settings.on_failure = Some(Arc::new(tell));
        self
    }

    /// The queue, to add keys for reasons that no cache knows. It is shut down when the
    /// controller ends.
    ///
    /// ```no_run
    /// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
    /// use kubewright::cache::NamespacedName;
    /// use kubewright::controller::Controller;
    ///
    /// let controller = Controller::new(client.lookup("widgets").await?).workers(4);
    /// let queue = controller.queue().clone();
    /// // From anywhere, such as the handler of a webhook:
    /// queue.add(NamespacedName::new("prod", "big"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn queue(&self) -> &WorkQueue<NamespacedName> {
        &self.queue
    }

    /// Works until the future is dropped, which drops the calls that are being made.
    ///
    /// # Errors
    /// `is_timeout()` when a cache is not filled in time, with the last thing that went wrong
    /// with it; `is_stopped()` when one of the informers is stopped or the
    /// [queue](Self::queue) is shut down. The error says which.
    pub async fn run<F, R, E>(self, reconcile: F) -> Result<()>
    where
        F: Fn(Request<K>) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Action, E>> + Send + 'static,
        E: fmt::Display + Send + 'static,
    {
        self.run_until(std::future::pending(), reconcile).await
    }

    /// Works until `end` resolves, then waits for the calls that are being made, and returns.
    /// Keys that wait are left: the next controller finds them in its caches.
    ///
    /// # Errors
    /// As [`Controller::run`], and `is_timeout()` when calls did not end within the
    /// [drain timeout](Self::drain_timeout); the error names their keys.
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
        Run::new(self, reconcile).until(end).await
    }
}

impl<K: Object> fmt::Debug for Controller<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sources: Vec<_> = self.sources.iter().map(|source| source.name()).collect();
        f.debug_struct("Controller")
            .field("name", &self.name)
            .field("primary", &self.primary.name())
            .field("sources", &sources)
            .field("workers", &self.settings.workers)
            .finish_non_exhaustive()
    }
}
