//! `kubewright gen --server` on the real kube-apiserver, as servers of every age answer:
//! through a proxy that has no OpenAPI v3, or an index that is already old.
//!
//! Without a control plane the cases say that they are skipped; they fail instead where
//! `KUBEWRIGHT_REQUIRE_CONTROL_PLANE` is set.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a panic is how a test fails, and what is left out is said"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::{Router, serve};
use kubewright::{Api, Client, Unstructured};
use kubewright_envtest::ControlPlane;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// What the proxy pretends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Age {
    /// The server as it is.
    Present,
    /// A server from before OpenAPI v3.
    BeforeV3,
    /// Documents change after the index was read.
    StaleIndex,
    /// The same, from an aggregated server whose document is gone.
    LostDocument,
}

struct Proxy {
    server: Arc<ControlPlane>,
    age: Age,
    asked: Mutex<Vec<String>>,
}

impl Proxy {
    /// The proxy and the URL that leads to it.
    async fn start(server: &Arc<ControlPlane>, age: Age) -> (Arc<Self>, String) {
        let proxy = Arc::new(Self {
            server: server.clone(),
            age,
            asked: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = Router::new().fallback(pass).with_state(proxy.clone());
        tokio::spawn(async move { serve(listener, app).await });
        (proxy, url)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn pass(State(proxy): State<Arc<Proxy>>, uri: Uri) -> Response {
    let path = uri.to_string();
    proxy.asked.lock().unwrap().push(path.clone());
    let is_v3 = path.starts_with("/openapi/v3");
    if is_v3 && proxy.age == Age::BeforeV3 {
        return StatusCode::NOT_FOUND.into_response();
    }
    if path.starts_with(DOCUMENT) && proxy.age == Age::LostDocument {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    if path.contains("hash=0LD") {
        // What the real server answers to a hash that is not the present one.
        return StatusCode::MOVED_PERMANENTLY.into_response();
    }
    match proxy.server.get_raw(&path, "application/json").await {
        Ok(body) if path == "/openapi/v3" && proxy.age == Age::StaleIndex => {
            json_response(aged(&body))
        }
        Ok(body) => json_response(body),
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}

fn json_response(body: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// The index with hashes that no document has.
fn aged(index: &[u8]) -> Vec<u8> {
    let mut index: Value = serde_json::from_slice(index).unwrap();
    for entry in index["paths"].as_object_mut().unwrap().values_mut() {
        let url = entry["serverRelativeURL"].as_str().unwrap();
        let path = url
            .split_once('?')
            .expect("the server hashes its documents")
            .0;
        entry["serverRelativeURL"] = format!("{path}?hash=0LD").into();
    }
    index.to_string().into_bytes()
}

const GROUP: &str = "farm.example.com";
const DOCUMENT: &str = "/openapi/v3/apis/farm.example.com/v1";

/// A kind of which v2 says less than the definition does: what is nullable, unknown fields
/// that stay, what it is called for short.
fn definition() -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": format!("cows.{GROUP}")},
        "spec": {
            "group": GROUP, "scope": "Namespaced",
            "names": {"kind": "Cow", "plural": "cows", "shortNames": ["moo"], "categories": ["animals"]},
            "versions": [{
                "name": "v1", "served": true, "storage": true,
                "subresources": {"status": {}},
                "schema": {"openAPIV3Schema": {"type": "object", "properties": {
                    "spec": {"type": "object", "properties": {
                        "weight": {"type": "integer", "format": "int32", "nullable": true},
                        "stall": {"x-kubernetes-int-or-string": true},
                        "notes": {"type": "object", "x-kubernetes-preserve-unknown-fields": true,
                            "properties": {"by": {"type": "string"}}},
                    }},
                    "status": {"type": "object", "properties": {"milked": {"type": "string", "format": "date-time"}}},
                }}},
            }],
        },
    })
}

async fn server() -> Option<Arc<ControlPlane>> {
    let insists =
        std::env::var_os("KUBEWRIGHT_REQUIRE_CONTROL_PLANE").is_some_and(|value| !value.is_empty());
    match ControlPlane::start().await {
        Ok(server) => Some(Arc::new(server)),
        Err(error) if insists => panic!("{error}"),
        Err(error) => {
            eprintln!("skipped: no control plane: {error}");
            None
        }
    }
}

/// Installs the definition, and waits until both forms of OpenAPI contain it.
async fn install(server: &ControlPlane) {
    let client = Client::new(&server.client_config()).unwrap();
    let definitions: Api<Unstructured> = client.lookup("crd").await.unwrap();
    let definition = Unstructured::from_json(definition().to_string()).unwrap();
    definitions.create(&definition).await.unwrap();
    let published = async {
        for path in ["/openapi/v2", DOCUMENT] {
            loop {
                let text = server
                    .get_raw(path, "application/json")
                    .await
                    .unwrap_or_default();
                if String::from_utf8_lossy(&text).contains("com.example.farm.v1.Cow") {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), published)
        .await
        .expect("both forms contain it");
}

fn generate(url: &str, out: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kubewright"))
        .args([
            "gen",
            "--server",
            url,
            "--crate-name",
            "farm-api",
            "--runtime",
            "checkout",
            "--out",
        ])
        .arg(out)
        .args(more)
        .output()
        .unwrap()
}

/// What was generated from a proxy of this age, and what it was asked.
async fn generated(
    server: &Arc<ControlPlane>,
    age: Age,
) -> (BTreeMap<String, String>, Vec<String>) {
    let (proxy, url) = Proxy::start(server, age).await;
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("api");
    let done = {
        let out = out.clone();
        tokio::task::spawn_blocking(move || generate(&url, &out, &[]))
            .await
            .unwrap()
    };
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let mut files = BTreeMap::new();
    read(&out, &out, &mut files);
    (files, proxy.asked())
}

/// The files below a folder, without the lines that name their input.
fn read(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(root, &path, files);
            continue;
        }
        let name = path.strip_prefix(root).unwrap().display().to_string();
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().filter(|line| !line.contains("@generated"));
        files.insert(name, lines.collect::<Vec<_>>().join("\n"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_of_every_age_give_the_same_types() {
    let Some(server) = server().await else { return };
    install(&server).await;

    let (present, asked) = generated(&server, Age::Present).await;
    assert!(
        asked
            .iter()
            .any(|path| path.starts_with(&format!("{DOCUMENT}?hash="))),
        "{asked:?}"
    );
    assert!(asked.iter().all(|path| path != "/openapi/v2"), "{asked:?}");

    let (stale, asked) = generated(&server, Age::StaleIndex).await;
    assert!(asked.iter().any(|path| path == DOCUMENT), "{asked:?}");
    assert_eq!(stale, present);

    let (old, asked) = generated(&server, Age::BeforeV3).await;
    assert_eq!(
        asked.iter().filter(|path| *path == "/openapi/v2").count(),
        1,
        "{asked:?}"
    );
    // The defaults of stock kinds are not in v2. They are part of their documentation.
    let without_defaults: BTreeMap<_, _> = present
        .into_iter()
        .map(|(name, text)| (name, without_defaults(&text)))
        .collect();
    assert_eq!(old, without_defaults);
    assert!(old["src/farm_example_com_v1/types.rs"].contains("Nullable<i32>"));
    assert!(old["src/farm_example_com_v1/types.rs"].contains("`moo`"));
}

fn without_defaults(text: &str) -> String {
    let cut = |line: &str| match line.trim_start().strip_prefix("/// JSON field `") {
        Some(_) => line
            .split_once(", default `")
            .map_or(line.to_owned(), |(before, _)| format!("{before}.")),
        None => line.to_owned(),
    };
    text.lines().map(cut).collect::<Vec<_>>().join("\n")
}

/// The document of an aggregated API whose server is down is missed, with what does without.
#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_cannot_be_fetched_is_named_and_can_be_excluded() {
    let Some(server) = server().await else { return };
    install(&server).await;
    let (_proxy, url) = Proxy::start(&server, Age::LostDocument).await;
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("api");
    let run = |more: &'static [&'static str]| {
        let (url, out) = (url.clone(), out.clone());
        tokio::task::spawn_blocking(move || generate(&url, &out, more))
    };

    let failed = run(&[]).await.unwrap();
    let said = String::from_utf8_lossy(&failed.stderr);
    assert!(!failed.status.success() && !out.exists());
    assert!(said.contains("--exclude farm.example.com/v1"), "{said}");

    let done = run(&["--exclude", "farm.example.com/v1"]).await.unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    assert!(out.join("src/apps_v1.rs").exists());
    assert!(!out.join("src/farm_example_com_v1.rs").exists());
}
