//! One exchange for each verb and each option that changes a request.

use std::time::Duration;

use bytes::Bytes;
use futures::TryStreamExt;
use kubewright::meta::Scale;
use kubewright::{
    Api, Client, FieldValidation, HasMetadata, ListOptions, ObjectMeta, PartialObjectMetadata,
    Patch, Propagation, Reply, Resource, ResourceVersionMatch, Subresource, Unstructured,
    WatchEvent, verbs,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::exchange::{exchange, exchange_below};
use super::server::{pod, pods};

fn resource(client: &Client, name: &str) -> Api<Unstructured> {
    client.resource(&name.parse().unwrap())
}

fn deployments(client: &Client) -> Api<Unstructured> {
    resource(client, "deployments.v1.apps").namespace("prod")
}

fn metadata_of_pods(client: &Client) -> Api<PartialObjectMetadata> {
    let pods = pods(client);
    client.typed(pods.api_resource().clone()).namespace("prod")
}

fn names<'a>(objects: impl IntoIterator<Item = &'a Unstructured>) -> Vec<&'a str> {
    objects.into_iter().map(Unstructured::name).collect()
}

fn deployment() -> Unstructured {
    let text = r#"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"status":{"replicas":2}}"#;
    text.parse().unwrap()
}

#[tokio::test]
async fn get() {
    exchange("get", async |client| {
        let web = pods(&client).get("web").await.unwrap();
        assert_eq!((web.name(), web.resource_version()), ("web", Some("7")));
    })
    .await;
}

#[tokio::test]
async fn get_cluster() {
    exchange("get_cluster", async |client| {
        let roles = resource(&client, "clusterroles.v1.rbac.authorization.k8s.io");
        assert_eq!(
            roles.get("system:node").await.unwrap().name(),
            "system:node"
        );
    })
    .await;
}

