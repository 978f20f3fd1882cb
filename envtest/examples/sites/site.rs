//! The kind that the controller is for, and its definition.

use std::collections::BTreeMap;
use std::time::Duration;

use kubewright_dynamic::{Client, Error, ObjectMeta, Resource, Unstructured};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A web site: a domain, and pages that are to be served under it.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[resource(group = "sites.example.com", version = "v1", namespaced)]
pub(crate) struct Site {
    pub(crate) metadata: ObjectMeta,
    pub(crate) spec: SiteSpec,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<SiteStatus>,
}

/// What is wanted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct SiteSpec {
    pub(crate) domain: String,
    /// Texts by name.
    #[serde(default)]
    pub(crate) pages: BTreeMap<String, String>,
}

/// What there is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SiteStatus {
    /// The generation of the spec that this is the status of.
    pub(crate) observed_generation: i64,
    pub(crate) ready: bool,
    pub(crate) message: String,
}

/// Makes the server know sites, and waits until it does.
pub(crate) async fn install(client: &Client) -> Result<(), Error> {
    let definitions =
        client.resource(&"apiextensions.k8s.io/v1/customresourcedefinitions".parse()?);
    definitions
        .apply("sites-controller", &definition()?)
        .await?;
    while let Err(error) = client.text("/apis/sites.example.com/v1/sites").await {
        if !error.is_not_found() {
            return Err(error);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

fn definition() -> Result<Unstructured, Error> {
    let text = json!({"type": "string"});
    let spec = json!({
        "type": "object", "required": ["domain"],
        "properties": {"domain": text, "pages": {"type": "object", "additionalProperties": text}},
    });
    let status = json!({
        "type": "object",
        "properties": {"observedGeneration": {"type": "integer"}, "ready": {"type": "boolean"}, "message": text},
    });
    Unstructured::try_from(json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": "sites.sites.example.com"},
        "spec": {
            "group": "sites.example.com", "scope": "Namespaced",
            "names": {"plural": "sites", "singular": "site", "kind": "Site", "listKind": "SiteList"},
            "versions": [{
                "name": "v1", "served": true, "storage": true, "subresources": {"status": {}},
                "schema": {"openAPIV3Schema": {"type": "object", "required": ["spec"], "properties": {"spec": spec, "status": status}}},
            }],
        },
    }))
}
