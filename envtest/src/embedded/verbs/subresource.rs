//! Subresources: status, scale, and actions that look like creations.

use serde_json::{Value, json};

use super::super::cluster::{Call, Cluster, Reply};
use super::super::object::{self, Object};
use super::super::params::{DeleteParams, Preconditions, WriteParams};
use super::super::patch::PatchKind;
use super::super::status::Failure;
use super::delete::check_preconditions;

/// How a subresource is served.
enum Served {
    /// The object itself, of which the path owns a part.
    Part,
    Scale,
    Elsewhere,
}

fn served(call: &Call) -> Served {
    match call.target.subresource.as_str() {
        "" | "status" | "finalize" | "ephemeralcontainers" | "resize" | "approval" => Served::Part,
        "scale" => Served::Scale,
        _ => Served::Elsewhere,
    }
}

impl Cluster {
    /// Reads the object, or what is under it.
    pub(crate) fn get_subresource(&self, call: &Call) -> Result<Reply, Failure> {
        match served(call) {
            Served::Part => self.get(call),
            Served::Scale => self.get_scale(call),
            Served::Elsewhere => self.row(call).and_then(|_| Err(not_here(call))),
        }
    }

    /// Replaces the object, or what is under it.
    pub(crate) fn replace_subresource(
        &mut self,
        call: &Call,
        params: &WriteParams,
        body: Object,
    ) -> Result<Reply, Failure> {
        match served(call) {
            Served::Part => self.replace(call, params, body),
            Served::Scale => self.replace_scale(call, params, &body),
            Served::Elsewhere => Err(not_here(call)),
        }
    }

    /// Patches the object, or what is under it.
    pub(crate) fn patch_subresource(
        &mut self,
        call: &Call,
        params: &WriteParams,
        kind: PatchKind,
        body: &[u8],
    ) -> Result<Reply, Failure> {
        match served(call) {
            Served::Part => self.patch(call, params, kind, body),
            Served::Scale => self.patch_scale(call, params, kind, body),
            Served::Elsewhere => Err(not_here(call)),
        }
    }

    /// Performs the action that a POST under an object stands for.
    pub(crate) fn create_subresource(
        &mut self,
        call: &Call,
        params: &WriteParams,
        body: &Object,
    ) -> Result<Reply, Failure> {
        match call.target.subresource.as_str() {
            "binding" => self.bind(call, params, body),
            "eviction" => self.evict(call, params, body),
            _ => Err(not_here(call)),
        }
    }

    /// Places a pod on a node, once.
    pub(super) fn bind(
        &mut self,
        call: &Call,
        params: &WriteParams,
        binding: &Object,
    ) -> Result<Reply, Failure> {
        let row = self.row(call)?.clone();
        let mut pod = call.open(&row);
        let node = object::at_path(binding, ".target.name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let placed = object::at_path(&pod, ".spec.nodeName")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !placed.is_empty() {
            let why = format!(
                "pod {} is already assigned to node {placed:?}",
                call.target.name
            );
            return Err(Failure::conflict(
                call.resource.named(),
                &call.target.name,
                &why,
            ));
        }
        object::set_path(&mut pod, ".spec.nodeName", node.into());
        let scheduled =
            json!([{"type": "PodScheduled", "status": "True", "lastTransitionTime": call.now}]);
        object::set_path(&mut pod, ".status.conditions", scheduled);
        self.update(&call.under("binding"), params, &row, pod)?;
        Ok(Reply::success(201, &Value::Null))
    }

    /// Deletes a pod as a drain would; there are no controllers here to count disruptions.
    fn evict(
        &mut self,
        call: &Call,
        params: &WriteParams,
        eviction: &Object,
    ) -> Result<Reply, Failure> {
        let options = eviction
            .get("deleteOptions")
            .cloned()
            .unwrap_or_else(|| json!({}));
        let mut options = DeleteParams::from_body(options.to_string().as_bytes())?;
        options.dry_run |= params.dry_run;
        let row = self.row(call)?;
        let pod = call.open(row);
        check_preconditions(call, &options.preconditions, &pod)?;
        options.preconditions = Preconditions::default();
        self.delete(&call.under(""), &options)?;
        Ok(Reply::success(201, &Value::Null))
    }
}

impl Call {
    /// The same object through another of its paths.
    pub(super) fn under(&self, subresource: &str) -> Self {
        let mut call = self.clone();
        call.target.subresource = subresource.to_owned();
        call
    }
}

/// What needs a node (logs, exec) or a secret key (tokens) cannot be had from this server.
fn not_here(call: &Call) -> Failure {
    let what = format!("{}/{}", call.resource.plural, call.target.subresource);
    Failure::not_implemented(format!(
        "the embedded API server does not serve {what}: there is nothing behind it"
    ))
}
