//! kube-rs' reflector, as its own documentation puts it together.
//!
//! One subscriber is the stream that drives the reflector, which is the cheapest way that
//! kube-rs has. Many subscribers need its shared store, which it has for typed objects.

use std::fmt::Debug;
use std::hash::Hash;
use std::sync::Arc;

use futures::{Stream, StreamExt};
use kube::runtime::reflector::{self, ObjectRef, Store, store::Writer};
use kube::runtime::watcher::{self, Event};
use kube::runtime::{WatchStreamExt, reflector as reflect, watcher as watch};
use kube::{Api, Client, Resource, ResourceExt};
use serde::de::DeserializeOwned;

use super::{Counts, Subject};
use crate::failure::Failure;

pub(crate) struct KubeRs<K: Resource + 'static>
where
    K::DynamicType: Hash + Eq + Clone,
{
    store: Store<K>,
    dynamic_type: K::DynamicType,
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

pub(crate) fn client(server: &str) -> Result<Client, Failure> {
    Ok(Client::try_from(kube::Config::new(server.parse()?))?)
}

impl<K> KubeRs<K>
where
    K: Resource + Clone + Debug + DeserializeOwned + Send + Sync + 'static,
    K::DynamicType: Hash + Eq + Clone + Send + Sync,
{
    pub(crate) fn start(
        api: Api<K>,
        dynamic_type: K::DynamicType,
        cut: bool,
        counts: &Arc<Counts>,
    ) -> Self {
        let writer = Writer::new(dynamic_type.clone());
        let store = writer.as_reader();
        let events = watch(api, watcher::Config::default()).default_backoff();
        let events = events.modify(move |object| {
            if cut {
                object.meta_mut().managed_fields = None;
            }
        });
        let events = reflect(writer, events);
        tokio::spawn(count(events, Arc::clone(counts)));
        KubeRs {
            store,
            dynamic_type,
        }
    }
}

impl<K> KubeRs<K>
where
    K: Resource + Clone + Debug + DeserializeOwned + Send + Sync + 'static,
    K::DynamicType: Hash + Eq + Clone + Default + Send + Sync,
{
    pub(crate) fn start_shared(api: Api<K>, subscribers: usize, counts: &Arc<Counts>) -> Self {
        let (store, writer) = reflector::store_shared(1024);
        let subscriptions: Vec<_> = (0..subscribers)
            .filter_map(|_| writer.subscribe())
            .collect();
        for mut objects in subscriptions {
            let counts = Arc::clone(counts);
            tokio::spawn(async move {
                while objects.next().await.is_some() {
                    counts.count(false);
                }
            });
        }
        let events = watch(api, watcher::Config::default())
            .default_backoff()
            .reflect_shared(writer);
        tokio::spawn(events.for_each(async |_| {}));
        KubeRs {
            store,
            dynamic_type: K::DynamicType::default(),
        }
    }
}

async fn count<K>(events: impl Stream<Item = watcher::Result<Event<K>>>, counts: Arc<Counts>) {
    let mut events = std::pin::pin!(events);
    while let Some(event) = events.next().await {
        match event {
            Ok(Event::Apply(_) | Event::Delete(_)) => counts.count(false),
            Ok(Event::InitApply(_)) => counts.count(true),
            Ok(Event::Init | Event::InitDone) | Err(_) => {}
        }
    }
}

impl<K> Subject for KubeRs<K>
where
    K: Resource + Clone + Send + Sync + 'static,
    K::DynamicType: Hash + Eq + Clone + Send + Sync,
{
    type Object = K;

    async fn synced(&self) {
        // It ends in an error only when the reflector is gone, which the counts then show.
        let _ = self.store.wait_until_ready().await;
    }

    fn all(&self) -> Vec<Arc<K>> {
        self.store.state()
    }

    fn get(&self, namespace: &str, name: &str) -> Option<Arc<K>> {
        self.store
            .get(&ObjectRef::new_with(name, self.dynamic_type.clone()).within(namespace))
    }

    fn in_namespace(&self, namespace: &str) -> Vec<Arc<K>> {
        self.store
            .state_filter(|object| object.meta().namespace.as_deref() == Some(namespace))
    }

    fn key(object: &K) -> (String, String) {
        (object.namespace().unwrap_or_default(), object.name_any())
    }

    fn version(object: &K) -> &str {
        object
            .meta()
            .resource_version
            .as_deref()
            .unwrap_or_default()
    }
}