#[tokio::test]
async fn get_cached() {
    exchange("get_cached", async |client| {
        let web = pods(&client).get("web").from_cache().optional();
        assert!(web.await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn get_metadata() {
    exchange("get_metadata", async |client| {
        let web = metadata_of_pods(&client).get("web").await.unwrap();
        assert_eq!(web.metadata().labels["app"], "web");
    })
    .await;
}

#[tokio::test]
async fn get_encoded() {
    exchange("get_encoded", async |client| {
        let name = "a b?c#d[é]\\x";
        pods(&client).namespace("ä&=+").get(name).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn get_below_prefix() {
    exchange_below("get_below_prefix", "/k8s/c-1/?q#f", async |client| {
        pods(&client).get("web").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn list() {
    exchange("list", async |client| {
        let options = ListOptions::new()
            .labels("app in (a, b)")
            .fields("spec.nodeName=n")
            .limit(2)
            .resource_version("5")
            .version_match(ResourceVersionMatch::NotOlderThan)
            .timeout(Duration::from_secs(21));
        let list = pods(&client).list(&options).await.unwrap();
        assert_eq!(list.resource_version(), Some("9"));
        assert_eq!(names(&list), ["a", "b"]);
        // Rule D4
        assert_eq!(list.items[0].kind(), "Pod");
    })
    .await;
}

#[tokio::test]
async fn list_all() {
    exchange("list_all", async |client| {
        let everywhere = pods(&client).all_namespaces();
        assert!(
            everywhere
                .list(&ListOptions::new())
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn list_metadata() {
    exchange("list_metadata", async |client| {
        let list = metadata_of_pods(&client).list(&ListOptions::new());
        assert_eq!(list.await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn list_pages() {
    exchange("list_pages", async |client| {
        let options = ListOptions::new()
            .labels("app")
            .limit(1)
            .resource_version("5");
        let all = pods(&client).list(&options).items();
        let all: Vec<_> = all.try_collect().await.unwrap();
        assert_eq!(names(&all), ["a", "b"]);
    })
    .await;
}

#[tokio::test]
async fn list_default_page() {
    exchange("list_default_page", async |client| {
        let pages = pods(&client).list(&ListOptions::new()).pages();
        assert_eq!(pages.try_collect::<Vec<_>>().await.unwrap().len(), 1);
    })
    .await;
}

async fn events(client: &Client, options: &ListOptions) -> Vec<WatchEvent<Unstructured>> {
    let watch = pods(client).watch(options).await.unwrap();
    watch.try_collect().await.unwrap()
}

#[tokio::test]
async fn watch() {
    exchange("watch", async |client| {
        let options = ListOptions::new().labels("app=web").resource_version("7");
        let events = events(&client, &options).await;
        assert_eq!(events[0].object().unwrap().name(), "web");
        assert!(matches!(&events[1], WatchEvent::Bookmark(at) if at.resource_version == "9"));
    })
    .await;
}

#[tokio::test]
async fn watch_plain() {
    exchange("watch_plain", async |client| {
        let options = ListOptions::new()
            .bookmarks(false)
            .initial_events(false)
            .timeout(Duration::ZERO);
        assert!(events(&client, &options).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn watch_list() {
    exchange("watch_list", async |client| {
        let events = events(&client, &ListOptions::new().initial_events(true)).await;
        assert!(matches!(&events[1], WatchEvent::Bookmark(at) if at.initial_events_end));
    })
    .await;
}

#[tokio::test]
async fn watch_metadata() {
    exchange("watch_metadata", async |client| {
        let watch = metadata_of_pods(&client).watch(&ListOptions::new()).await;
        let events: Vec<_> = watch.unwrap().try_collect().await.unwrap();
        assert_eq!(events[0].object().unwrap().metadata.labels["app"], "web");
    })
    .await;
}

#[tokio::test]
async fn create() {
    exchange("create", async |client| {
        let created = pods(&client).create(&pod("web")).await.unwrap();
        assert_eq!(created.resource_version(), Some("7"));
    })
    .await;
}

#[tokio::test]
async fn create_options() {
    exchange("create_options", async |client| {
        let mut nameless = pod("");
        nameless["metadata"] = json!({"generateName": "web-"});
        let create = pods(&client).create(&nameless);
        let created = create
            .dry_run()
            .field_manager("my tool")
            .field_validation(FieldValidation::Strict);
        assert_eq!(created.await.unwrap().name(), "web-x7x2v");
    })
    .await;
}

#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[resource(group = "example.com", version = "v1", kind = "Widget", namespaced)]
struct Widget {
    metadata: ObjectMeta,
    spec: WidgetSpec,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct WidgetSpec {
    size: u32,
}

#[tokio::test]
async fn create_typed() {
    exchange("create_typed", async |client| {
        let mut big = Widget::default();
        big.metadata.name = Some("big".into());
        big.spec.size = 3;
        let created = client.namespaced("prod").create(&big).await.unwrap();
        assert_eq!(created, big);
    })
    .await;
}

#[tokio::test]
async fn replace() {
    exchange("replace", async |client| {
        let mut web = pod("web");
        web["metadata"]["resourceVersion"] = "6".into();
        let replaced = pods(&client).replace(&web).field_manager("tool").dry_run();
        assert_eq!(replaced.await.unwrap().resource_version(), Some("7"));
    })
    .await;
}

#[tokio::test]
async fn patch_json() {
    exchange("patch_json", async |client| {
        let patch = Patch::json(json!([{"op": "remove", "path": "/metadata/labels/a"}]));
        pods(&client).patch("web", &patch).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn patch_merge() {
    exchange("patch_merge", async |client| {
        let patch = Patch::merge(json!({"metadata": {"labels": {"tier": "front", "old": null}}}));
        let patched = pods(&client)
            .patch("web", &patch)
            .dry_run()
            .field_manager("tool");
        patched.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn patch_strategic() {
    exchange("patch_strategic", async |client| {
        let patch = Patch::strategic(json!({"spec": {"containers": [{"name": "a"}]}}));
        pods(&client).patch("web", &patch).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn apply() {
    exchange("apply", async |client| {
        pods(&client).apply("my-tool", &pod("web")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn apply_force() {
    exchange("apply_force", async |client| {
        let applied = pods(&client)
            .apply("my-tool", &pod("web"))
            .force()
            .dry_run();
        applied.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn delete() {
    exchange("delete", async |client| {
        let reply = pods(&client).delete("web").await.unwrap();
        assert!(matches!(reply, Reply::Status(status) if !status.is_failure()));
    })
    .await;
}

#[tokio::test]
async fn delete_options() {
    exchange("delete_options", async |client| {
        let delete = pods(&client).delete("web");
        let delete = delete
            .dry_run()
            .grace_period(30)
            .uid("u-1")
            .resource_version("7");
        let reply = delete.propagation(Propagation::Foreground).await.unwrap();
        assert_eq!(reply.object().unwrap().name(), "web");
    })
    .await;
}

#[tokio::test]
async fn delete_now() {
    exchange("delete_now", async |client| {
        pods(&client).delete("web").grace_period(0).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn delete_collection() {
    exchange("delete_collection", async |client| {
        let options = ListOptions::new().labels("app=web");
        let delete = pods(&client).delete_collection(&options);
        let reply = delete.propagation(Propagation::Orphan).await.unwrap();
        assert_eq!(names(&reply.object().unwrap()), ["a"]);
    })
    .await;
}

#[tokio::test]
async fn delete_collection_metadata() {
    exchange("delete_collection_metadata", async |client| {
        let delete = metadata_of_pods(&client).delete_collection(&ListOptions::new());
        assert_eq!(delete.await.unwrap().object().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn status_replace() {
    exchange("status_replace", async |client| {
        let replaced = deployments(&client).replace_status(&deployment());
        replaced.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn status_patch() {
    exchange("status_patch", async |client| {
        let patch = Patch::merge(json!({"status": {"replicas": 2}}));
        deployments(&client)
            .patch_status("web", &patch)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn status_apply() {
    exchange("status_apply", async |client| {
        let applied = deployments(&client).apply_status("controller", &deployment());
        applied.force().await.unwrap();
    })
    .await;
}

fn wanted(scale: &Scale) -> Option<i32> {
    scale.spec.as_ref().and_then(|spec| spec.replicas)
}

#[tokio::test]
async fn scale_get() {
    exchange("scale_get", async |client| {
        let scale = deployments(&client).get_scale("web").await.unwrap();
        assert_eq!(wanted(&scale), Some(3));
    })
    .await;
}

#[tokio::test]
async fn scale_replace() {
    exchange("scale_replace", async |client| {
        let wish = verbs::HasScale::scale_to(&deployment(), 3);
        let scale = deployments(&client).replace_scale("web", &wish);
        assert_eq!(wanted(&scale.await.unwrap()), Some(3));
    })
    .await;
}

#[tokio::test]
async fn scale_patch() {
    exchange("scale_patch", async |client| {
        let patch = Patch::merge(json!({"spec": {"replicas": 3}}));
        deployments(&client)
            .patch_scale("web", &patch)
            .await
            .unwrap();
    })
    .await;
}

struct Eviction;

impl Subresource for Eviction {
    type Parent = Unstructured;
    type Body = Value;
    const NAME: &'static str = "eviction";
    const API_VERSION: &'static str = "policy/v1";
    const KIND: &'static str = "Eviction";
}
impl verbs::Create for Eviction {}

#[tokio::test]
async fn eviction() {
    exchange("eviction", async |client| {
        let body = json!({"metadata": {"name": "web"}});
        let evictions = pods(&client).subresource(Eviction);
        let reply = evictions.create("web", &body).await.unwrap();
        assert!(matches!(reply, Reply::Status(_)));
    })
    .await;
}

struct TokenRequest;

impl Subresource for TokenRequest {
    type Parent = Unstructured;
    type Body = Value;
    const NAME: &'static str = "token";
    const API_VERSION: &'static str = "authentication.k8s.io/v1";
    const KIND: &'static str = "TokenRequest";
}
impl verbs::Create for TokenRequest {}

#[tokio::test]
async fn token_request() {
    exchange("token_request", async |client| {
        let accounts = resource(&client, "v1/serviceaccounts").namespace("prod");
        let tokens = accounts.subresource(TokenRequest);
        let reply = tokens.create("web", &json!({"spec": {"audiences": ["a"]}}));
        let request = reply.await.unwrap().object().unwrap();
        assert_eq!(request["status"]["token"], "t");
    })
    .await;
}

#[tokio::test]
async fn table() {
    exchange("table", async |client| {
        let options = ListOptions::new().labels("app=web");
        let table = pods(&client).table(&options).await.unwrap();
        assert_eq!(table.column_definitions[0].name, "Name");
        assert_eq!(table.rows[0].cells, ["web"]);
    })
    .await;
}

#[tokio::test]
async fn raw() {
    exchange_below("raw", "/below", async |client| {
        let request = http::Request::post("/some/hook?a=b%20c&a")
            .header("content-type", "text/plain")
            .body(Bytes::from_static(b"go"))
            .unwrap();
        let answer = client.raw(request).await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), &answer.body()[..]),
            (202, &b"done"[..])
        );
    })
    .await;
}

#[tokio::test]
async fn text() {
    exchange("text", async |client| {
        let text = client.text("/readyz?exclude=etcd&verbose").await.unwrap();
        assert_eq!(text, "ok");
    })
    .await;
}

#[tokio::test]
async fn discovery() {
    exchange("discovery", async |client| {
        assert_eq!(
            client.lookup("po").await.unwrap().api_resource().kind,
            "Pod"
        );
        let deployments = client.lookup("deployments").await.unwrap();
        assert_eq!(deployments.api_resource().api_version(), "apps/v1");
    })
    .await;
}

#[tokio::test]
async fn version() {
    exchange("version", async |client| {
        assert_eq!(client.version().await.unwrap().git_version, "v1.37.2");
    })
    .await;
}
