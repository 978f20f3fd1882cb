//! The `/status` and `/scale` subresources.

use http::Method;

use super::call::{Applying, Call, Patching, Reading, Writing};
use super::read::get;
use super::write::{body, patch_of, with_body};
use super::{Api, Object};
use crate::api_resource::ApiResource;
use crate::meta::Scale;
use crate::rest::PatchOf;
use crate::verbs;

const STATUS: &str = "status";
const SCALE: &str = "scale";

/// What a controller writes: requests here change `status` and leave `spec` alone.
impl<K: verbs::HasStatus> Api<K> {
    /// Reads the object through its status subresource.
    pub fn get_status(&self, name: &str) -> Call<K, Reading> {
        self.call(get::<K>(&self.subobject(name, STATUS)), K::from_json)
    }

    /// Replaces the status; everything else in `object` but its metadata is ignored.
    pub fn replace_status(&self, object: &K) -> Call<K, Writing> {
        self.call(self.put(object, Some(STATUS)), K::from_json)
    }

    /// Changes a part of the status. The patch is of the whole object:
    /// `{"status": {…}}`.
    pub fn patch_status<P: PatchOf<K>>(&self, name: &str, patch: &P) -> Call<K, Patching> {
        self.call(
            patch_of::<K>(&self.subobject(name, STATUS), patch),
            K::from_json,
        )
    }

    /// Applies the status as `manager`.
    pub fn apply_status(&self, manager: &str, object: &K) -> Call<K, Applying> {
        self.call(self.apply_to(manager, object, Some(STATUS)), K::from_json)
    }
}

/// Wanted and present replicas, the same way for every kind that scales.
impl<K: verbs::HasScale> Api<K> {
    /// Reads how many replicas are wanted and present.
    pub fn get_scale(&self, name: &str) -> Call<Scale, Reading> {
        self.call(get::<K>(&self.subobject(name, SCALE)), Scale::from_json)
    }

    /// Sets how many replicas are wanted; `HasScale::scale_to` makes the value.
    pub fn replace_scale(&self, name: &str, scale: &Scale) -> Call<Scale, Writing> {
        let request = body(scale, &scale_resource())
            .and_then(|body| with_body(Method::PUT, &self.subobject(name, SCALE), "update", body));
        self.call(request, Scale::from_json)
    }

    /// Changes how many replicas are wanted: `{"spec": {"replicas": 3}}`.
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
