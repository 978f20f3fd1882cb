//! create: POST on a collection.

use serde_json::Value;

use super::super::cluster::{Call, Cluster, Reply};
use super::super::key::Key;
use super::super::object::{self, Object};
use super::super::params::WriteParams;
use super::super::status::{Cause, Failure};
use super::super::{content, decode, identity, metadata, strategy};

impl Cluster {
    /// Creates the object, named by itself or by chance.
    pub(crate) fn create(
        &mut self,
        call: &Call,
        params: &WriteParams,
        body: Object,
    ) -> Result<Reply, Failure> {
        if let Some(answer) = self.answer(call, params, &body) {
            return answer;
        }
        self.create_with(call, params, body).map(Reply::created)
    }

    /// As [`Self::create`]; PUT and apply create too and word the reply themselves.
    pub(super) fn create_with(
        &mut self,
        call: &Call,
        params: &WriteParams,
        mut body: Object,
    ) -> Result<Reply, Failure> {
        metadata::place(call, &mut body)?;
        let unknown = content::fit(&call.resource, params.validation, &mut body)
            .map_err(|why| decode::unfit(&call.resource, &why))?;
        self.admit_into_namespace(call, object::name(&body))?;
        begin(call, &mut body)?;
        strategy::prepare_create(&call.resource, &mut body, self.store.revision());
        check(call, &body)?;
        if !params.recorded {
            content::record_update(&call.resource, &Object::new(), &mut body, &call.who(params));
        }
        let key = Key::new(&call.target.namespace, object::name(&body));
        if self.store.get(&call.resource.table, &key).is_some() {
            return Err(Failure::already_exists(call.resource.named(), key.name()));
        }
        if params.dry_run {
            return Ok(Reply::dry(200, &call.resource, &body, None).warned(unknown));
        }
        let row = self
            .store
            .put(&call.resource.table, key, call.resource.close(&body));
        self.after_write(call, &body);
        Ok(Reply::object(200, &row).warned(unknown))
    }

    /// Nothing is created in a namespace that is missing or on its way out.
    fn admit_into_namespace(&self, call: &Call, name: &str) -> Result<(), Failure> {
        self.admit_custom(call)?;
        let Some(namespace) = call.scope() else {
            return Ok(());
        };
        let kind = super::super::status::Named {
            group: "",
            what: "namespaces",
        };
        let row = self
            .namespace(namespace)
            .ok_or_else(|| Failure::not_found(kind, namespace))?;
        let terminating = row
            .document
            .fields()
            .get("status")
            .is_some_and(|s| s["phase"] == "Terminating");
        if terminating {
            return Err(Failure::namespace_terminating(
                call.resource.named(),
                name,
                namespace,
            ));
        }
        Ok(())
    }
}

impl Reply {
    fn created(self) -> Self {
        match self {
            Self::Object {
                object, warnings, ..
            } => Self::Object {
                code: 201,
                object,
                warnings,
            },
            other => other,
        }
    }
}

/// Writes what only the server may write.
fn begin(call: &Call, body: &mut Object) -> Result<(), Failure> {
    if !object::metadata_text(body, "resourceVersion").is_empty() {
        return Err(Failure::internal(
            "resourceVersion should not be set on objects to be created",
        ));
    }
    let base = object::metadata_text(body, "generateName").to_owned();
    let meta = object::metadata_mut(body);
    let unnamed = meta
        .get("name")
        .and_then(Value::as_str)
        .is_none_or(str::is_empty);
    if unnamed && !base.is_empty() {
        meta.insert("name".into(), identity::generated_name(&base).into());
    }
    for field in [
        "deletionTimestamp",
        "deletionGracePeriodSeconds",
        "generation",
    ] {
        meta.remove(field);
    }
    if call.resource.traits.generation {
        meta.insert("generation".into(), 1.into());
    }
    meta.insert("uid".into(), identity::uid().into());
    meta.insert("creationTimestamp".into(), call.now.as_str().into());
    Ok(())
}

fn check(call: &Call, body: &Object) -> Result<(), Failure> {
    let name = object::name(body);
    let mut causes = Vec::new();
    if name.is_empty() {
        causes.push(Cause::required(
            "metadata.name",
            "name or generateName is required",
        ));
    } else if let Err(why) = call.resource.name_rule().check(name) {
        causes.push(Cause::invalid("metadata.name", &name.into(), &why));
    }
    causes.extend(metadata::causes(body));
    causes.extend(strategy::causes(&call.resource, body));
    if causes.is_empty() {
        Ok(())
    } else {
        Err(Failure::invalid(call.resource.named_kind(), name, &causes))
    }
}
