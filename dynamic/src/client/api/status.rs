//! The `/status` and `/scale` subresources.

use http::Method;

use super::call::{Applying, Call, Patching, Reading, Writing};
use super::read::get;
use super::write::{body, patch_of, with_body};
use super::{Api, Object};
use crate::model::api_resource::ApiResource;
use crate::model::meta::Scale;
use crate::model::verbs;
use crate::wire::rest::PatchOf;

const STATUS: &str = "status";
const SCALE: &str = "scale";

/// The `/status` subresource, which controllers write: requests change `status` and never `spec`.
///
/// ```no_run
/// # async fn doc(
/// #     widgets: kubewright::Api<kubewright::Unstructured>,
/// # ) -> kubewright::Result<()> {
/// use kubewright::Patch;
/// use serde_json::json;
///
/// let stored = widgets.patch_status("big", &Patch::merge(json!({"status": {"ready": true}}))).await?;
/// assert_eq!(stored["status"]["ready"], true);
/// # Ok(())
/// # }
/// ```
impl<K: verbs::HasStatus> Api<K> {
    /// Reads the object through its status subresource: the whole of it, as `get` does, under
    /// the permission `get` of `<resource>/status`.
    ///
    /// # Errors
    /// `is_not_found()` when there is no such object, or its kind has no status subresource.
    pub fn get_status(&self, name: &str) -> Call<K, Reading> {
        self.call(get::<K>(&self.subobject(name, STATUS)), K::from_json)
    }

    /// Replaces the status; everything else in `object` but its metadata is ignored. Returns
    /// the object as stored.
    ///
    /// # Errors
    /// As [`Api::replace`]: `is_conflict()` when the object has changed since it was read,
    /// `is_not_found()` when it is gone or its kind has no status subresource.
    #[doc(alias = "UpdateStatus")]
    pub fn replace_status(&self, object: &K) -> Call<K, Writing> {
        self.call(self.put(object, Some(STATUS)), K::from_json)
    }

    /// Changes a part of the status. The patch is of the whole object:
    /// `{"status": {…}}`. Returns the object as stored.
    ///
    /// # Errors
    /// As [`Api::patch`]; `is_not_found()` also where the kind has no status subresource.
    pub fn patch_status<P: PatchOf<K>>(&self, name: &str, patch: &P) -> Call<K, Patching> {
        self.call(
            patch_of::<K>(&self.subobject(name, STATUS), patch),
            K::from_json,
        )
    }

    /// Applies the status as `manager`: the fields of `status` that `object` holds become its
    /// own, those that it held before and holds no more are removed.
    ///
    /// # Errors
    /// As [`Api::apply`]; `is_not_found()` where the object is missing, for this creates none.
    pub fn apply_status(&self, manager: &str, object: &K) -> Call<K, Applying> {
        self.call(self.apply_to(manager, object, Some(STATUS)), K::from_json)
    }
}

/// Wanted and present replicas, the same way for every kind that scales.
///
/// ```no_run
/// # async fn doc(
/// #     widgets: kubewright::Api<kubewright::Unstructured>,
/// # ) -> kubewright::Result<()> {
/// let mut scale = widgets.get_scale("big").await?;
/// let running = scale.status.as_ref().map_or(0, |status| status.replicas);
/// scale.spec.get_or_insert_default().replicas = Some(running + 1);
/// widgets.replace_scale("big", &scale).await?; // a conflict if somebody else was quicker
/// # Ok(())
/// # }
/// ```
impl<K: verbs::HasScale> Api<K> {
    /// Reads how many replicas are wanted and present.
    ///
    /// # Errors
    /// `is_not_found()` when there is no such object, or its kind does not scale.
    pub fn get_scale(&self, name: &str) -> Call<Scale, Reading> {
        self.call(get::<K>(&self.subobject(name, SCALE)), Scale::from_json)
    }

    /// Sets how many replicas are wanted; [`HasScale::scale_to`](verbs::HasScale::scale_to)
    /// makes the value of a typed object.
    ///
    /// # Errors
    /// `is_conflict()` when `scale` has a resourceVersion and the object has changed since,
    /// `is_not_found()` as for [`Api::get_scale`].
    #[doc(alias = "UpdateScale")]
    pub fn replace_scale(&self, name: &str, scale: &Scale) -> Call<Scale, Writing> {
        let request = body(scale, &scale_resource())
            .and_then(|body| with_body(Method::PUT, &self.subobject(name, SCALE), "update", body));
        self.call(request, Scale::from_json)
    }

    /// Changes how many replicas are wanted: `{"spec": {"replicas": 3}}`.
    ///
    /// # Errors
    /// `is_not_found()` as for [`Api::get_scale`].
    pub fn patch_scale<P: PatchOf<K>>(&self, name: &str, patch: &P) -> Call<Scale, Patching> {
        self.call(
            patch_of::<Scale>(&self.subobject(name, SCALE), patch),
            Scale::from_json,
        )
    }
}

fn scale_resource() -> ApiResource {
    ApiResource {
        group: "autoscaling".into(),
        version: "v1".into(),
        kind: "Scale".into(),
        plural: SCALE.into(),
        scope: None,
    }
}
