//! Definitions that are types of the runtime, and are never emitted.

use crate::ir::{SchemaOr, Ty};

/// What a definition is known to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Known {
    Ty(Ty),
    SchemaOr(SchemaOr),
}

/// Types of the runtime by the package they come from. The full names differ between servers
/// (`io.k8s.apimachinery…`, `k8s.io.apimachinery…`), the packages do not.
const RUNTIME: &[(&str, &[&str])] = &[
    (
        "apimachinery.pkg.apis.meta.v1",
        &[
            "APIGroup",
            "APIGroupList",
            "APIResource",
            "APIResourceList",
            "APIVersions",
            "Condition",
            "DeleteOptions",
            "FieldSelectorRequirement",
            "FieldsV1",
            "GroupVersionForDiscovery",
            "LabelSelector",
            "LabelSelectorRequirement",
            "ListMeta",
            "ManagedFieldsEntry",
            "MicroTime",
            "ObjectMeta",
            "OwnerReference",
            "Patch",
            "Preconditions",
            "ServerAddressByClientCIDR",
            "ShardInfo",
            "Status",
            "StatusCause",
            "StatusDetails",
            "Time",
            "TypeMeta",
        ],
    ),
    ("apimachinery.pkg.api.resource", &["Quantity"]),
    ("apimachinery.pkg.util.intstr", &["IntOrString"]),
    ("apimachinery.pkg.runtime", &["RawExtension"]),
    (
        "k8s.api.autoscaling.v1",
        &["Scale", "ScaleSpec", "ScaleStatus"],
    ),
];

/// Types of the runtime that have another name than their definition: the package, the name
/// there and the name here.
const RENAMED: &[(&str, &str, &str)] = &[
    ("apimachinery.pkg.version", "Info", "VersionInfo"),
    (
        "apimachinery.pkg.apis.meta.v1",
        "WatchEvent",
        "RawWatchEvent",
    ),
];

/// What the definition called `name` is known to be, if anything.
pub(super) fn of(name: &str) -> Option<Known> {
    let (package, own) = name.rsplit_once('.')?;
    if package.ends_with(".pkg.apis.apiextensions.v1") {
        return apiextensions(own);
    }
    let renamed = RENAMED
        .iter()
        .find(|(runtime, name, _)| is_package(package, runtime) && *name == own)
        .map(|(.., known)| *known);
    let same = || {
        RUNTIME
            .iter()
            .filter(|(runtime, _)| is_package(package, runtime))
            .find_map(|(_, names)| names.iter().copied().find(|known| *known == own))
    };
    let known = renamed.or_else(same)?;
    Some(Known::Ty(Ty::Meta(known)))
}

/// Whether a definition is of stock Kubernetes. The names differ between servers
/// (`io.k8s.api…`, `k8s.io.api…`), the package does not.
pub(super) fn is_stock(name: &str) -> bool {
    ["io.k8s.api.", "k8s.io.api."]
        .iter()
        .any(|prefix| name.starts_with(prefix))
}

/// Whether `package` is `runtime`, whatever it is prefixed with.
fn is_package(package: &str, runtime: &str) -> bool {
    package
        .strip_suffix(runtime)
        .is_some_and(|prefix| prefix.is_empty() || prefix.ends_with('.'))
}

/// Types without a schema of their own.
fn apiextensions(own: &str) -> Option<Known> {
    Some(match own {
        "JSON" => Known::Ty(Ty::Json),
        "JSONSchemaPropsOrArray" => Known::SchemaOr(SchemaOr::Array),
        "JSONSchemaPropsOrBool" => Known::SchemaOr(SchemaOr::Bool),
        "JSONSchemaPropsOrStringArray" => Known::SchemaOr(SchemaOr::StringArray),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Known, of};
    use crate::ir::Ty;

    #[test]
    fn packages_decide_not_prefixes() {
        for name in [
            "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta",
            "k8s.io.apimachinery.pkg.apis.meta.v1.ObjectMeta",
        ] {
            assert_eq!(of(name), Some(Known::Ty(Ty::Meta("ObjectMeta"))));
        }
        assert_eq!(of("io.k8s.api.core.v1.Pod"), None);
        assert_eq!(of("com.example.v1.Condition"), None);
        assert_eq!(of("ObjectMeta"), None);
    }
}
