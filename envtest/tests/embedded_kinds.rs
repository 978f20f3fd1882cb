//! The embedded server's built-in kinds: their life, their patches, their tables.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod embedded_support;

use embedded_support::{Http, config_map};
use kubewright_envtest::Embedded;
use serde_json::{Value, json};

const NAMESPACES: &str = "/api/v1/namespaces";
const MAPS: &str = "/api/v1/namespaces/default/configmaps";
const PODS: &str = "/api/v1/namespaces/default/pods";
const DEPLOYMENTS: &str = "/apis/apps/v1/namespaces/default/deployments";
const APPLY: &str = "application/apply-patch+yaml";
const STRATEGIC: &str = "application/strategic-merge-patch+json";

fn pod(name: &str, node: Option<&str>) -> Value {
    let mut pod = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name},
        "spec": {"containers": [{"name": "c", "image": "i:1"}]},
    });
    if let Some(node) = node {
        pod["spec"]["nodeName"] = node.into();
    }
    pod
}

fn deployment(name: &str) -> Value {
    json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name},
        "spec": {
            "selector": {"matchLabels": {"app": name}},
            "template": {
                "metadata": {"labels": {"app": name}},
                "spec": {"containers": [{"name": "c", "image": "i:1"}]},
            },
        },
    })
}

async fn started() -> (Embedded, Http) {
    let server = Embedded::start().await.unwrap();
    let http = Http::to(&server);
    (server, http)
}

#[tokio::test]
async fn a_namespace_stays_terminating_until_it_is_finalized() {
    let (_server, http) = started().await;
    let made = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "prod"}});
    http.post(NAMESPACES, &made).await.expect(201);
    let path = format!("{NAMESPACES}/prod");
    let deleted = http.delete(&path).await.expect(200);
    assert_eq!(deleted["status"]["phase"], "Terminating");
    let late = http
        .post(&format!("{path}/configmaps"), &config_map("a", "1"))
        .await;
    late.refused(403, "Forbidden");
    http.put(
        &format!("{path}/finalize"),
        &json!({"metadata": {"name": "prod"}, "spec": {}}),
    )
    .await
    .expect(200);
    http.get(&path).await.refused(404, "NotFound");
    http.post(&format!("{path}/configmaps"), &config_map("a", "1"))
        .await
        .refused(404, "NotFound");
    http.delete(&format!("{NAMESPACES}/default"))
        .await
        .refused(403, "Forbidden");
}

#[tokio::test]
async fn a_pod_on_a_node_is_given_time_and_one_without_is_not() {
    let (_server, http) = started().await;
    http.post(PODS, &pod("placed", Some("n1")))
        .await
        .expect(201);
    http.post(PODS, &pod("waiting", None)).await.expect(201);
    let placed = format!("{PODS}/placed");
    let marked = http.delete(&placed).await.expect(200);
    assert_eq!(marked["metadata"]["deletionGracePeriodSeconds"], 30);
    http.get(&placed).await.expect(200);
    http.delete_with(&placed, &json!({"gracePeriodSeconds": 0}))
        .await
        .expect(200);
    http.get(&placed).await.refused(404, "NotFound");
    http.delete(&format!("{PODS}/waiting")).await.expect(200);
    http.get(&format!("{PODS}/waiting"))
        .await
        .refused(404, "NotFound");
}

#[tokio::test]
async fn a_finalizer_holds_what_is_deleted_and_no_new_one_can_be_added() {
    let (_server, http) = started().await;
    let mut map = config_map("held", "1");
    map["metadata"]["finalizers"] = json!(["example.com/wait"]);
    http.post(MAPS, &map).await.expect(201);
    let path = format!("{MAPS}/held");
    let marked = http.delete(&path).await.expect(200);
    assert!(marked["metadata"]["deletionTimestamp"].is_string());
    let more = json!({"metadata": {"finalizers": ["example.com/wait", "example.com/more"]}});
    http.merge(&path, &more).await.refused(422, "Invalid");
    http.merge(&path, &json!({"metadata": {"finalizers": null}}))
        .await
        .expect(200);
    http.get(&path).await.refused(404, "NotFound");
}

