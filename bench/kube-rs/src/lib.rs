//! kube-rs' reflector of pods, as its own documentation puts it together.
//!
//! One subscriber is the stream that drives the reflector, which is the cheapest way that
//! kube-rs has. Many subscribers need its shared store, which it has for typed objects.
//!
//! A crate of its own since it takes minutes to compile and never changes with kubewright.

use std::fmt::Debug;
use std::hash::Hash;
use std::sync::Arc;

use futures::{Stream, StreamExt};
use k8s_openapi::api::core::v1::Pod;
use kube::core::{ApiResource, DynamicObject, PartialObjectMeta};
use kube::runtime::reflector::{self, ObjectRef, Store, store::Writer};
use kube::runtime::watcher::{self, Event};
use kube::runtime::{WatchStreamExt, reflector as reflect, watcher as watch};
use kube::{Api, Client, Resource, ResourceExt};
use serde::de::DeserializeOwned;

/// A running reflector.
pub struct KubeRs<K: Resource + 'static>
where
    K::DynamicType: Hash + Eq + Clone,
{
    store: Store<K>,
    dynamic_type: K::DynamicType,
}

/// Called with each object that a subscriber gets, and whether it was there at the start.
pub type Count = Arc<dyn Fn(bool) + Send + Sync>;

/// Where the pods are.
pub struct Server {
    pub url: String,
    /// The certificate to trust, in DER.
    pub ca: Option<Vec<u8>>,
    /// Whether to ask for compressed answers.
    pub gzip: bool,
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A cache of objects of any kind; `cut` drops their managed fields.
pub fn dynamic(server: &Server, cut: bool, count: Count) -> Result<KubeRs<DynamicObject>, Failure> {
    let resource = ApiResource::erase::<Pod>(&());
    let api = Api::all_with(client(server)?, &resource);
    Ok(KubeRs::start(api, resource, cut, count))
}

/// A cache of typed pods.
pub fn typed(server: &Server, count: Count) -> Result<KubeRs<Pod>, Failure> {
    let api = Api::all(client(server)?);
    Ok(KubeRs::start(api, (), false, count))
}

/// A cache of pods' metadata.
pub fn metadata(server: &Server, count: Count) -> Result<KubeRs<PartialObjectMeta<Pod>>, Failure> {
    let api = Api::all(client(server)?);
    Ok(KubeRs::start(api, (), false, count))
}

/// A cache of typed pods that many subscribe to.
pub fn shared(server: &Server, subscribers: usize, count: &Count) -> Result<KubeRs<Pod>, Failure> {
    let api = Api::all(client(server)?);
    let (store, writer) = reflector::store_shared(1024);
    let subscriptions: Vec<_> = (0..subscribers)
        .filter_map(|_| writer.subscribe())
        .collect();
    for mut objects in subscriptions {
        let count = Arc::clone(count);
        tokio::spawn(async move {
            while objects.next().await.is_some() {
                count(false);
            }
        });
    }
    let events = watch(api, watcher::Config::default());
    let events = events.default_backoff().reflect_shared(writer);
    tokio::spawn(events.for_each(async |_| {}));
    Ok(KubeRs {
        store,
        dynamic_type: (),
    })
}

fn client(server: &Server) -> Result<Client, Failure> {
    let mut config = kube::Config::new(server.url.parse()?);
    config.root_cert = server.ca.clone().map(|ca| vec![ca]);
    config.disable_compression = !server.gzip;
    Ok(Client::try_from(config)?)
}

impl<K> KubeRs<K>
where
    K: Resource + Clone + Debug + DeserializeOwned + Send + Sync + 'static,
    K::DynamicType: Hash + Eq + Clone + Send + Sync,
{
    fn start(api: Api<K>, dynamic_type: K::DynamicType, cut: bool, count: Count) -> Self {
        let writer = Writer::new(dynamic_type.clone());
        let store = writer.as_reader();
        let events = watch(api, watcher::Config::default()).default_backoff();
        let events = events.modify(move |object| {
            if cut {
                object.meta_mut().managed_fields = None;
            }
        });
        tokio::spawn(tell(reflect(writer, events), count));
        KubeRs {
            store,
            dynamic_type,
        }
    }
}

async fn tell<K>(events: impl Stream<Item = watcher::Result<Event<K>>>, count: Count) {
    let mut events = std::pin::pin!(events);
    while let Some(event) = events.next().await {
        match event {
            Ok(Event::Apply(_) | Event::Delete(_)) => count(false),
            Ok(Event::InitApply(_)) => count(true),
            Ok(Event::Init | Event::InitDone) | Err(_) => {}
        }
    }
}

impl<K> KubeRs<K>
where
    K: Resource + Clone + Send + Sync + 'static,
    K::DynamicType: Hash + Eq + Clone + Send + Sync,
{
    /// Waits until what was there at the start is in the cache.
    pub async fn synced(&self) {
        // It ends in an error only when the reflector is gone, which the counts then show.
        let _ = self.store.wait_until_ready().await;
    }

    pub fn all(&self) -> Vec<Arc<K>> {
        self.store.state()
    }

    pub fn get(&self, namespace: &str, name: &str) -> Option<Arc<K>> {
        let key = ObjectRef::new_with(name, self.dynamic_type.clone()).within(namespace);
        self.store.get(&key)
    }

    pub fn in_namespace(&self, namespace: &str) -> Vec<Arc<K>> {
        self.store
            .state_filter(|object| object.meta().namespace.as_deref() == Some(namespace))
    }

    pub fn key(object: &K) -> (String, String) {
        (object.namespace().unwrap_or_default(), object.name_any())
    }

    pub fn version(object: &K) -> &str {
        let version = object.meta().resource_version.as_deref();
        version.unwrap_or_default()
    }
}

impl<K: Resource + Clone + 'static> Clone for KubeRs<K>
where
    K::DynamicType: Hash + Eq + Clone,
{
    fn clone(&self) -> Self {
        KubeRs {
            store: self.store.clone(),
            dynamic_type: self.dynamic_type.clone(),
        }
    }
}
