//! The scope of a factory's handle, which decides whether two informers are the same.

use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::cache::informer::SharedInformer;
use crate::cache::name::InformerName;
use crate::cache::selection::Selection;
use crate::cache::transform::Transform;
use crate::client::Client;
use crate::client::api::Api;
use crate::model::api_resource::{ApiResource, ScopeKind};
use crate::model::object::Object;
use crate::model::verbs;

#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    pub(super) namespace: Option<String>,
    pub(super) selection: Selection,
    pub(super) resync: Option<Duration>,
    pub(super) transforms: Transforms,
    pub(super) name: Option<InformerName>,
}

/// The identity of an informer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Identity {
    /// As people say it; resource, namespace and selectors.
    pub(super) what: String,
    version: String,
    object: TypeId,
    selection: Selection,
    transform: Option<u64>,
}

impl Scope {
    pub(super) fn identity<K: Object>(&self, resource: &ApiResource) -> Identity {
        Identity {
            what: self.describe(resource),
            version: resource.version.to_string(),
            object: TypeId::of::<K>(),
            selection: self.selection.clone(),
            transform: self.transforms.identity::<K>(),
        }
    }

    pub(super) fn informer<K: Object + verbs::List + verbs::Watch>(
        &self,
        client: &Client,
        resource: &ApiResource,
    ) -> SharedInformer<K> {
        let api = Api::of_scope(client.clone(), resource.clone(), self.namespace.as_deref());
        let builder = SharedInformer::builder(api)
            .selecting(self.selection.clone())
            .transform(self.transforms.get().unwrap_or_default());
        match &self.name {
            Some(name) => builder.name(name).build(),
            None => builder.build(),
        }
    }

    fn describe(&self, resource: &ApiResource) -> String {
        let mut text = resource.group_resource();
        let is_in_one = resource.scope != Some(ScopeKind::Cluster);
        if let Some(namespace) = self.namespace.as_deref().filter(|_| is_in_one) {
            text = format!("{text} in {namespace}");
        }
        let selectors = self.selection.describe();
        if !selectors.is_empty() {
            text = format!("{text} where {selectors}");
        }
        text
    }
}

/// One transform for each type of object.
#[derive(Clone, Default)]
pub(super) struct Transforms {
    by_type: BTreeMap<TypeId, Known>,
}

#[derive(Clone)]
struct Known {
    /// No other transform of the process has it.
    number: u64,
    transform: Arc<dyn Any + Send + Sync>,
}

impl Transforms {
    pub(super) fn set<K: Object>(&mut self, transform: Transform<K>) {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let known = Known {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            transform: Arc::new(transform),
        };
        self.by_type.insert(TypeId::of::<K>(), known);
    }

    fn get<K: Object>(&self) -> Option<Transform<K>> {
        let known = self.by_type.get(&TypeId::of::<K>())?;
        known.transform.downcast_ref().cloned()
    }

    fn identity<K: Object>(&self) -> Option<u64> {
        Some(self.by_type.get(&TypeId::of::<K>())?.number)
    }
}

impl fmt::Debug for Transforms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transforms")
            .field("types", &self.by_type.len())
            .finish()
    }
}