#[tokio::test]
async fn preconditions_and_dry_runs_protect_what_is_there() {
    let (_server, http) = started().await;
    let made = http.post(MAPS, &config_map("a", "1")).await.expect(201);
    let path = format!("{MAPS}/a");
    http.delete_with(&path, &json!({"preconditions": {"uid": "other"}}))
        .await
        .refused(409, "Conflict");
    http.delete_with(&path, &json!({"dryRun": ["All"]}))
        .await
        .expect(200);
    http.merge(
        &format!("{path}?dryRun=All"),
        &json!({"data": {"value": "2"}}),
    )
    .await
    .expect(200);
    assert_eq!(http.get(&path).await.expect(200), made);
    http.delete(&format!("{MAPS}?labelSelector=none"))
        .await
        .expect(200);
    http.get(&path).await.expect(200);
    http.delete(&format!("{MAPS}?fieldSelector=metadata.name=a"))
        .await
        .expect(200);
    http.get(&path).await.refused(404, "NotFound");
}

#[tokio::test]
async fn content_must_fit_the_kind() {
    let (_server, http) = started().await;
    let mut map = config_map("a", "1");
    map["data"]["value"] = 1.into();
    http.post(MAPS, &map).await.refused(400, "BadRequest");
    let mut map = config_map("a", "1");
    map["nonsense"] = true.into();
    http.post(&format!("{MAPS}?fieldValidation=Strict"), &map)
        .await
        .refused(400, "BadRequest");
    assert!(
        http.post(MAPS, &map)
            .await
            .expect(201)
            .get("nonsense")
            .is_none()
    );
    http.post(MAPS, &config_map("Not_A_Name", "1"))
        .await
        .refused(422, "Invalid");
    http.post(MAPS, &pod("p", None))
        .await
        .refused(400, "BadRequest");
    http.post("/api/v1/namespaces/none/configmaps", &config_map("a", "1"))
        .await
        .refused(404, "NotFound");
    http.post(PODS, &json!({"metadata": {"name": "p"}}))
        .await
        .refused(422, "Invalid");
    let large = config_map("big", &"x".repeat(4 * 1024 * 1024));
    http.post(MAPS, &large)
        .await
        .refused(413, "RequestEntityTooLarge");
}

#[tokio::test]
async fn unknown_paths_and_methods_get_different_answers() {
    let (_server, http) = started().await;
    assert_eq!(http.get("/nope").await.expect(404), "404 page not found\n");
    assert_eq!(
        http.get("/apis/nope.io/v1").await.expect(404),
        "404 page not found\n"
    );
    http.get("/api/v1/nope").await.refused(404, "NotFound");
    http.get("/api/v1/pods/a").await.refused(404, "NotFound");
    http.put(MAPS, &json!({}))
        .await
        .refused(405, "MethodNotAllowed");
    http.post("/api/v1/configmaps", &json!({}))
        .await
        .refused(405, "MethodNotAllowed");
    http.accept("text/html")
        .get(MAPS)
        .await
        .refused(406, "NotAcceptable");
    http.patch(&format!("{MAPS}/a"), "application/json", &json!({}))
        .await
        .refused(415, "UnsupportedMediaType");
    http.get(&format!("{PODS}/p/log"))
        .await
        .refused(404, "NotFound");
}

#[tokio::test]
async fn a_generation_counts_wishes_and_not_facts() {
    let (_server, http) = started().await;
    let made = http.post(DEPLOYMENTS, &deployment("web")).await.expect(201);
    assert_eq!(
        (&made["metadata"]["generation"], &made["spec"]["replicas"]),
        (&json!(1), &json!(1))
    );
    let path = format!("{DEPLOYMENTS}/web");
    let labels = http
        .merge(&path, &json!({"metadata": {"labels": {"a": "b"}}}))
        .await
        .expect(200);
    assert_eq!(labels["metadata"]["generation"], 1);
    let scaled = http
        .merge(&path, &json!({"spec": {"replicas": 3}}))
        .await
        .expect(200);
    assert_eq!(scaled["metadata"]["generation"], 2);
    let status = http
        .merge(
            &format!("{path}/status"),
            &json!({"status": {"replicas": 3}}),
        )
        .await
        .expect(200);
    assert_eq!(
        (
            &status["metadata"]["generation"],
            &status["status"]["replicas"]
        ),
        (&json!(2), &json!(3))
    );
    let scale = http.get(&format!("{path}/scale")).await.expect(200);
    assert_eq!(
        (&scale["kind"], &scale["status"]["selector"]),
        (&json!("Scale"), &json!("app=web"))
    );
}

