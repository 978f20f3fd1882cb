//! Create, get and replace.

use kubewright::meta::ObjectMeta;
use kubewright::{Api, HasMetadata, Namespaced, Resource, Unstructured};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::cases;
use crate::server::{Context, Outcome, config_map, object, unique};

cases![
    what_is_created_is_read_back,
    a_name_is_made_from_generate_name,
    a_taken_name_already_exists,
    a_missing_object_is_not_found,
    a_missing_namespace_is_not_found,
    a_stale_replace_is_a_conflict,
    a_replace_without_a_version_wins,
    a_replace_of_nothing_is_not_found,
    a_version_cannot_be_created,
    a_bad_name_is_invalid,
    a_dry_run_stores_nothing,
    the_body_must_be_of_the_kind,
    cluster_scoped_kinds_have_no_namespace,
    typed_and_untyped_are_the_same_object,
    a_no_op_replace_keeps_the_version,
    generation_counts_changes_of_the_spec,
    anything_can_be_asked_raw,
];

async fn what_is_created_is_read_back(context: Context) -> Outcome {
    let created = context.config_map("one").await?;
    let read = context.config_maps().get("one").await?;
    assert_eq!(created, read);
    assert_eq!((read.api_version(), read.kind()), ("v1", "ConfigMap"));
    assert_eq!(
        (read.name(), read.namespace()),
        ("one", Some(context.namespace.as_str()))
    );
    assert_eq!(read.path::<String>("/data/a")?.as_deref(), Some("1"));
    assert!(read.uid().is_some_and(|uid| uid.len() == 36), "{read:?}");
    assert!(
        read.resource_version()
            .is_some_and(|version| version.parse::<u64>().is_ok())
    );
    assert!(read.metadata()?.creation_timestamp.is_some());
    Ok(())
}

async fn a_name_is_made_from_generate_name(context: Context) -> Outcome {
    // Rule U8
    let body = object(
        json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"generateName": "some-"}}),
    );
    let (one, two) = (
        context.config_maps().create(&body).await?,
        context.config_maps().create(&body).await?,
    );
    assert!(
        one.name().starts_with("some-") && one.name().len() > 5,
        "{one:?}"
    );
    assert_ne!(one.name(), two.name());
    Ok(())
}

async fn a_taken_name_already_exists(context: Context) -> Outcome {
    context.config_map("one").await?;
    let error = context.config_map("one").await.unwrap_err();
    assert!(
        error.is_already_exists() && !error.is_conflict(),
        "{error:?}"
    );
    assert_eq!(error.code(), Some(409));
    Ok(())
}

async fn a_missing_object_is_not_found(context: Context) -> Outcome {
    // Rule E2
    let error = context.config_maps().get("none").await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    let details = error
        .status()
        .and_then(|status| status.details.clone())
        .expect("details");
    assert_eq!(
        (details.name.as_deref(), details.kind.as_deref()),
        (Some("none"), Some("configmaps"))
    );
    assert_eq!(context.config_maps().get("none").optional().await?, None);
    Ok(())
}

async fn a_missing_namespace_is_not_found(context: Context) -> Outcome {
    let elsewhere = context.config_maps().namespace("no-such-namespace");
    let error = elsewhere
        .create(&config_map("one", "a", "1"))
        .await
        .unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    Ok(())
}

async fn a_stale_replace_is_a_conflict(context: Context) -> Outcome {
    let first = context.config_map("one").await?;
    let mut second = first.clone();
    second.set_path("/data/a", "2")?;
    let second = context.config_maps().replace(&second).await?;
    assert_ne!(first.resource_version(), second.resource_version());
    let mut stale = first;
    stale.set_path("/data/a", "3")?;
    let error = context.config_maps().replace(&stale).await.unwrap_err();
    assert!(
        error.is_conflict() && !error.is_already_exists(),
        "{error:?}"
    );
    assert_eq!(context.config_maps().get("one").await?["data"]["a"], "2");
    Ok(())
}

async fn a_replace_without_a_version_wins(context: Context) -> Outcome {
    let created = context.config_map("one").await?;
    let replaced = context
        .config_maps()
        .replace(&config_map("one", "b", "2"))
        .await?;
    assert_eq!(replaced["data"], json!({"b": "2"}));
    assert_eq!(replaced.uid(), created.uid());
    assert_eq!(
        replaced.metadata()?.creation_timestamp,
        created.metadata()?.creation_timestamp
    );
    Ok(())
}

async fn a_replace_of_nothing_is_not_found(context: Context) -> Outcome {
    let error = context
        .config_maps()
        .replace(&config_map("none", "a", "1"))
        .await
        .unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    Ok(())
}

async fn a_version_cannot_be_created(context: Context) -> Outcome {
    let mut body = config_map("one", "a", "1");
    body.set_path("/metadata/resourceVersion", "7")?;
    let error = context.config_maps().create(&body).await.unwrap_err();
    assert_eq!(
        error.code(),
        Some(500),
        "kube-apiserver calls this an internal error: {error:?}"
    );
    Ok(())
}

