//! Every OpenAPI v3 document there is, read by us and by the `openapiv3` crate.
//!
//! The committed specification is always read; the documents of the corpus where
//! `KUBEWRIGHT_CORPUS` names one.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a panic is the failure report of a test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use kubewright_codegen::openapiv3::OpenAPI;
use kubewright_codegen::{Docs, Options, Spec, generate};
use serde_json::{Map, Value, json};

/// The documents by name.
type Documents = Vec<(String, Value)>;

/// Our reading of the text and our reading of the crate's value give the same code.
fn same_code(documents: &Documents) {
    let texts = documents.iter().map(|(name, document)| {
        let text = document.to_string();
        Spec::new(name, text)
    });
    let values = documents.iter().map(|(name, document)| {
        let value = read_by_crate(name, document);
        Spec::openapi(name, value)
    });
    let (ours, theirs) = (
        files(&texts.collect::<Vec<_>>()),
        files(&values.collect::<Vec<_>>()),
    );
    assert!(ours.len() > 4, "{} files", ours.len());
    assert_eq!(
        ours.keys().collect::<Vec<_>>(),
        theirs.keys().collect::<Vec<_>>()
    );
    for (path, text) in &ours {
        assert!(*text == theirs[path], "{path} differs");
    }
}

/// The crate gives back every member of a document that it has read, and adds nothing.
fn same_tree(name: &str, document: &Value) {
    let value = read_by_crate(name, document);
    let again = serde_json::to_value(&value).unwrap();
    if let Some(place) = difference("", document, &again) {
        panic!("{name}: the crate changes {place}");
    }
}

fn read_by_crate(name: &str, document: &Value) -> OpenAPI {
    serde_json::from_value(document.clone()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What is generated, without the first lines, which hold a hash of the input.
fn files(specs: &[Spec]) -> BTreeMap<String, String> {
    let mut options = Options::default();
    options.docs = Docs::Full;
    let files = generate(specs, &options).unwrap().files.into_iter();
    files
        .map(|(path, text)| (path, text.split_once('\n').unwrap().1.to_owned()))
        .collect()
}

fn for_each_object(value: &mut Value, act: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(members) => {
            members
                .values_mut()
                .for_each(|member| for_each_object(member, act));
            act(members);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| for_each_object(item, act)),
        _ => {}
    }
}

/// The pointer to the first place where two trees differ.
fn difference(pointer: &str, one: &Value, other: &Value) -> Option<String> {
    match (one, other) {
        (Value::Object(left), Value::Object(right)) => {
            let keys = left.keys().chain(right.keys());
            keys.into_iter().find_map(|key| {
                let pointer = format!("{pointer}/{key}");
                match (left.get(key), right.get(key)) {
                    (Some(left), Some(right)) => difference(&pointer, left, right),
                    _ => Some(pointer),
                }
            })
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => left
            .iter()
            .zip(right)
            .enumerate()
            .find_map(|(index, (left, right))| {
                difference(&format!("{pointer}/{index}"), left, right)
            }),
        _ => (one != other).then(|| pointer.to_owned()),
    }
}

fn corpus() -> Option<PathBuf> {
    let corpus = std::env::var_os("KUBEWRIGHT_CORPUS").map(PathBuf::from);
    let folder = corpus.map(|corpus| corpus.join("kubernetes/v3"));
    let folder = folder.filter(|folder| folder.exists());
    if folder.is_none() {
        eprintln!("skipped: no kubernetes/v3 in the corpus (set KUBEWRIGHT_CORPUS)");
    }
    folder
}

#[test]
fn the_corpus_is_read_alike() {
    let Some(folder) = corpus() else { return };
    let mut documents = Documents::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let document = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        documents.push((
            path.file_name().unwrap().to_str().unwrap().to_owned(),
            document,
        ));
    }
    assert!(!documents.is_empty());
    for (name, document) in &documents {
        same_tree(name, document);
    }
    same_code(&documents);
}

/// The committed specification has no prose; the crate asks for the description of a response.
#[test]
fn the_committed_specification_is_read_alike() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../envtest/facts/openapi-v3.json.gz");
    let mut text = String::new();
    let mut archive = GzDecoder::new(fs::File::open(path).unwrap());
    archive.read_to_string(&mut text).unwrap();
    let all: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
    let documents: Documents = all
        .into_iter()
        .map(|(name, mut document)| {
            for_each_object(&mut document, &mut |members| {
                for response in members
                    .get_mut("responses")
                    .and_then(Value::as_object_mut)
                    .into_iter()
                    .flat_map(Map::values_mut)
                {
                    response["description"] = json!("");
                }
            });
            (name, document)
        })
        .collect();
    for (name, document) in &documents {
        same_tree(name, document);
    }
    same_code(&documents);
}

/// What the crate cannot hold; each of these is why text does not go through it.
#[test]
fn what_the_crate_forgets_is_known() {
    let document = |schema: &Value, responses: &Value| {
        json!({
            "openapi": "3.0.0",
            "info": {"title": "t", "version": "v1"},
            "paths": {"/apis/a.io/v1/things": {"get": {"responses": responses}}},
            "components": {"schemas": {"io.a.v1.Thing": schema, "io.a.v1.Other": {"type": "object"}}},
        })
    };
    let through = |schema: &Value| {
        let read: OpenAPI = serde_json::from_value(document(schema, &json!({})))?;
        let written = serde_json::to_value(&read)?;
        Ok::<_, serde_json::Error>(written["components"]["schemas"]["io.a.v1.Thing"].clone())
    };
    let reference = json!({"$ref": "#/components/schemas/io.a.v1.Other"});
    let mut beside = reference.clone();
    beside["description"] = json!("beside");
    assert_eq!(through(&beside).unwrap(), reference);
    let number = through(&json!({"type": "number", "minimum": 9_007_199_254_740_993_i64})).unwrap();
    assert_eq!(number["minimum"], json!(9_007_199_254_740_992.0));
    assert!(through(&json!({"type": ["string", "null"]})).is_err());
    let kept = json!({"type": "string", "nullable": true, "x-kubernetes-list-type": "set"});
    assert_eq!(through(&kept).unwrap(), kept);
    let unnamed = document(&kept, &json!({"200": {"content": {}}}));
    assert!(serde_json::from_value::<OpenAPI>(unnamed).is_err());
}

#[test]
fn a_value_is_called_by_its_title() {
    let mut document = OpenAPI::default();
    document.info.title = "Tiny".to_owned();
    document.openapi = "2.9".to_owned();
    let error = generate(&[Spec::from(document)], &Options::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Tiny#/openapi: OpenAPI 2.9 is not supported; expected 3.x"
    );
}
