//! update: PUT on an object or its status, and the end of every patch.

use serde_json::Value;

use super::super::cluster::{Call, Cluster, Reply};
use super::super::object::{self, Object};
use super::super::params::WriteParams;
use super::super::status::{Cause, Failure};
use super::super::store::Row;
use super::super::{content, decode, metadata, strategy};

impl Cluster {
    /// Replaces an object; `status` and the like are replaced through their own path.
    pub(crate) fn replace(
        &mut self,
        call: &Call,
        params: &WriteParams,
        mut body: Object,
    ) -> Result<Reply, Failure> {
        check_name(call, object::name(&body))?;
        metadata::place(call, &mut body)?;
        let unknown = content::fit(&call.resource, params.validation, &mut body)
            .map_err(|why| decode::unfit(&call.resource, &why))?;
        let Ok(row) = self.row(call).cloned() else {
            return self.create_by_put(call, params, body);
        };
        check_uid(call, &row, &body)?;
        check_revision(call, &row, &body)?;
        let reply = self.update(call, params, &row, body)?;
        Ok(reply.warned(unknown))
    }

    /// Stores `new` over `row`, keeping what a client cannot change.
    pub(super) fn update(
        &mut self,
        call: &Call,
        params: &WriteParams,
        row: &Row,
        mut new: Object,
    ) -> Result<Reply, Failure> {
        let old = call.open(row);
        let mut causes = metadata::carry_over(&old, &mut new);
        let managed = object::metadata(&new, "managedFields").cloned();
        strategy::prepare_update(&call.resource, &call.target.subresource, &old, &mut new);
        self.record(call, params, &old, &mut new, managed);
        causes.extend(metadata::causes(&new));
        causes.extend(strategy::causes(&call.resource, &new));
        causes.extend(strategy::update_causes(
            &call.resource,
            &call.target.subresource,
            &old,
            &new,
        ));
        if !causes.is_empty() {
            return Err(Failure::invalid(
                call.resource.named_kind(),
                &call.target.name,
                &causes,
            ));
        }
        let document = call.resource.close(&new);
        if *document == *row.document {
            return Ok(Reply::object(200, row));
        }
        if params.dry_run {
            return Ok(Reply::dry(200, &call.resource, &new, Some(row.revision)));
        }
        if is_finished(&new) {
            return Ok(self.finish(call, &new));
        }
        let row = self.store.put(&call.resource.table, call.key(), document);
        self.after_write(call, &new);
        Ok(Reply::object(200, &row))
    }

    /// Writes who manages what: as the caller has found out already, or by what changes.
    fn record(
        &self,
        call: &Call,
        params: &WriteParams,
        old: &Object,
        new: &mut Object,
        managed: Option<Value>,
    ) {
        match managed {
            Some(managed) if params.recorded => {
                object::metadata_mut(new).insert("managedFields".into(), managed);
            }
            _ if params.recorded => {
                object::metadata_mut(new).remove("managedFields");
            }
            _ => content::record_update(&call.resource, old, new, &call.who(params)),
        }
    }

    fn create_by_put(
        &mut self,
        call: &Call,
        params: &WriteParams,
        mut body: Object,
    ) -> Result<Reply, Failure> {
        if !call.resource.traits.create_on_update || !call.target.subresource.is_empty() {
            return Err(Failure::not_found(call.resource.named(), &call.target.name));
        }
        object::metadata_mut(&mut body).remove("resourceVersion");
        self.create(call, params, body)
    }

    /// Takes away an object whose last finalizer went, showing it as it would have been stored.
    fn finish(&mut self, call: &Call, last: &Object) -> Reply {
        self.store.remove(&call.resource.table, &call.key());
        self.after_remove(call);
        Reply::dry(200, &call.resource, last, Some(self.store.revision()))
    }
}

/// Whether nothing holds an object back from being deleted any longer.
fn is_finished(object: &Object) -> bool {
    let grace = object::metadata(object, "deletionGracePeriodSeconds").and_then(Value::as_i64);
    object::is_being_deleted(object)
        && object::finalizers(object).is_empty()
        && grace.unwrap_or(0) == 0
        && strategy::own_finalizers(object).is_none_or(Vec::is_empty)
}

pub(super) fn check_name(call: &Call, name: &str) -> Result<(), Failure> {
    let url = &call.target.name;
    if name.is_empty() {
        let why = format!(
            "the name of the object ({url} based on URL) was undeterminable: name must be provided"
        );
        return Err(Failure::bad_request(why));
    }
    if name != url {
        let why =
            format!("the name of the object ({name}) does not match the name on the URL ({url})");
        return Err(Failure::bad_request(why));
    }
    Ok(())
}

/// A PUT that names a uid means that very object.
fn check_uid(call: &Call, row: &Row, body: &Object) -> Result<(), Failure> {
    let stored = call.open(row);
    let (wanted, found) = (
        object::metadata_text(body, "uid"),
        object::metadata_text(&stored, "uid"),
    );
    if wanted.is_empty() || wanted == found {
        return Ok(());
    }
    let why =
        format!("Precondition failed: UID in precondition: {wanted}, UID in object meta: {found}");
    Err(Failure::conflict(
        call.resource.named(),
        &call.target.name,
        &why,
    ))
}

/// Optimistic concurrency: a write that names a revision means the object at that revision.
pub(super) fn check_revision(call: &Call, row: &Row, body: &Object) -> Result<(), Failure> {
    let wanted = object::metadata_text(body, "resourceVersion");
    if wanted.is_empty() && call.resource.traits.unconditional_update {
        return Ok(());
    }
    if wanted.is_empty() {
        let cause = Cause::invalid(
            "metadata.resourceVersion",
            &0.into(),
            "must be specified for an update",
        );
        return Err(Failure::invalid(
            call.resource.named(),
            &call.target.name,
            &[cause],
        ));
    }
    if wanted.parse() != Ok(row.revision) {
        return Err(Failure::stale(call.resource.named(), &call.target.name));
    }
    Ok(())
}
