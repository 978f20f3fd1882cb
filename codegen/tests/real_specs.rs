//! Real specifications: the committed one of stock Kubernetes, and a corpus where there is one.
//!
//! The corpus is a folder that `KUBEWRIGHT_CORPUS` names; where there is none, the tests that
//! need it say so and pass. `cargo xtask test` names it where it finds one.
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
use std::time::Instant;

use flate2::read::GzDecoder;
use kubewright_codegen::{
    Docs, Filter, Names, Options, Output, Spec, StockCrate, Summary, generate,
};
use serde_json::Value;

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The specification in `envtest/facts`.
fn committed() -> String {
    let file = fs::File::open(workspace().join("envtest/facts/openapi-v3.json.gz")).unwrap();
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    text
}

fn corpus(path: &str) -> Option<PathBuf> {
    let corpus = std::env::var_os("KUBEWRIGHT_CORPUS").map(PathBuf::from);
    let folder = corpus
        .map(|corpus| corpus.join(path))
        .filter(|folder| folder.exists());
    if folder.is_none() {
        eprintln!("skipped: no {path} in the corpus (set KUBEWRIGHT_CORPUS)");
    }
    folder
}

fn read(path: &Path) -> Spec {
    Spec::new(
        path.file_name().unwrap().to_str().unwrap(),
        fs::read(path).unwrap(),
    )
}

fn swagger() -> Option<Spec> {
    corpus("kubernetes/swagger-v2.json").map(|path| read(&path))
}

fn v3_documents() -> Option<Vec<Spec>> {
    let folder = corpus("kubernetes/v3")?;
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    Some(paths.iter().map(|path| read(path)).collect())
}

fn with(docs: Docs, include: &[&str]) -> Options {
    let mut options = Options::default();
    options.docs = docs;
    options.include = include
        .iter()
        .map(|filter| filter.parse::<Filter>().unwrap())
        .collect();
    options
}

/// The types of a module, used or not.
fn types(output: &Output, module: &str) -> String {
    let folder = format!("src/{module}/");
    let files = output.files.iter();
    let of_types =
        files.filter(|(path, _)| path.starts_with(&folder) && path.ends_with("types.rs"));
    of_types.map(|(_, text)| text.as_str()).collect()
}

fn plain(specs: &[Spec]) -> Output {
    generate(specs, &Options::default()).unwrap()
}

/// The files without their first lines, which name the input's hash.
fn bodies(output: &Output) -> BTreeMap<&str, &str> {
    output
        .files
        .iter()
        .map(|(path, text)| {
            (
                path.as_str(),
                text.split_once('\n').map_or("", |(_, rest)| rest),
            )
        })
        .collect()
}

/// The same document with the members of every object in reverse.
fn reversed(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => {
            out.push('{');
            for (index, (key, value)) in members.iter().rev().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                reversed(value, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                reversed(item, out);
            }
            out.push(']');
        }
        leaf => out.push_str(&leaf.to_string()),
    }
}

#[test]
fn the_committed_spec_gives_the_same_bytes_in_any_order() {
    let text = committed();
    let merged: Value = serde_json::from_str(&text).unwrap();
    let mut shuffled = String::new();
    reversed(&merged, &mut shuffled);
    let expected = plain(&[Spec::new("merged", text)]);
    assert_eq!(plain(&[Spec::new("shuffled", shuffled)]), expected);
    let mut documents: Vec<Spec> = merged
        .as_object()
        .unwrap()
        .iter()
        .map(|(path, document)| Spec::new(path, document.to_string()))
        .collect();
    assert_eq!(plain(&documents), expected);
    documents.reverse();
    assert_eq!(plain(&documents), expected);
}

#[test]
fn the_committed_names_are_those_that_would_be_given() {
    let fresh = plain(&[Spec::new("spec", committed())]);
    let mut options = Options::default();
    options.names = Names::read("lock", &fresh.files[Names::FILE]).unwrap();
    let again = generate(&[Spec::new("spec", committed())], &options).unwrap();
    assert_eq!(again, fresh);
}

