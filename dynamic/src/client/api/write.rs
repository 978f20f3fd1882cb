//! Creating, replacing, patching and applying.

use http::Method;

use super::call::{Applying, Call, Patching, Writing, required_name};
use super::{Api, Object};
use crate::client::problem::ClientProblem;
use crate::model::api_resource::ApiResource;
use crate::model::error::Result;
use crate::model::verbs;
use crate::wire::rest::{APPLY, Body, PARTIAL, PatchContent, PatchOf, Request, Target};

impl<K: Object + verbs::Create> Api<K> {
    /// Creates an object and returns it as stored. It needs a name, or a `generateName`
    /// from which the server makes one.
    ///
    /// ```no_run
    /// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
    /// use kubewright::Unstructured;
    /// use serde_json::json;
    ///
    /// let maps = client.lookup("configmaps").await?.namespace("prod");
    /// let map = Unstructured::try_from(json!({
    ///     "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"generateName": "settings-"},
    /// }))?;
    /// let made = maps.create(&map).field_manager("my-tool").await?;
    /// println!("{}", made.name());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// `is_already_exists()` when the name is taken, `is_invalid()` when a rule is broken.
    pub fn create(&self, object: &K) -> Call<K, Writing> {
        let request = body(object, &self.resource)
            .and_then(|body| with_body(Method::POST, &self.collection(), "create", body));
        self.call(request, K::from_json)
    }
}

impl<K: Object + verbs::Replace> Api<K> {
    /// Replaces the object of the same name as a whole (PUT) and returns it as stored.
    ///
    /// With the resourceVersion that was read, a change in between is a conflict. Without one,
    /// the last writer wins, if the kind allows that. A caller that gets a conflict reads the
    /// object again and repeats the change, or sends a patch, which has no such conflict:
    ///
    /// ```no_run
    /// # async fn doc(
    /// #     widgets: kubewright::Api<kubewright::Unstructured>,
    /// # ) -> kubewright::Result<()> {
    /// use serde_json::json;
    ///
    /// let stored = loop {
    ///     let mut widget = widgets.get("big").await?;
    ///     widget["spec"]["size"] = json!(7);
    ///     match widgets.replace(&widget).await {
    ///         Err(error) if error.is_conflict() => {}
    ///         answer => break answer?,
    ///     }
    /// };
    /// # drop(stored);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// `is_conflict()` when the object has changed since, `is_not_found()` when it is gone;
    /// an untyped object that a cache's transform has changed is refused, since what the
    /// transform left out would be erased.
    #[doc(alias("update", "put"))]
    pub fn replace(&self, object: &K) -> Call<K, Writing> {
        self.call(self.put(object, None), K::from_json)
    }
}

impl<K: Object + verbs::Patch> Api<K> {
    /// Changes a part of an object and returns it as stored. [`Patch`](crate::Patch) says how
    /// the parts are meant; those that a merge does not name stay as they are.
    ///
    /// ```no_run
    /// # async fn doc(
    /// #     widgets: kubewright::Api<kubewright::Unstructured>,
    /// # ) -> kubewright::Result<()> {
    /// use kubewright::Patch;
    /// use serde_json::json;
    ///
    /// // In a merge, null removes.
    /// let patch = Patch::merge(json!({"spec": {"size": 7}, "metadata": {"labels": {"old": null}}}));
    /// widgets.patch("big", &patch).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// `is_not_found()` when there is no such object, `is_unsupported_media_type()` for a
    /// strategic patch of an untyped custom resource; of typed ones it does not compile.
    #[doc(alias("merge", "update"))]
    pub fn patch<P: PatchOf<K>>(&self, name: &str, patch: &P) -> Call<K, Patching> {
        self.call(patch_of::<K>(&self.object(name), patch), K::from_json)
    }

    /// Applies a manifest (server-side apply, KEP-555): the fields that it holds become
    /// `manager`'s, those it held before and holds no more are removed, the others stay.
    /// Creates the object where it is missing. Holds what `manager` wants and nothing more:
    /// an object that was read and is applied whole takes every field that it has.
    ///
    /// ```no_run
    /// # async fn doc(client: kubewright::Client) -> kubewright::Result<()> {
    /// use kubewright::Unstructured;
    /// use serde_json::json;
    ///
    /// let wanted = Unstructured::try_from(json!({
    ///     "apiVersion": "v1", "kind": "ConfigMap",
    ///     "metadata": {"name": "settings", "namespace": "prod"}, "data": {"color": "red"},
    /// }))?;
    /// client.for_object(&wanted).await?.apply("my-tool", &wanted).force().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// `is_conflict()` when another manager owns a field; [`Call::force`] takes it.
    #[doc(alias("ssa", "server-side apply"))]
    pub fn apply(&self, manager: &str, object: &K) -> Call<K, Applying> {
        self.call(self.apply_to(manager, object, None), K::from_json)
    }
}

impl<K: Object> Api<K> {
    pub(super) fn put(&self, object: &K, subresource: Option<&str>) -> Result<Request> {
        if object.is_altered() {
            return Err(ClientProblem::Altered.into());
        }
        let target = Target {
            subresource,
            ..self.object(required_name(object.name())?)
        };
        with_body(
            Method::PUT,
            &target,
            "update",
            body(object, &self.resource)?,
        )
    }

    pub(super) fn apply_to(
        &self,
        manager: &str,
        object: &K,
        subresource: Option<&str>,
    ) -> Result<Request> {
        if manager.is_empty() {
            return Err(ClientProblem::NoFieldManager.into());
        }
        refuse_managed_fields(object)?;
        let text = object.to_json(&self.resource)?;
        let target = Target {
            subresource,
            ..self.object(required_name(object.name())?)
        };
        let body = Body::Text {
            content_type: APPLY,
            bytes: text.into(),
        };
        let mut request = with_body(Method::PATCH, &target, "apply", body)?;
        request.query.add("fieldManager", manager);
        request.query.add("force", false);
        Ok(request)
    }
}

pub(super) fn body<K: Object>(object: &K, resource: &ApiResource) -> Result<Body> {
    object.to_json(resource).map(Body::json)
}

pub(super) fn with_body(
    method: Method,
    target: &Target<'_>,
    verb: &'static str,
    body: Body,
) -> Result<Request> {
    let mut request = Request::new(method, target, verb)?;
    request.body = body;
    Ok(request)
}

pub(super) fn patch_of<K: Object>(
    target: &Target<'_>,
    patch: &impl PatchContent,
) -> Result<Request> {
    let bytes = patch.body().to_string().into();
    let body = Body::Text {
        content_type: patch.content_type(),
        bytes,
    };
    let mut request = with_body(Method::PATCH, target, "patch", body)?;
    if K::METADATA_ONLY {
        request.accept = PARTIAL;
    }
    Ok(request)
}

/// An object that was read holds everybody's fields: applying it would claim them all. The
/// server refuses it too, in words that do not say what to do ([rule U16](crate::semantics#u16)).
fn refuse_managed_fields(object: &impl Object) -> Result<()> {
    match object.has_managed_fields() {
        false => Ok(()),
        true => Err(ClientProblem::ManagedFields.into()),
    }
}
