//! The handles of a client: `Api`s by name, by kind and by type.

use super::{Api, InNamespace};
use crate::client::Client;
use crate::client::problem::ClientProblem;
use crate::model::api_resource::ApiResource;
use crate::model::error::Result;
use crate::model::names::{GroupVersion, GroupVersionKind, GroupVersionResource, ResourceArg};
use crate::model::resource::{Cluster, Namespaced, Resource};
use crate::model::unstructured::Unstructured;

impl Client {
    /// Any resource by its group, version and plural name, in all namespaces until
    /// [`Api::namespace`] says one. Nothing is looked up: the server is the judge.
    pub fn resource(&self, resource: &GroupVersionResource) -> Api<Unstructured> {
        Api::of(self.clone(), ApiResource::from(resource))
    }

    /// Any resource by the name that a person would type: `po`, `deploy`, `deployments.apps`,
    /// `Widget`. Discovery is asked once and remembered; a name that it does not know is
    /// looked for once more in fresh discovery, so that a new CRD is found
    /// ([rule M6](crate::semantics#m6)).
    ///
    /// ```no_run
    /// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
    /// let web = client.lookup("deploy").await?.namespace("prod").get("web").await?;
    /// match client.lookup("widgets").await {
    ///     Ok(widgets) => println!("{} is served", widgets.api_resource().kind),
    ///     Err(error) if error.is_no_match() => println!("{error}"), // says what is near
    ///     Err(error) => return Err(error),
    /// }
    /// # drop(web);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// `is_no_match()` when nothing has that name, `is_ambiguous()` when several things do,
    /// which the error lists; any error of discovery.
    #[doc(alias("RESTMapper", "RestMapping", "kubectl"))]
    pub async fn lookup(&self, name: &str) -> Result<Api<Unstructured>> {
        let arg: ResourceArg = name.parse()?;
        let found = self.mapped(|mapper| mapper.find(&arg).cloned()).await?;
        Ok(Api::of(self.clone(), found.resource))
    }

    /// The resource of an object, by its own `apiVersion` and `kind`, in its own namespace.
    ///
    /// ```no_run
    /// # async fn doc(client: kubewright::Client, manifest: &str) -> kubewright::Result<()> {
    /// use kubewright::{Object, Unstructured};
    ///
    /// let object = Unstructured::from_json(manifest)?;
    /// client.for_object(&object).await?.create(&object).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the object does not say both, and `is_no_match()` when the cluster does not serve
    /// that kind.
    pub async fn for_object(&self, object: &Unstructured) -> Result<Api<Unstructured>> {
        let kind = kind_of(object)?;
        let found = self
            .mapped(|mapper| mapper.find_kind(&kind).cloned())
            .await?;
        let api = Api::of(self.clone(), found.resource);
        Ok(match object.namespace() {
            Some(namespace) => api.namespace(namespace),
            None => api,
        })
    }

    /// A typed resource in one namespace.
    pub fn namespaced<K: Resource<Scope = Namespaced>>(
        &self,
        namespace: impl Into<String>,
    ) -> Api<K> {
        Api::namespaced(self.clone(), namespace)
    }

    /// A typed resource in all namespaces.
    pub fn all<K: Resource<Scope = Namespaced>>(&self) -> Api<K> {
        Api::all(self.clone())
    }

    /// A typed resource of the cluster.
    pub fn cluster<K: Resource<Scope = Cluster>>(&self) -> Api<K> {
        Api::cluster(self.clone())
    }

    /// A runtime resource as objects of `K`: `PartialObjectMetadata` of any kind, or a
    /// struct of yours for a kind that is only known at run time.
    pub fn typed<K: InNamespace>(&self, resource: ApiResource) -> Api<K> {
        Api::of(self.clone(), resource)
    }
}

/// The kind that an object states.
fn kind_of(object: &Unstructured) -> Result<GroupVersionKind> {
    if object.kind().is_empty() || object.api_version().is_empty() {
        return Err(ClientProblem::Typeless {
            object: object.to_string(),
        }
        .into());
    }
    let group_version: GroupVersion = object.api_version().parse()?;
    Ok(GroupVersionKind::new(
        group_version.group,
        group_version.version,
        object.kind(),
    ))
}
