//! Deleting: replies, preconditions, finalizers, collections.

use kubewright::{ListOptions, Patch, Propagation, Reply};
use serde_json::json;

use crate::cases;
use crate::server::{Context, Outcome, config_map, pod};

cases![
    a_deleted_object_is_gone,
    deleting_nothing_is_not_found,
    a_reply_is_a_status_or_the_object,
    another_life_is_not_deleted,
    another_version_is_not_deleted,
    a_finalizer_holds_the_object,
    a_dry_run_deletes_nothing,
    a_collection_is_deleted_by_selector,
    propagation_is_understood,
];

async fn a_deleted_object_is_gone(context: Context) -> Outcome {
    context.config_map("one").await?;
    context.config_maps().delete("one").await?;
    assert_eq!(context.config_maps().get("one").optional().await?, None);
    Ok(())
}

async fn deleting_nothing_is_not_found(context: Context) -> Outcome {
    let error = context.config_maps().delete("none").await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    Ok(())
}

async fn a_reply_is_a_status_or_the_object(context: Context) -> Outcome {
    context.config_map("one").await?;
    match context.config_maps().delete("one").await? {
        Reply::Status(status) => assert_eq!(status.status.as_deref(), Some("Success")),
        Reply::Object(object) => panic!("a ConfigMap's deletion answers a Status, not {object:?}"),
    }
    context.api("v1/pods").create(&pod("web")).await?;
    let reply = context.api("v1/pods").delete("web").grace_period(0).await?;
    assert_eq!(
        reply
            .object()
            .expect("a pod's deletion answers the pod")
            .name(),
        "web"
    );
    Ok(())
}

async fn another_life_is_not_deleted(context: Context) -> Outcome {
    // Rule U13
    let created = context.config_map("one").await?;
    let error = context
        .config_maps()
        .delete("one")
        .uid("00000000-0000-0000-0000-000000000000")
        .await
        .unwrap_err();
    assert!(error.is_conflict(), "{error:?}");
    context
        .config_maps()
        .delete("one")
        .uid(created.uid().unwrap_or_default())
        .await?;
    Ok(())
}

async fn another_version_is_not_deleted(context: Context) -> Outcome {
    let created = context.config_map("one").await?;
    let current = context
        .config_maps()
        .replace(&config_map("one", "a", "2"))
        .await?;
    let delete = |version: Option<&str>| {
        context
            .config_maps()
            .delete("one")
            .resource_version(version.unwrap_or_default())
    };
    assert!(
        delete(created.resource_version())
            .await
            .unwrap_err()
            .is_conflict()
    );
    delete(current.resource_version()).await?;
    Ok(())
}

async fn a_finalizer_holds_the_object(context: Context) -> Outcome {
    let mut body = config_map("one", "a", "1");
    body.set_path("/metadata/finalizers", json!(["example.com/hold"]))?;
    context.config_maps().create(&body).await?;
    let held = context.config_maps().delete("one").await?;
    let held = held.object().expect("an object that is still there");
    assert!(held.metadata()?.deletion_timestamp.is_some());
    context.config_maps().get("one").await?;
    let release = Patch::merge(json!({"metadata": {"finalizers": null}}));
    context.config_maps().patch("one", &release).await?;
    assert_eq!(context.config_maps().get("one").optional().await?, None);
    Ok(())
}

async fn a_dry_run_deletes_nothing(context: Context) -> Outcome {
    context.config_map("one").await?;
    context.config_maps().delete("one").dry_run().await?;
    context.config_maps().get("one").await?;
    Ok(())
}

async fn a_collection_is_deleted_by_selector(context: Context) -> Outcome {
    // Rule U9
    for name in ["one", "two"] {
        context.config_map(name).await?;
    }
    context
        .config_maps()
        .create(&config_map("stays", "b", "1"))
        .await?;
    context
        .config_maps()
        .delete_collection(&ListOptions::new().labels("key=a"))
        .await?;
    let left = context.config_maps().list(&ListOptions::new()).await?;
    assert_eq!(
        left.iter()
            .map(kubewright::Unstructured::name)
            .collect::<Vec<_>>(),
        ["stays"]
    );
    Ok(())
}

async fn propagation_is_understood(context: Context) -> Outcome {
    for (name, policy) in [
        ("one", Propagation::Background),
        ("two", Propagation::Orphan),
    ] {
        context.config_map(name).await?;
        context
            .config_maps()
            .delete(name)
            .propagation(policy)
            .await?;
    }
    // Without a garbage collector, a foreground deletion waits for one.
    context.config_map("three").await?;
    let held = context
        .config_maps()
        .delete("three")
        .propagation(Propagation::Foreground)
        .await?
        .object();
    assert_eq!(
        held.expect("still there").metadata()?.finalizers,
        ["foregroundDeletion"]
    );
    Ok(())
}
