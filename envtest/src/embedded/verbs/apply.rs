//! Server-side apply: PATCH with a configuration of the fields that the client owns.

use serde_json::Value;

use super::super::cluster::{Call, Cluster, Reply};
use super::super::managed::{self, Who};
use super::super::object::{self, Object};
use super::super::params::{FieldValidation, WriteParams};
use super::super::resource::ResourceType;
use super::super::status::{Cause, Failure, Named};
use super::super::store::Row;
use super::super::{content, decode, metadata};
use super::update::{check_name, check_revision};

impl Cluster {
    /// Merges the configuration in `body` into the object, or creates the object from it.
    pub(crate) fn apply(
        &mut self,
        call: &Call,
        params: &WriteParams,
        body: &[u8],
    ) -> Result<Reply, Failure> {
        let config = configuration(call, body)?;
        let row = self.row(call).ok().cloned();
        if let Some(row) = row
            .as_ref()
            .filter(|_| !object::metadata_text(&config, "resourceVersion").is_empty())
        {
            check_revision(call, row, &config)?;
        }
        let mut merged = merged(call, params, row.as_ref(), &config)?;
        let params = WriteParams {
            recorded: true,
            ..params.clone()
        };
        match row {
            Some(row) => {
                let fitted = content::fit(&call.resource, FieldValidation::Ignore, &mut merged);
                fitted.map_err(|why| decode::unfit(&call.resource, &why))?;
                self.update(call, &params, &row, merged)
            }
            None if call.target.subresource.is_empty() => self.create(call, &params, merged),
            None => Err(Failure::not_found(call.resource.named(), &call.target.name)),
        }
    }
}

impl Call {
    /// In whose name this call writes.
    pub(super) fn who(&self, params: &WriteParams) -> Who {
        Who {
            manager: params.manager.clone(),
            api_version: self.resource.api_version(),
            subresource: self.target.subresource.clone(),
            now: self.now.clone(),
        }
    }
}

/// The object as it is with what the configuration says.
fn merged(
    call: &Call,
    params: &WriteParams,
    row: Option<&Row>,
    config: &Object,
) -> Result<Object, Failure> {
    let (who, force) = (call.who(params), params.force.unwrap_or(false));
    let live = row.map(|row| call.open(row));
    let merged = content::with_layout(&call.resource, |layout| {
        managed::apply(layout, live.as_ref(), config, &who, force)
    });
    let mut merged = merged
        .map_err(|conflicts| Failure::apply_conflict(conflicts.message, &conflicts.causes))?;
    metadata::tidy(&mut merged).map_err(Failure::bad_request)?;
    Ok(merged)
}

/// Reads a configuration and holds it against its path and its kind.
fn configuration(call: &Call, body: &[u8]) -> Result<Object, Failure> {
    let parsed = serde_json::from_slice(body).or_else(|_| decode::yaml(body));
    let parsed =
        parsed.map_err(|why| Failure::bad_request(format!("error decoding YAML: {why}")))?;
    let Value::Object(mut config) = parsed else {
        return Err(Failure::bad_request(
            "error decoding YAML: an apply configuration must be an object",
        ));
    };
    check_type(&call.resource, &config)?;
    if object::metadata(&config, "managedFields").is_some_and(|fields| !fields.is_null()) {
        return Err(Failure::bad_request("metadata.managedFields must be nil"));
    }
    metadata::tidy(&mut config).map_err(|why| decode::unfit(&call.resource, &why))?;
    check_name(call, object::name(&config))?;
    metadata::place(call, &mut config)?;
    narrow(call, &mut config);
    check_fields(call, &config)?;
    Ok(config)
}

fn check_type(resource: &ResourceType, config: &Object) -> Result<(), Failure> {
    let text = |field: &str| {
        config
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let (version, kind) = (text("apiVersion"), text("kind"));
    if version == resource.api_version() && kind == resource.kind {
        return Ok(());
    }
    let shown = if version.contains('/') {
        version.to_owned()
    } else {
        format!("/{version}")
    };
    Err(Failure::bad_request(format!(
        "invalid object type: {shown}, Kind={kind}"
    )))
}

/// Leaves of a configuration what its path can write.
fn narrow(call: &Call, config: &mut Object) {
    if call.target.subresource == "status" {
        config.retain(|field, _| {
            ["apiVersion", "kind", "metadata", "status"].contains(&field.as_str())
        });
        object::metadata_mut(config)
            .retain(|field, _| ["name", "namespace", "resourceVersion"].contains(&field.as_str()));
    } else if call.resource.has_status() {
        config.remove("status");
    }
}

/// A field that the kind does not have is an error here, whatever the field validation.
fn check_fields(call: &Call, config: &Object) -> Result<(), Failure> {
    let Some(field) = content::first_unknown(&call.resource, config) else {
        return Ok(());
    };
    let (target, resource) = (&call.target, &call.resource);
    let place = format!(
        "{}/{}; {}",
        target.namespace,
        target.name,
        resource.api_version()
    );
    let why = format!(
        "failed to create typed patch object ({place}, Kind={}): .{field}: field not declared in schema",
        resource.kind
    );
    Err(Failure::internal(why))
}

/// Apply needs a manager to remember the configuration by, and only apply can be forced.
pub(super) fn check_options(params: &WriteParams, is_apply: bool) -> Result<(), Failure> {
    let cause = match (is_apply, params.force) {
        (true, _) if !params.names_manager => {
            Cause::required("fieldManager", "is required for apply patch")
        }
        (false, Some(_)) => Cause::forbidden("force", "may not be specified for non-apply patch"),
        _ => return Ok(()),
    };
    Err(Failure::invalid(
        Named {
            group: "meta.k8s.io",
            what: "PatchOptions",
        },
        "",
        &[cause],
    ))
}