// Rule U15
#[tokio::test]
async fn every_language_of_patches_is_spoken() {
    let (_server, http) = started().await;
    http.post(DEPLOYMENTS, &deployment("web")).await.expect(201);
    let path = format!("{DEPLOYMENTS}/web");
    let add = |name: &str| json!({"spec": {"template": {"spec": {"containers": [{"name": name, "image": "x"}]}}}});
    let names = |object: &Value| {
        let list = object["spec"]["template"]["spec"]["containers"]
            .as_array()
            .cloned()
            .unwrap();
        list.iter()
            .map(|container| container["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let strategic = http.patch(&path, STRATEGIC, &add("d")).await.expect(200);
    assert_eq!(names(&strategic), ["c", "d"]);
    let merged = http.merge(&path, &add("e")).await.expect(200);
    assert_eq!(names(&merged), ["e"]);
    let replace = json!([{"op": "replace", "path": "/spec/replicas", "value": 5}]);
    let patched = http
        .patch(&path, "application/json-patch+json", &replace)
        .await
        .expect(200);
    assert_eq!(patched["spec"]["replicas"], 5);
    let test = json!([{"op": "test", "path": "/spec/replicas", "value": 9}]);
    http.patch(&path, "application/json-patch+json", &test)
        .await
        .refused(422, "Invalid");
    let stale = json!({"metadata": {"resourceVersion": "1"}, "spec": {"replicas": 1}});
    http.merge(&path, &stale).await.refused(409, "Conflict");
}

// Rule U16
#[tokio::test]
async fn apply_owns_what_it_says() {
    let (_server, http) = started().await;
    let path = |manager: &str| format!("{MAPS}/a?fieldManager={manager}");
    let config = |data: Value| json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": data});
    http.patch(&path("one"), APPLY, &config(json!({"a": "1", "b": "1"})))
        .await
        .expect(201);
    let conflict = http
        .patch(&path("two"), APPLY, &config(json!({"a": "2"})))
        .await
        .refused(409, "Conflict");
    assert_eq!(conflict["details"]["causes"][0]["field"], ".data.a");
    let forced = http
        .patch(
            &format!("{}&force=true", path("two")),
            APPLY,
            &config(json!({"a": "2"})),
        )
        .await;
    assert_eq!(forced.expect(200)["data"], json!({"a": "2", "b": "1"}));
    let less = http
        .patch(&path("one"), APPLY, &config(json!({})))
        .await
        .expect(200);
    assert_eq!(less["data"], json!({"a": "2"}));
    http.patch(&format!("{MAPS}/a"), APPLY, &config(json!({})))
        .await
        .refused(422, "Invalid");
}

#[tokio::test]
async fn tables_show_what_people_look_for() {
    let (_server, http) = started().await;
    http.post(PODS, &pod("web", Some("n1"))).await.expect(201);
    let table = http.accept("application/json;as=Table;v=v1;g=meta.k8s.io");
    let pods = table
        .get(&format!("{PODS}?includeObject=None"))
        .await
        .expect(200);
    let heads: Vec<_> = pods["columnDefinitions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| &c["name"])
        .take(5)
        .collect();
    assert_eq!(heads, ["Name", "Ready", "Status", "Restarts", "Age"]);
    let cells = pods["rows"][0]["cells"].as_array().unwrap();
    assert_eq!(
        cells[..4],
        [json!("web"), json!("0/1"), json!("Pending"), json!("0")]
    );
    assert_eq!(pods["rows"][0]["object"], Value::Null);

    let metadata = http.accept("application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");
    let list = metadata.get(PODS).await.expect(200);
    assert_eq!(list["kind"], "PartialObjectMetadataList");
    assert!(list["items"][0].get("spec").is_none());
}

#[tokio::test]
async fn reads_of_other_moments_say_what_cannot_be() {
    let server = Embedded::builder()
        .freshness_wait(std::time::Duration::ZERO)
        .history_limit(1);
    let server = server.start().await.unwrap();
    let http = Http::to(&server);
    let first = http.post(MAPS, &config_map("a", "1")).await.expect(201);
    http.post(MAPS, &config_map("b", "1")).await.expect(201);
    let revision = first["metadata"]["resourceVersion"].as_str().unwrap();
    let then = http
        .get(&format!(
            "{MAPS}?resourceVersion={revision}&resourceVersionMatch=Exact"
        ))
        .await
        .expect(200);
    assert_eq!(then["items"].as_array().unwrap().len(), 1);
    http.post(MAPS, &config_map("c", "1")).await.expect(201);
    let gone = http
        .get(&format!(
            "{MAPS}?resourceVersion={revision}&resourceVersionMatch=Exact"
        ))
        .await;
    gone.refused(410, "Expired");
    http.get(&format!("{MAPS}?resourceVersion=99999"))
        .await
        .refused(504, "Timeout");
    http.get(&format!("{MAPS}?resourceVersion=x"))
        .await
        .refused(400, "BadRequest");
    http.get(&format!("{MAPS}?resourceVersionMatch=Exact"))
        .await
        .refused(422, "Invalid");
    http.get(&format!("{MAPS}?continue=nonsense"))
        .await
        .refused(400, "BadRequest");
}

#[tokio::test]
async fn pods_are_bound_and_evicted() {
    let (_server, http) = started().await;
    http.post(PODS, &pod("web", None)).await.expect(201);
    let binding = json!({"metadata": {"name": "web"}, "target": {"kind": "Node", "name": "n1"}});
    http.post(&format!("{PODS}/web/binding"), &binding)
        .await
        .expect(201);
    http.post(&format!("{PODS}/web/binding"), &binding)
        .await
        .refused(409, "Conflict");
    let on_node = http
        .get(&format!("{PODS}?fieldSelector=spec.nodeName=n1"))
        .await
        .expect(200);
    assert_eq!(on_node["items"].as_array().unwrap().len(), 1);
    let eviction = json!({"metadata": {"name": "web"}, "deleteOptions": {"gracePeriodSeconds": 0}});
    http.post(&format!("{PODS}/web/eviction"), &eviction)
        .await
        .expect(201);
    http.get(&format!("{PODS}/web"))
        .await
        .refused(404, "NotFound");
}

#[tokio::test]
async fn two_versions_show_one_object_in_their_own_form() {
    let (_server, http) = started().await;
    let event = json!({
        "apiVersion": "events.k8s.io/v1", "kind": "Event", "metadata": {"name": "e"},
        "regarding": {"kind": "Pod", "name": "p"}, "note": "said", "reason": "R",
    });
    http.post("/apis/events.k8s.io/v1/namespaces/default/events", &event)
        .await
        .expect(201);
    let core = http
        .get("/api/v1/namespaces/default/events?fieldSelector=involvedObject.name=p")
        .await
        .expect(200);
    assert_eq!(
        (&core["items"][0]["message"], &core["items"][0]["note"]),
        (&json!("said"), &Value::Null)
    );
    let named = http
        .get("/apis/events.k8s.io/v1/namespaces/default/events/e")
        .await
        .expect(200);
    assert_eq!(named["note"], "said");

    let autoscalers = |version: &str| {
        format!("/apis/autoscaling/{version}/namespaces/default/horizontalpodautoscalers")
    };
    let old = json!({
        "apiVersion": "autoscaling/v1", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "h"},
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "d"},
            "maxReplicas": 3, "targetCPUUtilizationPercentage": 50,
        },
    });
    http.post(&autoscalers("v1"), &old).await.expect(201);
    let new = http
        .get(&format!("{}/h", autoscalers("v2")))
        .await
        .expect(200);
    assert_eq!(
        new["spec"]["metrics"][0]["resource"]["target"]["averageUtilization"],
        50
    );
    let list = http.get(&autoscalers("v1")).await.expect(200);
    assert_eq!(
        list["items"][0]["spec"]["targetCPUUtilizationPercentage"],
        50
    );
}
