//! A shared informer: one watch and one store for all users of the same objects.

mod builder;

use std::convert::Infallible;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

pub use self::builder::InformerBuilder;
use super::buffer::BufferPolicy;
use super::driver::{Driver, is_check_asked_for};
use super::errors::Errors;
use super::fanout::Fanout;
use super::filling;
use super::handler::{self, EventHandler, HandlerOptions, Registration, panic_message};
use super::lister::Lister;
use super::metered::Meter;
use super::patience::Patience;
use super::probe::{Changes, Probe};
use super::problem::{CacheProblem, Missing};
use super::reflector::Reflector;
use super::selection::Selection;
use super::store::{Closing, Store};
use super::subscription::Deltas;
use super::version::compare_resource_versions;
use crate::client::api::Api;
use crate::model::api_resource::ApiResource;
use crate::model::error::{Error, Result};
use crate::model::object::Object;
use crate::model::verbs;

/// Objects of one kind, in one namespace or all, kept in memory and followed.
///
/// Cheap to clone: clones are the same informer. It runs from [`SharedInformer::start`] until
/// it is stopped or the last clone is dropped, and leaves nothing behind: its task, its
/// connection and its handlers end. Listers and subscriptions may outlive it; they then show
/// the last state and end. A handler that holds a clone of its own informer keeps it
/// running: give it a [`Lister`].
///
/// ```no_run
/// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
/// use kubewright::Unstructured;
/// use kubewright::cache::{Delta, HandlerFuncs, Selection, SharedInformer};
///
/// let pods = SharedInformer::new(client.lookup("pods").await?, Selection::new());
/// pods.add_index("node", |pod: &Unstructured| {
///     pod.path("/spec/nodeName").ok().flatten().into_iter().collect()
/// })?;
/// // Pushed:
/// let printer = HandlerFuncs::new().on_delete(|pod: &std::sync::Arc<Unstructured>, _| {
///     println!("{} is gone", pod.name());
/// });
/// let registration = pods.add_event_handler(printer);
/// // Or pulled:
/// let mut deltas = pods.subscribe();
/// pods.start();
/// pods.synced().await?;
/// for pod in pods.lister().by_index("node", "node-1")? {
///     println!("{}", pod.name());
/// }
/// while let Some(delta) = deltas.next().await {
///     if let Delta::Added(pod) = delta {
///         println!("{} is there", pod.name());
///     }
/// }
/// # drop(registration);
/// # Ok(())
/// # }
/// ```
pub struct SharedInformer<K> {
    shared: Arc<Shared<K>>,
    /// Of the handlers that are added through this clone.
    resync: Option<Duration>,
}

struct Shared<K> {
    store: Store<K>,
    fanout: Arc<Fanout<K>>,
    synced: watch::Receiver<bool>,
    errors: Arc<Errors>,
    task: Mutex<Task<K>>,
    /// Every task holds a receiver: when there is none, all have ended.
    alive: watch::Sender<()>,
    name: String,
    resource: ApiResource,
    probe: Probe,
}

/// How long a version may take to come by itself before the server is asked.
const FIRST_QUESTION: Duration = Duration::from_millis(500);
/// Between an answer that said nothing and the next question.
const NEXT_QUESTION: Duration = Duration::from_secs(5);

/// The driver before it runs, and its task while it does.
enum Task<K> {
    Ready(Box<Driver<K>>),
    Running(JoinHandle<()>),
    Stopped,
}

impl<K: Object + verbs::List + verbs::Watch> SharedInformer<K> {
    /// An informer over the objects of a handle that a selection leaves. It does not run
    /// yet.
    pub fn new(api: Api<K>, selection: Selection) -> Self {
        SharedInformer::builder(api).selecting(selection).build()
    }

    /// An informer over what a handle reaches, with more to choose.
    ///
    /// ```no_run
    /// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
    /// use std::time::Duration;
    /// use kubewright::cache::{Selection, SharedInformer};
    ///
    /// let pods = SharedInformer::builder(client.lookup("pods").await?)
    ///     .selecting(Selection::new().labels("app=web"))
    ///     .resync(Duration::from_secs(3600))
    ///     .build();
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(api: Api<K>) -> InformerBuilder<K> {
        InformerBuilder::new(api)
    }

