//! The embedded server over HTTP, as a client sees it.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod embedded_support;

use embedded_support::{Http, config_map};
use kubewright_envtest::Embedded;
use serde_json::{Value, json};

const MAPS: &str = "/api/v1/namespaces/default/configmaps";

#[tokio::test]
async fn an_object_lives_from_create_to_delete() {
    let server = Embedded::start().await.unwrap();
    let http = Http::to(&server);
    let made = http.post(MAPS, &config_map("a", "1")).await.expect(201);
    assert_eq!(made["metadata"]["namespace"], "default");
    assert!(
        made["metadata"]["uid"].is_string() && made["metadata"]["creationTimestamp"].is_string()
    );
    let path = format!("{MAPS}/a");
    assert_eq!(http.get(&path).await.expect(200), made);

    let mut changed = made.clone();
    changed["data"]["value"] = "2".into();
    let stored = http.put(&path, &changed).await.expect(200);
    assert_ne!(
        stored["metadata"]["resourceVersion"],
        made["metadata"]["resourceVersion"]
    );
    // The first version is stale now.
    http.put(&path, &changed).await.refused(409, "Conflict");
    // Writing what is there already changes nothing.
    let same = http.put(&path, &stored).await.expect(200);
    assert_eq!(same, stored);

    let status = http.delete(&path).await.expect(200);
    assert_eq!(status["status"], "Success");
    http.get(&path).await.refused(404, "NotFound");
}

#[tokio::test]
async fn servers_share_nothing_and_stop_when_dropped() {
    let (one, two) = (
        Embedded::start().await.unwrap(),
        Embedded::start().await.unwrap(),
    );
    Http::to(&one)
        .post(MAPS, &config_map("a", "1"))
        .await
        .expect(201);
    Http::to(&two)
        .get(&format!("{MAPS}/a"))
        .await
        .refused(404, "NotFound");
    let url = one.url();
    drop(one);
    assert!(reqwest::get(format!("{url}/version")).await.is_err());
}

#[tokio::test]
async fn pages_of_one_list_are_one_state() {
    let server = Embedded::start().await.unwrap();
    let http = Http::to(&server);
    for name in ["a", "b", "c", "d"] {
        http.post(MAPS, &config_map(name, "1")).await.expect(201);
    }
    let first = http.get(&format!("{MAPS}?limit=2")).await.expect(200);
    assert_eq!(first["metadata"]["remainingItemCount"], 2);
    http.delete(&format!("{MAPS}/c")).await.expect(200);
    http.post(MAPS, &config_map("e", "1")).await.expect(201);
    let token = first["metadata"]["continue"].as_str().unwrap();
    let second = http
        .get(&format!("{MAPS}?limit=5&continue={token}"))
        .await
        .expect(200);
    assert_eq!(names(&second), ["c", "d"]);
    assert_eq!(
        second["metadata"]["resourceVersion"],
        first["metadata"]["resourceVersion"]
    );

    server.compact();
    let gone = http
        .get(&format!("{MAPS}?limit=5&continue={token}"))
        .await
        .refused(410, "Expired");
    let resume = gone["metadata"]["continue"].as_str().unwrap();
    let rest = http
        .get(&format!("{MAPS}?limit=5&continue={resume}"))
        .await
        .expect(200);
    assert_eq!(names(&rest), ["d", "e"]);
}

// Rule W7
#[tokio::test]
async fn a_watch_delivers_every_change_since_a_revision() {
    let server = Embedded::start().await.unwrap();
    let http = Http::to(&server);
    let made = http.post(MAPS, &config_map("a", "1")).await.expect(201);
    let since = made["metadata"]["resourceVersion"].as_str().unwrap();
    http.merge(
        &format!("{MAPS}/a"),
        &json!({"metadata": {"labels": {"seen": "yes"}}}),
    )
    .await
    .expect(200);
    http.delete(&format!("{MAPS}/a")).await.expect(200);

    let watch =
        |query: &str| format!("{MAPS}?watch=1&timeoutSeconds=1&resourceVersion={since}{query}");
    assert_eq!(
        kinds(&http.lines(&watch("")).await),
        ["MODIFIED", "DELETED"]
    );
    // The object enters the selection with its label and leaves it when it goes.
    assert_eq!(
        kinds(&http.lines(&watch("&labelSelector=seen")).await),
        ["ADDED", "DELETED"]
    );
    assert_eq!(
        kinds(&http.lines(&watch("&labelSelector=!seen")).await),
        ["DELETED"]
    );

    server.compact();
    let lines = http.lines(&watch("")).await;
    assert_eq!(kinds(&lines), ["ERROR"]);
    assert_eq!(
        (&lines[0]["object"]["code"], &lines[0]["object"]["reason"]),
        (&json!(410), &json!("Expired"))
    );
}

#[tokio::test]
async fn a_watch_list_ends_its_initial_events_with_a_bookmark() {
    let server = Embedded::start().await.unwrap();
    let http = Http::to(&server);
    http.post(MAPS, &config_map("a", "1")).await.expect(201);
    let query = "watch=1&timeoutSeconds=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan";
    let lines = http.lines(&format!("{MAPS}?{query}")).await;
    assert_eq!(kinds(&lines), ["ADDED", "BOOKMARK"]);
    let metadata = &lines[1]["object"]["metadata"];
    assert_eq!(
        metadata["annotations"],
        json!({"k8s.io/initial-events-end": "true"})
    );
    assert_eq!(
        metadata["resourceVersion"],
        lines[0]["object"]["metadata"]["resourceVersion"]
    );
}

#[tokio::test]
async fn discovery_speaks_both_languages() {
    let server = Embedded::start().await.unwrap();
    let http = Http::to(&server);
    let legacy = http.get("/apis").await.expect(200);
    assert_eq!(legacy["kind"], "APIGroupList");
    let aggregated =
        http.accept("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
    let groups = aggregated.get("/apis").await.expect(200);
    assert_eq!(groups["kind"], "APIGroupDiscoveryList");
    let apps = http.get("/apis/apps/v1").await.expect(200);
    let names: Vec<_> = apps["resources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["name"].as_str().unwrap())
        .collect();
    assert!(names.contains(&"deployments") && names.contains(&"deployments/scale"));
    let index = http.get("/openapi/v3").await.expect(200);
    let address = index["paths"]["apis/apps/v1"]["serverRelativeURL"]
        .as_str()
        .unwrap();
    let document = http.get(address).await.expect(200);
    assert!(document["components"]["schemas"]["io.k8s.api.apps.v1.Deployment"].is_object());
}

#[tokio::test]
async fn http2_without_tls_is_spoken() {
    let server = Embedded::start().await.unwrap();
    Http::to(&server);
    let client = reqwest::Client::builder()
        .http2_prior_knowledge()
        .build()
        .unwrap();
    let response = client
        .get(format!("{}/version", server.url()))
        .send()
        .await
        .unwrap();
    assert_eq!(response.version(), reqwest::Version::HTTP_2);
}

fn names(list: &Value) -> Vec<&str> {
    list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["metadata"]["name"].as_str().unwrap())
        .collect()
}

fn kinds(lines: &[Value]) -> Vec<&str> {
    lines
        .iter()
        .map(|line| line["type"].as_str().unwrap())
        .collect()
}
