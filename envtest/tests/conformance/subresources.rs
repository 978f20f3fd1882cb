//! Status, scale, and subresources with bodies of their own.

use kubewright::{Patch, Subresource, Unstructured, meta::ObjectMeta, verbs};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::cases;
use crate::server::{Context, Outcome, deployment, pod};

cases![
    status_and_spec_do_not_mix,
    a_status_patch_leaves_the_spec,
    scale_reads_and_writes_replicas,
    a_pod_can_be_evicted,
    a_pod_is_bound_to_a_node,
    a_subresource_needs_no_type,
];

async fn status_and_spec_do_not_mix(context: Context) -> Outcome {
    // Rule U9
    let deployments = context.api("apps/v1/deployments");
    let mut web = deployments.create(&deployment("web", 1)).await?;
    web.set_path("/status/replicas", 7)?;
    web.set_path("/spec/replicas", 3)?;
    let stored = deployments.replace_status(&web).await?;
    assert_eq!(
        (
            stored["status"]["replicas"].clone(),
            stored["spec"]["replicas"].clone()
        ),
        (json!(7), json!(1))
    );
    let mut web = stored;
    web.set_path("/status/replicas", 9)?;
    web.set_path("/spec/replicas", 3)?;
    let stored = deployments.replace(&web).await?;
    assert_eq!(
        (
            stored["status"]["replicas"].clone(),
            stored["spec"]["replicas"].clone()
        ),
        (json!(7), json!(3))
    );
    assert_eq!(deployments.get_status("web").await?, stored);
    Ok(())
}

async fn a_status_patch_leaves_the_spec(context: Context) -> Outcome {
    let deployments = context.api("apps/v1/deployments");
    deployments.create(&deployment("web", 1)).await?;
    let patch = Patch::merge(
        json!({"spec": {"replicas": 4}, "status": {"readyReplicas": 1, "replicas": 1}}),
    );
    let patched = deployments.patch_status("web", &patch).await?;
    assert_eq!(
        (
            patched["status"]["readyReplicas"].clone(),
            patched["spec"]["replicas"].clone()
        ),
        (json!(1), json!(1))
    );
    Ok(())
}

async fn scale_reads_and_writes_replicas(context: Context) -> Outcome {
    let deployments = context.api("apps/v1/deployments");
    let web = deployments.create(&deployment("web", 2)).await?;
    let scale = deployments.get_scale("web").await?;
    assert_eq!(scale.replicas(), Some(2));
    assert_eq!(
        scale.status.and_then(|status| status.selector).as_deref(),
        Some("app=web")
    );
    deployments
        .replace_scale("web", &verbs::HasScale::scale_to(&web, 5))
        .await?;
    assert_eq!(deployments.get("web").await?["spec"]["replicas"], 5);
    let patched = deployments
        .patch_scale("web", &Patch::merge(json!({"spec": {"replicas": 6}})))
        .await?;
    assert_eq!(patched.replicas(), Some(6));
    Ok(())
}

#[derive(Serialize, Deserialize)]
struct Eviction {
    metadata: ObjectMeta,
}

struct PodEviction;

impl Subresource for PodEviction {
    type Parent = Unstructured;
    type Body = Eviction;
    const NAME: &'static str = "eviction";
    const API_VERSION: &'static str = "policy/v1";
    const KIND: &'static str = "Eviction";
}

impl verbs::Create for PodEviction {}

async fn a_pod_can_be_evicted(context: Context) -> Outcome {
    let pods = context.api("v1/pods");
    pods.create(&pod("web")).await?;
    let metadata = ObjectMeta {
        name: Some("web".into()),
        ..ObjectMeta::default()
    };
    pods.subresource(PodEviction)
        .create("web", &Eviction { metadata })
        .await?;
    let left = pods.get("web").optional().await?;
    let going = |pod: &Unstructured| {
        pod.metadata()
            .is_ok_and(|metadata| metadata.deletion_timestamp.is_some())
    };
    assert!(left.as_ref().is_none_or(going), "{left:?}");
    Ok(())
}

#[derive(Serialize, Deserialize)]
struct Binding {
    metadata: ObjectMeta,
    target: serde_json::Value,
}

struct PodBinding;

impl Subresource for PodBinding {
    type Parent = Unstructured;
    type Body = Binding;
    const NAME: &'static str = "binding";
    const API_VERSION: &'static str = "v1";
    const KIND: &'static str = "Binding";
}

impl verbs::Create for PodBinding {}

async fn a_pod_is_bound_to_a_node(context: Context) -> Outcome {
    let pods = context.api("v1/pods");
    pods.create(&pod("web")).await?;
    let metadata = ObjectMeta {
        name: Some("web".into()),
        ..ObjectMeta::default()
    };
    let target = json!({"apiVersion": "v1", "kind": "Node", "name": "node-1"});
    pods.subresource(PodBinding)
        .create("web", &Binding { metadata, target })
        .await?;
    assert_eq!(pods.get("web").await?["spec"]["nodeName"], "node-1");
    Ok(())
}

async fn a_subresource_needs_no_type(context: Context) -> Outcome {
    let deployments = context.api("apps/v1/deployments");
    deployments.create(&deployment("web", 2)).await?;
    let scales = deployments.any_subresource("scale");
    let mut scale = scales.get("web").await?;
    assert_eq!(
        (scale.kind(), scale["spec"]["replicas"].clone()),
        ("Scale", json!(2))
    );
    scale.set_path("/spec/replicas", 3)?;
    scales.replace("web", &scale).await?;
    let text = scales.connect("web", &()).text().await?;
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&text)?["spec"]["replicas"],
        3
    );
    let error = deployments
        .any_subresource("nothing")
        .get("web")
        .await
        .unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    Ok(())
}
