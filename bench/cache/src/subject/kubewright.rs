//! kubewright's shared informer, with as many subscriptions as are wanted.

use std::sync::Arc;

use kubewright::cache::{Delta, Deltas, SharedInformer, Transform};
use kubewright::{Api, Client, Config, Object, Unstructured, verbs};

use super::{Counts, Subject};
use crate::failure::Failure;
use crate::wire::Endpoint;

pub(crate) struct Kubewright<K>(SharedInformer<K>);

impl<K> Clone for Kubewright<K> {
    fn clone(&self) -> Self {
        Kubewright(self.0.clone())
    }
}

pub(crate) fn client(server: &Endpoint) -> Result<Client, Failure> {
    let mut config = Config::new(&server.url)?.with_compression(server.gzip);
    if let Some(ca) = &server.ca {
        config = config.with_ca_pem(ca.as_str());
    }
    Ok(Client::new(&config)?)
}

pub(crate) fn unstructured(client: &Client) -> Result<Api<Unstructured>, Failure> {
    Ok(client.resource(&"v1/pods".parse()?))
}

impl<K: Object + verbs::List + verbs::Watch> Kubewright<K> {
    pub(crate) fn start(
        api: Api<K>,
        transform: Transform<K>,
        subscribers: usize,
        counts: &Arc<Counts>,
    ) -> Self {
        let informer = SharedInformer::builder(api).transform(transform).build();
        for _ in 0..subscribers {
            tokio::spawn(count(informer.subscribe(), Arc::clone(counts)));
        }
        informer.start();
        Kubewright(informer)
    }
}

async fn count<K: Object>(mut deltas: Deltas<K>, counts: Arc<Counts>) {
    while let Some(delta) = deltas.next().await {
        counts.count(matches!(delta, Delta::Added(_)));
    }
}

impl<K: Object + verbs::List + verbs::Watch> Subject for Kubewright<K> {
    type Object = K;

    async fn synced(&self) {
        // It is not stopped while it is measured.
        let _ = self.0.synced().await;
    }

    fn all(&self) -> Vec<Arc<K>> {
        self.0.lister().all()
    }

    fn get(&self, namespace: &str, name: &str) -> Option<Arc<K>> {
        self.0.store().find(namespace, name)
    }

    fn in_namespace(&self, namespace: &str) -> Vec<Arc<K>> {
        self.0.store().list_namespace(namespace)
    }

    fn key(object: &K) -> (String, String) {
        (
            object.namespace().unwrap_or_default().to_owned(),
            object.name().to_owned(),
        )
    }

    fn version(object: &K) -> &str {
        object.resource_version().unwrap_or_default()
    }
}
