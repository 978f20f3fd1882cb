//! The objects in the cluster that the demo shows.

use std::time::Duration;

use kubewright::{Client, Unstructured};
use kubewright_cli::parts::Failure;
use serde_json::{Value, json};

/// Creates a namespace, a Deployment, a kind of our own and an object of it, all without
/// types: each object says itself where it belongs.
pub(crate) async fn furnish(client: &Client) -> Result<(), Failure> {
    create(client, namespace()).await?;
    create(client, deployment()).await?;
    create(client, definition()).await?;
    serves(client, "/apis/example.com/v1/widgets").await?;
    create(client, widget()).await
}

async fn create(client: &Client, object: Value) -> Result<(), Failure> {
    let object = Unstructured::try_from(object)?;
    let api = loop {
        match client.for_object(&object).await {
            // A new kind reaches discovery a moment after its definition.
            Err(error) if error.is_no_match() => tokio::time::sleep(MOMENT).await,
            api => break api?,
        }
    };
    api.create(&object).await?;
    Ok(())
}

const MOMENT: Duration = Duration::from_millis(50);

async fn serves(client: &Client, path: &str) -> Result<(), Failure> {
    loop {
        match client.text(path).await {
            Err(error) if error.is_not_found() => tokio::time::sleep(MOMENT).await,
            answer => return Ok(answer.map(drop)?),
        }
    }
}

fn namespace() -> Value {
    json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "prod"}})
}

fn deployment() -> Value {
    json!({
        "apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": {"name": "web", "namespace": "prod"},
        "spec": {
            "replicas": 3,
            "selector": {"matchLabels": {"app": "web"}},
            "template": {
                "metadata": {"labels": {"app": "web"}},
                "spec": {"containers": [{"name": "web", "image": "example.com/web:1.4"}]},
            },
        },
    })
}

fn definition() -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": "widgets.example.com"},
        "spec": {
            "group": "example.com", "scope": "Namespaced",
            "names": {"plural": "widgets", "singular": "widget", "kind": "Widget", "listKind": "WidgetList", "shortNames": ["wd"]},
            "versions": [{
                "name": "v1", "served": true, "storage": true,
                "schema": {"openAPIV3Schema": {"type": "object", "properties": {"spec": {
                    "type": "object", "required": ["size"],
                    "properties": {
                        "size": {"type": "integer", "format": "int32", "minimum": 1},
                        "color": {"type": "string", "enum": ["red", "blue"], "default": "red"},
                    },
                }}}},
            }],
        },
    })
}

fn widget() -> Value {
    json!({
        "apiVersion": "example.com/v1", "kind": "Widget",
        "metadata": {"name": "big", "namespace": "prod"}, "spec": {"size": 3},
    })
}