async fn a_bad_name_is_invalid(context: Context) -> Outcome {
    let error = context
        .config_maps()
        .create(&config_map("Not_A_Name", "a", "1"))
        .await
        .unwrap_err();
    assert!(error.is_invalid(), "{error:?}");
    let causes = error
        .status()
        .and_then(|status| status.details.as_ref())
        .map(|details| details.causes.clone());
    assert_eq!(
        causes.unwrap_or_default()[0].field.as_deref(),
        Some("metadata.name")
    );
    Ok(())
}

async fn a_dry_run_stores_nothing(context: Context) -> Outcome {
    let shown = context
        .config_maps()
        .create(&config_map("one", "a", "1"))
        .dry_run()
        .await?;
    assert_eq!(shown.name(), "one");
    assert!(
        context
            .config_maps()
            .get("one")
            .await
            .unwrap_err()
            .is_not_found()
    );
    let stored = context.config_map("one").await?;
    context
        .config_maps()
        .replace(&config_map("one", "a", "2"))
        .dry_run()
        .await?;
    assert_eq!(context.config_maps().get("one").await?, stored);
    Ok(())
}

async fn the_body_must_be_of_the_kind(context: Context) -> Outcome {
    let body = object(json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "one"}}));
    let error = context.config_maps().create(&body).await.unwrap_err();
    assert!(error.is_bad_request(), "{error:?}");
    Ok(())
}

async fn cluster_scoped_kinds_have_no_namespace(context: Context) -> Outcome {
    let classes = context.cluster("scheduling.k8s.io/v1/priorityclasses");
    let name = unique("class");
    let body = object(
        json!({"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": name}, "value": 7}),
    );
    let created = classes.create(&body).await?;
    assert_eq!(created.namespace(), None);
    assert_eq!(classes.get(&name).await?["value"], 7);
    classes.delete(&name).await?;
    Ok(())
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ConfigMap {
    metadata: ObjectMeta,
    data: std::collections::BTreeMap<String, String>,
}

impl HasMetadata for ConfigMap {
    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }
}

impl Resource for ConfigMap {
    type Scope = Namespaced;
    const GROUP: &'static str = "";
    const VERSION: &'static str = "v1";
    const KIND: &'static str = "ConfigMap";
    const PLURAL: &'static str = "configmaps";
}

impl kubewright::verbs::Get for ConfigMap {}
impl kubewright::verbs::Create for ConfigMap {}
impl kubewright::verbs::Replace for ConfigMap {}

async fn typed_and_untyped_are_the_same_object(context: Context) -> Outcome {
    let typed: Api<ConfigMap> = context.client.namespaced(&context.namespace);
    let metadata = ObjectMeta {
        name: Some("one".into()),
        ..ObjectMeta::default()
    };
    let created = typed
        .create(&ConfigMap {
            metadata,
            data: [("a".into(), "1".into())].into(),
        })
        .await?;
    let untyped = context.config_maps().get("one").await?;
    assert_eq!(untyped.to_typed::<ConfigMap>()?, created);
    let mut change = created;
    change.data.insert("b".into(), "2".into());
    typed.replace(&change).await?;
    let read: Unstructured = context.config_maps().get("one").await?;
    assert_eq!(read["data"], json!({"a": "1", "b": "2"}));
    Ok(())
}

async fn a_no_op_replace_keeps_the_version(context: Context) -> Outcome {
    let created = context.config_map("one").await?;
    let replaced = context.config_maps().replace(&created).await?;
    assert_eq!(replaced.resource_version(), created.resource_version());
    Ok(())
}

async fn generation_counts_changes_of_the_spec(context: Context) -> Outcome {
    let deployments = context.api("apps/v1/deployments");
    let mut web = deployments
        .create(&crate::server::deployment("web", 1))
        .await?;
    assert_eq!(web["metadata"]["generation"], 1);
    web.set_path("/metadata/labels", json!({"new": "label"}))?;
    web = deployments.replace(&web).await?;
    assert_eq!(web["metadata"]["generation"], 1);
    web.set_path("/spec/replicas", 2)?;
    web = deployments.replace(&web).await?;
    assert_eq!(web["metadata"]["generation"], 2);
    Ok(())
}

async fn anything_can_be_asked_raw(context: Context) -> Outcome {
    assert_eq!(context.client.text("/readyz").await?, "ok");
    let version = context.client.version().await?;
    assert!(version.git_version.starts_with("v1."), "{version:?}");
    let missing = context.client.text("/no/such/path").await.unwrap_err();
    assert!(missing.is_not_found(), "{missing:?}");
    for path in ["version", "/../version", "/api/../version"] {
        assert!(
            context.client.text(path).await.unwrap_err().is_request(),
            "{path}"
        );
    }
    Ok(())
}