#[test]
fn the_committed_spec_holds_what_kubernetes_serves() {
    let output = plain(&[Spec::new("spec", committed())]);
    let Summary {
        versions,
        resources,
        enums,
        ..
    } = output.summary;
    assert!(
        versions >= 20 && resources >= 60 && enums >= 70,
        "{:?}",
        output.summary
    );
    assert_eq!(output.kinds.len(), output.summary.kinds);
    let deployment = output
        .kinds
        .iter()
        .find(|kind| kind.path == "apps_v1::Deployment")
        .unwrap();
    assert_eq!(
        (deployment.group.as_str(), deployment.plural.as_str()),
        ("apps", "deployments")
    );
    assert!(deployment.namespaced);
    let apps = &output.files["src/apps_v1/types.rs"];
    assert!(apps.contains("pub template: core_v1::PodTemplateSpec,"));
    assert!(apps.contains(concat!(
        "        \"apps\" \"v1\" \"Deployment\" \"deployments\" Namespaced\n",
        "        Get List Watch Create Replace Patch Delete DeleteCollection HasStatus HasScale StrategicPatch\n",
    )));
    let core = types(&output, "core_v1");
    assert!(core.contains("\"\" \"v1\" \"Binding\" \"bindings\" Namespaced\n        Create\n"));
    assert!(core.contains(
        "\"\" \"v1\" \"ComponentStatus\" \"componentstatuses\" Cluster\n        Get List\n"
    ));
    assert!(core.contains("pub cluster_ips: Vec<String>,"));
    assert!(!core.contains("pub struct PodList"), "lists are generic");
    assert!(
        !core.contains("pub struct ObjectMeta"),
        "meta types are the runtime's"
    );
    let subresources = &output.files["src/core_v1/subresources.rs"];
    for marker in [
        "PodEviction",
        "PodBinding",
        "PodResize",
        "PodEphemeralContainers",
        "ServiceAccountToken",
        "NamespaceFinalize",
    ] {
        assert!(
            subresources.contains(&format!("pub struct {marker};")),
            "{marker}"
        );
    }
    let extensions = &output.files["src/apiextensions_v1/types.rs"];
    assert!(extensions.contains("pub not: Option<Box<JSONSchemaProps>>,"));
}

#[test]
fn including_one_group_version_brings_its_types_and_no_more() {
    let spec = [Spec::new("spec", committed())];
    let whole = plain(&spec);
    let output = generate(&spec, &with(Docs::None, &["apps/v1"])).unwrap();
    let core = types(&output, "core_v1");
    assert!(core.contains("pub struct PodTemplateSpec") && !core.contains("pub struct Node "));
    assert!(output.files.contains_key("src/apps_v1/client.rs"));
    assert!(
        !output.files.contains_key("src/core_v1/client.rs"),
        "core was not asked for"
    );
    assert!(output.summary.structs < whole.summary.structs / 3);
    let mut options = Options::default();
    options.exclude = vec!["core".parse().unwrap()];
    let output = generate(&spec, &options).unwrap();
    assert!(!output.files.contains_key("src/core_v1/client.rs"));
    assert!(output.files.contains_key("src/batch_v1/client.rs"));
}

#[test]
fn one_document_alone_knows_core_by_its_name() {
    let merged: Value = serde_json::from_str(&committed()).unwrap();
    let networking = merged["apis/networking.k8s.io/v1"].to_string();
    let output = plain(&[Spec::new("networking", networking)]);
    let core = types(&output, "core_v1");
    assert!(core.contains("/// `TypedLocalObjectReference` of `v1`."));
    assert!(output.files.contains_key("src/networking_v1/client.rs"));
}

#[test]
fn the_corpus_swagger_generates_whole() {
    let Some(spec) = swagger() else { return };
    let output = plain(&[spec]);
    let Summary {
        versions,
        resources,
        ..
    } = output.summary;
    assert_eq!((versions, resources), (36, 95));
    assert!(
        output.files["src/events_v1/types.rs"].contains("pub event_time: Option<meta::MicroTime>,")
    );
}

#[test]
fn the_corpus_v3_documents_generate_together_and_alone() {
    let Some(documents) = v3_documents() else {
        return;
    };
    let output = plain(&documents);
    assert_eq!(output.summary.resources, 25);
    for document in documents {
        assert!(plain(&[document]).summary.resources > 0);
    }
}

#[test]
fn without_docs_nothing_of_upstreams_words_is_left() {
    let Some(spec) = swagger() else { return };
    let document: Value =
        serde_json::from_slice(&fs::read(corpus("kubernetes/swagger-v2.json").unwrap()).unwrap())
            .unwrap();
    let none = plain(std::slice::from_ref(&spec));
    let full = generate(&[spec], &with(Docs::Full, &[])).unwrap();
    let text: String = none.files.into_values().collect();
    for (name, definition) in document["definitions"].as_object().unwrap() {
        let Some(description) = definition["description"].as_str() else {
            continue;
        };
        // The middle of a text: its start is often just the name of the type.
        let words: String = description.chars().skip(60).take(40).collect();
        assert!(
            words.chars().count() < 40 || !text.contains(&words),
            "{name}: {words}"
        );
    }
    assert!(types(&full, "core_v1").len() > 2 * text.len() / 10);
}

