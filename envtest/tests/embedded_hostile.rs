//! Hostile input: each request gets an answer, and the server goes on.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod embedded_support;

use embedded_support::{Http, config_map};
use kubewright_envtest::Embedded;
use reqwest::Method;
use serde_json::{Value, json};

const MAPS: &str = "/api/v1/namespaces/default/configmaps";

#[tokio::test]
async fn strange_paths_and_queries_are_refused() {
    let server = Embedded::start().await.unwrap();
    let http = Http::to(&server);
    let paths = [
        "//",
        "/api//v1///pods",
        "/api/v1/namespaces/%2e%2e/pods",
        "/api/v1/namespaces/a%2Fb/pods/c",
        "/api/v1/namespaces/default/configmaps/%ff%fe",
        "/apis/%00/v1/things",
        "/api/v1/watch",
        "/openapi/v3/../../etc",
        "/api/v1/configmaps?limit=99999999999999999999",
        "/api/v1/configmaps?limit=-1&continue=",
        "/api/v1/configmaps?labelSelector=((((",
        "/api/v1/configmaps?labelSelector=a%20in%20(",
        "/api/v1/configmaps?fieldSelector=%5C%5C%5C",
        "/api/v1/configmaps?continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6LTksInN0YXJ0IjoiIn0",
        "/api/v1/configmaps?resourceVersion=18446744073709551616",
        "/api/v1/configmaps?watch=1&timeoutSeconds=-5&resourceVersion=-1",
    ];
    for path in paths {
        let response = http.request(Method::GET, path).send().await.unwrap();
        assert!(
            response.status().as_u16() <= 500,
            "{path}: {}",
            response.status()
        );
    }
    http.get("/version").await.expect(200);
}

#[tokio::test]
async fn bodies_that_are_not_objects_are_refused() {
    let server = Embedded::start().await.unwrap();
    let http = Http::to(&server);
    let deep = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
    let bodies = [
        "null",
        "[]",
        "\"text\"",
        "{\"metadata\": 5}",
        "{\"metadata\": {\"name\": 7}}",
        "{\"metadata\": {\"name\": \"a\", \"labels\": []}}",
        "{\"metadata\": {\"name\": \"a\", \"ownerReferences\": [7]}}",
        "{\"metadata\": {\"name\": \"a\"}, \"data\": {\"a\": {}}}",
        "\u{0}",
        deep.as_str(),
    ];
    for body in bodies {
        for (method, path, media) in [
            (Method::POST, MAPS.to_owned(), "application/json"),
            (Method::POST, MAPS.to_owned(), "application/yaml"),
            (
                Method::PATCH,
                format!("{MAPS}/x?fieldManager=m"),
                "application/apply-patch+yaml",
            ),
            (Method::DELETE, format!("{MAPS}/x"), "application/json"),
        ] {
            let request = http
                .request(method.clone(), &path)
                .header("content-type", media);
            let response = request.body(body.to_owned()).send().await.unwrap();
            let code = response.status().as_u16();
            assert!(
                (400..=500).contains(&code),
                "{method} {media} {body:.40}: {code}"
            );
        }
    }
    http.post(MAPS, &config_map("fine", "1")).await.expect(201);
}

#[tokio::test]
async fn a_patch_cannot_grow_without_end() {
    let server = Embedded::start().await.unwrap();
    let http = Http::to(&server);
    http.post(MAPS, &config_map("a", &"x".repeat(10_000)))
        .await
        .expect(201);
    let copy = |at: usize| json!({"op": "copy", "from": "/data", "path": format!("/data/{at}")});
    let copies: Value = (0..40).map(copy).collect();
    let patched = http
        .patch(&format!("{MAPS}/a"), "application/json-patch+json", &copies)
        .await;
    patched.refused(413, "RequestEntityTooLarge");
}

#[tokio::test]
async fn a_definition_cannot_break_the_server() {
    let server = Embedded::start().await.unwrap();
    let http = Http::to(&server);
    let crds = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    let named = |schema: Value| {
        json!({
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": "things.evil.io"},
            "spec": {
                "group": "evil.io", "scope": "Cluster", "names": {"kind": "Thing", "plural": "things"},
                "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": schema}}],
            },
        })
    };
    for schema in [
        json!(7),
        json!({}),
        json!({"type": "string"}),
        json!({"type": "object", "properties": {"a": {}}}),
    ] {
        let code = http.post(crds, &named(schema)).await.code();
        assert!((400..=422).contains(&code), "{code}");
    }
    let odd = json!({"type": "object", "properties": {
        "text": {"type": "string", "pattern": "((((", "minLength": -4},
        "self": {"type": "object", "$ref": "#/components/schemas/self", "x-kubernetes-preserve-unknown-fields": true},
        "number": {"type": "number", "multipleOf": 0},
    }});
    http.post(crds, &named(odd)).await.expect(201);
    let thing = json!({
        "apiVersion": "evil.io/v1", "kind": "Thing", "metadata": {"name": "t"},
        "text": "x", "self": {"self": {}}, "number": 1.5,
    });
    http.post("/apis/evil.io/v1/things", &thing)
        .await
        .expect(201);
    http.get("/openapi/v3/apis/evil.io/v1").await.expect(200);
}
