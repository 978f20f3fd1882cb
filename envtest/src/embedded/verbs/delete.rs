//! delete and deletecollection.
//!
//! Most deletions are two steps: the object is marked, and goes when nothing holds it back any
//! longer: finalizers, a grace period, the namespace's own finalizers.

use serde_json::{Value, json};

use super::super::cluster::{Call, Cluster, Listing, Reply};
use super::super::object::{self, FINALIZERS, Object};
use super::super::params::{DeleteParams, ListParams, Preconditions, Propagation};
use super::super::status::Failure;
use super::super::store::Row;
use super::super::strategy;

impl Cluster {
    /// Deletes one object, or marks it for deletion.
    pub(crate) fn delete(&mut self, call: &Call, params: &DeleteParams) -> Result<Reply, Failure> {
        strategy::admit_delete(&call.resource, &call.target.name)?;
        let row = self.row(call)?.clone();
        let old = call.open(&row);
        check_preconditions(call, &params.preconditions, &old)?;
        let mut marked = old.clone();
        let held = self.mark(call, params, &mut marked);
        if params.dry_run {
            return Ok(reply(
                call,
                &Reply::dry(200, &call.resource, &marked, Some(row.revision)),
                &marked,
                held,
            ));
        }
        let shown = if held {
            Reply::object(200, &self.store_mark(call, &row, &marked))
        } else {
            let last = self.remove(call, &row);
            Reply::dry(200, &call.resource, &marked, Some(last.revision))
        };
        self.after_mark(call, &marked, held);
        Ok(reply(call, &shown, &marked, held))
    }

    /// Deletes what a list selects; answers with the list.
    pub(crate) fn delete_collection(
        &mut self,
        call: &Call,
        list: &ListParams,
        params: &DeleteParams,
    ) -> Result<Listing, Failure> {
        let listing = self.list(call, list)?;
        for row in &listing.items {
            let object = call.open(row);
            let mut one = call.clone();
            one.target.name = object::name(&object).to_owned();
            one.target.namespace = object::metadata_text(&object, "namespace").to_owned();
            self.delete(&one, params)?;
        }
        Ok(listing)
    }

    /// Writes the marks of a deletion; whether something holds the object back.
    fn mark(&self, call: &Call, params: &DeleteParams, object: &mut Object) -> bool {
        let grace = strategy::grace_period(&call.resource, object, params.grace);
        let first_time = !object::is_being_deleted(object);
        if first_time {
            set_propagation_finalizers(call, params.propagation, object);
            strategy::add_own_finalizers(&call.resource, object);
        }
        let held = grace > 0
            || !object::finalizers(object).is_empty()
            || strategy::own_finalizers(object).is_some_and(|list| !list.is_empty());
        let shortened = object::metadata(object, "deletionGracePeriodSeconds")
            .and_then(Value::as_i64)
            > Some(grace);
        // The second step of a graceful deletion shows that there is no time left.
        if (held && first_time) || shortened {
            strategy::mark_deleted(&call.resource, object, &call.now, grace, first_time);
        }
        held
    }

    fn store_mark(&mut self, call: &Call, row: &Row, marked: &Object) -> Row {
        let document = call.resource.close(marked);
        if *document == *row.document {
            return row.clone();
        }
        self.store.put(&call.resource.table, call.key(), document)
    }

    fn remove(&mut self, call: &Call, row: &Row) -> Row {
        self.store
            .remove(&call.resource.table, &call.key())
            .unwrap_or_else(|| row.clone())
    }

    fn after_mark(&mut self, call: &Call, object: &Object, held: bool) {
        if held {
            self.after_write(call, object);
        } else {
            self.after_remove(call);
        }
    }
}

/// What the client said must be true of the object it deletes.
pub(super) fn check_preconditions(
    call: &Call,
    wanted: &Preconditions,
    object: &Object,
) -> Result<(), Failure> {
    let uid = object::metadata_text(object, "uid");
    let revision = object::metadata_text(object, "resourceVersion");
    let why = match wanted {
        Preconditions {
            uid: Some(wanted), ..
        } if wanted != uid => format!(
            "the UID in the precondition ({wanted}) does not match the UID in record ({uid}). \
             The object might have been deleted and then recreated"
        ),
        Preconditions {
            resource_version: Some(wanted),
            ..
        } if wanted != revision => format!(
            "the ResourceVersion in the precondition ({wanted}) does not match the ResourceVersion in record \
             ({revision}). The object might have been modified"
        ),
        _ => return Ok(()),
    };
    Err(Failure::conflict(
        call.resource.named_kind(),
        &call.target.name,
        &why,
    ))
}

/// The collector of garbage works by finalizers: one that waits for dependents, one that frees them.
fn set_propagation_finalizers(call: &Call, propagation: Option<Propagation>, object: &mut Object) {
    let default = if strategy::orphans_by_default(&call.resource) {
        Some(Propagation::Orphan)
    } else {
        None
    };
    let own = match propagation.or(default) {
        Some(Propagation::Foreground) => Some("foregroundDeletion"),
        Some(Propagation::Orphan) => Some("orphan"),
        Some(Propagation::Background) => None,
        None => return,
    };
    let mut finalizers: Vec<String> = object::finalizers(object)
        .into_iter()
        .map(str::to_owned)
        .collect();
    finalizers.retain(|name| name != "foregroundDeletion" && name != "orphan");
    finalizers.extend(own.map(str::to_owned));
    let metadata = object::metadata_mut(object);
    if finalizers.is_empty() {
        metadata.remove(FINALIZERS);
    } else {
        metadata.insert(FINALIZERS.into(), finalizers.into());
    }
}

/// A Status or the object, as the kind answers.
fn reply(call: &Call, shown: &Reply, object: &Object, held: bool) -> Reply {
    match shown {
        Reply::Object { object, .. } if held || call.resource.traits.delete_returns_object => {
            Reply::stored(200, object.clone())
        }
        _ => {
            let resource = &call.resource;
            let mut details = json!({"name": call.target.name, "kind": resource.plural});
            if !resource.group.is_empty() {
                details["group"] = resource.group.as_str().into();
            }
            details["uid"] = object::metadata_text(object, "uid").into();
            Reply::success(200, &details)
        }
    }
}
