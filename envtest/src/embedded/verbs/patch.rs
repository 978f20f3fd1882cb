//! patch: a change to an object instead of the whole of it.

use serde_json::Value;

use super::super::cluster::{Call, Cluster, Reply};
use super::super::object::{self, Object};
use super::super::params::WriteParams;
use super::super::patch::{self, PatchKind};
use super::super::status::{Cause, Failure, Named};
use super::super::store::Row;
use super::super::{content, metadata};
use super::apply::check_options;
use super::update::{check_name, check_revision};

impl Cluster {
    /// Applies a patch to the stored object and stores the result as an update.
    pub(crate) fn patch(
        &mut self,
        call: &Call,
        params: &WriteParams,
        kind: PatchKind,
        body: &[u8],
    ) -> Result<Reply, Failure> {
        check_options(params, kind == PatchKind::Apply)?;
        if kind == PatchKind::Apply {
            return self.apply(call, params, body);
        }
        let change = patch::parse(kind, body)?;
        let row = self.row(call)?.clone();
        let old = call.open(&row);
        let new = patch::apply(kind, &call.resource, Value::Object(old), &change)?;
        let mut new = patched(call, &row, new)?;
        let unknown = content::fit(&call.resource, params.validation, &mut new)
            .map_err(|why| unfit(&new, &why))?;
        let reply = self.update(call, params, &row, new)?;
        Ok(reply.warned(unknown))
    }
}

/// Holds the outcome of a patch against what an update of this object may be.
fn patched(call: &Call, row: &Row, new: Value) -> Result<Object, Failure> {
    let Value::Object(mut new) = new else {
        return Err(Failure::unprocessable());
    };
    metadata::tidy(&mut new).map_err(Failure::bad_request)?;
    check_name(call, object::name(&new))?;
    metadata::place(call, &mut new)?;
    check_revision(call, row, &new)?;
    Ok(new)
}

/// A patch that makes of the object what its kind cannot be; the status names no object.
fn unfit(object: &Object, why: &str) -> Failure {
    let shown = Value::Object(object.clone()).to_string();
    Failure::invalid(
        Named {
            group: "",
            what: "",
        },
        "",
        &[Cause::invalid("patch", &shown.into(), why)],
    )
}
