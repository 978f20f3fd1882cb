//! The checks that a definition must pass to be accepted.

use serde_json::Value;

use super::super::names;
use super::super::object::{self, Object};
use super::super::status::Cause;
use super::{text_at, versions};

/// Everything that is wrong with a definition.
pub(crate) fn causes(crd: &Object) -> Vec<Cause> {
    let mut found = Vec::new();
    name(crd, &mut found);
    for field in ["group", "scope"] {
        require(crd, &format!("spec.{field}"), &mut found);
    }
    version_causes(crd, &mut found);
    for field in ["plural", "singular", "kind", "listKind"] {
        require(crd, &format!("spec.names.{field}"), &mut found);
    }
    found
}

fn require(crd: &Object, path: &str, found: &mut Vec<Cause>) {
    if text_at(crd, path).is_empty() {
        found.push(Cause::required(path, ""));
    }
}

fn name(crd: &Object, found: &mut Vec<Cause>) {
    let (plural, group) = (
        text_at(crd, ".spec.names.plural"),
        text_at(crd, ".spec.group"),
    );
    let own = object::name(crd);
    if own != format!("{plural}.{group}") {
        let hint = "must be spec.names.plural+\".\"+spec.group";
        found.push(Cause::invalid("metadata.name", &own.into(), hint));
    }
    let scope = text_at(crd, ".spec.scope");
    if !scope.is_empty() && !["Cluster", "Namespaced"].contains(&scope) {
        let supported = ["\"Cluster\"", "\"Namespaced\""].map(str::to_owned);
        found.push(Cause::unsupported("spec.scope", &scope.into(), &supported));
    }
    if let (false, Err(why)) = (group.is_empty(), names::subdomain(group)) {
        found.push(Cause::invalid("spec.group", &group.into(), &why));
    }
}

fn version_causes(crd: &Object, found: &mut Vec<Cause>) {
    if versions(crd)
        .filter(|version| version["storage"] == true)
        .count()
        != 1
    {
        let hint = "must have exactly one version marked as storage version";
        let list = object::at_path(crd, ".spec.versions")
            .cloned()
            .unwrap_or_default();
        found.push(Cause::invalid("spec.versions", &list, hint));
    }
    for (at, version) in versions(crd).enumerate() {
        let path = format!("spec.versions[{at}]");
        let name = version["name"].as_str().unwrap_or_default();
        if let Err(why) = names::label(name) {
            found.push(Cause::invalid(format!("{path}.name"), &name.into(), &why));
        }
        match version.pointer("/schema/openAPIV3Schema") {
            Some(schema) => structural(
                schema,
                &format!("{path}.schema.openAPIV3Schema"),
                true,
                found,
            ),
            None => found.push(Cause::required(
                format!("{path}.schema.openAPIV3Schema"),
                "",
            )),
        }
    }
}

/// Every value that a schema specifies must say its type: only then can fields be dropped.
fn structural(schema: &Value, path: &str, root: bool, found: &mut Vec<Cause>) {
    let flag = |name: &str| schema[name] == true;
    let untyped = schema["type"].as_str().is_none_or(str::is_empty);
    let open = flag("x-kubernetes-int-or-string") || flag("x-kubernetes-preserve-unknown-fields");
    if untyped && (root || !open) {
        let hint = if root {
            "must not be empty at the root"
        } else {
            "must not be empty for specified object fields"
        };
        found.push(Cause::required(format!("{path}.type"), hint));
    }
    if root && !untyped && schema["type"] != "object" {
        found.push(Cause::invalid(
            format!("{path}.type"),
            &schema["type"],
            "must be object at the root",
        ));
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        structural(
            property,
            &format!("{path}.properties[{name}]"),
            false,
            found,
        );
    }
    if schema["items"].is_object() {
        structural(&schema["items"], &format!("{path}.items"), false, found);
    }
    if schema["additionalProperties"].is_object() {
        structural(
            &schema["additionalProperties"],
            &format!("{path}.additionalProperties"),
            false,
            found,
        );
    }
    if schema["type"] == "array" && !schema["items"].is_object() {
        found.push(Cause::required(
            format!("{path}.items"),
            "must be specified",
        ));
    }
}
