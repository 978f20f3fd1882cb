//! Traces of Go types in schemas that do not name them.

use crate::ir::Ty;
use crate::parse::{Json, Schema};

/// Whether a value that is an integer or a string is a quantity: by the pattern that
/// controller-gen writes for `resource.Quantity`.
pub(crate) fn is_quantity(schema: &Schema) -> bool {
    let pattern = schema.pattern.as_deref();
    pattern.is_some_and(|pattern| pattern.contains("[KMGTPE]i"))
}

/// Whether a required value may be null all the same. Go writes the zero time as null: reading
/// that as 1970 would write 1970 back.
pub(crate) fn is_null_when_zero(ty: &Ty) -> bool {
    matches!(ty, Ty::Meta("Time" | "MicroTime"))
}

/// A default that documentation should mention. Zero values do not count: v3 documents spell
/// Go's for every field.
pub(crate) fn documented_default(default: Option<&Json>) -> Option<String> {
    let default = default?;
    let is_zero = match default {
        Json::Null => true,
        Json::Bool(value) => !value,
        Json::Number(number) => number.as_f64() == Some(0.0),
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(members) => members.is_empty(),
    };
    (!is_zero).then(|| default.to_value().to_string())
}

/// Whether a package, without its version, is that of the core group: the one package of
/// Kubernetes whose group does not follow from the documents of other group-versions.
pub(crate) fn is_core(package: &str) -> bool {
    package.ends_with("k8s.api.core")
}
