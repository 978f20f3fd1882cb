//! `/openapi/v3`: an index of documents, one for each group version.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::OnceLock;

use flate2::read::GzDecoder;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::registry::Registry;

/// Every document of a real server, without prose: one JSON object, path to document.
const DOCUMENTS: &[u8] = include_bytes!("../../../generated/spec/openapi-v3.json.gz");

/// The documents and where each is to be had.
pub(crate) fn index(_registry: &Registry) -> Value {
    let paths = builtin()
        .iter()
        .map(|(path, document)| (path.clone(), entry(path, document.get())));
    json!({"paths": paths.collect::<serde_json::Map<_, _>>()})
}

/// One document, by its path in the index.
pub(crate) fn document(_registry: &Registry, path: &str) -> Option<String> {
    builtin()
        .get(path)
        .map(|document| document.get().to_owned())
}

/// The parsed document of a built-in group version.
pub(crate) fn builtin_document(path: &str) -> Option<Value> {
    serde_json::from_str(builtin().get(path)?.get()).ok()
}

/// The hash in the address changes with the document, so that clients may keep it for ever.
fn entry(path: &str, document: &str) -> Value {
    let hash = Sha256::digest(document.as_bytes())
        .iter()
        .fold(String::new(), |hash, byte| format!("{hash}{byte:02X}"));
    json!({"serverRelativeURL": format!("/openapi/v3/{path}?hash={hash}")})
}

/// The built-in documents as text, unpacked on first use: starting a server must not wait for it.
fn builtin() -> &'static BTreeMap<String, Box<RawValue>> {
    static UNPACKED: OnceLock<BTreeMap<String, Box<RawValue>>> = OnceLock::new();
    UNPACKED.get_or_init(|| {
        let mut text = String::new();
        // The archive is part of the program; the tests read every document of it.
        let _ = GzDecoder::new(DOCUMENTS).read_to_string(&mut text);
        serde_json::from_str(&text).unwrap_or_default()
    })
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
