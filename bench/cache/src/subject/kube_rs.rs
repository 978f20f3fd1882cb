//! kube-rs, through the crate that keeps its code out of this one's compile time.

use std::hash::Hash;
use std::sync::Arc;

pub(crate) use bench_kube_rs::{Count, dynamic, metadata, shared, typed};
use bench_kube_rs::{KubeRs, Server};
use kube::Resource;

use super::{Counts, Subject};
use crate::failure::Failure;
use crate::wire::Endpoint;

/// The address of the server, as the side of kube-rs gets it.
pub(crate) fn server(endpoint: &Endpoint) -> Result<Server, Failure> {
    Ok(Server {
        url: endpoint.url.clone(),
        ca: endpoint.ca_der()?,
        gzip: endpoint.gzip,
    })
}

/// How kube-rs' side counts what subscribers get.
pub(crate) fn counting(counts: &Arc<Counts>) -> Count {
    let counts = Arc::clone(counts);
    Arc::new(move |is_initial| counts.count(is_initial))
}

impl<K> Subject for KubeRs<K>
where
    K: Resource + Clone + Send + Sync + 'static,
    K::DynamicType: Hash + Eq + Clone + Send + Sync,
{
    type Object = K;

    async fn synced(&self) {
        KubeRs::synced(self).await;
    }

    fn all(&self) -> Vec<Arc<K>> {
        KubeRs::all(self)
    }

    fn get(&self, namespace: &str, name: &str) -> Option<Arc<K>> {
        KubeRs::get(self, namespace, name)
    }

    fn in_namespace(&self, namespace: &str) -> Vec<Arc<K>> {
        KubeRs::in_namespace(self, namespace)
    }

    fn key(object: &K) -> (String, String) {
        KubeRs::key(object)
    }

    fn version(object: &K) -> &str {
        KubeRs::version(object)
    }
}
