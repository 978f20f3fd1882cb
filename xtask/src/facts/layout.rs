//! The layout of the facts on disk: three files, each with the same bytes for the same facts.
//!
//! Pure: values in, bytes out. `discovery.json` holds one resource a line, since
//! people review it in a diff; the OpenAPI documents are compressed, since nobody
//! reads two megabytes of schema, and the generated code shows what changed.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

pub(super) const DISCOVERY: &str = "discovery.json";
pub(super) const OPENAPI: &str = "openapi-v3.json.gz";
pub(super) const VERSION: &str = "VERSION.json";

/// The most that the compressed file may unfold to: many times what a server says today.
const UNFOLDED: u64 = 256 << 20;

/// The documents of a server, without their prose.
pub(super) struct Facts {
    /// The release, such as `v1.37.2`.
    pub(super) kubernetes: String,
    /// An `APIGroupDiscoveryList` with the core group first.
    pub(super) discovery: Value,
    /// OpenAPI v3 documents by their path, such as `apis/apps/v1`.
    pub(super) openapi: BTreeMap<String, Value>,
}

/// Every file of `envtest/facts/` by its name.
pub(super) fn files(facts: Facts) -> Result<BTreeMap<&'static str, Vec<u8>>, String> {
    let openapi = Value::Object(facts.openapi.into_iter().collect());
    let mut files = BTreeMap::from([
        (DISCOVERY, discovery(facts.discovery)?.into_bytes()),
        (OPENAPI, compressed(&sorted(openapi))?),
    ]);
    let version = version(&facts.kubernetes, &files);
    files.insert(VERSION, version.into_bytes());
    Ok(files)
}

/// The content of a file, whatever a compressor made of it: two files that differ
/// only in compression state the same facts.
pub(super) fn content(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    match name {
        OPENAPI => {
            let mut text = Vec::new();
            let unfolded = GzDecoder::new(bytes).take(UNFOLDED).read_to_end(&mut text);
            unfolded.ok().map(|_| text)
        }
        // Its hashes are of compressed bytes; the release is what it says by itself.
        VERSION => serde_json::from_slice::<Value>(bytes)
            .ok()
            .map(|version| version["kubernetes"].to_string().into_bytes()),
        _ => Some(bytes.to_vec()),
    }
}

/// Whether the files that are kept are those whose hashes are kept beside them.
pub(super) fn sealed(kept: impl Fn(&str) -> Option<Vec<u8>>) -> bool {
    let version = kept(VERSION).and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let recorded = |name: &str| {
        version
            .as_ref()
            .map(|version| version["sha256"][name].clone())
    };
    let is_recorded = |name: &str| kept(name).map(|bytes| sha256(&bytes).into()) == recorded(name);
    [DISCOVERY, OPENAPI].into_iter().all(is_recorded)
}

fn version(kubernetes: &str, files: &BTreeMap<&'static str, Vec<u8>>) -> String {
    let hashes: Map<String, Value> = files
        .iter()
        .map(|(name, bytes)| ((*name).to_owned(), sha256(bytes).into()))
        .collect();
    format!(
        "{:#}\n",
        sorted(json!({"kubernetes": kubernetes, "sha256": hashes}))
    )
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Keys in order even where another crate of the build asked serde_json to keep theirs.
fn sorted(mut value: Value) -> Value {
    value.sort_all_objects();
    value
}

fn compressed(value: &Value) -> Result<Vec<u8>, String> {
    let mut gzip = GzBuilder::new()
        .mtime(0)
        .operating_system(255)
        .write(Vec::new(), Compression::best());
    let written = gzip.write_all(value.to_string().as_bytes());
    written
        .and_then(|()| gzip.finish())
        .map_err(|error| format!("cannot compress the OpenAPI documents: {error}"))
}

/// Groups and versions in the server's own order, which states its preference;
/// resources by name, one a line.
fn discovery(list: Value) -> Result<String, String> {
    unfold(sorted(list), "items", |group| {
        unfold(group, "versions", |version| {
            unfold(by_name(version), "resources", |resource| {
                Ok(resource.to_string())
            })
        })
    })
    .map(|text| text + "\n")
}

fn by_name(mut version: Value) -> Value {
    if let Some(Value::Array(resources)) = version.get_mut("resources") {
        resources.sort_by_cached_key(|resource| resource["resource"].to_string());
    }
    version
}

/// One line of the object without `field`, then a line for each item of `field`.
fn unfold(
    object: Value,
    field: &str,
    line: impl Fn(Value) -> Result<String, String>,
) -> Result<String, String> {
    let Value::Object(mut head) = object else {
        return Err(format!(
            "discovery: expected an object with `{field}`, got {object}"
        ));
    };
    let Some(Value::Array(items)) = head.remove(field) else {
        return Err(format!(
            "discovery: no list `{field}` in {}",
            Value::Object(head)
        ));
    };
    let head = Value::Object(head).to_string();
    let head = head.strip_suffix('}').unwrap_or(&head);
    let comma = if head == "{" { "" } else { "," };
    let lines: Result<Vec<_>, _> = items.into_iter().map(line).collect();
    Ok(format!(
        "{head}{comma}\"{field}\":[\n{}\n]}}",
        lines?.join(",\n")
    ))
}
