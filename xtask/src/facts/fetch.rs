//! Reads the facts from a running control plane.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use kubewright_cli::parts::Failure;
use kubewright_envtest::ControlPlane;
use serde_json::Value;

use super::layout::Facts;
use super::strip;

const JSON: &str = "application/json";
const AGGREGATED: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
/// The documents are merged in the background; a ready server may still lack some.
const SETTLED: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(200);

pub(super) async fn facts(server: &ControlPlane) -> Result<Facts, Failure> {
    let (discovery, documents) = settled(server).await?;
    let mut openapi = BTreeMap::new();
    for (path, url) in documents {
        let mut document = read(server, &url, JSON).await?;
        strip::descriptions(&mut document);
        openapi.insert(path, document);
    }
    Ok(Facts {
        kubernetes: server.version().to_owned(),
        discovery,
        openapi,
    })
}

/// Discovery and the index of documents, once there is a document for each group-version.
async fn settled(server: &ControlPlane) -> Result<(Value, BTreeMap<String, String>), Failure> {
    let deadline = Instant::now() + SETTLED;
    loop {
        let discovery = discovery(server).await?;
        let documents = index(&read(server, "/openapi/v3", JSON).await?)?;
        let paths = group_versions(&discovery);
        match paths.iter().find(|path| !documents.contains_key(*path)) {
            None => return Ok((discovery, documents)),
            Some(path) if Instant::now() > deadline => {
                return Err(format!("/openapi/v3 has no document for {path}").into());
            }
            Some(_) => tokio::time::sleep(POLL).await,
        }
    }
}

/// One list: the core group, then the named ones in the server's order.
async fn discovery(server: &ControlPlane) -> Result<Value, Failure> {
    let mut core = read(server, "/api", AGGREGATED).await?;
    let mut named = read(server, "/apis", AGGREGATED).await?;
    match (core.get_mut("items"), named.get_mut("items")) {
        (Some(Value::Array(core)), Some(Value::Array(named))) => core.append(named),
        _ => return Err("the server does not know aggregated discovery".into()),
    }
    Ok(core)
}

fn index(reply: &Value) -> Result<BTreeMap<String, String>, Failure> {
    let paths = reply["paths"]
        .as_object()
        .ok_or("/openapi/v3: no `paths`")?;
    let entries = paths.iter().map(|(path, entry)| {
        let url = entry["serverRelativeURL"].as_str();
        let url = url.ok_or_else(|| format!("/openapi/v3: no URL of {path}"))?;
        Ok((path.clone(), url.to_owned()))
    });
    entries.collect()
}

/// The path of each group-version, such as `apis/apps/v1`.
fn group_versions(discovery: &Value) -> Vec<String> {
    let groups = discovery["items"].as_array().into_iter().flatten();
    let paths = groups.flat_map(|group| {
        let prefix = match group["metadata"]["name"].as_str() {
            None | Some("") => "api".to_owned(),
            Some(name) => format!("apis/{name}"),
        };
        let versions = group["versions"].as_array().into_iter().flatten();
        let versions = versions.filter_map(|version| version["version"].as_str());
        versions.map(move |version| format!("{prefix}/{version}"))
    });
    paths.collect()
}

async fn read(server: &ControlPlane, path: &str, accept: &str) -> Result<Value, Failure> {
    let body = server.get_raw(path, accept).await?;
    serde_json::from_slice(&body).map_err(|error| format!("{path}: not JSON: {error}").into())
}

#[cfg(test)]
mod tests {
    use super::{group_versions, index};
    use serde_json::json;

    #[test]
    fn paths_of_core_and_named_groups() {
        let version = |name| json!({"version": name, "resources": []});
        let discovery = json!({"items": [
            {"metadata": {}, "versions": [version("v1")]},
            {"metadata": {"name": "autoscaling"}, "versions": [version("v2"), version("v1")]},
        ]});
        assert_eq!(
            group_versions(&discovery),
            ["api/v1", "apis/autoscaling/v2", "apis/autoscaling/v1"]
        );
    }

    #[test]
    fn an_index_without_urls_says_which() {
        let reply = json!({"paths": {"apis/apps/v1": {}}});
        assert!(
            index(&reply)
                .unwrap_err()
                .to_string()
                .contains("apis/apps/v1")
        );
        assert!(index(&json!({})).is_err());
    }
}
