//! The content of an object against its kind: what the kind does not have goes, what it defaults
//! is filled in, what cannot be is refused.

use serde_json::{Map, Value};

use super::custom::CustomVersion;
use super::metadata::mismatch;
use super::object::Object;
use super::openapi::builtin_document;
use super::params::FieldValidation;
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

/// Runs `work` with the schema of a resource's kind.
pub(crate) fn with_schema<T>(
    resource: &ResourceType,
    work: impl FnOnce(Schema<'_>) -> T,
) -> Option<T> {
    if let Some(custom) = &resource.custom {
        let definitions = Map::new();
        return Schema::new(&custom.schema, &definitions).map(work);
    }
    let prefix = if resource.group.is_empty() {
        "api".to_owned()
    } else {
        format!("apis/{}", resource.group)
    };
    let document = builtin_document(&format!("{prefix}/{}", resource.version))?;
    let definitions = document.pointer("/components/schemas")?.as_object()?;
    let name = definitions
        .iter()
        .find(|(_, node)| describes(node, resource))
        .map(|(name, _)| name)?;
    Schema::definition(name, definitions).map(work)
}

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
    let misfit =
        with_schema(resource, |schema| schema::fit(schema, object, true)).unwrap_or_default();
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
