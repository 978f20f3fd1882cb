//! Custom resources on the embedded server: defined, served, validated and gone again.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod embedded_support;

use embedded_support::Http;
use kubewright_envtest::Embedded;
use serde_json::{Value, json};

const CRDS: &str = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const WIDGETS: &str = "/apis/example.com/v1/namespaces/default/widgets";

fn definition() -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": "widgets.example.com"},
        "spec": {
            "group": "example.com", "scope": "Namespaced",
            "names": {"kind": "Widget", "plural": "widgets", "shortNames": ["wd"]},
            "versions": [
                {
                    "name": "v1", "served": true, "storage": true,
                    "subresources": {
                        "status": {},
                        "scale": {"specReplicasPath": ".spec.size", "statusReplicasPath": ".status.size"},
                    },
                    "selectableFields": [{"jsonPath": ".spec.color"}],
                    "schema": {"openAPIV3Schema": {
                        "type": "object", "required": ["spec"],
                        "properties": {
                            "spec": {"type": "object", "required": ["size"], "properties": {
                                "size": {"type": "integer"},
                                "color": {"type": "string", "enum": ["red", "blue"], "default": "red"},
                            }},
                            "status": {"type": "object", "properties": {"size": {"type": "integer"}}},
                        },
                    }},
                },
                {
                    "name": "v1beta1", "served": true, "storage": false,
                    "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}},
                },
            ],
        },
    })
}

fn widget(name: &str, spec: &Value) -> Value {
    json!({"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": name}, "spec": spec})
}

async fn served() -> (Embedded, Http) {
    let server = Embedded::start().await.unwrap();
    let http = Http::to(&server);
    http.post(CRDS, &definition()).await.expect(201);
    (server, http)
}

#[tokio::test]
async fn a_definition_is_established_and_discovered() {
    let (_server, http) = served().await;
    let crd = http
        .get(&format!("{CRDS}/widgets.example.com"))
        .await
        .expect(200);
    let conditions: Vec<_> = crd["status"]["conditions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| &c["type"])
        .collect();
    assert_eq!(conditions, ["NamesAccepted", "Established"]);
    assert_eq!(crd["spec"]["names"]["listKind"], "WidgetList");
    let group = http.get("/apis/example.com").await.expect(200);
    assert_eq!(group["preferredVersion"]["version"], "v1");
    let index = http.get("/openapi/v3").await.expect(200);
    let address = index["paths"]["apis/example.com/v1"]["serverRelativeURL"]
        .as_str()
        .unwrap();
    let document = http.get(address).await.expect(200);
    let schemas = &document["components"]["schemas"];
    assert_eq!(
        schemas["com.example.v1.Widget"]["properties"]["spec"]["required"],
        json!(["size"])
    );
    assert!(schemas["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"].is_object());
}

#[tokio::test]
async fn a_document_of_custom_resources_is_openapi() {
    let (_server, http) = served().await;
    let document = http
        .get("/openapi/v3/apis/example.com/v1")
        .await
        .expect(200);
    let read: openapiv3::OpenAPI = serde_json::from_value(document.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), document);
    let operations: Vec<String> = read
        .operations()
        .map(|(path, method, operation)| {
            let action = &operation.extensions["x-kubernetes-action"];
            format!("{method} {path} {}", action.as_str().unwrap())
        })
        .collect();
    let object = "/apis/example.com/v1/namespaces/{namespace}/widgets/{name}";
    for expected in [
        "get /apis/example.com/v1/widgets list".to_owned(),
        "post /apis/example.com/v1/namespaces/{namespace}/widgets post".to_owned(),
        format!("delete {object} delete"),
        format!("patch {object}/status patch"),
        format!("put {object}/scale put"),
    ] {
        assert!(
            operations.contains(&expected),
            "{expected}: {operations:#?}"
        );
    }
    let status = &document["paths"][format!("{object}/status")]["get"];
    assert_eq!(
        status["operationId"],
        "readExampleComV1NamespacedWidgetStatus"
    );
}

