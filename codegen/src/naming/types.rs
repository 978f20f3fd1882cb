//! Names of types and of client methods.

use super::keywords::escaped;
use super::words::{snake_case, upper_camel_case, words};

/// Names that generated code uses in its own meaning.
pub(crate) const RESERVED: &[&str] = &[
    "Api",
    "BTreeMap",
    "Box",
    "Client",
    "Clone",
    "Debug",
    "Default",
    "Deserialize",
    "Err",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Resource",
    "Self",
    "Serialize",
    "Some",
    "String",
    "Vec",
];

/// A definition's own name, from its full one: the last segment, as upstream spells it.
///
/// `io.k8s.api.storage.v1.CSIDriver` → `CSIDriver`; what is not an identifier is put in Pascal
/// case, and a name that generated code needs itself gets the suffix `Type`.
pub(crate) fn type_name(definition: &str) -> String {
    let own = definition.rsplit('.').next().unwrap_or(definition);
    let mut name = if is_identifier(own) {
        own.to_owned()
    } else {
        pascal_case(own)
    };
    if name.is_empty() {
        name = format!("Type{}", pascal_case(definition));
    }
    if RESERVED.contains(&name.as_str()) {
        name.push_str("Type");
    }
    name
}

/// Upper camel case of any name: `imagePullPolicy` → `ImagePullPolicy`.
pub(crate) fn pascal_case(name: &str) -> String {
    let joined = upper_camel_case(name);
    match joined.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("N{joined}"),
        false => joined,
    }
}

/// A shorter name for the enum of a property: without the `Spec` or `Status` of its struct,
/// and without saying the struct's name twice.
///
/// `PodSpecRestartPolicy` → `PodRestartPolicy`, `PodStatusPhase` → `PodPhase`.
pub(crate) fn short_enum_name(full: &str, property: &str) -> Option<String> {
    let owner = full.strip_suffix(property)?;
    let stem = owner
        .strip_suffix("Spec")
        .or_else(|| owner.strip_suffix("Status"))?;
    if stem.is_empty() {
        return None;
    }
    Some(match property.starts_with(stem) {
        true => property.to_owned(),
        false => format!("{stem}{property}"),
    })
}

/// The method that leads to a resource: its plural with the words of its kind.
///
/// `NetworkPolicy`, `networkpolicies` → `network_policies`. A plural that is not an
/// inflection of the kind stands as it is.
pub(crate) fn method_name(kind: &str, plural: &str) -> String {
    let mut parts = words(kind);
    let last_word = parts.pop().unwrap_or_default();
    let stem = last_word
        .get(..last_word.len().saturating_sub(1))
        .unwrap_or_default();
    let name = match plural.strip_prefix(parts.concat().as_str()) {
        Some(last) if !stem.is_empty() && last.starts_with(stem) => {
            parts.push(words(last).join("_"));
            parts.join("_")
        }
        _ => snake_case(plural),
    };
    match name.starts_with(|c: char| c.is_ascii_lowercase()) {
        true => escaped(name),
        false => format!("r_{name}"),
    }
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::{method_name, pascal_case, short_enum_name, type_name};

    #[test]
    fn types_keep_upstreams_spelling_where_it_is_legal() {
        for (definition, name) in [
            ("io.k8s.api.storage.v1.CSIDriver", "CSIDriver"),
            ("v1.VirtualMachine", "VirtualMachine"),
            ("com.example.my-type", "MyType"),
            ("Self", "SelfType"),
            ("a.Vec", "VecType"),
            ("a.fn", "Fn"),
            ("../../x", "X"),
            ("\"; std::process::exit(1);//", "StdProcessExit1"),
            ("a.3d", "N3d"),
            ("", "Type"),
        ] {
            assert_eq!(type_name(definition), name, "{definition:?}");
        }
    }

    #[test]
    fn methods_read_as_the_words_of_the_kind() {
        for (kind, plural, method) in [
            ("Deployment", "deployments", "deployments"),
            (
                "HorizontalPodAutoscaler",
                "horizontalpodautoscalers",
                "horizontal_pod_autoscalers",
            ),
            ("NetworkPolicy", "networkpolicies", "network_policies"),
            (
                "CSIStorageCapacity",
                "csistoragecapacities",
                "csi_storage_capacities",
            ),
            ("Endpoints", "endpoints", "endpoints"),
            ("IngressClass", "ingressclasses", "ingress_classes"),
            ("PodMetrics", "pods", "pods"),
            ("Odd", "9s", "r_9s"),
            ("Function", "fn", "fn_"),
        ] {
            assert_eq!(method_name(kind, plural), method);
        }
    }

    #[test]
    fn enums_of_a_spec_drop_the_word() {
        for (full, property, short) in [
            (
                "PodSpecRestartPolicy",
                "RestartPolicy",
                Some("PodRestartPolicy"),
            ),
            ("PodStatusPhase", "Phase", Some("PodPhase")),
            (
                "PersistentVolumeSpecPersistentVolumeReclaimPolicy",
                "PersistentVolumeReclaimPolicy",
                Some("PersistentVolumeReclaimPolicy"),
            ),
            ("GRPCActionMode", "Mode", None),
            ("SpecMode", "Mode", None),
        ] {
            assert_eq!(short_enum_name(full, property).as_deref(), short);
        }
    }

    #[test]
    fn pascal_case_capitalises_words() {
        assert_eq!(pascal_case("imagePullPolicy"), "ImagePullPolicy");
        assert_eq!(pascal_case("podCIDRs"), "PodCidrs");
        assert_eq!(pascal_case("3d"), "N3d");
    }
}
