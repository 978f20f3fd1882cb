//! `/scale`: one shape for everything that has replicas.

use serde_json::{Value, json};

use super::super::cluster::{Call, Cluster, Reply};
use super::super::custom::ScalePaths;
use super::super::object::{self, Object};
use super::super::params::WriteParams;
use super::super::patch;
use super::super::patch::PatchKind;
use super::super::status::{Cause, Failure};
use super::super::store::Row;
use super::update::{check_name, check_revision};

impl Cluster {
    pub(super) fn get_scale(&self, call: &Call) -> Result<Reply, Failure> {
        let row = self.row(call)?;
        Ok(Reply::Json {
            code: 200,
            body: Value::Object(scale_of(call, row)?),
        })
    }

    pub(super) fn replace_scale(
        &mut self,
        call: &Call,
        params: &WriteParams,
        scale: &Object,
    ) -> Result<Reply, Failure> {
        let row = self.row(call)?.clone();
        check_name(call, object::name(scale))?;
        self.store_scale(call, params, &row, scale)
    }

    pub(super) fn patch_scale(
        &mut self,
        call: &Call,
        params: &WriteParams,
        kind: PatchKind,
        body: &[u8],
    ) -> Result<Reply, Failure> {
        let change = patch::parse(kind, body)?;
        let row = self.row(call)?.clone();
        let old = Value::Object(scale_of(call, &row)?);
        // A Scale has no lists: a strategic merge of it is a plain one.
        let kind = if kind == PatchKind::Strategic {
            PatchKind::Merge
        } else {
            kind
        };
        match patch::apply(kind, &call.resource, old, &change)? {
            Value::Object(new) => self.store_scale(call, params, &row, &new),
            _ => Err(Failure::unprocessable()),
        }
    }

    /// Writes the wanted replicas into the object, and nothing else of the Scale.
    fn store_scale(
        &mut self,
        call: &Call,
        params: &WriteParams,
        row: &Row,
        scale: &Object,
    ) -> Result<Reply, Failure> {
        if !object::metadata_text(scale, "resourceVersion").is_empty() {
            check_revision(call, row, scale)?;
        }
        let replicas = object::at_path(scale, ".spec.replicas")
            .and_then(Value::as_i64)
            .unwrap_or(0);
        if replicas < 0 {
            let cause = Cause::invalid(
                "spec.replicas",
                &replicas.into(),
                "must be greater than or equal to 0",
            );
            let kind = super::super::status::Named {
                group: "autoscaling",
                what: "Scale",
            };
            return Err(Failure::invalid(kind, &call.target.name, &[cause]));
        }
        let mut parent = call.open(row);
        object::set_path(&mut parent, &paths(call)?.spec, replicas.into());
        let mut shown = scale_of(call, row)?;
        if let Reply::Object { object, .. } = self.update(&call.under(""), params, row, parent)? {
            let row = Row {
                revision: object.revision.unwrap_or(row.revision),
                document: object.document,
            };
            shown = scale_of(call, &row)?;
        }
        Ok(Reply::Json {
            code: 200,
            body: Value::Object(shown),
        })
    }
}

fn paths(call: &Call) -> Result<ScalePaths, Failure> {
    call.resource
        .scale_paths()
        .ok_or_else(Failure::no_such_resource)
}

fn scale_of(call: &Call, row: &Row) -> Result<Object, Failure> {
    let parent = call.open(row);
    let paths = paths(call)?;
    let number = |path: &str| object::at_path(&parent, path).and_then(Value::as_i64);
    let mut metadata = object::child_mut(&mut parent.clone(), "metadata").clone();
    metadata.retain(|name, _| {
        [
            "name",
            "namespace",
            "uid",
            "resourceVersion",
            "creationTimestamp",
        ]
        .contains(&name.as_str())
    });
    let mut scale = json!({
        "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": metadata,
        "spec": {}, "status": {"replicas": number(&paths.status).unwrap_or(0)},
    });
    if let Some(replicas) = number(&paths.spec) {
        scale["spec"]["replicas"] = replicas.into();
    }
    if let Some(selector) = paths
        .selector
        .as_ref()
        .and_then(|path| object::at_path(&parent, path))
        .map(selector_text)
    {
        scale["status"]["selector"] = selector.into();
    }
    match scale {
        Value::Object(scale) => Ok(scale),
        _ => Err(Failure::unprocessable()),
    }
}

/// A selector as text: built-in kinds hold it as a structure, custom ones as the text itself.
fn selector_text(selector: &Value) -> String {
    let pairs = |map: &Object| {
        map.iter()
            .map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    match selector {
        Value::String(text) => text.clone(),
        Value::Object(map) => match map.get("matchLabels").and_then(Value::as_object) {
            Some(labels) => [pairs(labels), expressions(map)].concat().join(","),
            None => [pairs(map), expressions(map)].concat().join(","),
        },
        _ => String::new(),
    }
}

fn expressions(selector: &Object) -> Vec<String> {
    let list = selector
        .get("matchExpressions")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    list.map(|expression| {
        let key = expression["key"].as_str().unwrap_or_default();
        let values: Vec<_> = expression["values"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        match expression["operator"].as_str() {
            Some("In") => format!("{key} in ({})", values.join(",")),
            Some("NotIn") => format!("{key} notin ({})", values.join(",")),
            Some("DoesNotExist") => format!("!{key}"),
            _ => key.to_owned(),
        }
    })
    .collect()
}
