//! What the informers of a factory's handle see, and what makes two of them the same.

use std::any::TypeId;
use std::time::Duration;

use crate::api::Api;
use crate::api_resource::{ApiResource, ScopeKind};
use crate::cache::informer::SharedInformer;
use crate::client::Client;
use crate::object::Object;
use crate::rest::ListOptions;
use crate::verbs;

#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    pub(super) namespace: Option<String>,
    pub(super) options: ListOptions,
    pub(super) resync: Option<Duration>,
}

/// What makes two informers the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Identity {
    /// As people say it; resource, namespace and selectors.
    pub(super) what: String,
    version: String,
    object: TypeId,
    /// The selectors and whatever else the list is asked with.
    query: String,
}

impl Scope {
    pub(super) fn identity<K: Object>(&self, resource: &ApiResource) -> Identity {
        Identity {
            what: self.describe(resource),
            version: resource.version.to_string(),
            object: TypeId::of::<K>(),
            query: self.options.to_query().to_string(),
        }
    }

    pub(super) fn informer<K: Object + verbs::List + verbs::Watch>(
        &self,
        client: &Client,
        resource: &ApiResource,
    ) -> SharedInformer<K> {
        let api = Api::of_scope(client.clone(), resource.clone(), self.namespace.as_deref());
        SharedInformer::builder(api)
            .selecting(self.options.clone())
            .build()
    }

    fn describe(&self, resource: &ApiResource) -> String {
        let mut text = resource.group_resource();
        let is_in_one = resource.scope != Some(ScopeKind::Cluster);
        if let Some(namespace) = self.namespace.as_deref().filter(|_| is_in_one) {
            text = format!("{text} in {namespace}");
        }
        let selectors = [&self.options.labels, &self.options.fields];
        let selectors: Vec<_> = selectors
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        if !selectors.is_empty() {
            text = format!("{text} where {}", selectors.join(","));
        }
        text
    }
}