    fn of(builder: InformerBuilder<K>) -> Self {
        let InformerBuilder {
            api,
            selection,
            backoff,
            resync,
            transform,
            name,
            is_checked,
            spread,
        } = builder;
        let (store, fanout) = (Store::new(), Arc::new(Fanout::new()));
        let (synced, is_synced) = watch::channel(false);
        let errors = Arc::new(Errors::new());
        let resource = api.api_resource().clone();
        let support = api.client().stream_support(&resource);
        let (selectors, _) = selection.clone().into_parts();
        let probe = Probe::new(&api, selectors);
        let meter = name.and_then(|name| Meter::new(&name, &resource));
        let driver = Driver {
            api,
            meter,
            is_checked: is_checked.unwrap_or_else(is_check_asked_for),
            reflector: Reflector::new(selection, backoff, support, spread),
            store: store.clone(),
            fanout: Arc::clone(&fanout),
            synced,
            errors: Arc::clone(&errors),
            transform,
            patience: Patience::default(),
            snapshot: None,
            snapshots: 0,
            closing: Closing::default(),
        };
        SharedInformer {
            shared: Arc::new(Shared {
                store,
                fanout,
                synced: is_synced,
                errors,
                task: Mutex::new(Task::Ready(Box::new(driver))),
                alive: watch::Sender::new(()),
                name: resource.group_resource(),
                resource,
                probe,
            }),
            resync,
        }
    }

    /// Begins to list and watch, on the runtime of the caller. Starting twice is starting
    /// once, and what was stopped stays so ([rule I14](crate::semantics#i14)).
    ///
    /// Where that runtime has several threads, the cache is filled on one that the client
    /// keeps for all its caches, unless [`Config::with_cache_thread`] says no: moving about
    /// would cost more than reading. Transforms and index functions are called there,
    /// handlers and subscribers on the caller's.
    ///
    /// [`Config::with_cache_thread`]: crate::Config::with_cache_thread
    ///
    /// # Panics
    /// Outside of a tokio runtime, as `tokio::spawn` does.
    pub fn start(&self) {
        self.start_on(&Handle::current());
    }

    pub(super) fn start_on(&self, runtime: &Handle) {
        let mut task = self.shared.task();
        *task = match std::mem::replace(&mut *task, Task::Stopped) {
            Task::Ready(driver) => {
                let alive = self.shared.alive.subscribe();
                let transport = driver.api.client().transport();
                let runtime = transport.runtime_of_caches(runtime);
                Task::Running(runtime.spawn(async move {
                    driver.run().await;
                    drop(alive);
                }))
            }
            other => other,
        };
    }
}

impl<K: Object> SharedInformer<K> {
    /// Reads the cache.
    pub fn lister(&self) -> Lister<K> {
        Lister::new(self.shared.store.clone(), &self.shared.name)
    }

    /// The cache itself.
    pub fn store(&self) -> &Store<K> {
        &self.shared.store
    }

    /// Adds an index, before the start or at any later time; objects that are there are
    /// indexed at once. The function is called with every object that comes and goes, and
    /// must say the same of the same object each time. One that panics is logged, and the
    /// object is in the index under no value ([rule S4](crate::semantics#s4)): so does one that
    /// reads the cache that it is of, which is being written and would be waited for without end.
    ///
    /// # Errors
    /// When there is an index of that name.
    pub fn add_index(
        &self,
        name: &str,
        values_of: impl Fn(&K) -> Vec<String> + Send + Sync + 'static,
    ) -> Result<()> {
        let (index, within) = (name.to_owned(), self.shared.store.within());
        let contained = move |object: &K| {
            let values = || within.call(|| values_of(object));
            catch_unwind(AssertUnwindSafe(values)).unwrap_or_else(|panic| {
                let (object, panic) = (object.name(), panic_message(&*panic));
                tracing::error!(index, object, panic, "an index function panicked");
                Vec::new()
            })
        };
        self.shared.store.add_index(name, Arc::new(contained))
    }

    /// This informer, whose handlers get everything again about so often unless they name
    /// a period of their own. Other clones are not concerned: a period belongs to handlers,
    /// not to the cache.
    #[must_use]
    pub fn resync(mut self, period: Duration) -> Self {
        self.resync = Some(period);
        self
    }

    /// Listens, from any time on: first to what is in the cache, as `Added`, then to every
    /// change, each of which is kept until it is taken.
    pub fn subscribe(&self) -> Deltas<K> {
        self.subscribe_with(BufferPolicy::Unbounded)
    }

    /// As [`SharedInformer::subscribe`], with a limit to what is kept for a slow subscriber.
    ///
    /// ```no_run
    /// # async fn doc(pods: kubewright::cache::SharedInformer<kubewright::Unstructured>) {
    /// use kubewright::cache::BufferPolicy;
    ///
    /// let mut deltas = pods.subscribe_with(BufferPolicy::Coalesce);
    /// while let Some(delta) = deltas.next().await {
    ///     println!("{} changed, {} more have", delta.object().name(), deltas.depth());
    /// }
    /// # }
    /// ```
    pub fn subscribe_with(&self, policy: BufferPolicy) -> Deltas<K> {
        self.listen(policy, None)
    }

