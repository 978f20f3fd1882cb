//! A shared informer: one watch and one store for all who want the same objects.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

use super::driver::Driver;
use super::fanout::{Deltas, Fanout};
use super::lister::Lister;
use super::reflector::{BackoffPolicy, Reflector, WatchListSupport, random_byte};
use super::store::Store;
use crate::api::Api;
use crate::api_resource::ApiResource;
use crate::error::{Error, Result};
use crate::object::Object;
use crate::rest::ListOptions;
use crate::verbs;

/// Errors that a slow listener may miss; the log has them all.
const ERRORS_KEPT: usize = 64;

/// Objects of one kind, in one namespace or all, kept in memory and followed.
///
/// Cheap to clone: clones are the same informer. It runs from [`SharedInformer::start`] until
/// the last clone is dropped, and leaves nothing behind. Listers and subscriptions may
/// outlive it; they then show the last state and end.
///
/// ```no_run
/// # async fn doc(client: kubewright_dynamic::Client) -> kubewright_dynamic::Result<()> {
/// use kubewright_dynamic::cache::{Delta, SharedInformer};
/// use kubewright_dynamic::{ListOptions, Unstructured};
///
/// let pods = SharedInformer::new(client.lookup("pods").await?, ListOptions::new());
/// pods.add_index("node", |pod: &Unstructured| {
///     pod.path("/spec/nodeName").ok().flatten().into_iter().collect()
/// })?;
/// let mut deltas = pods.subscribe();
/// pods.start();
/// pods.synced().await;
/// for pod in pods.lister().by_index("node", "node-1")? {
///     println!("{}", pod.name());
/// }
/// while let Some(delta) = deltas.next().await {
///     if let Delta::Deleted { last, .. } = delta {
///         println!("{} is gone", last.name());
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub struct SharedInformer<K> {
    shared: Arc<Shared<K>>,
}

struct Shared<K> {
    store: Store<K>,
    fanout: Arc<Fanout<K>>,
    synced: watch::Receiver<bool>,
    errors: broadcast::Sender<InformerError>,
    task: Mutex<Task<K>>,
    name: String,
    resource: ApiResource,
}

/// The driver before it runs, and its task while it does.
enum Task<K> {
    Ready(Box<Driver<K>>),
    Running(JoinHandle<()>),
}

/// Something that went wrong while an informer kept its cache; it goes on by itself.
#[derive(Clone, Debug)]
pub struct InformerError {
    error: Arc<Error>,
}

impl InformerError {
    pub(super) fn new(error: Error) -> Self {
        InformerError {
            error: Arc::new(error),
        }
    }

    /// The error, with its questions.
    pub fn error(&self) -> &Error {
        &self.error
    }
}

impl fmt::Display for InformerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<K: Object + verbs::List + verbs::Watch> SharedInformer<K> {
    /// An informer over what a handle reaches and the options' selectors leave. It does not
    /// run yet.
    pub fn new(api: Api<K>, options: ListOptions) -> Self {
        SharedInformer::with_backoff(api, options, BackoffPolicy::default())
    }

    /// An informer with other waits after failures than the default ones.
    pub fn with_backoff(api: Api<K>, options: ListOptions, policy: BackoffPolicy) -> Self {
        let (store, fanout) = (Store::new(), Arc::new(Fanout::new()));
        let (synced, is_synced) = watch::channel(false);
        let errors = broadcast::Sender::new(ERRORS_KEPT);
        let resource = api.api_resource().clone();
        let name = resource.group_resource();
        let driver = Driver {
            api,
            reflector: Reflector::new(options, policy, WatchListSupport::Likely, random_byte),
            store: store.clone(),
            fanout: Arc::clone(&fanout),
            synced,
            errors: errors.clone(),
            snapshot: None,
            snapshots: 0,
        };
        let task = Mutex::new(Task::Ready(Box::new(driver)));
        SharedInformer {
            shared: Arc::new(Shared {
                store,
                fanout,
                synced: is_synced,
                errors,
                task,
                name,
                resource,
            }),
        }
    }

    /// Begins to list and watch, on the runtime of the caller. Starting twice is starting
    /// once.
    ///
    /// # Panics
    /// Outside of a tokio runtime, as `tokio::spawn` does.
    pub fn start(&self) {
        let mut task = self
            .shared
            .task
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // A finished handle stands in for the moment between the two states.
        let running = std::mem::replace(&mut *task, Task::Running(tokio::spawn(async {})));
        *task = match running {
            Task::Ready(driver) => Task::Running(tokio::spawn(driver.run())),
            running @ Task::Running(_) => running,
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
    /// must say the same of the same object each time.
    ///
    /// # Errors
    /// When there is an index of that name.
    pub fn add_index(
        &self,
        name: &str,
        values_of: impl Fn(&K) -> Vec<String> + Send + Sync + 'static,
    ) -> Result<()> {
        self.shared.store.add_index(name, Arc::new(values_of))
    }

    /// Listens, from any time on: first to what is in the cache, as `Added`, then to every
    /// change.
    pub fn subscribe(&self) -> Deltas<K> {
        self.shared.fanout.subscribe(&self.shared.store)
    }

    /// Errors from now on. The informer goes on by itself; this is for showing.
    pub fn errors(&self) -> broadcast::Receiver<InformerError> {
        self.shared.errors.subscribe()
    }

    /// Whether the first snapshot is in the cache; stays true.
    pub fn has_synced(&self) -> bool {
        *self.shared.synced.borrow()
    }

    /// Waits until the first snapshot is in the cache. An informer that was not started is
    /// waited for.
    pub async fn synced(&self) {
        let mut synced = self.shared.synced.clone();
        // The sender lives as long as the task, which lives as long as `self`.
        let _ = synced.wait_for(|synced| *synced).await;
    }

    /// The resource whose objects are cached.
    pub fn api_resource(&self) -> &ApiResource {
        &self.shared.resource
    }

    /// What is cached, for messages: `deployments.apps`.
    pub fn name(&self) -> &str {
        &self.shared.name
    }
}

impl<K> Clone for SharedInformer<K> {
    fn clone(&self) -> Self {
        SharedInformer {
            shared: Arc::clone(&self.shared),
        }
    }
}

/// The last clone is gone: the watch is closed, subscribers end.
impl<K> Drop for Shared<K> {
    fn drop(&mut self) {
        if let Task::Running(task) = self.task.get_mut().unwrap_or_else(PoisonError::into_inner) {
            task.abort();
        }
        self.fanout.close();
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
