//! A factory of informers: one for each resource, shared by all callers.
//!
//! A factory is a handle on a registry of informers, and a scope: what its informers see. It
//! makes nothing that [`SharedInformer`] could not make alone; it remembers what was made,
//! so that two who want the same have the same, and so that all can be started, waited for
//! and stopped as one.

mod registry;
mod scope;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use self::registry::Registry;
use self::scope::Scope;
use super::filling;
use super::informer::SharedInformer;
use super::name::InformerName;
use super::selection::Selection;
use super::transform::Transform;
use crate::client::Client;
use crate::model::api_resource::ApiResource;
use crate::model::error::Result;
use crate::model::object::Object;
use crate::model::partial::PartialObjectMetadata;
use crate::model::resource::Resource;
use crate::model::unstructured::Unstructured;
use crate::model::verbs;

/// Shares informers: two who ask for pods get the same one, with one watch and one cache.
///
/// The same means: of one resource and one type of object, in one namespace or all, with
/// the same selectors and the same transform ([rule FA1](crate::semantics#fa1)). [`in_namespace`],
/// [`selecting`] and the others give a handle on *the same* factory that asks for something else:
/// what is asked for through one is shared with all of them, and [`start`], [`synced`] and [`stop`]
/// are for all informers of the factory. Clones are the same factory.
///
/// Informers run until they are stopped, or until the factory and all their own handles are
/// dropped.
///
/// ```no_run
/// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
/// use std::time::Duration;
/// use kubewright::cache::{Selection, SharedInformerFactory};
///
/// let informers = SharedInformerFactory::new(&client);
/// let pods = informers.dynamic(client.lookup("pods").await?.api_resource());
/// let nodes = informers.metadata(client.lookup("nodes").await?.api_resource());
/// let mine = informers.in_namespace("prod").selecting(Selection::new().labels("app=web"));
/// let services = mine.dynamic(client.lookup("services").await?.api_resource());
/// informers.start();
/// informers.synced_within(Duration::from_secs(60)).await?;
/// println!("{} pods on {} nodes", pods.store().len(), nodes.store().len());
/// informers.stop();
/// # drop(services);
/// # Ok(())
/// # }
/// ```
///
/// [`in_namespace`]: SharedInformerFactory::in_namespace
/// [`selecting`]: SharedInformerFactory::selecting
/// [`start`]: SharedInformerFactory::start
/// [`synced`]: SharedInformerFactory::synced
/// [`stop`]: SharedInformerFactory::stop
#[derive(Clone)]
pub struct SharedInformerFactory {
    client: Client,
    scope: Scope,
    registry: Arc<Registry>,
}

impl SharedInformerFactory {
    /// A factory over all namespaces, without selectors.
    pub fn new(client: &Client) -> Self {
        SharedInformerFactory {
            client: client.clone(),
            scope: Scope::default(),
            registry: Arc::default(),
        }
    }

    /// The same factory, for what is in one namespace.
    #[must_use]
    pub fn in_namespace(&self, namespace: impl Into<String>) -> Self {
        self.with(|scope| scope.namespace = Some(namespace.into()))
    }

    /// The same factory, for the objects of a selection.
    #[must_use]
    pub fn selecting(&self, selection: Selection) -> Self {
        self.with(|scope| scope.selection = selection)
    }

    /// The same factory, for informers whose handlers get everything again about so
    /// often, unless they name a period of their own ([rule FA5](crate::semantics#fa5)).
    #[must_use]
    pub fn resync(&self, period: Duration) -> Self {
        self.with(|scope| scope.resync = Some(period))
    }

