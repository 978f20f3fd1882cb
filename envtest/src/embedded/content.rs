//! The content of an object against its kind: what the kind does not have goes, what it defaults
//! is filled in, what cannot be is refused.

use serde_json::{Map, Value};

use super::custom::CustomVersion;
use super::managed::{self, Layout, Who};
use super::metadata::mismatch;
use super::object::Object;
use super::params::FieldValidation;
use super::recorded;
use super::resource::ResourceType;
use super::schema::{self, Misfit, Schema};
use super::strategy::defaults;

/// Makes an object fit its kind. Returns warnings about what was dropped, if they are wanted; an
/// error is a sentence about what cannot be.
pub(crate) fn fit(
    resource: &ResourceType,
    validation: FieldValidation,
    object: &mut Object,
) -> Result<Vec<String>, String> {
    let misfit = match &resource.custom {
        Some(custom) => custom.complete(object),
        None => fit_builtin(resource, object),
    };
    if let Some(wrong) = misfit.mismatch {
        let field = format!("{}.{}", resource.kind, wrong.path);
        return Err(mismatch(&wrong.found, &field, wrong.wanted));
    }
    let unknown: Vec<_> = misfit
        .unknown
        .iter()
        .map(|path| format!("unknown field {path:?}"))
        .collect();
    match validation {
        FieldValidation::Strict if !unknown.is_empty() => {
            Err(format!("strict decoding error: {}", unknown.join(", ")))
        }
        FieldValidation::Warn => Ok(unknown),
        FieldValidation::Strict | FieldValidation::Ignore => Ok(Vec::new()),
    }
}

/// Runs `work` with the schema of a resource's kind, if it has one.
pub(crate) fn with_schema<T>(
    resource: &ResourceType,
    work: impl FnOnce(Option<Schema<'_>>) -> T,
) -> T {
    if let Some(custom) = &resource.custom {
        return work(Schema::new(&custom.schema, &Map::new()));
    }
    let document = recorded::document(&openapi_path(resource));
    let definitions = document.as_deref().and_then(definitions);
    let schema = definitions.and_then(|definitions| {
        let (name, _) = definitions
            .iter()
            .find(|(_, node)| describes(node, resource))?;
        Schema::definition(name, definitions)
    });
    work(schema)
}

fn openapi_path(resource: &ResourceType) -> String {
    match resource.group.as_str() {
        "" => format!("api/{}", resource.version),
        group => format!("apis/{group}/{}", resource.version),
    }
}

fn definitions(document: &Value) -> Option<&Map<String, Value>> {
    document.pointer("/components/schemas")?.as_object()
}

/// Runs `work` with the schemas by which fields are managed.
pub(crate) fn with_layout<T>(resource: &ResourceType, work: impl FnOnce(Layout<'_>) -> T) -> T {
    let document = recorded::document("apis/apps/v1");
    let definitions = document.as_deref().and_then(definitions);
    let metadata = definitions.and_then(|definitions| Schema::definition(OBJECT_META, definitions));
    with_schema(resource, |content| work(Layout { content, metadata }))
}

/// Gives the fields that a write changes to the one who writes.
pub(crate) fn record_update(resource: &ResourceType, old: &Object, new: &mut Object, who: &Who) {
    with_layout(resource, |layout| {
        managed::record_update(layout, old, new, who);
    });
}

/// The path of a field that the kind does not have.
pub(crate) fn first_unknown(resource: &ResourceType, object: &Object) -> Option<String> {
    let mut probe = object.clone();
    let typed = !resource.is_custom();
    let misfit = with_schema(resource, |schema| {
        schema.map(|schema| schema::fit(schema, &mut probe, typed))
    });
    misfit?.unknown.into_iter().next()
}

const OBJECT_META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

fn describes(node: &Value, resource: &ResourceType) -> bool {
    let kinds = node
        .get("x-kubernetes-group-version-kind")
        .and_then(Value::as_array);
    kinds.into_iter().flatten().any(|gvk| {
        gvk["kind"] == resource.kind
            && gvk["version"] == resource.version
            && gvk["group"] == resource.group
    })
}

fn fit_builtin(resource: &ResourceType, object: &mut Object) -> Misfit {
    let fit = |schema: Option<Schema<'_>>| schema.map(|schema| schema::fit(schema, object, true));
    let misfit = with_schema(resource, fit).unwrap_or_default();
    if misfit.mismatch.is_none() {
        defaults::fill(&resource.group, &resource.plural, object);
    }
    misfit
}

impl CustomVersion {
    /// Drops unknown fields and fills in defaults.
    fn complete(&self, object: &mut Object) -> Misfit {
        let definitions = Map::new();
        let Some(schema) = Schema::new(&self.schema, &definitions) else {
            return Misfit::default();
        };
        let misfit = schema::fit(schema, object, false);
        schema::fill(schema, object);
        misfit
    }
}
