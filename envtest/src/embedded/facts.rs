//! The built-in resources, from the discovery document of a real server.
//!
//! The document is read once in a process, when the first server starts.

use std::sync::{Arc, OnceLock};

use serde_json::{Value, from_str};

use super::group::{Group, Version};
use super::kinds::Traits;
use super::resource::{ResourceType, Subresource};
use super::store::TableName;
use crate::facts::DISCOVERY;

/// All built-in groups, the core group (named "") first, then in the server's order.
pub(crate) fn builtin() -> &'static [Group] {
    static GROUPS: OnceLock<Vec<Group>> = OnceLock::new();
    GROUPS.get_or_init(|| {
        let document: Value = from_str(DISCOVERY).unwrap_or_default();
        items(&document, "items").map(group).collect()
    })
}

fn group(item: &Value) -> Group {
    let name = item
        .pointer("/metadata/name")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let versions = items(item, "versions").map(|version| {
        let version_name = text(version, "version");
        let resources = items(version, "resources")
            .map(|r| Arc::new(resource(name, &version_name, r)))
            .collect();
        Version {
            name: version_name,
            resources,
        }
    });
    Group {
        name: name.to_owned(),
        versions: versions.collect(),
    }
}

fn resource(group: &str, version: &str, item: &Value) -> ResourceType {
    let plural = text(item, "resource");
    let kind = nested_text(item, "kind");
    let subresources = items(item, "subresources")
        .map(|sub| subresource(group, version, sub))
        .collect();
    ResourceType {
        group: group.into(),
        version: version.into(),
        singular: text(item, "singularResource"),
        list_kind: format!("{kind}List"),
        kind,
        namespaced: item["scope"] == "Namespaced",
        short_names: texts(item, "shortNames"),
        categories: texts(item, "categories"),
        verbs: texts(item, "verbs"),
        subresources,
        table: table(group, &plural),
        traits: Traits::of(group, &plural),
        custom: None,
        plural,
    }
}

fn subresource(group: &str, version: &str, item: &Value) -> Subresource {
    let own = |name: &str, default: &str| {
        let text = nested_text(item, name);
        if nested_text(item, "version").is_empty() {
            default.to_owned()
        } else {
            text
        }
    };
    Subresource {
        name: text(item, "subresource"),
        group: own("group", group),
        version: own("version", version),
        kind: nested_text(item, "kind"),
        verbs: texts(item, "verbs"),
    }
}

/// Events are one set of objects that two groups serve.
fn table(group: &str, plural: &str) -> TableName {
    let group = if group == "events.k8s.io" { "" } else { group };
    TableName {
        group: group.into(),
        plural: plural.into(),
    }
}

fn items<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text(value: &Value, name: &str) -> String {
    value
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn nested_text(value: &Value, name: &str) -> String {
    value
        .get("responseKind")
        .map(|kind| text(kind, name))
        .unwrap_or_default()
}

fn texts(value: &Value, name: &str) -> Vec<String> {
    items(value, name)
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}