    /// The same factory, for objects of one type that are transformed before they are kept.
    /// To share such informers, use this handle, a clone of it or one made from it: functions
    /// cannot be compared, so each call here makes a new transform.
    ///
    /// ```no_run
    /// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
    /// use kubewright::Unstructured;
    /// use kubewright::cache::{SharedInformerFactory, Transform};
    ///
    /// let lean = SharedInformerFactory::new(&client)
    ///     .transforming(Transform::<Unstructured>::new().cut_managed_fields());
    /// let pods = lean.dynamic(client.lookup("pods").await?.api_resource());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn transforming<K: Object>(&self, transform: Transform<K>) -> Self {
        self.with(|scope| scope.transforms.set(transform))
    }

    /// The same factory, its informers measured under this name: see [`InformerName`]. Who
    /// asks first for what several share decides.
    #[must_use]
    pub fn named(&self, name: &InformerName) -> Self {
        self.with(|scope| scope.name = Some(name.clone()))
    }

    fn with(&self, change: impl FnOnce(&mut Scope)) -> Self {
        let mut other = self.clone();
        change(&mut other.scope);
        other
    }

    /// The informer of a typed kind. It runs once the factory is started; asked for later,
    /// it runs at once.
    pub fn informer<K: Resource + verbs::List + verbs::Watch>(&self) -> SharedInformer<K> {
        self.shared(&K::api_resource())
    }

    /// The informer of any resource, its objects untyped.
    /// Named without its kind or scope, a resource is taken as namespaced where the factory
    /// has a namespace.
    pub fn dynamic(&self, resource: impl Into<ApiResource>) -> SharedInformer<Unstructured> {
        self.shared(&resource.into())
    }

    /// The informer of any resource, of which the server sends the metadata alone.
    pub fn metadata(
        &self,
        resource: impl Into<ApiResource>,
    ) -> SharedInformer<PartialObjectMetadata> {
        self.shared(&resource.into())
    }

    /// Starts the informers that were asked for so far; those that run go on
    /// ([rule FA2](crate::semantics#fa2)). What is asked for from now on is started at once, on the
    /// runtime of this call.
    ///
    /// # Panics
    /// Outside of a tokio runtime, as `tokio::spawn` does.
    pub fn start(&self) {
        self.registry.start();
    }

    /// Waits until every informer that was asked for so far has its first snapshot. One that
    /// was not started is waited for without end.
    ///
    /// # Errors
    /// `is_stopped()` as soon as the factory or one of these informers is stopped;
    /// `missing()` names those that have no snapshot.
    #[doc(alias = "WaitForCacheSync")]
    pub async fn synced(&self) -> Result<()> {
        filling::wait(self.registry.filled(), None, || self.registry.unfilled()).await
    }

    /// As [`SharedInformerFactory::synced`], but not longer than this.
    ///
    /// # Errors
    /// `is_timeout()` when the time is over, and `is_stopped()` as
    /// [`SharedInformerFactory::synced`]. Both are `is_not_ready()`: `missing()` names each
    /// informer that has no snapshot, and the text has the last thing that went wrong with
    /// it.
    pub async fn synced_within(&self, limit: Duration) -> Result<()> {
        let missing = || self.registry.unfilled();
        filling::wait(self.registry.filled(), Some(limit), missing).await
    }

    /// The informers that have no snapshot yet, as one would say them: `pods`,
    /// `deployments.apps in prod where app=web`.
    pub fn unsynced(&self) -> Vec<String> {
        let missing = self.registry.unfilled().into_iter();
        missing.map(|missing| missing.name).collect()
    }

    /// Ends all informers with their handlers, for good. What is asked for from now on never
    /// runs ([rule FA4](crate::semantics#fa4)). Does not wait.
    pub fn stop(&self) {
        self.registry.stop();
    }

    /// As [`SharedInformerFactory::stop`], and waits until every task has ended, those of
    /// handlers included, which finish the call that they make.
    pub async fn shut_down(&self) {
        self.registry.shut_down().await;
    }

    fn shared<K: Object + verbs::List + verbs::Watch>(
        &self,
        resource: &ApiResource,
    ) -> SharedInformer<K> {
        let make = || self.scope.informer(&self.client, resource);
        let identity = self.scope.identity::<K>(resource);
        let informer = self.registry.informer(identity, make);
        match self.scope.resync {
            Some(period) => informer.resync(period),
            None => informer,
        }
    }
}

impl fmt::Debug for SharedInformerFactory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedInformerFactory")
            .field("scope", &self.scope)
            .field("informers", &self.registry.names())
            .finish_non_exhaustive()
    }
}