    /// Calls a handler for what is in the cache and then for every change, until the
    /// registration is dropped or the informer ends. At any time, before the start or
    /// later; the same handler may be added many times ([rule I2](crate::semantics#i2),
    /// [I13](crate::semantics#i13)).
    ///
    /// ```no_run
    /// # async fn doc(
    /// #     pods: kubewright::cache::SharedInformer<kubewright::Unstructured>,
    /// # ) -> kubewright::Result<()> {
    /// use kubewright::Unstructured;
    /// use kubewright::cache::Delta;
    ///
    /// let registration = pods.add_event_handler(|delta: &Delta<Unstructured>| {
    ///     println!("{}", delta.object().name());
    /// });
    /// registration.synced().await?;
    /// println!("these were all");
    /// registration.detach();
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    /// Outside of a tokio runtime, as `tokio::spawn` does.
    pub fn add_event_handler(&self, handler: impl EventHandler<K>) -> Registration {
        self.add_event_handler_with(handler, HandlerOptions::new())
    }

    /// As [`SharedInformer::add_event_handler`], with a name, a resync or a limit to what is
    /// kept.
    ///
    /// # Panics
    /// Outside of a tokio runtime, as `tokio::spawn` does.
    pub fn add_event_handler_with(
        &self,
        handler: impl EventHandler<K>,
        options: HandlerOptions,
    ) -> Registration {
        let deltas = self.listen(options.buffer, options.resync.or(self.resync));
        let alive = self.shared.alive.subscribe();
        handler::register(deltas, handler, self.name(), options.name, alive)
    }

    /// Deltas for a controller, with a resync: the informer's own, unless one is given.
    #[cfg(feature = "controller")]
    pub(crate) fn deltas(&self, resync: Option<Duration>) -> Deltas<K> {
        self.listen(BufferPolicy::Unbounded, resync.or(self.resync))
    }

    fn listen(&self, policy: BufferPolicy, resync: Option<Duration>) -> Deltas<K> {
        let resync = resync.filter(|period| !period.is_zero());
        Deltas::new(&self.shared.fanout, &self.shared.store, policy, resync)
    }

    /// Errors from now on, to show them: the informer recovers by itself.
    ///
    /// ```no_run
    /// # async fn doc(pods: kubewright::cache::SharedInformer<kubewright::Unstructured>) {
    /// let mut errors = pods.errors();
    /// while let Ok(error) = errors.recv().await {
    ///     let advice = if error.is_forbidden() { "grant list and watch" } else { "wait" };
    ///     eprintln!("{}: {error:#} ({advice})", pods.name());
    /// }
    /// # }
    /// ```
    pub fn errors(&self) -> broadcast::Receiver<Error> {
        self.shared.errors.listen()
    }

    /// The last error, which may be over: what to show when nothing comes.
    pub fn last_error(&self) -> Option<Error> {
        self.shared.errors.last()
    }

    /// Whether the first snapshot is in the cache; stays true.
    #[doc(alias = "HasSynced")]
    pub fn has_synced(&self) -> bool {
        *self.shared.synced.borrow()
    }

    /// Waits until the first snapshot is in the cache. One that was not started is waited
    /// for without end.
    ///
    /// # Errors
    /// `is_stopped()` when the informer is stopped before.
    #[doc(alias = "WaitForCacheSync")]
    pub async fn synced(&self) -> Result<()> {
        filling::wait(self.filled(), None, || {
            self.unfilled().into_iter().collect()
        })
        .await
    }

    /// As [`SharedInformer::synced`], but not longer than this.
    ///
    /// # Errors
    /// `is_timeout()` when the time is over, and `is_stopped()` when the informer is stopped
    /// before. Both are `is_not_ready()`, and name the last thing that went wrong.
    pub async fn synced_within(&self, limit: Duration) -> Result<()> {
        let missing = || self.unfilled().into_iter().collect();
        filling::wait(self.filled(), Some(limit), missing).await
    }

    /// Resolves to `true` once the first snapshot is in the cache, to `false` when it will
    /// never be.
    pub(crate) async fn filled(&self) -> bool {
        let mut synced = self.shared.synced.clone();
        synced.wait_for(|synced| *synced).await.is_ok()
    }

    /// An error that names the cache, if there is no snapshot yet.
    pub(crate) fn unfilled(&self) -> Option<Missing> {
        (!self.has_synced()).then(|| Missing {
            name: self.name().to_owned(),
            last_error: self.last_error(),
        })
    }

