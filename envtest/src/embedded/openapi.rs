//! `/openapi/v3`: an index of documents, one for each group version.
//!
//! Documents of built-in groups are served as a real server wrote them; those of custom resources
//! are built ([`crd::openapi`]).

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::crd;
use super::recorded;
use super::registry::Registry;

/// The documents and where each is to be had.
pub(crate) fn index(registry: &Registry) -> Value {
    let builtin = builtin_entries()
        .iter()
        .map(|(path, entry)| (path.clone(), entry.clone()));
    let custom = registry.custom_versions();
    let custom = custom.iter().map(|(group, version)| {
        let path = format!("apis/{group}/{}", version.name);
        let entry = entry(&path, &crd::openapi::text(group, version));
        (path, entry)
    });
    json!({"paths": builtin.chain(custom).collect::<serde_json::Map<_, _>>()})
}

/// One document, by its path in the index.
pub(crate) fn document(registry: &Registry, path: &str) -> Option<String> {
    if let Some(document) = recorded::texts().get(path) {
        return Some(document.get().to_owned());
    }
    let (group, version) = path.strip_prefix("apis/")?.split_once('/')?;
    let custom = registry.custom_versions();
    let (group, version) = custom
        .iter()
        .find(|(g, v)| g == group && v.name == version)?;
    Some(crd::openapi::text(group, version))
}

/// The built-in part of the index, which never changes.
fn builtin_entries() -> &'static BTreeMap<String, Value> {
    static ENTRIES: OnceLock<BTreeMap<String, Value>> = OnceLock::new();
    let entries = || {
        recorded::texts()
            .iter()
            .map(|(path, text)| (path.clone(), entry(path, text.get())))
    };
    ENTRIES.get_or_init(|| entries().collect())
}

/// The hash in the address changes with the document, so that clients may keep it for ever.
fn entry(path: &str, document: &str) -> Value {
    let hash = Sha256::digest(document.as_bytes())
        .iter()
        .fold(String::new(), |hash, byte| format!("{hash}{byte:02X}"));
    json!({"serverRelativeURL": format!("/openapi/v3/{path}?hash={hash}")})
}

/// `/`: the paths that can be asked for.
pub(crate) fn root(registry: &Registry) -> Value {
    let mut paths = vec![
        "/api".to_owned(),
        "/apis".to_owned(),
        "/healthz".to_owned(),
        "/livez".to_owned(),
    ];
    for group in registry.groups() {
        let prefix = if group.name.is_empty() {
            "/api".to_owned()
        } else {
            format!("/apis/{}", group.name)
        };
        paths.push(prefix.clone());
        paths.extend(
            group
                .versions
                .iter()
                .map(|version| format!("{prefix}/{}", version.name)),
        );
    }
    paths.extend(["/openapi/v3", "/readyz", "/version"].map(str::to_owned));
    paths.sort();
    paths.dedup();
    json!({"paths": paths})
}