#[tokio::test]
async fn content_is_pruned_defaulted_and_validated() {
    let (_server, http) = served().await;
    let mut body = widget("a", &json!({"size": 3, "junk": 1}));
    body["status"] = json!({"size": 1});
    let made = http.post(WIDGETS, &body).await.expect(201);
    assert_eq!(made["spec"], json!({"size": 3, "color": "red"}));
    assert_eq!(
        (&made["status"], &made["metadata"]["generation"]),
        (&Value::Null, &json!(1))
    );

    let refused = http
        .post(
            WIDGETS,
            &widget("b", &json!({"size": "x", "color": "green"})),
        )
        .await;
    let status = refused.refused(422, "Invalid");
    let fields: Vec<_> = status["details"]["causes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| &c["field"])
        .collect();
    assert_eq!(fields, ["spec.color", "spec.size"]);
    http.post(WIDGETS, &json!({"metadata": {"name": "b"}}))
        .await
        .refused(400, "BadRequest");
    let strict = http
        .post(&format!("{WIDGETS}?fieldValidation=Strict"), &body)
        .await;
    strict.refused(400, "BadRequest");
}

// Rule U9
#[tokio::test]
async fn spec_and_status_are_written_apart() {
    let (_server, http) = served().await;
    http.post(WIDGETS, &widget("a", &json!({"size": 3})))
        .await
        .expect(201);
    let path = format!("{WIDGETS}/a");
    let both = json!({"spec": {"size": 4}, "status": {"size": 9}});
    let spec = http.merge(&path, &both).await.expect(200);
    assert_eq!(
        (&spec["spec"]["size"], &spec["status"]),
        (&json!(4), &Value::Null)
    );
    assert_eq!(spec["metadata"]["generation"], 2);
    let status = http
        .merge(
            &format!("{path}/status"),
            &json!({"spec": {"size": 5}, "status": {"size": 9}}),
        )
        .await;
    let status = status.expect(200);
    assert_eq!(
        (&status["spec"]["size"], &status["status"]["size"]),
        (&json!(4), &json!(9))
    );
    assert_eq!(status["metadata"]["generation"], 2);
    let scale = http
        .merge(&format!("{path}/scale"), &json!({"spec": {"replicas": 7}}))
        .await
        .expect(200);
    assert_eq!(
        (&scale["spec"]["replicas"], &scale["status"]["replicas"]),
        (&json!(7), &json!(9))
    );
    assert_eq!(http.get(&path).await.expect(200)["spec"]["size"], 7);
}

#[tokio::test]
async fn every_served_version_shows_the_same_objects() {
    let (_server, http) = served().await;
    http.post(WIDGETS, &widget("a", &json!({"size": 3})))
        .await
        .expect(201);
    let beta = http
        .get("/apis/example.com/v1beta1/namespaces/default/widgets/a")
        .await
        .expect(200);
    assert_eq!(
        (&beta["apiVersion"], &beta["spec"]["size"]),
        (&json!("example.com/v1beta1"), &json!(3))
    );
    // The status path belongs to v1 alone.
    let status = http
        .get("/apis/example.com/v1beta1/namespaces/default/widgets/a/status")
        .await;
    status.refused(404, "NotFound");
    let red = http
        .get(&format!("{WIDGETS}?fieldSelector=spec.color=red"))
        .await
        .expect(200);
    assert_eq!(red["items"].as_array().unwrap().len(), 1);
    http.get(&format!("{WIDGETS}?fieldSelector=spec.size=3"))
        .await
        .refused(400, "BadRequest");
}

#[tokio::test]
async fn a_definition_goes_with_its_objects_and_waits_for_their_finalizers() {
    let (_server, http) = served().await;
    http.post(WIDGETS, &widget("free", &json!({"size": 1})))
        .await
        .expect(201);
    let mut held = widget("held", &json!({"size": 1}));
    held["metadata"]["finalizers"] = json!(["example.com/wait"]);
    http.post(WIDGETS, &held).await.expect(201);

    let crd = format!("{CRDS}/widgets.example.com");
    let deleted = http.delete(&crd).await.expect(200);
    assert!(deleted["metadata"]["deletionTimestamp"].is_string());
    let left = http.get(WIDGETS).await.expect(200);
    assert_eq!(left["items"][0]["metadata"]["name"], "held");
    http.post(WIDGETS, &widget("late", &json!({"size": 1})))
        .await
        .refused(405, "MethodNotAllowed");

    http.merge(
        &format!("{WIDGETS}/held"),
        &json!({"metadata": {"finalizers": null}}),
    )
    .await
    .expect(200);
    http.get(&crd).await.refused(404, "NotFound");
    assert_eq!(http.get(WIDGETS).await.expect(404), "404 page not found\n");
}
