//! One informer for each resource, whoever asks for it.

use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::future::BoxFuture;

use super::informer::SharedInformer;
use crate::api::Api;
use crate::api_resource::ApiResource;
use crate::client::Client;
use crate::object::Object;
use crate::resource::Resource;
use crate::rest::ListOptions;
use crate::unstructured::Unstructured;
use crate::verbs;

/// Shares informers: two who ask for pods get the same one, with one watch and one cache.
///
/// A factory has one namespace (or all) and one set of selectors; other combinations are
/// other factories (semantics FA1). Typed and untyped informers of one resource are two,
/// since they hold different objects. Informers run until the factory and all their handles
/// are dropped.
///
/// ```no_run
/// # async fn doc(client: kubewright_dynamic::Client) -> kubewright_dynamic::Result<()> {
/// use kubewright_dynamic::cache::SharedInformerFactory;
///
/// let informers = SharedInformerFactory::new(&client);
/// let pods = informers.dynamic(client.lookup("pods").await?.api_resource());
/// informers.start();
/// informers.synced().await;
/// println!("{} pods", pods.store().len());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct SharedInformerFactory {
    client: Client,
    namespace: Option<String>,
    options: ListOptions,
    informers: Arc<Mutex<Informers>>,
}

type Informers = BTreeMap<(TypeId, String), Arc<dyn AnyInformer>>;

impl SharedInformerFactory {
    /// A factory over all namespaces.
    pub fn new(client: &Client) -> Self {
        SharedInformerFactory {
            client: client.clone(),
            namespace: None,
            options: ListOptions::new(),
            informers: Arc::default(),
        }
    }

    /// A factory like this one, over one namespace, with no informers yet.
    #[must_use]
    pub fn in_namespace(&self, namespace: impl Into<String>) -> Self {
        SharedInformerFactory {
            namespace: Some(namespace.into()),
            informers: Arc::default(),
            ..self.clone()
        }
    }

    /// A factory like this one, for what these selectors leave, with no informers yet.
    #[must_use]
    pub fn selecting(&self, options: ListOptions) -> Self {
        SharedInformerFactory {
            options,
            informers: Arc::default(),
            ..self.clone()
        }
    }

    /// The informer of a typed kind. It runs once the factory is started after this.
    pub fn informer<K: Resource + verbs::List + verbs::Watch>(&self) -> SharedInformer<K> {
        self.shared(&K::api_resource())
    }

    /// The informer of any resource, its objects untyped.
    /// Named without its kind or scope, a resource is taken as namespaced where the factory
    /// has a namespace.
    pub fn dynamic(&self, resource: impl Into<ApiResource>) -> SharedInformer<Unstructured> {
        self.shared(&resource.into())
    }

    /// Starts the informers that were asked for so far; those that run go on (FA2).
    ///
    /// # Panics
    /// Outside of a tokio runtime, as `tokio::spawn` does.
    pub fn start(&self) {
        self.lock().values().for_each(|informer| informer.start());
    }

    /// Waits until every informer that was asked for so far has its first snapshot.
    pub async fn synced(&self) {
        let informers: Vec<_> = self.lock().values().cloned().collect();
        for informer in informers {
            informer.synced().await;
        }
    }

    /// The names of the informers that have no snapshot yet, for messages.
    pub fn unsynced(&self) -> Vec<String> {
        let informers = self.lock();
        let missing = informers.values().filter(|informer| !informer.has_synced());
        missing.map(|informer| informer.name().to_owned()).collect()
    }

    fn shared<K: Object + verbs::List + verbs::Watch>(
        &self,
        resource: &ApiResource,
    ) -> SharedInformer<K> {
        let key = (
            TypeId::of::<K>(),
            format!("{}/{}", resource.api_version(), resource.plural),
        );
        let mut informers = self.lock();
        let known = informers
            .get(&key)
            .and_then(|informer| informer.as_any().downcast_ref::<SharedInformer<K>>());
        if let Some(known) = known {
            return known.clone();
        }
        let api = Api::of_scope(
            self.client.clone(),
            resource.clone(),
            self.namespace.as_deref(),
        );
        let informer = SharedInformer::new(api, self.options.clone());
        informers.insert(key, Arc::new(informer.clone()));
        informer
    }

    fn lock(&self) -> MutexGuard<'_, Informers> {
        self.informers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a factory does with informers of any kind.
trait AnyInformer: Send + Sync {
    fn start(&self);
    fn synced(&self) -> BoxFuture<'_, bool>;
    fn has_synced(&self) -> bool;
    fn name(&self) -> &str;
    fn as_any(&self) -> &dyn Any;
}

impl<K: Object + verbs::List + verbs::Watch> AnyInformer for SharedInformer<K> {
    fn start(&self) {
        self.start();
    }

    fn synced(&self) -> BoxFuture<'_, bool> {
        Box::pin(self.synced())
    }

    fn has_synced(&self) -> bool {
        self.has_synced()
    }

    fn name(&self) -> &str {
        self.name()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl fmt::Debug for SharedInformerFactory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let informers = self.lock();
        let names: Vec<_> = informers.values().map(|informer| informer.name()).collect();
        f.debug_struct("SharedInformerFactory")
            .field("informers", &names)
            .finish_non_exhaustive()
    }
}