#[test]
fn v2_and_v3_of_one_server_give_the_same_types() {
    // Both forms of one document; `default`, which v2 leaves out, is documentation only.
    let v3 = r##"{"openapi": "3.0.0", "info": {"version": "v1"}, "components": {"schemas": {
        "a.v1.A": {"type": "object", "properties": {
            "b": {"allOf": [{"$ref": "#/components/schemas/a.v1.B"}], "default": {}, "description": "words"},
            "port": {"oneOf": [{"type": "integer"}, {"type": "string"}], "format": "int-or-string"}}},
        "a.v1.B": {"type": "object", "properties": {"c": {"type": "string", "default": ""}}}}}}"##;
    let v2 = r##"{"swagger": "2.0", "info": {"version": "v1"}, "definitions": {
        "a.v1.A": {"type": "object", "properties": {
            "b": {"$ref": "#/definitions/a.v1.B", "description": "words"},
            "port": {"type": "string", "format": "int-or-string"}}},
        "a.v1.B": {"type": "object", "properties": {"c": {"type": "string"}}}}}"##;
    let (v2, v3) = (plain(&[Spec::new("2", v2)]), plain(&[Spec::new("3", v3)]));
    assert_eq!(bodies(&v2), bodies(&v3));
}

/// The manifests of each project of the corpus.
fn projects() -> Option<Vec<(String, Vec<Spec>)>> {
    let projects = sorted_entries(&corpus("crds")?);
    let manifests = |folder: &PathBuf| {
        let files = sorted_entries(folder);
        let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
        let specs = files
            .iter()
            .map(|file| Spec::manifests(name(file), fs::read(file).unwrap()))
            .collect();
        (name(folder), specs)
    };
    Some(projects.iter().map(manifests).collect())
}

fn sorted_entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Projects that are small enough to be generated twice.
const FEW_SECONDS: &[&str] = &["cert-manager", "gateway-api", "istio"];

/// The most types a project may have: of its repetitions one each is left.
const MOST_TYPES: &[(&str, usize)] = &[
    ("argo-cd", 120),
    ("argo-workflows", 240),
    ("cert-manager", 112),
    ("crossplane", 235),
    ("flux", 105),
    ("gateway-api", 100),
    ("istio", 210),
    ("keda", 185),
    ("prometheus-operator", 340),
];

#[test]
fn every_crd_of_the_corpus_generates_rust() {
    let Some(projects) = projects() else { return };
    for (project, mut specs) in projects {
        let start = Instant::now();
        let output = generate(&specs, &with(Docs::Full, &[])).unwrap();
        let took = start.elapsed();
        let summary = &output.summary;
        assert!(
            summary.resources > 0 && summary.resources == summary.kinds,
            "{project}"
        );
        let types = summary.structs + summary.enums;
        if let Some((_, most)) = MOST_TYPES.iter().find(|(name, _)| *name == project) {
            assert!(types <= *most, "{project}: {types} types");
        }
        for (path, text) in output
            .files
            .iter()
            .filter(|(path, _)| path.ends_with(".rs"))
        {
            syn::parse_file(text).unwrap_or_else(|error| panic!("{project} {path}: {error}"));
        }
        if FEW_SECONDS.contains(&project.as_str()) {
            specs.reverse();
            let again = generate(&specs, &with(Docs::Full, &[])).unwrap();
            assert_eq!(
                again, output,
                "{project}: the order of files decides something"
            );
        }
        eprintln!(
            "{project}: {} kinds, {} types, {} lines in {:.2} s",
            summary.kinds,
            types,
            summary.lines,
            took.as_secs_f64()
        );
    }
}

#[test]
fn pods_in_definitions_of_the_corpus_are_pods_of_core() {
    let Some(projects) = projects() else { return };
    let Some((_, specs)) = projects.into_iter().find(|(name, _)| name == "keda") else {
        return;
    };
    let mut options = Options::default();
    let committed = Spec::new("committed", committed());
    options.stock = Some(StockCrate::new("stock-types", vec![committed]));
    let output = generate(&specs, &options).unwrap();
    let types: String = output.files.into_values().collect();
    for name in ["Container", "Volume", "Affinity", "Toleration"] {
        assert!(types.contains(&format!("stock_types::core_v1::{name}")));
        assert!(!types.contains(&format!("pub struct {name} ")), "{name}");
    }
    assert!(output.summary.structs + output.summary.enums <= 80);
}
