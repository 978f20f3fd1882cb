//! One resource of one cluster: the verbs.
//!
//! [`Api<K>`] is the one handle for typed and untyped objects alike. Each method builds a
//! request and returns it unsent, with setters for the options of its family; awaiting it
//! sends it.

mod call;
mod connect;
mod delete;
mod handles;
mod list;
mod read;
mod status;
mod subresource;
mod table;
mod write;

use std::fmt;
use std::marker::PhantomData;

pub use self::call::{
    Applying, Call, Deleting, FieldValidation, Patching, Reading, Reply, Writing,
};
pub use self::connect::{Connection, Lines};
pub use self::delete::Propagation;
pub use self::list::ListCall;
pub use self::subresource::{AnySubresource, SubresourceApi};
pub use self::table::{Table, TableColumn, TableRow};
use crate::client::Client;
use crate::model::api_resource::ApiResource;
#[cfg(feature = "cache")]
use crate::model::api_resource::ScopeKind;
use crate::model::error::Result;
use crate::model::object::Object;
use crate::model::partial::PartialObjectMetadata;
use crate::model::resource::{Cluster, Namespaced, Resource};
use crate::model::unstructured::Unstructured;
use crate::wire::rest::{Request, Target};

/// The objects of one kind, in one namespace, in all, or in the cluster.
///
/// Typed handles come from [`Api::namespaced`], [`Api::all`] and [`Api::cluster`], which
/// compile only for kinds of that scope; untyped ones from `Client::resource` and
/// `Client::lookup`. Methods exist only for the verbs that `K` has.
///
/// ```no_run
/// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
/// use kubewright::{ListOptions, Patch};
/// use serde_json::json;
///
/// let deployments = client.resource(&"deployments.v1.apps".parse()?).namespace("prod");
/// let web = deployments.get("web").await?;
/// let patched = deployments
///     .patch("web", &Patch::merge(json!({"spec": {"replicas": 5}})))
///     .field_manager("my-tool")
///     .await?;
/// deployments.delete("old").grace_period(0).await?;
/// # Ok(())
/// # }
/// ```
pub struct Api<K> {
    client: Client,
    resource: ApiResource,
    namespace: Option<String>,
    kind: PhantomData<fn() -> K>,
}

/// Kinds whose handle can be moved between namespaces: namespaced ones, and those whose
/// scope is known only at run time.
pub trait InNamespace: Object {}

impl<K: Resource<Scope = Namespaced>> InNamespace for K {}
impl InNamespace for Unstructured {}
impl InNamespace for PartialObjectMetadata {}

impl<K: Resource<Scope = Namespaced>> Api<K> {
    /// The objects of one namespace.
    pub fn namespaced(client: Client, namespace: impl Into<String>) -> Self {
        Api::of(client, K::api_resource()).namespace(namespace)
    }

    /// The objects of all namespaces: to list, watch and delete collections of. Reading or
    /// writing one of them needs its namespace.
    pub fn all(client: Client) -> Self {
        Api::of(client, K::api_resource())
    }
}

impl<K: Resource<Scope = Cluster>> Api<K> {
    /// The objects of a cluster-scoped kind.
    pub fn cluster(client: Client) -> Self {
        Api::of(client, K::api_resource())
    }
}

impl<K: InNamespace> Api<K> {
    /// The same resource in one namespace. A name that can be none is refused when a
    /// request is sent.
    #[must_use]
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = Some(namespace.into());
        self
    }

    /// The same resource in all namespaces.
    #[must_use]
    pub fn all_namespaces(mut self) -> Self {
        self.namespace = None;
        self
    }
}

impl<K: Object> Api<K> {
    /// A handle on a resource that is described at run time.
    pub(crate) fn of(client: Client, resource: ApiResource) -> Self {
        Api {
            client,
            resource,
            namespace: None,
            kind: PhantomData,
        }
    }

    /// A handle on a resource in a namespace, where it has namespaces and one is said.
    #[cfg(feature = "cache")]
    pub(crate) fn of_scope(client: Client, resource: ApiResource, namespace: Option<&str>) -> Self {
        let namespace = namespace
            .filter(|_| resource.scope != Some(ScopeKind::Cluster))
            .map(str::to_owned);
        Api {
            namespace,
            ..Api::of(client, resource)
        }
    }

    /// The client behind the handle.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Group, version, kind, plural and scope.
    pub fn api_resource(&self) -> &ApiResource {
        &self.resource
    }

    /// The namespace; `None` for all namespaces and for cluster-scoped kinds.
    pub fn current_namespace(&self) -> Option<&str> {
        self.namespace.as_deref()
    }

    /// The collection.
    fn collection(&self) -> Target<'_> {
        Target {
            resource: &self.resource,
            namespace: self.namespace.as_deref(),
            name: None,
            subresource: None,
        }
    }

    fn object<'a>(&'a self, name: &'a str) -> Target<'a> {
        Target {
            name: Some(name),
            ..self.collection()
        }
    }

    fn subobject<'a>(&'a self, name: &'a str, subresource: &'a str) -> Target<'a> {
        Target {
            subresource: Some(subresource),
            ..self.object(name)
        }
    }

    fn call<T, F>(&self, request: Result<Request>, read: call::Read<T>) -> Call<T, F> {
        Call::new(self.client.clone(), request, read)
    }
}

impl<K> Clone for Api<K> {
    fn clone(&self) -> Self {
        Api {
            client: self.client.clone(),
            resource: self.resource.clone(),
            namespace: self.namespace.clone(),
            kind: PhantomData,
        }
    }
}

impl<K> fmt::Debug for Api<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Api")
            .field("resource", &self.resource)
            .field("namespace", &self.namespace)
            .finish_non_exhaustive()
    }
}
