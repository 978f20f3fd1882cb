//! The OpenAPI documents of the built-in groups, as a real server wrote them.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use flate2::read::GzDecoder;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::facts::OPENAPI_V3;

/// The document of a group version, parsed once in a process.
pub(crate) fn document(path: &str) -> Option<Arc<Value>> {
    static PARSED: Mutex<BTreeMap<String, Arc<Value>>> = Mutex::new(BTreeMap::new());
    let mut parsed = PARSED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(document) = parsed.get(path) {
        return Some(document.clone());
    }
    let document: Arc<Value> = Arc::new(serde_json::from_str(texts().get(path)?.get()).ok()?);
    parsed.insert(path.to_owned(), document.clone());
    Some(document)
}

/// All documents as text, unpacked on first use: starting a server must not wait for it.
pub(crate) fn texts() -> &'static BTreeMap<String, Box<RawValue>> {
    static UNPACKED: OnceLock<BTreeMap<String, Box<RawValue>>> = OnceLock::new();
    UNPACKED.get_or_init(|| {
        let mut text = String::new();
        // The archive is part of the program; the tests read every document of it.
        let _ = GzDecoder::new(OPENAPI_V3).read_to_string(&mut text);
        serde_json::from_str(&text).unwrap_or_default()
    })
}