    /// Waits until the cache has reached a version that the server gave. After waiting for the
    /// version of a write, the cache has that write or a later state of the object
    /// ([rule S13](crate::semantics#s13)). For a version of another kind, the server is asked
    /// whether anything is missing, which takes a second or two
    /// ([rule S14](crate::semantics#s14)).
    ///
    /// ```no_run
    /// # use kubewright::{Object, Patch, Result, Unstructured};
    /// # async fn doc(
    /// #     api: kubewright::Api<Unstructured>,
    /// #     informer: kubewright::cache::SharedInformer<Unstructured>,
    /// # ) -> Result<()> {
    /// let patch = Patch::merge(serde_json::json!({"spec": {"replicas": 3}}));
    /// let web = api.patch("web", &patch).await?;
    /// informer.caught_up(web.resource_version().unwrap_or_default()).await?;
    /// // The cache knows of the three replicas now.
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// `is_stopped()` when the informer is stopped before, and `is_request()` for a version
    /// that [`compare_resource_versions`] refuses.
    ///
    /// [`compare_resource_versions`]: super::compare_resource_versions
    #[doc(alias("WaitForCacheSync", "read your writes"))]
    pub async fn caught_up(&self, resource_version: &str) -> Result<()> {
        tokio::select! {
            biased;
            reached = self.shared.reached(resource_version) => reached,
            never = self.shared.keep_asking(resource_version) => match never {},
        }
    }

    /// Ends the watch and the handlers, for all clones and for good; subscribers take what
    /// waits for them, and end. The cache stays as it is. Does not wait.
    pub fn stop(&self) {
        self.shared.stop();
    }

    /// As [`SharedInformer::stop`], and waits until every task has ended: also those of
    /// handlers, which finish the call that they make ([rule I15](crate::semantics#i15)). Called
    /// from a handler it would wait for itself.
    pub async fn shut_down(&self) {
        self.stop();
        self.shared.alive.closed().await;
    }

    /// Whether it was stopped, or has ended with the runtime on which it was started.
    pub fn is_stopped(&self) -> bool {
        self.shared.fanout.is_closed()
    }

    /// The resource whose objects are cached.
    pub fn api_resource(&self) -> &ApiResource {
        &self.shared.resource
    }

    /// The cached resource, for messages: `deployments.apps`.
    pub fn name(&self) -> &str {
        &self.shared.name
    }
}

impl<K: Object> Shared<K> {
    async fn reached(&self, resource_version: &str) -> Result<()> {
        let mut steps = self.fanout.steps();
        loop {
            let has_ended = *steps.borrow_and_update();
            let reached = self.store.resource_version();
            // Refuses what is not a version also where there is nothing to compare it with.
            let first = if reached.is_empty() { "1" } else { &reached };
            let order = compare_resource_versions(first, resource_version)?;
            if order.is_ge() && !reached.is_empty() {
                return Ok(());
            }
            if has_ended || steps.changed().await.is_err() {
                return Err(CacheProblem::NeverReached {
                    informer: self.name.clone(),
                    version: resource_version.to_owned(),
                }
                .into());
            }
        }
    }

    /// Asks the server again and again whether the store has reached a version: never ends.
    async fn keep_asking(&self, resource_version: &str) -> Infallible {
        let mut pause = FIRST_QUESTION;
        loop {
            tokio::time::sleep(pause).await;
            let _turn = self.probe.turn().await;
            if let Err(error) = self.ask(resource_version).await {
                tracing::debug!(informer = %self.name, error = %format_args!("{error:#}"), "cannot find out whether a cache has a version");
            }
            pause = NEXT_QUESTION;
        }
    }

    async fn ask(&self, resource_version: &str) -> Result<()> {
        let present = self.store.resource_version();
        if present.is_empty() {
            return Ok(());
        }
        let changes = self.probe.changes(&present, resource_version).await?;
        let Some(Changes { last, until }) = changes else {
            return Ok(());
        };
        if let Some(last) = last {
            self.reached(&last).await?;
        }
        self.store.reach_later(&until)?;
        self.fanout.stepped();
        Ok(())
    }
}

impl<K> Shared<K> {
    fn task(&self) -> MutexGuard<'_, Task<K>> {
        self.task.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stop(&self) {
        if let Task::Running(task) = std::mem::replace(&mut *self.task(), Task::Stopped) {
            task.abort();
        }
        self.fanout.close();
    }
}

/// The last clone is gone: the watch is closed, subscribers end.
impl<K> Drop for Shared<K> {
    fn drop(&mut self) {
        self.stop();
    }
}

/// An informer over all that a handle reaches.
impl<K: Object + verbs::List + verbs::Watch> From<Api<K>> for SharedInformer<K> {
    fn from(api: Api<K>) -> Self {
        SharedInformer::builder(api).build()
    }
}

impl<K> Clone for SharedInformer<K> {
    fn clone(&self) -> Self {
        SharedInformer {
            shared: Arc::clone(&self.shared),
            resync: self.resync,
        }
    }
}

impl<K: Object> fmt::Debug for SharedInformer<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedInformer")
            .field("name", &self.shared.name)
            .field("synced", &self.has_synced())
            .field("store", &self.shared.store)
            .finish_non_exhaustive()
    }
}
